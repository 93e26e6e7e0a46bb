"""The Python of a figure makes the same figure again."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from test_figure import figures

import mmbook as mm
from mmbook.code import python, variables


def remade(figure: mm.Figure) -> mm.Figure:
    names = variables(figure.arrays)
    values = {names[name]: array for name, array in figure.arrays.items()}
    made = eval(python(figure), {"mm": mm, **values})
    assert isinstance(made, mm.Figure)
    return made


@settings(deadline=None)
@given(figures())
def test_any_figure(figure: mm.Figure) -> None:
    assert remade(figure) == figure


@pytest.mark.parametrize(
    ("expr", "keywords"),
    [
        ("A @ B", {"B": mm.uniform(2, 3, min=-0.1, max=1e-9, dropout=0.3, seed=5)}),
        ("C = A @ B", {"C": mm.result("softmax", alg="axpy", blocks=(2, 1, 1)), "B": mm.eye(2)}),
        ("C = A @ B", {"C": mm.result(layout={"left": "right"}), "B": mm.diff(2)}),
        ("`a 1` @ in", {"leaves": {"a 1": mm.eye(2), "in": mm.eye(2)}}),
        ("`a 1` @ `a-1`", {"leaves": {"a 1": [[1]], "a-1": [[2]]}, "results": {}}),
        ("`x y` = A @ mm", {"results": {"x y": "relu"}, "mm": [[1], [2]]}),
        ("leaves @ results", {"leaves": {"leaves": [[1]], "results": mm.eye(1)}}),
        ("left @ gap", {"left": [[1]], "gap": mm.eye(1), "layout": {"gap": 3, "left": "right"}}),
        ("A", {"labels": {"A": {"rows": ["it's", '"']}}, "title": "a'b", "alt": "\n"}),
        ("A", {"camera": {"position": [1, 2, 3.5], "target": [0, 0, 0]}, "playing": True}),
        ("A @ B", {"B": mm.missing(2, 3)}),
        ("(X = [A | u = A @ B]) @ [A ; B]", {"B": mm.eye(2), "u": "relu"}),
        ("gap = [A ; B]", {"B": mm.eye(2), "layout": {"gap": 9}}),
        ("[A | B] @ C", {"B": [[1], [2]], "C": mm.eye(3), "results": {"[A | B] @ C": "relu"}}),
        ("(X = [A | A])", {"labels": {"X": {"rows": ["a", "b"]}}}),
        ("A @ B", {"B": mm.elementwise("1 if i < j else 2", 2, 2)}),
    ],
)
def test_difficult_figures(expr: str, keywords: dict[str, Any]) -> None:
    leaves = {"A": np.eye(2), **keywords.get("leaves", {})}
    figure = mm.figure(expr, **{**keywords, "leaves": leaves})
    assert remade(figure) == figure


def test_it_reads_as_one_would_write_it() -> None:
    figure = mm.figure("C = A @ B", A=[[1]], B=mm.gaussian(1, 2, min=0), C="relu", gap=10)
    assert python(figure) == (
        "mm.figure(\n"
        "    'C = A @ B',\n"
        "    A=A,\n"
        "    B=mm.gaussian(1, 2, min=0),\n"
        "    C='relu',\n"
        "    gap=10,\n"
        ")"
    )


@pytest.mark.parametrize(
    ("expr", "leaves"),
    [
        ("A @ B", {"A": [[1.5, np.nan]], "B": mm.gaussian(2, 3)}),
        ("values @ figure", {"values": [[1]], "figure": [[2, 3]]}),
        ("np @ mm", {"np": [[1]], "mm": [[2]]}),
        ("`a/b` @ `a b`", {"a/b": [[1]], "a b": [[2]]}),
        ("A @ B", {"A": mm.missing(1, 2), "B": mm.eye(2)}),
    ],
)
def test_a_program_runs_as_it_stands(
    expr: str, leaves: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    figure = mm.figure(expr, leaves=leaves, gap=7)
    monkeypatch.chdir(tmp_path)
    if figure.arrays:
        arrays = {name.replace("/", "∕"): array for name, array in figure.arrays.items()}
        np.savez("figure.npz", **arrays)
    names: dict[str, Any] = {}
    text = figure.scene().python
    exec(compile(text, "figure.py", "exec"), names)
    assert names["figure"] == figure
    made = names["figure"].evaluate()
    for name, values in figure.evaluate().items():
        np.testing.assert_array_equal(made[name], values)
    assert ("figure.npz" in text) == bool(figure.arrays)
