"""Titles: what matrices are called in the picture, where names must differ."""

from __future__ import annotations

import pytest

import mmbook as mm
from mmbook.code import python
from mmbook.edit import edit, with_leaves
from mmbook.titles import titles

TITLED = {"x_2": {"title": "x"}, "P": {"title": "the product"}}


def figure(expr: str) -> mm.Figure:
    leaves = {"x": mm.eye(2), "x_2": mm.diff(2), "w": mm.rows(2, 2)}
    names = [node.name for node in mm.parse(expr).walk()]
    labels = {name: sides for name, sides in TITLED.items() if name in names}
    return mm.figure(expr, leaves=leaves, labels=labels)


@pytest.mark.parametrize(
    ("expr", "expected"),
    [
        ("x @ x_2", "x @ x"),
        ("x @ (w @ x_2)", "x @ (w @ x)"),
        ("(P = x @ w) @ x_2", "`the product` @ x"),
        ("[x | x_2] @ [w ; x_2]", "[x | x] @ [w ; x]"),
        ("y = x @ x_2", "y"),
        ("x @ w", "x @ w"),
    ],
)
def test_a_product_without_a_name_is_called_by_the_titles_of_its_operands(
    expr: str, expected: str
) -> None:
    made = figure(expr)
    found = titles(made.tree, made.labels)
    assert found[made.tree.name] == expected
    assert found.keys() == made.shapes.keys()


def test_the_scene_and_its_words_use_titles() -> None:
    scene = figure("(P = x @ w) @ x_2").scene()
    assert scene.tree["left"]["title"] == "the product"
    assert scene.tree["right"] == {"name": "x_2", "title": "x", "role": "leaf", "shape": [2, 2]}
    assert "title" not in scene.tree["left"]["left"]
    assert "x_2" not in scene.description
    assert "the product" in scene.description


def test_titles_survive_other_values_and_other_expressions() -> None:
    labels = {"x_2": {"title": "x", "rows": ["a", "b"]}}
    made = figure("x @ x_2").with_(labels=labels)
    assert made.with_(x_2=mm.eye(2)).labels == {"x_2": {"title": "x"}}
    assert with_leaves(made, {"x_2": mm.eye(2)}).labels == {"x_2": {"title": "x"}}
    assert edit(made, "w @ x_2").to_dict()["labels"] == labels
    assert edit(made, "x @ w").labels == {}


def test_python_and_json_carry_titles() -> None:
    made = figure("(P = x @ w) @ x_2")
    assert eval(python(made), {"mm": mm}) == made
    assert mm.Figure.from_json(made.to_json()) == made
