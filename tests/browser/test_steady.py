"""What must not change: the places of things as the viewer arrives, a picture that is drawn again."""

from __future__ import annotations

import numpy as np
import pytest
from playwright.sync_api import Browser, Route

from .conftest import Visit
from .picture import decode

HEIGHTS = """() => [...document.querySelectorAll("mm-figure, mm-cell")].map(
    (e) => [e.id, Math.round(e.getBoundingClientRect().height)])"""
ARRIVED = "() => Boolean(customElements.get('mm-figure') && customElements.get('mm-cell'))"


@pytest.mark.parametrize(("width", "touch"), [(1280, False), (360, True)])
def test_nothing_moves_when_the_viewer_arrives(
    browser: Browser, site: str, chapter: str, width: int, touch: bool
) -> None:
    viewport = {"width": width, "height": 800}
    context = browser.new_context(viewport=viewport, has_touch=touch, is_mobile=touch)  # type: ignore[arg-type]
    visit = Visit(context, site)
    page = visit.page
    held: list[Route] = []
    page.route("**/mm.js", lambda route: held.append(route))
    page.goto(site + chapter, wait_until="commit")
    visit.until("() => document.readyState !== 'loading' && document.fonts.status === 'loaded'")
    visit.until("() => document.querySelectorAll('mm-cell').length > 5")
    assert not page.evaluate(ARRIVED)
    before = page.evaluate(HEIGHTS)
    for route in held:
        route.continue_()
    visit.until(ARRIVED)
    visit.ready("head")
    assert page.evaluate(HEIGHTS) == before
    context.close()


def test_a_head_looks_the_same_when_its_cell_has_drawn_it(visit: Visit, chapter: str) -> None:
    page = visit.open(chapter, figure="head")
    visit.settle("head")
    before = decode(page.locator("mm-figure#head").screenshot()).astype(int)
    page.evaluate("document.getElementById('load').run()")
    visit.until("() => document.getElementById('load').status === 'done'")
    visit.ready("head")
    visit.settle("head")
    page.wait_for_timeout(1000)  # the old picture fades
    after = decode(page.locator("mm-figure#head").screenshot()).astype(int)
    assert before.shape == after.shape
    assert (np.abs(before - after).max(axis=2) > 40).mean() < 0.002


def test_a_figure_at_rest_draws_nothing_while_another_plays(visit: Visit) -> None:
    page = visit.open("", figure="row")
    visit.ready("hero")
    page.evaluate(
        """() => { for (const id of ["hero", "row"]) document.getElementById(id).style.setProperty("--mm-height", "320px");
             document.getElementById("row").scrollIntoView({block: "center"});
             const box = document.getElementById("hero").closest("figure");
             document.getElementById("row").closest("figure").before(box); }"""
    )
    visit.ready("hero")
    page.evaluate(
        """() => { const f = document.getElementById("row"); const {state} = f;
             f.state = {...state, animation: {...state.animation, speed: 60, playing: true, step: 0}}; }"""
    )
    rest = visit.settle("hero")
    before = visit.describe("row")["renderer"]["frames"]
    visit.until(
        "n => document.getElementById('row').describe().renderer.frames > n + 10", arg=before
    )
    assert visit.describe("row")["animation"]["playing"]
    seen = page.evaluate(
        """() => ["hero", "row"].every((id) => { const r = document.getElementById(id).getBoundingClientRect();
             return r.bottom > 0 && r.top < innerHeight; })"""
    )
    assert seen, "both figures are on the screen"
    assert visit.describe("hero")["renderer"]["frames"] == rest
