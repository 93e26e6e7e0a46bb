"""A state with other values is computed by the page's Python, and only then."""

from __future__ import annotations

from typing import Any

import numpy as np
from playwright.sync_api import Browser

import mmbook as mm

from .conftest import Visit

SET_EPILOG = """([id, product, epilog]) => {
    const f = document.getElementById(id);
    f.state = { ...f.state, results: { ...f.state.results, [product]: { epilog } } };
}"""


def computed(visit: Visit, figure: str) -> dict[str, np.ndarray[Any, Any]]:
    """What CPython makes of the state, from the arrays that the page shows for given data."""
    state = visit.page.evaluate("id => document.getElementById(id).state", figure)
    paths = {m["name"]: m["path"] for m in visit.describe(figure)["matrices"]}
    given = {}
    for name, leaf in state["leaves"].items():
        if leaf["init"] == "data":
            array = visit.array(figure, paths[name])
            given[name] = np.array(array["data"], np.float32).reshape(array["shape"])
    return mm.Figure.from_json(state, given).evaluate()


def shown(visit: Visit, figure: str, path: str) -> np.ndarray[Any, Any]:
    array = visit.array(figure, path)
    return np.array(array["data"], np.float32).reshape(array["shape"])


def until_changed(visit: Visit, figure: str, path: str, before: np.ndarray[Any, Any]) -> None:
    script = """([id, path, first]) => { const f = document.getElementById(id);
        return Boolean(f?.state) && f.array(path).data[0] !== first; }"""
    visit.until(script, [figure, path, float(before.flat[0])])


def pythons(visit: Visit) -> list[str]:
    return [url for url in visit.requests if "/python/" in url]


def test_another_function_is_computed_and_its_link_reopens(
    visit: Visit, browser: Browser, chapter: str
) -> None:
    page = visit.open(chapter, figure="head")
    before = shown(visit, "head", "root")
    product = "attn"
    page.evaluate(SET_EPILOG, ["head", product, "softmax(x/sqrt(k))"])
    until_changed(visit, "head", "root", before)
    expected = computed(visit, "head")
    paths = {m["name"]: m["path"] for m in visit.describe("head")["matrices"]}
    for name, path in paths.items():
        assert np.allclose(shown(visit, "head", path), expected[name], rtol=1e-5, atol=1e-6)
    assert np.count_nonzero(np.triu(shown(visit, "head", paths[product]), 1)) == 36
    link = page.evaluate("document.getElementById('head').link()")

    fresh = browser.new_context(viewport={"width": 1280, "height": 900})
    other = Visit(fresh, visit.site)
    other.page.goto(link, wait_until="load")
    other.ready("head")
    until_changed(other, "head", "root", before)
    for path in paths.values():
        assert other.array("head", path) == visit.array("head", path)
    assert other.page.evaluate("document.getElementById('head').link()") == link
    assert other.foreign == []
    fresh.close()


def test_layout_look_animation_and_camera_never_ask_python(visit: Visit) -> None:
    page = visit.open("", figure="hero")
    page.evaluate(
        """() => { const f = document.getElementById('hero'); f.state = { ...f.state,
             layout: { ...f.state.layout, scheme: 'wheel', gap: 9 },
             look: { ...f.state.look, min_size: 0.4 },
             animation: { ...f.state.animation, alg: 'vmprod', step: 3 },
             camera: { position: [40, 40, 90], target: [0, 0, 0] } }; }"""
    )
    visit.settle("hero")
    assert pythons(visit) == []


def test_values_that_do_not_fit_leave_the_figure_and_say_why(visit: Visit) -> None:
    page = visit.open("", figure="hero")
    before = shown(visit, "hero", "root")
    page.evaluate(
        """() => { const f = document.getElementById('hero');
             f.addEventListener('mm-error', (e) => { window.said = e.detail.message; });
             const { L, R } = f.state.leaves;
             f.state = { ...f.state, leaves: { L: { ...L, shape: [4, 5] }, R } }; }"""
    )
    visit.until("() => Boolean(window.said)")
    alert = page.locator("mm-figure#hero [role=alert]")
    assert "5 columns" in alert.inner_text()
    assert np.array_equal(shown(visit, "hero", "root"), before)
    state = page.evaluate("document.getElementById('hero').state")
    assert state["leaves"]["L"]["shape"] == [32, 24]
    alert.get_by_role("button").click()
    assert alert.count() == 0


def test_back_returns_to_the_published_values_without_python(visit: Visit) -> None:
    page = visit.open("", figure="hero")
    before = shown(visit, "hero", "root")
    page.evaluate(SET_EPILOG, ["hero", "L @ R", "sigmoid"])
    until_changed(visit, "hero", "root", before)
    after = shown(visit, "hero", "root")
    assert float(after.max()) <= 1
    visit.until("() => location.hash.startsWith('#mm=1.')")
    page.go_back()
    until_changed(visit, "hero", "root", after)
    assert np.array_equal(shown(visit, "hero", "root"), before)
