"""Expressions parse to the tree they mean, and print to what parses to the same tree."""

import time
from contextlib import suppress

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from strategies import trees

from mmbook.errors import ExpressionError
from mmbook.expr import MAX_DEPTH, MAX_PARTS, MAX_PRODUCTS, Expr, Join, Leaf, Product, parse

HEAD = "out = (attn = (Q = x @ wQ) @ (K_t = wK_t @ x_t)) @ (V = x @ wV) @ wO"


def shape_of(tree: Expr) -> object:
    """Return a tree as nested pairs of names, joined parts as lists that begin with the axis."""
    if isinstance(tree, Join):
        return [tree.axis, *map(shape_of, tree.parts)]
    return tree.name if isinstance(tree, Leaf) else (shape_of(tree.left), shape_of(tree.right))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A", "A"),
        ("((A))", "A"),
        ("A @ B @ C", (("A", "B"), "C")),
        ("A @ (B @ C)", ("A", ("B", "C"))),
        ("(A@B)@(C@D)", (("A", "B"), ("C", "D"))),
        ("\tA\n@ B ", ("A", "B")),
        ("C = (A @ B)", ("A", "B")),
        ("A @ (C = B @ D) @ E", (("A", ("B", "D")), "E")),
        ("[A|B]", ["cols", "A", "B"]),
        ("X = [A ; B ; (C)]", ["rows", "A", "B", "C"]),
        ("[x | u = x @ A] @ [W ; B]", (["cols", "x", ("x", "A")], ["rows", "W", "B"])),
        ("[A @ B @ C | D]", ["cols", (("A", "B"), "C"), "D"]),
        ("[[A | B] ; X = [C | D]]", ["rows", ["cols", "A", "B"], ["cols", "C", "D"]]),
        ("A @ [B | C] @ D", (("A", ["cols", "B", "C"]), "D")),
        ("((([A | B])))", ["cols", "A", "B"]),
    ],
)
def test_structure(text: str, expected: object) -> None:
    assert shape_of(parse(text)) == expected


def test_names_of_the_head() -> None:
    assert [node.name for node in parse(HEAD).walk()] == [
        *("x", "wQ", "Q", "wK_t", "x_t", "K_t", "attn"),
        *("x", "wV", "V", "attn @ V", "wO", "out"),
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A @ B @ C", "A @ B @ C"),
        ("A @ (B @ C)", "A @ (B @ C)"),
        ("(Q = A @ B) @ C", "Q @ C"),
        ("`my x` @ B", "`my x` @ B"),
        ("[x | u = x @ A] @ [W ; B]", "[x | u] @ [W ; B]"),
        ("[A @ B | (C @ D)]", "[A @ B | C @ D]"),
        ("[A | X = [B ; C]]", "[A | X]"),
        ("A @ [`b 1` | [C ; D]]", "A @ [`b 1` | [C ; D]]"),
    ],
)
def test_what_has_no_name_is_named_by_its_text(text: str, name: str) -> None:
    assert parse(text).name == name


def test_columns_are_those_of_the_operator_and_the_name() -> None:
    tree = parse("C =\n (A @ Bé)")
    assert isinstance(tree, Product)
    assert (tree.left.column, tree.column, tree.right.column) == (7, 9, 11)
    tree = parse("X = [A | B]")
    assert (tree.column, *(node.column for node in tree.walk())) == (5, 6, 10, 5)


@given(trees())
def test_printing_is_undone_by_parsing(tree: Expr) -> None:
    assert parse(tree.text()) == tree
    assert parse(tree.text()).text() == tree.text()


@pytest.mark.parametrize(
    "text",
    [
        *(HEAD, "`A @ B` = A @ B", "A @ (X = B @ (Y = C @ D) @ E)"),
        *("y = [x | u = x @ A] @ [W ; B]", "(X = [A | B]) @ (Y = [C ; (Z = [D | E])])"),
    ],
)
def test_written_examples_are_fixed_points(text: str) -> None:
    once = parse(text).text()
    assert parse(once).text() == once
    assert parse(once) == parse(text)


def test_a_product_named_by_its_own_text_is_unnamed() -> None:
    assert parse("`A @ B` = A @ B") == parse("A @ B")
    assert parse("`[A | B]` = [A | B]") == parse("[A | B]")


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        ("", 1, "empty"),
        (" \n", 1, "empty"),
        ("A @", 4, "missing to the right of @"),
        ("A @  ", 4, "missing to the right of @"),
        ("@ A", 1, "missing before @"),
        ("A @ @ B", 5, "missing before @"),
        ("= A", 1, "missing before ="),
        ("A =", 4, "missing to the right of ="),
        (")", 1, "missing before )"),
        ("()", 2, "missing before )"),
        ("(", 2, "missing after the parenthesis"),
        ("(A", 3, "still open"),
        ("A)", 2, "closes nothing"),
        ("A B", 3, "side by side"),
        ("A (B @ C)", 3, "side by side"),
        ("A @ B = C", 7, "Write the name first"),
        ("(A) = B @ C", 5, "only a name"),
        ("A = B = C @ D", 7, "only one name"),
        ("A = B", 1, "another name for B"),
        ("Q = (R = A @ B)", 1, "second name"),
        ("A = A @ B", 1, "inside it"),
        ("(Q = A @ B) @ (Q = B @ A)", 16, "two different products"),
        ("(Q = A @ B) @ Q", 15, "given matrix"),
        ("`A @ B` @ (A @ B)", 14, "given matrix"),
        ("(" * 100_000, MAX_DEPTH + 1, "nested"),
        ("A @ " * 100_000 + "A", 4 * MAX_DEPTH + 3, "nested"),
        ("[", 2, "missing after the bracket"),
        ("[]", 2, "missing before ]"),
        ("[A | ]", 6, "missing before ]"),
        ("[A |", 5, "missing to the right of |"),
        ("[; A]", 2, "missing before ;"),
        ("[A]", 1, "two matrices or more"),
        ("A @ [B @ C]", 5, "[A | B] beside"),
        ("[A | B", 7, "bracket is still open at the end"),
        ("(A]", 3, "Close it with ) first"),
        ("[A | (B])", 8, "parenthesis is still open here"),
        ("[A | B)", 7, "bracket is still open here"),
        ("[A | B]]", 8, "this bracket closes nothing"),
        ("[A | B ; C]", 8, "brackets of its own, as in [[A | B] ; C]"),
        ("[A ; B | C]", 8, "brackets of its own"),
        ("A @ B | C", 7, "Write [A | B]"),
        ("[(A ; B) | C]", 5, "Write [A ; B]"),
        ("[A B]", 4, "Write @, | or ;"),
        ("A [B | C]", 3, "side by side"),
        ("[A | B] = C @ D", 9, "only a name"),
        ("Y = (X = [A | B])", 1, "second name"),
        ("X = [X | B]", 1, "inside it"),
        ("(X = [A | B]) @ (X = [A ; B])", 18, "two different joined matrices"),
        ("[A | B] @ `[A | B]`", 11, "joined matrix and of a given matrix"),
        ("(X = A @ B) @ (X = [A | B])", 16, "joined matrix and of a product"),
        ("[" * 100_000, MAX_DEPTH + 1, "nested"),
        (f"[{'A | ' * 1000}A]", 1, f"at most {MAX_PARTS} parts"),
        (3, None, "is a text"),
    ],
)
def test_mistakes_are_named_with_their_column(text: str, column: int, words: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    assert caught.value.column == column
    assert words in str(caught.value)


def test_number_of_products_is_limited() -> None:
    pair = "(A @ B)"
    text = pair
    for _ in range(8):
        text = f"({text} @ {text})"
    with pytest.raises(ExpressionError, match=f"at most {MAX_PRODUCTS} products"):
        parse(text)


def test_repeated_products_and_leaves_are_the_same_matrix() -> None:
    tree = parse("(Q = A @ B) @ A @ (Q = A @ B)")
    assert len({node.name for node in tree.walk()}) == 5
    assert len(set(tree.walk())) == 5


def test_repeated_joined_matrices_are_the_same_matrix() -> None:
    tree = parse("[A | B] @ (C = [A | B] @ D)")
    assert [node.name for node in tree.walk()].count("[A | B]") == 2
    assert len(set(tree.walk())) == 6


@settings(deadline=1000)
@given(st.text("AB@=()[]|;` \n.+é²", max_size=60) | st.text(max_size=60))
@example("(" * 65)
def test_any_text_parses_or_raises_our_error_at_once(text: str) -> None:
    start = time.perf_counter()
    tree = None
    with suppress(ExpressionError):
        tree = parse(text)
    assert time.perf_counter() - start < 1
    if tree is not None:
        assert parse(tree.text()) == tree


@given(st.text("AB@=()[]|;` ", max_size=30))
def test_columns_lie_in_the_text(text: str) -> None:
    try:
        parse(text)
    except ExpressionError as error:
        column = error.column
    else:
        column = 1
    assert column is not None
    assert 1 <= column <= len(text) + 1
