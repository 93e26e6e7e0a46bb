"""The numbers in the page are CPython's numbers, and both are GPT-2's."""

from __future__ import annotations

import numpy as np

import mmbook as mm

from .conftest import Visit


def _matrix(visit: Visit, figure: str, path: str) -> np.ndarray:
    got = visit.array(figure, path)
    return np.array(got["data"]).reshape(got["shape"])


def _path(visit: Visit, figure: str, name: str) -> str:
    return next(m["path"] for m in visit.describe(figure)["matrices"] if m["name"] == name)


def test_attention_in_the_page_is_the_build_s_and_the_reference_s(
    visit: Visit, chapter: str
) -> None:
    visit.open(chapter, figure="head")
    shown = _matrix(visit, "head", _path(visit, "head", "attn"))
    head = mm.gpt2.head(5, 4)
    built = head.figure().evaluate()["attn"]
    assert np.abs(shown - built).max() <= 1e-6
    assert np.abs(shown - head.reference).max() <= 0.005
    assert np.all(np.triu(shown, 1) == 0)


def test_attention_computed_in_the_page_is_cpython_s(visit: Visit, chapter: str) -> None:
    page = visit.open(chapter, figure="head")
    cell = page.locator("mm-cell[figure=head]").first
    cell.scroll_into_view_if_needed()
    source = (
        "import mmbook as mm\n"
        "head = mm.gpt2.head(0, 2)\n"
        "mm.figure('out = (attn = (Q = x @ wQ) @ (K_t = wK_t @ x_t)) @ (V = x @ wV) @ wO',"
        " **head, attn='softmax(tril(x/sqrt(k)))')"
    )
    cell.evaluate("(cell, source) => { cell.source = source; return cell.run(); }", source)
    assert cell.evaluate("cell => cell.status") == "done", cell.evaluate("cell => cell.output")
    shown = _matrix(visit, "head", _path(visit, "head", "attn"))
    head = mm.gpt2.head(0, 2)
    assert np.abs(shown - head.figure().evaluate()["attn"]).max() <= 1e-6
    assert np.abs(shown - head.reference).max() <= 0.005


def test_every_described_range_is_the_array_s_own(visit: Visit, chapter: str) -> None:
    visit.open(chapter, figure="head")
    for matrix in visit.describe("head")["matrices"]:
        values = _matrix(visit, "head", matrix["path"])
        assert list(values.shape) == matrix["shape"]
        assert np.isclose(values.min(), matrix["min"], rtol=1e-6, atol=1e-7)
        assert np.isclose(values.max(), matrix["max"], rtol=1e-6, atol=1e-7)


def test_random_leaves_are_the_same_in_both_pythons(visit: Visit, chapter: str) -> None:
    page = visit.open(chapter, figure="head")
    cell = page.locator("mm-cell[figure=head]").first
    text = "mm.figure('A @ B', A=mm.gaussian(12, 7, seed=3), B=mm.uniform(7, 9))"
    cell.evaluate(
        "(cell, source) => { cell.source = source; return cell.run(); }",
        "import mmbook as mm\n" + text,
    )
    here = mm.figure("A @ B", A=mm.gaussian(12, 7, seed=3), B=mm.uniform(7, 9)).evaluate()
    for path, name in (("left", "A"), ("right", "B"), ("root", "A @ B")):
        assert np.abs(_matrix(visit, "head", path) - here[name]).max() <= 1e-6
