"""Another expression for a figure: what is called as before stays."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import Fitting, fitting

import mmbook as mm
from mmbook.edit import edit, with_leaves
from mmbook.errors import ExpressionError, ShapeError

FIGURE = mm.figure(
    "L @ R",
    L=mm.eye(10, 20),
    R=mm.uniform(20, 30, min=-0.5, seed=4),
    results={"L @ R": mm.result("relu", blocks=(2, 1, 1))},
    labels={"L": {"rows": [str(n) for n in range(10)]}},
    gap=10,
    camera={"position": [1, 2, 3], "target": [0, 0, 0]},
)


def of(drawn: Fitting) -> mm.Figure:
    leaves = {name: mm.gaussian(*shape, seed=3) for name, shape in drawn.shapes.items()}
    return mm.Figure(drawn.tree.text(), leaves)


@given(fitting())
def test_the_same_text_is_the_same_figure(drawn: Fitting) -> None:
    figure = of(drawn)
    assert edit(figure, figure.expr) == figure


@given(fitting(), fitting())
def test_an_edit_keeps_what_has_the_same_name_and_is_done_after_one_go(
    drawn: Fitting, other: Fitting
) -> None:
    figure = of(drawn)
    try:
        edited = edit(figure, other.tree.text())
    except ShapeError:
        return  # parts joined to a sum that nothing can reach
    assert edit(edited, edited.expr) == edited
    assert edited.expr == other.tree.text()
    for name in edited.leaves.keys() & figure.leaves.keys():
        assert edited.leaves[name].kind == figure.leaves[name].kind
        assert edited.leaves[name].seed == figure.leaves[name].seed


@given(st.text())
def test_any_text_is_a_figure_or_an_error_with_its_column(text: str) -> None:
    column = 1
    try:
        edit(FIGURE, text)
    except ExpressionError as error:
        column = error.column or 0
    assert 1 <= column <= len(text) + 1


def test_the_first_product_keeps_its_function_when_another_follows() -> None:
    figure = edit(FIGURE, "out = L @ R @ Z")
    assert figure.shapes["Z"] == (30, 32)
    assert figure.leaves["L"] is FIGURE.leaves["L"]
    assert figure.leaves["R"] is FIGURE.leaves["R"]
    assert figure.results == {"L @ R": FIGURE.results["L @ R"]}
    assert figure.labels == FIGURE.labels
    assert figure.layout == FIGURE.layout
    assert figure.camera == {}


def test_a_product_may_get_a_name_and_lose_it() -> None:
    named = edit(FIGURE, "C = L @ R")
    assert named.results == {"C": FIGURE.results["L @ R"]}
    assert named.camera == FIGURE.camera
    assert edit(named, "L @ R") == FIGURE


def test_a_renamed_leaf_keeps_what_it_was() -> None:
    figure = edit(FIGURE, "X @ R")
    assert figure.leaves["X"].kind == "eye"
    assert figure.shapes == {"X": (10, 20), "R": (20, 30), "X @ R": (10, 30)}


def test_a_product_that_becomes_a_leaf_keeps_its_shape() -> None:
    figure = edit(edit(FIGURE, "(P = L @ R) @ Z"), "P @ Z")
    assert figure.shapes["P"] == (10, 30)
    assert figure.leaves["P"].kind == "eye"


def test_given_values_are_never_reshaped() -> None:
    values = np.arange(6.0).reshape(2, 3)
    figure = mm.figure("A @ B", A=values, B=mm.eye(3, 4))
    swapped = edit(figure, "B @ A")
    assert swapped.shapes == {"B": (3, 2), "A": (2, 3), "B @ A": (3, 3)}
    assert np.array_equal(swapped.evaluate()["A"], values)
    both = mm.figure("A @ B", A=values, B=np.ones((3, 4)))
    with pytest.raises(ShapeError, match="B has 4 columns, but A has 2 rows"):
        edit(both, "B @ A")


def test_other_leaves_stay_as_given_and_their_neighbours_follow() -> None:
    figure = with_leaves(FIGURE, {"R": mm.diff(7, 9)})
    assert figure.shapes == {"L": (10, 7), "R": (7, 9), "L @ R": (10, 9)}
    assert figure.leaves["L"].kind == "eye"
    assert figure.labels == {}
    kept: Any = with_leaves(FIGURE, {"R": mm.gaussian(20, 30)})
    assert kept.camera == FIGURE.camera
    assert kept.labels == FIGURE.labels
