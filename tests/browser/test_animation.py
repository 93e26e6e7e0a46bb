"""The fused sweep: steps, scrubbing, and an end that equals the rest."""

from __future__ import annotations

from typing import Any

from .conftest import Visit
from .picture import decode, ink


def sweep(visit: Visit, chapter: str) -> str:
    page = visit.open(chapter)
    figures = page.evaluate("[...document.querySelectorAll('mm-figure')].map((f) => f.id)")
    for name in figures:
        visit.ready(name)
        if visit.describe(name)["animation"]["alg"] == "vmprod":
            return str(name)
    raise AssertionError("the chapter has no figure that sweeps")


def press(visit: Visit, figure: str, label: str) -> None:
    visit.page.locator(f"mm-figure#{figure}").get_by_role("button", name=label, exact=True).click()


def animation(visit: Visit, figure: str) -> dict[str, Any]:
    described: dict[str, Any] = visit.describe(figure)["animation"]
    return described


def test_one_token_a_step_and_the_end_is_the_rest(visit: Visit, chapter: str) -> None:
    name = sweep(visit, chapter)
    page = visit.page
    assert animation(visit, name)["steps"] in (9, 10)
    page.evaluate(
        """id => { const f = document.getElementById(id);
             f.state = { ...f.state, animation: { ...f.state.animation, playing: false, step: 4 } }; }""",
        name,
    )
    visit.settle(name)
    assert animation(visit, name)["step"] == 4
    middle = decode(page.locator(f"mm-figure#{name}").screenshot())
    press(visit, name, "Step")
    assert animation(visit, name)["step"] == 5
    press(visit, name, "Step back")
    assert animation(visit, name)["step"] == 4
    assert ink(middle) > 0.01


def test_play_advances_and_pause_rests(visit: Visit, chapter: str) -> None:
    name = sweep(visit, chapter)
    if animation(visit, name)["playing"]:
        press(visit, name, "Pause")
    press(visit, name, "Play")
    start = visit.describe(name)["renderer"]["frames"]
    visit.until(
        "([id, n]) => document.getElementById(id).describe().renderer.frames > n + 3",
        arg=[name, start],
    )
    press(visit, name, "Pause")
    rest = visit.settle(name)
    visit.page.wait_for_timeout(1200)
    assert visit.describe(name)["renderer"]["frames"] == rest
