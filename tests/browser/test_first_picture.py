"""The first picture: there at once, without Python or editor, drawn where geometry says."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest

from .conftest import Visit
from .picture import decode, ink, project, saturation

BUDGET = 150_000  # bytes of our JavaScript, gzipped, before the first cell is focused


def test_the_cube_stands_without_one_byte_of_python_or_editor(visit: Visit, site_dir: Path) -> None:
    page = visit.open("", figure="hero")
    marks = page.evaluate("performance.getEntriesByName('mm:first-frame:hero').length")
    assert marks == 1
    ours = {u.split("?")[0] for u in visit.requests if "/assets/mm/" in u}
    assert not [u for u in ours if "/python/" in u or "worker.js" in u or "editor" in u]
    scripts = [site_dir / u.removeprefix(visit.site) for u in ours if u.endswith(".js")]
    assert scripts
    assert sum(len(gzip.compress(s.read_bytes())) for s in scripts) <= BUDGET


def test_hero_is_drawn(visit: Visit) -> None:
    page = visit.open("", figure="hero")
    visit.settle("hero")
    image = decode(page.locator("mm-figure#hero").screenshot())
    assert ink(image) > 0.05
    assert (saturation(image) > 60).mean() > 0.02
    assert not page.evaluate("document.getElementById('hero').describe().renderer.contextLost")


@pytest.mark.parametrize("corner", ["first", "last_row", "last_col"])
def test_matrices_stand_where_described(visit: Visit, corner: str) -> None:
    page = visit.open("", figure="hero")
    visit.settle("hero")
    box = visit.canvas("hero")
    colours = saturation(decode(page.screenshot()))
    described = visit.describe("hero")
    assert [m["path"] for m in described["matrices"]] == ["left", "right", "root"]
    for matrix in described["matrices"]:
        x, y = project(matrix[corner], described["camera"], box[2], box[3])
        assert 0 < x < box[2]
        assert 0 < y < box[3]
        px, py = int(box[0] + x), int(box[1] + y)
        patch = colours[max(0, py - 4) : py + 5, max(0, px - 4) : px + 5]
        assert patch.max() > 60, f"nothing of {matrix['name']} at its {corner}"


def test_turning_moves_the_picture_and_rest_draws_nothing(visit: Visit) -> None:
    page = visit.open("", figure="hero")
    rest = visit.settle("hero")
    before = decode(page.locator("mm-figure#hero").screenshot()).astype(int)
    page.wait_for_timeout(1500)
    assert visit.describe("hero")["renderer"]["frames"] == rest
    box = page.locator("mm-figure#hero").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 120, y + 30, steps=4)
    page.mouse.up()
    moved = visit.settle("hero")
    assert moved > rest
    after = decode(page.locator("mm-figure#hero").screenshot()).astype(int)
    assert before.shape == after.shape
    assert (np.abs(before - after).max(axis=2) > 40).mean() > 0.01
    page.wait_for_timeout(1500)
    assert visit.describe("hero")["renderer"]["frames"] == moved


@pytest.mark.parametrize("width", [360, 768, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_fit_every_width_in_both_schemes(
    visit: Visit, chapter: str, width: int, scheme: str
) -> None:
    page = visit.page
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": 800})
    for path, figure in (("", "hero"), (chapter, "head")):
        visit.open(path, figure=figure)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        image = decode(page.locator(f"mm-figure#{figure}").screenshot())
        assert ink(image) > 0.02
    shade = page.evaluate("getComputedStyle(document.body).backgroundColor")
    light = sum(int(c) for c in shade.removeprefix("rgb(").removesuffix(")").split(",")[:3]) / 3
    assert (light > 128) == (scheme == "light")


def test_nothing_in_the_console(visit: Visit, chapter: str) -> None:
    visit.open("", figure="hero")
    visit.open(chapter, figure="head")
    assert visit.problems == []
