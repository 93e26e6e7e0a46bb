"""Joined matrices, groups that stand out, levels and stages, as a reader sees them."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

import mmbook as mm
from mmbook.lora import quantize

from .conftest import Visit
from .picture import decode

PAGE, FIGURE = "reference/language/", "joined"


def show(visit: Visit, figure: mm.Figure) -> None:
    """Put a figure into the page's, as a cell does."""
    scene = figure.scene()
    arrays = {
        name: {"shape": list(array.shape), "data": array.ravel().tolist()}
        for name, array in scene.arrays.items()
    }
    visit.page.evaluate(
        """([id, scene, arrays]) => {
            for (const one of Object.values(arrays)) one.data = Float32Array.from(one.data);
            document.getElementById(id).show({scene, arrays});
        }""",
        [FIGURE, json.loads(scene.to_json()), arrays],
    )
    visit.settle(FIGURE)


def pixels(visit: Visit) -> Any:
    visit.page.mouse.move(2, 2)
    return decode(visit.page.locator(f"mm-figure#{FIGURE}").screenshot()).astype(int)


def near(image: Any, colour: tuple[int, int, int], within: int = 24) -> int:
    """How many pixels have a colour."""
    return int((np.abs(image - np.array(colour)).max(axis=2) < within).sum())


RNG = np.random.default_rng(1)
JOINED = mm.figure(
    "h = [x | u = x @ A] @ [W ; B]",
    x=RNG.normal(size=(16, 24)),
    A=RNG.normal(size=(24, 3)),
    W=RNG.normal(size=(24, 20)),
    B=RNG.normal(size=(3, 20)),
)
# What highlight/style.ts gives the first two groups on light paper.
GREEN, VIOLET = (0x1A, 0x7F, 0x37), (0x5B, 0x2B, 0xB5)


def test_groups_have_their_colours_and_are_named_in_words(visit: Visit) -> None:
    visit.open(PAGE, figure=FIGURE)
    show(visit, JOINED)
    plain = pixels(visit)
    show(visit, JOINED.with_(highlights={"first": "B", "second": "x[0:4]"}))
    lit = pixels(visit)
    for colour in (GREEN, VIOLET):
        assert near(lit, colour) > near(plain, colour) + 40
    words = visit.page.locator(f"mm-figure#{FIGURE} .mm-alt").text_content() or ""
    assert "Highlighted as first: all of B." in words
    assert "Highlighted as second: rows 0 to 3 of x." in words


def test_a_seam_is_drawn_between_bands_and_nowhere_else(visit: Visit) -> None:
    visit.open(PAGE, figure=FIGURE)
    show(visit, JOINED)
    dark = near(pixels(visit), (26, 28, 38), 16)
    whole = np.vstack([JOINED.evaluate()["W"], JOINED.evaluate()["B"]])
    show(visit, mm.figure("h = x @ W", x=RNG.normal(size=(16, 27)), W=whole))
    assert dark > near(pixels(visit), (26, 28, 38), 16) + 40


def test_levels_are_painted_and_their_values_stay(visit: Visit) -> None:
    visit.open(PAGE, figure=FIGURE)
    values = quantize(RNG.normal(size=(16, 64))).dequantize()
    made = mm.figure("W", W=values, levels={"W": {"values": "nf4", "block": 64}})
    show(visit, made)
    image = pixels(visit)
    # Yellow belongs to neither sign: it is that of the highest levels.
    assert int(((image[:, :, 0] > 170) & (image[:, :, 1] > 140) & (image[:, :, 2] < 90)).sum()) > 60
    shown = visit.array(FIGURE, "root")
    assert np.allclose(shown["data"], values.ravel(), atol=1e-6)


def test_a_merge_moves_and_then_rests(visit: Visit) -> None:
    visit.open(PAGE, figure=FIGURE)
    show(visit, JOINED)
    before = visit.settle(FIGURE)
    values = JOINED.evaluate()
    merged = mm.figure(
        "h = x @ W1",
        x=values["x"],
        W1=values["W"] + values["A"] @ values["B"],
        merges={"W1": ["W", "B", "A"]},
    )
    show(visit, merged)
    after = visit.settle(FIGURE)
    # A cut, or one picture melting into another, takes a frame or two.
    assert after - before > 3
    visit.page.wait_for_timeout(700)
    assert visit.describe(FIGURE)["renderer"]["frames"] == after
    names = [matrix["name"] for matrix in visit.describe(FIGURE)["matrices"]]
    assert names == ["x", "W1", "h"]


def test_stages_are_chosen_by_keyboard_and_remembered_by_links(visit: Visit) -> None:
    visit.open("reference/fences/", figure="merge")
    page = visit.page
    assert visit.describe("merge")["expr"] == "h = [x | u = x @ A] @ [W ; B]"
    page.locator("mm-figure#merge .stages input").first.focus()
    page.keyboard.press("ArrowRight")
    visit.until("() => document.getElementById('merge').describe().expr === 'h = x @ W1'")
    visit.until("() => location.hash.startsWith('#mm=')")
    address = page.url
    page.goto("about:blank")
    page.goto(address)
    visit.ready("merge")
    visit.until("() => document.getElementById('merge').describe().expr === 'h = x @ W1'")
    page.go_back()
    page.goto(visit.site + "reference/fences/")
    visit.ready("merge")
    assert visit.describe("merge")["expr"] == "h = [x | u = x @ A] @ [W ; B]"
