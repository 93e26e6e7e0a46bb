"""What the playground asks of Python: edits, imports, files. Every answer is a figure or says why.

A request is JSON with ``do``: ``edit`` (``figure``, ``text``), ``leaf`` (``figure``, ``name``,
``leaf``), ``file`` (``figure``, ``name``, ``file``; the content travels beside it), ``data`` (the
same for a file that a link names: the matrix keeps its shape), ``import`` (``query``). The answer's
text is JSON with ``notices``, ``downloads`` and, where there is no figure, ``error`` with
``message`` and, for a wrong expression, ``column``.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from mmbook import data_files
from mmbook.edit import edit, with_leaves
from mmbook.errors import LeafError, MmError, TextError
from mmbook.figure import Figure
from mmbook.init import Init

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import ArrayLike

    Answer = tuple[Figure, dict[str, Any]]


def answer(
    request: str, arrays: Mapping[str, ArrayLike], data: bytes = b""
) -> tuple[Figure | None, str]:
    """Return the figure that a request leads to, and the answer's text.

    ``arrays`` holds the values of the figure's given matrices; ``data`` is the content of a file.
    """
    asked = json.loads(request)
    try:
        figure, said = _WAYS[asked["do"]](asked, arrays, data)
        figure.evaluate()
    except MmError as error:
        column = error.column if isinstance(error, TextError) else None
        message = error.summary if column is None else error.problem
        return None, json.dumps({"error": {"message": message, "column": column}})
    return figure, json.dumps({"notices": [], "downloads": {}, **said})


def _figure(asked: dict[str, Any], arrays: Mapping[str, ArrayLike]) -> Figure:
    return Figure.from_json(asked["figure"], arrays)


def _edit(asked: dict[str, Any], arrays: Mapping[str, ArrayLike], _: bytes) -> Answer:
    return edit(_figure(asked, arrays), asked["text"]), {}


def _leaf(asked: dict[str, Any], arrays: Mapping[str, ArrayLike], _: bytes) -> Answer:
    figure, name = _figure(asked, arrays), asked["name"]
    return with_leaves(figure, {name: Init.from_dict(asked["leaf"])}), {}


def _file(asked: dict[str, Any], arrays: Mapping[str, ArrayLike], data: bytes) -> Answer:
    figure, name = _figure(asked, arrays), asked["name"]
    found = data_files.read(asked["file"], data)
    named = {key: leaf for key, leaf in found.items() if key in figure.leaves}
    if len(found) == 1:
        chosen = {name: next(iter(found.values()))}
    elif named:
        chosen = named
    else:
        problem = f"the file holds {len(found)} matrices, none of them called like one in use"
        remedy = "Give a matrix of the expression the name of one in the file"
        raise LeafError(problem, possible=found, remedy=remedy, where=asked["file"])
    notices = [f"{key} is now {leaf.shape[0]} × {leaf.shape[1]}." for key, leaf in chosen.items()]
    return with_leaves(figure, chosen), {"notices": notices}


def _data(asked: dict[str, Any], arrays: Mapping[str, ArrayLike], data: bytes) -> Answer:
    figure, name = _figure(asked, arrays), asked["name"]
    if name not in figure.leaves:
        problem = "the figure has no such matrix any more"
        raise LeafError(problem, given=name, possible=figure.leaves)
    leaf, notice = data_files.cut(data_files.table(data, asked["file"]), figure.shapes[name])
    return with_leaves(figure, {name: leaf}), {"notices": [f"{name}: {notice}"] if notice else []}


def _import(asked: dict[str, Any], _arrays: Mapping[str, ArrayLike], _: bytes) -> Answer:
    # Only a visitor with a link of the original tool needs what reads it.
    from mmbook.original import import_link

    imported = import_link(asked["query"])
    return imported.figure, {
        "notices": list(imported.notices),
        "downloads": dict(imported.downloads),
    }


_WAYS: dict[str, Callable[[dict[str, Any], Mapping[str, ArrayLike], bytes], Answer]] = {
    "edit": _edit,
    "leaf": _leaf,
    "file": _file,
    "data": _data,
    "import": _import,
}
