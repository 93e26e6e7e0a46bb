"""A figure as the Python that makes it again.

Given values are not written out: a variable named like the matrix holds them, which a program reads
from a file.
"""

from __future__ import annotations

import keyword
import re
from typing import TYPE_CHECKING, Any

from mmbook.keywords import plain
from mmbook.schema import GROUPS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mmbook.figure import Figure
    from mmbook.init import Init

# Keywords of figure() that are never matrices, and the module's own name.
_RESERVED = {"leaves", "results", "mm", "np"}
_OPTIONS = ("min", "max", "dropout", "seed")


VALUES = "figure.npz"
"""The file from which a program takes given values, as the page's exports name it."""


def program(figure: Figure) -> str:
    """Return a program that makes an equal figure, called ``figure``.

    Values that are given are read from ``VALUES`` beside it; a slash in the name of a matrix is
    ``∕`` there, since an archive would take it for a folder.
    """
    names = variables(name for name, leaf in figure.leaves.items() if leaf.array is not None)
    lines = ["import mmbook as mm"]
    if names:
        file = "values"
        while file in names.values():
            file += "_"
        lines += [
            "import numpy as np",
            "",
            f"# {VALUES}, beside this file, holds {', '.join(names)}.",
            f"{file} = np.load({VALUES!r})",
        ]
        lines += [
            f"{variable} = {file}[{name.replace('/', '∕')!r}]" for name, variable in names.items()
        ]
    return "\n".join([*lines, "", f"figure = {python(figure)}", ""])


def python(figure: Figure) -> str:
    """Return source that makes an equal figure, given ``import mmbook as mm`` and the values."""
    names = variables(name for name, leaf in figure.leaves.items() if leaf.array is not None)
    parts = {
        "leaves": {name: _leaf(leaf, names.get(name, "")) for name, leaf in figure.leaves.items()},
        "results": {name: _result(options) for name, options in figure.results.items()},
    }
    arguments = [repr(figure.expr)]
    for group, members in parts.items():
        arguments += [f"{name}={value}" for name, value in members.items() if _is_keyword(name)]
        rest = [f"{name!r}: {value}" for name, value in members.items() if not _is_keyword(name)]
        arguments += [f"{group}={{{', '.join(rest)}}}"] if rest else []
    record = figure.to_dict()
    arguments += [
        f"{name}={record[name]!r}" for name in ("title", "alt", "labels") if name in record
    ]
    for group in GROUPS:
        arguments += _options(group, record.get(group, {}), figure.shapes)
    arguments += [
        f"{name}={record[name]!r}"
        for name in ("camera", "highlights", "merges", "levels")
        if name in record
    ]
    lines = "".join(f"    {argument},\n" for argument in arguments)
    return f"mm.figure(\n{lines})"


def variables(names: Iterable[str]) -> dict[str, str]:
    """Return the variable that holds the values of each matrix: its name where that is possible."""
    chosen: dict[str, str] = {}
    for name in names:
        variable = name if _is_keyword(name) else re.sub(r"\W", "_", f"m_{name}")
        while variable in chosen.values():
            variable = f"{variable}_"
        chosen[name] = variable
    return chosen


def _leaf(leaf: Init, variable: str) -> str:
    if leaf.array is not None:
        return variable
    rows, cols = leaf.shape
    if leaf.kind == "data":
        return f"mm.missing({rows}, {cols})"
    if leaf.expr is not None:
        return f"mm.elementwise({leaf.expr!r}, {rows}, {cols})"
    written = leaf.to_dict()
    options = [f"{key}={_number(written[key])}" for key in _OPTIONS if key in written]
    return f"mm.{leaf.kind.replace(' ', '_')}({', '.join([str(rows), str(cols), *options])})"


def _result(options: Mapping[str, Any]) -> str:
    record = plain(options)
    if set(record) == {"epilog"}:
        return repr(record["epilog"])
    return f"mm.result({', '.join(f'{name}={value!r}' for name, value in record.items())})"


def _options(group: str, options: Mapping[str, Any], matrices: Mapping[str, Any]) -> list[str]:
    """Return options by their own names, except where a matrix has that name."""
    clashing = {name: value for name, value in options.items() if name in matrices}
    single = [f"{name}={value!r}" for name, value in options.items() if name not in matrices]
    return [f"{group}={clashing!r}", *single] if clashing else single


def _is_keyword(name: str) -> bool:
    return name.isidentifier() and not keyword.iskeyword(name) and name not in _RESERVED


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)
