"""Reads the JSON of a figure: checks it, and puts the values of given matrices back in."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import contextmanager
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NoReturn

from mmbook.errors import FigureError, MmError
from mmbook.expr import parse
from mmbook.init import Init
from mmbook.keywords import plain
from mmbook.matrix import matrix
from mmbook.schema import check
from mmbook.shapes import spelled

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import ArrayLike, NDArray

# A figure is six levels deep. Python's reader recurses, and in the page running out of stack is
# no exception but the end of the interpreter.
MAX_NESTING = 32


def read(text: str | bytes | Mapping[str, Any], arrays: Mapping[str, ArrayLike]) -> dict[str, Any]:
    """Return the fields of the figure that JSON describes, with its leaves as initializers.

    Raises
    ------
    FigureError
        The JSON does not follow the schema, or values are missing or are others than those the
        figure was made with.
    MmError
        The expression or an initializer is wrong; ``where`` is the path inside the JSON.

    """
    record = plain(text) if isinstance(text, Mapping) else _parsed(text)
    check(record, "figure")
    leaves = {}
    for name, leaf in record["leaves"].items():
        with _at(f"leaves.{name}"):
            leaves[name] = Init.from_dict(leaf, _values(leaf, name, arrays))
    with _at("expr"):
        parse(record["expr"])
    others = {name: value for name, value in record.items() if name not in ("mm", "leaves")}
    # A camera may be null: as if there were none.
    others = {name: value for name, value in others.items() if value is not None}
    return {"leaves": leaves, **others}


def _parsed(text: str | bytes) -> Any:
    def refuse(number: str) -> NoReturn:
        raise ValueError(f"{number} is no number of JSON")

    try:
        text = text if isinstance(text, str) else text.decode()
        if _nesting(text) > MAX_NESTING:
            raise FigureError("a figure's JSON is not nested that deep", possible=f"{MAX_NESTING}")
        return json.loads(text, parse_constant=refuse)
    except ValueError as error:
        raise FigureError(f"this is not JSON: {error}") from None


def _nesting(text: str) -> int:
    """Return how deep brackets are nested outside of strings."""
    brackets = re.sub(r'"(?:[^"\\]|\\.)*"|[^][}{"]', "", text, flags=re.DOTALL)
    return max(accumulate(1 if bracket in "[{" else -1 for bracket in brackets), default=0)


def _values(
    leaf: Mapping[str, Any], name: str, arrays: Mapping[str, ArrayLike]
) -> NDArray[np.float32] | None:
    """Return the values of a leaf that was given as data, if they are the ones it names."""
    if leaf["init"] != "data":
        return None
    if name not in arrays:
        if "data" not in leaf:
            return None
        remedy = "Pass the values that were saved beside the figure"
        raise FigureError(f"the values of {name} are missing", possible=arrays, remedy=remedy)
    given = matrix(arrays[name])
    if list(given.shape) != leaf["shape"]:
        wanted = spelled((leaf["shape"][0], leaf["shape"][1]))
        problem = f"the values of {name} have another shape than the figure says"
        raise FigureError(problem, given=spelled(given.shape), possible=wanted)
    if leaf.get("data", given.digest) != given.digest:
        problem = f"the values of {name} are not those the figure was made with"
        raise FigureError(problem, given=given.digest, possible=leaf["data"])
    return given.array


@contextmanager
def _at(path: str) -> Iterator[None]:
    """Name the path inside the JSON in whatever goes wrong."""
    try:
        yield
    except MmError as error:
        error.where = path
        raise
