"""Stages of a fence: what each takes from the one before, and what pages make of them."""

from __future__ import annotations

import json
import re

import pytest

import mmbook as mm
from mmbook.errors import FenceError, FigureError, LinkError
from mmbook.link import decode, encode
from mmbook.markdown.html import figure_html
from mmbook.markdown.page import Bad, read_page
from mmbook.markdown.spec import FigureSpec

MERGE = """```mm id="m"
--- apart
h = [x | u = x @ A] @ [W ; B]
x: gaussian(8, 6)
A: gaussian(6, 2)
W: gaussian(6, 5)
B: gaussian(2, 5)
h: relu
--- merged
h = x @ W1
W1: gaussian(6, 5, seed=4)
merge: W1 = W, B, A
--- lit
highlight: first: x[0:2]
```
"""


def page(text: str) -> FigureSpec:
    (item,) = read_page(text)
    assert isinstance(item, FigureSpec), item
    return item


def test_a_stage_takes_values_functions_and_the_expression_from_the_one_before() -> None:
    spec = page(MERGE)
    apart, merged, lit = spec.figures
    assert [stage.name for stage in spec.stages] == ["apart", "merged", "lit"]
    assert spec.figure == apart
    assert merged.to_dict()["leaves"]["x"] == apart.to_dict()["leaves"]["x"]
    assert merged.results["h"]["epilog"] == "relu"
    assert dict(merged.to_dict()["merges"]) == {"W1": ["W", "B", "A"]}
    assert lit.expr == merged.expr
    assert "merges" not in lit.to_dict()
    assert lit.to_dict()["highlights"] == {"first": {"x": {"rows": [[0, 2]]}}}


def test_the_element_names_every_scene_and_says_all_stages_in_words() -> None:
    html = figure_html(page(MERGE), ["a1", "b2", "c3"], ["one.", "two.", "three."])
    (attribute,) = re.findall(r'stages="([^"]*)"', html)
    listed = json.loads(attribute.replace("&#34;", '"'))
    assert listed == [
        {"name": "apart", "scene": "a1"},
        {"name": "merged", "scene": "b2"},
        {"name": "lit", "scene": "c3"},
    ]
    assert "apart: one. merged: two. lit: three." in html
    assert 'scene="a1"' in html


def test_a_fence_without_stages_is_as_it_was() -> None:
    spec = page("```mm\nA @ B\nA: eye(2)\nB: eye(2)\n```\n")
    assert spec.stages == ()
    assert "stages=" not in figure_html(spec, ["a1"], ["one."])


def test_python_gives_stages_as_a_dict() -> None:
    spec = page(
        '```mm-python title="t"\n'
        '{"a": mm.figure("A @ B", A=mm.eye(2), B=mm.eye(2)), "b": mm.figure("A", A=mm.eye(2))}\n'
        "```\n"
    )
    assert [(stage.name, stage.figure.title) for stage in spec.stages] == [("a", "t"), ("b", "t")]


@pytest.mark.parametrize(
    ("lines", "says", "line"),
    [
        ("--- one\nA", "2 to 8", 1),
        ("A\n--- one\n--- two", "before the first stage", 1),
        ("--- one\nA\nA: eye(2)\n---\nA", "a stage has a name", 1),
        ("--- one\nA\nA: eye(2)\n--- one\nA", "one name", 1),
        ("--- one\nA\nA: eye(2)\n--- two\nA @ Q", "Q", 1),
        ("--- one\nA\nA: eye(2)\n--- two\nA\nB: eye(2)", "no matrix of this name", 7),
        ("--- one\nA\nA: eye(2)\n--- two\nmerge: A", "merges nothing", 6),
        ("--- one\nA\nA: eye(2)\n--- two\nA @@ A", "column", 6),
    ],
)
def test_mistakes_are_named_with_their_line(lines: str, says: str, line: int) -> None:
    (item,) = read_page(f"```mm\n{lines}\n```\n")
    assert isinstance(item, Bad)
    error = item.error("page.md", 1)
    assert isinstance(error, FenceError)
    assert says in str(error) or "column" in says
    assert error.line == line


def test_what_became_of_matrices_belongs_to_matrices_that_are_there() -> None:
    with pytest.raises(FigureError, match="Q does not occur"):
        mm.figure("A", A=mm.eye(2), merges={"Q": ["A"]})


def test_a_link_carries_the_stage() -> None:
    state = {"figures": {}, "cells": {}, "stages": {"m": "merged"}}
    assert decode(encode(state)) == state
    with pytest.raises(LinkError, match="a stage is a name"):
        decode(encode({"figures": {}, "cells": {}, "stages": {"m": 3}}))
