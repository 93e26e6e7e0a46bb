"""A link reopens exactly what was on the screen."""

from __future__ import annotations

from typing import Any

import numpy as np
from playwright.sync_api import Browser

from .conftest import Visit
from .test_cells import HEAD, run


def test_camera_settings_code_and_values_reopen_in_a_fresh_profile(
    visit: Visit, browser: Browser, chapter: str
) -> None:
    page = visit.open(chapter, figure="head")
    cell = page.locator("mm-cell[figure=head]").first
    source = HEAD.format(epilog="softmax(x/sqrt(k))")
    assert run(cell, source) == "done"
    figure = page.locator("mm-figure#head")
    figure.scroll_into_view_if_needed()
    box = figure.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 90, y + 40, steps=4)
    page.mouse.up()
    page.evaluate(
        """() => { const f = document.getElementById('head');
             f.state = { ...f.state, look: { ...f.state.look, hue_spread: 0.11 } }; }"""
    )
    visit.settle("head")
    camera = visit.describe("head")["camera"]
    values = visit.array("head", "left.left")
    link = page.evaluate("document.getElementById('head').link()")
    assert "#mm=1." in link

    fresh = browser.new_context(viewport={"width": 1280, "height": 900})
    other = Visit(fresh, visit.site)
    other.page.goto(link, wait_until="load")
    other.ready("head")
    other.until("() => document.querySelector('mm-cell[figure=head]').status === 'done'")
    other.settle("head")
    again: Any = other.page.locator("mm-cell[figure=head]").first
    assert again.evaluate("cell => cell.source") == source
    shown = other.describe("head")["camera"]
    assert np.allclose(shown["position"], camera["position"], atol=1e-9)
    assert np.allclose(shown["target"], camera["target"], atol=1e-9)
    state = other.page.evaluate("document.getElementById('head').state")
    assert state["look"]["hue_spread"] == 0.11
    assert other.array("head", "left.left") == values
    assert other.foreign == []
    fresh.close()


def test_address_bar_follows_and_back_returns(visit: Visit) -> None:
    page = visit.open("", figure="hero")
    spread = page.evaluate("document.getElementById('hero').state.look.hue_spread")
    page.evaluate(
        """() => { const f = document.getElementById('hero');
             f.state = { ...f.state, look: { ...f.state.look, hue_spread: 0.2 } }; }"""
    )
    visit.until("() => location.hash.startsWith('#mm=1.')")
    page.evaluate("document.getElementById('hero').before = true")
    page.go_back()
    visit.until(
        "spread => document.getElementById('hero').state.look.hue_spread === spread", spread
    )
    page.go_forward()
    visit.until("() => document.getElementById('hero').state.look.hue_spread === 0.2")
    assert page.evaluate("document.getElementById('hero').before"), "the theme replaced the figure"


def test_damaged_link_says_so_and_shows_the_published_figure(visit: Visit) -> None:
    for fragment in ("#mm=1.!!!!", "#mm=1.AAAA", "#mm=9.abcd", "#mm=1.eJwDAAAAAAE"):
        page = visit.page
        page.goto("about:blank")
        visit.open(fragment, figure="hero")
        assert (
            "link"
            in page.locator("[role=alert], [role=status]").all_inner_texts().__str__().lower()
        )
        assert len(visit.describe("hero")["matrices"]) == 3


def test_several_figures_keep_their_own_state(visit: Visit, chapter: str) -> None:
    page = visit.open(chapter, figure="head")
    ids = page.evaluate("[...document.querySelectorAll('mm-figure')].map((f) => f.id)")
    assert len(ids) >= 2
    for n, name in enumerate(ids[:2]):
        visit.ready(name)
        page.evaluate(
            """([id, v]) => { const f = document.getElementById(id);
                 f.state = { ...f.state, look: { ...f.state.look, min_size: v } }; }""",
            [name, 0.3 + n / 10],
        )
    visit.until("() => location.hash.startsWith('#mm=1.')")
    page.wait_for_timeout(800)
    page.goto("about:blank")
    page.go_back()
    for n, name in enumerate(ids[:2]):
        visit.ready(name)
        size = page.evaluate("id => document.getElementById(id).state.look.min_size", name)
        assert size == 0.3 + n / 10
    assert not any(p for p in visit.problems if "mm" in p)


def test_a_heading_anchor_is_left_alone(visit: Visit, chapter: str) -> None:
    page = visit.open(chapter, figure="head")
    anchor = page.evaluate("document.querySelector('article h2[id]').id")
    page.goto(visit.site + chapter + "#" + anchor, wait_until="load")
    page.wait_for_timeout(500)
    assert page.evaluate("location.hash") == "#" + anchor
    assert page.locator("mm-figure [role=alert]").count() == 0
