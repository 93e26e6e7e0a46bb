"""Groups that stand out: how they are written, what is refused, what an edit keeps."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import mmbook as mm
from mmbook.code import python
from mmbook.edit import edit
from mmbook.errors import FenceError, FigureError, OptionError
from mmbook.markdown.page import Bad, read_page
from mmbook.markdown.spec import FigureSpec


def lit(**highlights: Any) -> mm.Figure:
    return mm.figure(
        "h = [x | u = x @ A] @ [W ; B]",
        x=mm.gaussian(8, 6),
        A=mm.gaussian(6, 2),
        W=mm.gaussian(6, 5),
        B=mm.gaussian(2, 5),
        highlights=highlights,
    )


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("x[0:4]", {"x": {"rows": [[0, 4]]}}),
        ("x[:, 3 1 2 5]", {"x": {"cols": [[1, 4], [5, 6]]}}),
        (
            "x[2:4 6, 0], A, B[:, :]",
            {"x": {"rows": [[2, 4], [6, 7]], "cols": [[0, 1]]}, "A": {}, "B": {}},
        ),
        ("`[x | u]`[1]", {"[x | u]": {"rows": [[1, 2]]}}),
        ({"x": {"rows": [0, 1, (5, 7)]}}, {"x": {"rows": [[0, 2], [5, 7]]}}),
        ({"x": {"cols": range(2, 4)}, "A": {}}, {"x": {"cols": [[2, 4]]}, "A": {}}),
        ({"x": {"rows": np.array([3, 1])}}, {"x": {"rows": [[1, 2], [3, 4]]}}),
        ({"x": {"rows": np.arange(8) % 4 == 0}}, {"x": {"rows": [[0, 1], [4, 5]]}}),
    ],
)
def test_every_way_of_writing_comes_out_as_stretches(written: Any, kept: Any) -> None:
    record = lit(group=written).to_dict()
    assert record["highlights"] == {"group": kept}
    assert mm.Figure.from_json(record) == lit(group=written)


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("x[8]", "x has no such rows"),
        ("x[:, 2:9]", "x has no such cols"),
        ("z", "z is no matrix of the expression"),
        ("x[3:3]", "no index"),
        ("x[-1]", "these are no indices"),
        ("x[1, 2, 3]", "rows and columns, no more"),
        ("x y", "this names no part of a matrix"),
        ({}, "a group holds matrices"),
        ({"x": {"row": [1]}}, "x is lit in rows and columns"),
        ({"x": {"rows": []}}, "no indices"),
        ({"x": {"rows": [1.5]}}, "no index"),
    ],
)
def test_what_is_wrong_is_said(written: Any, says: str) -> None:
    with pytest.raises(OptionError, match="group") as caught:
        lit(group=written)
    assert says in str(caught.value)


def test_more_groups_than_can_be_told_apart_are_refused() -> None:
    with pytest.raises(OptionError, match="at most 6"):
        lit(**{f"g{n}": "x" for n in range(7)})


def test_a_figure_from_elsewhere_is_checked_too() -> None:
    record = lit(group="x[0]").to_dict()
    record["highlights"]["group"]["x"]["rows"] = [[0, 99]]
    with pytest.raises(OptionError, match="x has no such rows"):
        mm.Figure.from_json(record)
    record["highlights"] = {"group": {"x": {"rows": "all"}}}
    with pytest.raises(FigureError):
        mm.Figure.from_json(record)


def test_the_description_and_the_python_have_them() -> None:
    made = lit(chosen="x[:, 1 3:5], B")
    assert "Highlighted as chosen: columns 1, 3 to 4 of x, all of B." in made.scene().description
    assert eval(python(made), {"mm": mm}) == made


def test_another_expression_keeps_what_still_fits() -> None:
    made = lit(a="x[7], B", b="A")
    changed = edit(made, "h = x @ W")
    assert changed.to_dict()["highlights"] == {"a": {"x": {"rows": [[7, 8]]}}}
    shorter = made.with_("h = x @ W", x=mm.gaussian(4, 6))
    assert "highlights" not in shorter.to_dict()
    assert made.with_(highlights={"b": "W"}).to_dict()["highlights"]["b"] == {"W": {}}


FENCE = """```mm id="f"
y = x @ W
x: gaussian(4, 6)
W: gaussian(6, 5)
{}
```
"""


def test_a_fence_writes_one_group_a_line() -> None:
    lines = "highlight: first request: x[0:2]\nhighlight: second: x[2:4], W[:, 0 3]"
    (item,) = read_page(FENCE.format(lines))
    assert isinstance(item, FigureSpec)
    assert item.figure.to_dict()["highlights"] == {
        "first request": {"x": {"rows": [[0, 2]]}},
        "second": {"x": {"rows": [[2, 4]]}, "W": {"cols": [[0, 1], [3, 4]]}},
    }


@pytest.mark.parametrize("line", ["highlight: x[0]", "highlight: g: x[0", "highlight:"])
def test_a_bad_line_of_a_fence_is_named(line: str) -> None:
    (item,) = read_page(FENCE.format(line))
    assert isinstance(item, Bad)
    error = item.error("page.md", 1)
    assert isinstance(error, FenceError)
    assert error.line == 5
