"""Shapes that fit are inferred; those that do not are named, and so is what is too large."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import Fitting, fitting

from mmbook.errors import LeafError, ShapeError, ValueTooLarge
from mmbook.expr import Join, Product, parse
from mmbook.shapes import (
    MAX_ELEMENTS,
    MAX_FIGURE_ELEMENTS,
    MAX_MULTIPLICATIONS,
    checked,
    infer,
)


def test_shapes_of_every_matrix() -> None:
    shapes = infer(parse("C = (Q = A @ B) @ A"), {"A": (3, 5), "B": (5, 3)})
    assert shapes == {"A": (3, 5), "B": (5, 3), "Q": (3, 3), "C": (3, 5)}


@given(fitting())
def test_a_product_has_the_left_rows_and_the_right_columns(drawn: Fitting) -> None:
    shapes = infer(drawn.tree, drawn.shapes)
    for node in drawn.tree.walk():
        if isinstance(node, Product):
            assert shapes[node.name] == (shapes[node.left.name][0], shapes[node.right.name][1])


def test_a_misfit_names_both_operands_both_shapes_and_the_column() -> None:
    text = "(Q = x @ wQ) @\n K"
    with pytest.raises(ShapeError) as caught:
        infer(parse(text), {"x": (9, 4), "wQ": (4, 2), "K": (3, 9)}, text)
    error = caught.value
    assert (error.left, error.right, error.shapes) == ("Q", "K", ((9, 2), (3, 9)))
    assert error.column == 14
    for part in ("Q is 9 × 2", "K is 3 × 9", "2 columns", "3 rows"):
        assert part in str(error)


@given(fitting())
def test_one_side_of_a_joined_matrix_adds_up_and_the_other_stays(drawn: Fitting) -> None:
    shapes = infer(drawn.tree, drawn.shapes)
    for node in drawn.tree.walk():
        if isinstance(node, Join):
            rows, cols = zip(*(shapes[part.name] for part in node.parts), strict=True)
            sums = (sum(rows), sum(cols))
            along = 0 if node.axis == "rows" else 1
            assert shapes[node.name][along] == sums[along]
            assert shapes[node.name][1 - along] * len(node.parts) == sums[1 - along]


@pytest.mark.parametrize(
    ("text", "words", "right", "column"),
    [
        ("D @ [A | B | C]", "same number of rows: A is 2 × 3, B is 2 × 9, C is 3 × 3", "C", 5),
        ("X = [A ; B ; C]", "same number of columns: A is 2 × 3, B is 2 × 9, C is 3 × 3", "B", 5),
        ("[A ; [B | A]]", "A is 2 × 3, [B | A] is 2 × 12", "[B | A]", 1),
    ],
)
def test_parts_that_do_not_fit_are_all_named(
    text: str, words: str, right: str, column: int
) -> None:
    shapes = {"A": (2, 3), "B": (2, 9), "C": (3, 3), "D": (2, 2)}
    with pytest.raises(ShapeError) as caught:
        infer(parse(text), shapes, text)
    error = caught.value
    assert words in str(error)
    assert (error.left, error.right, error.column) == ("A", right, column)
    assert error.shapes[0] == (2, 3)


def test_a_missing_leaf_names_what_there_is() -> None:
    with pytest.raises(LeafError, match=r"wQ.*Possible: x, wq.*mean wq") as caught:
        infer(parse("x @ wQ"), {"x": (2, 2), "wq": (2, 2)})
    assert "wQ" in caught.value.problem


@pytest.mark.parametrize(
    ("shapes", "limit"),
    [
        ({"A": (2**5, 2**20), "B": (2**20, 2)}, MAX_ELEMENTS),
        ({"A": (100_000, 10_000), "B": (10_000, 1)}, MAX_ELEMENTS),
        ({"A": (2**13, 1), "B": (1, 2**13)}, MAX_ELEMENTS),
        ({"A": (2**12, 2**12), "B": (2**12, 2**12)}, MAX_FIGURE_ELEMENTS),
        ({"A": (2**8, 2**16), "B": (2**16, 2**8 - 1), "C": (255, 2**14)}, MAX_FIGURE_ELEMENTS),
        ({"A": (3000, 3000), "B": (3000, 3000)}, MAX_MULTIPLICATIONS),
    ],
)
def test_what_is_too_large_is_refused(shapes: dict[str, tuple[int, int]], limit: int) -> None:
    with pytest.raises(ValueTooLarge) as caught:
        infer(parse(" @ ".join(shapes)), shapes)
    assert caught.value.limit == limit
    assert caught.value.size > limit
    assert f"{caught.value.size:,}" in str(caught.value)


def test_a_joined_matrix_counts_as_one_matrix() -> None:
    quarter = (2**11, 2**11)
    assert infer(parse("[A | A | A | A]"), {"A": quarter})["[A | A | A | A]"] == (2**11, 2**13)
    with pytest.raises(ValueTooLarge) as caught:
        infer(parse("X = [A | A | A | A | A]"), {"A": quarter})
    assert (caught.value.limit, caught.value.size) == (MAX_ELEMENTS, 5 * 2**22)
    with pytest.raises(ValueTooLarge) as caught:
        infer(parse("[[A | A] ; [B | B]]"), {"A": (2**11, 2**11), "B": (2**11, 2**11)})
    assert (caught.value.limit, caught.value.size) == (MAX_FIGURE_ELEMENTS, 2**25 + 2**23)


def test_shared_matrices_count_once() -> None:
    side = 2048
    tree = parse("(Q = A @ A) @ (Q = A @ A)")
    assert infer(tree, {"A": (side, side)})["Q"] == (side, side)


@pytest.mark.parametrize(
    ("rows", "cols"), [(0, 3), (3, -1), (1.5, 2), ("3", 2), (True, 2), (None, 1), (3, float("nan"))]
)
def test_sizes_are_whole_numbers_from_one(rows: object, cols: object) -> None:
    with pytest.raises(LeafError, match="whole numbers from 1"):
        checked(rows, cols)


@given(st.integers(-5, 10**12), st.integers(-5, 10**12))
def test_checked_sizes_are_within_the_limit(rows: int, cols: int) -> None:
    if rows >= 1 and cols >= 1 and rows * cols <= MAX_ELEMENTS:
        assert checked(rows, cols) == (rows, cols)
    else:
        with pytest.raises((LeafError, ValueTooLarge)):
            checked(rows, cols)
