"""Sizes for leaves: every product fits, and what is asked for stays where it can."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import Fitting, fitting, trees

from mmbook.errors import ShapeError
from mmbook.expr import Join, parse
from mmbook.fit import DEFAULT_SIZE, fit
from mmbook.shapes import infer


@given(fitting())
def test_what_fits_stays_as_it_is(drawn: Fitting) -> None:
    assert fit(drawn.tree, drawn.shapes, set()) == drawn.shapes


@given(fitting(), st.data())
def test_what_is_left_out_is_found_so_that_all_of_it_fits(
    drawn: Fitting, data: st.DataObject
) -> None:
    kept = data.draw(st.sets(st.sampled_from(sorted(drawn.shapes))))
    wanted = {name: shape for name, shape in drawn.shapes.items() if name in kept}
    shapes = fit(drawn.tree, wanted, kept)
    if any(isinstance(node, Join) for node in drawn.tree.walk()):
        return
    infer(drawn.tree, shapes)
    assert {name: shapes[name] for name in kept} == wanted


@given(trees(), st.data())
def test_products_always_fit_whatever_is_wanted(tree, data: st.DataObject) -> None:  # type: ignore[no-untyped-def]
    if any(isinstance(node, Join) for node in tree.walk()):
        return
    leaves = sorted(fit(tree, {}, set()))
    size = st.integers(1, 9)
    wanted = data.draw(st.dictionaries(st.sampled_from(leaves), st.tuples(size, size)))
    infer(tree, fit(tree, wanted, set()))


@pytest.mark.parametrize(
    ("text", "wanted", "expected"),
    [
        ("A @ B", {"A": (2, 3)}, {"A": (2, 3), "B": (3, DEFAULT_SIZE)}),
        ("A @ B", {"A": (2, 3), "B": (5, 7)}, {"A": (2, 3), "B": (3, 7)}),
        ("A @ A", {"A": (2, 3)}, {"A": (2, 2)}),
        ("[x | A] @ W", {"W": (9, 2), "x": (4, 6)}, {"x": (4, 6), "A": (4, 3), "W": (9, 2)}),
        ("[A | A] @ W", {"W": (8, 2)}, {"A": (DEFAULT_SIZE, 4), "W": (8, 2)}),
        ("[A ; B] @ C", {"A": (2, 5)}, {"A": (2, 5), "B": (32, 5), "C": (5, 32)}),
    ],
)
def test_examples(text: str, wanted: dict, expected: dict) -> None:  # type: ignore[type-arg]
    shapes = fit(parse(text), wanted, set())
    assert shapes == expected
    infer(parse(text), shapes)


def test_the_first_wish_wins_unless_a_later_one_is_fixed() -> None:
    wanted = {"A": (2, 3), "B": (5, 7)}
    assert fit(parse("A @ B"), wanted, {"B"}) == {"A": (2, 5), "B": (5, 7)}


def test_what_cannot_fit_is_left_to_the_shapes_own_error() -> None:
    tree = parse("[[A | A] ; A]")
    with pytest.raises(ShapeError):
        infer(tree, fit(tree, {"A": (2, 3)}, set()))
