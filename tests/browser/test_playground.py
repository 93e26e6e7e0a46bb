"""The playground: links of the original tool, edits, a reader's own data, what can be taken away."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, Locator

from .conftest import Visit

STATES = Path(__file__).parents[1] / "fixtures" / "original-states.json"
PAGE = "playground/"


def published(name: str) -> dict[str, Any]:
    states = json.loads(STATES.read_text("utf-8"))
    return next(state for state in states if state["state"] == name)


def names(visit: Visit) -> list[str]:
    return [m["name"] for m in visit.describe("playground")["matrices"]]


def opened(visit: Visit) -> Locator:
    visit.open(PAGE, figure="playground")
    visit.until(
        "() => Boolean(document.querySelector('mm-playground')?.shadowRoot?.querySelector('.leaf'))"
    )
    return visit.page.locator("mm-playground")


@pytest.mark.parametrize("name", ["04", "13"])
def test_a_published_link_opens_with_its_names_shapes_and_camera(visit: Visit, name: str) -> None:
    state = published(name)
    visit.open(f"{PAGE}?{state['query']}&utm_source=test", figure="playground")
    wanted = [[path, name, shape] for path, name, shape in state["matrices"]]
    visit.until(
        "n => document.getElementById('playground').describe().matrices.length === n", len(wanted)
    )
    described = visit.describe("playground")
    shown = [[m["path"], m["name"], m["shape"]] for m in described["matrices"]]
    assert shown == wanted
    for ours, theirs in (("position", "camera"), ("target", "target")):
        at = state[theirs]
        point = [at[axis] for axis in "xyz"] if isinstance(at, dict) else at
        assert np.allclose(described["camera"][ours], point, atol=1e-6)


def test_a_wrong_expression_keeps_the_text_and_names_the_column(visit: Visit) -> None:
    desk = opened(visit)
    before = names(visit)
    field = desk.get_by_label("Expression")
    field.fill("out = x @ @ wQ")
    field.press("Enter")
    error = desk.locator(".expression [role=alert]")
    visit.until(
        "() => document.querySelector('mm-playground').shadowRoot.querySelector('.error').textContent !== ''"
    )
    assert "Column 11" in error.inner_text()
    assert error.locator("pre").inner_text().split("\n")[1] == " " * 10 + "^"
    assert field.input_value() == "out = x @ @ wQ"
    assert names(visit) == before


def test_an_edit_keeps_what_has_its_name_and_its_link_reopens(
    visit: Visit, browser: Browser
) -> None:
    desk = opened(visit)
    x = visit.array("playground", "left.left.left")
    field = desk.get_by_label("Expression")
    field.fill("y = x @ wQ @ new")
    field.press("Enter")
    visit.until("() => document.getElementById('playground').describe().matrices.length === 5")
    assert names(visit) == ["x", "wQ", "x @ wQ", "new", "y"]
    assert visit.array("playground", "left.left") == x
    values = visit.array("playground", "root")
    link = visit.page.evaluate("document.getElementById('playground').link()")
    fresh = browser.new_context(viewport={"width": 1280, "height": 900})
    other = Visit(fresh, visit.site)
    other.page.goto(link, wait_until="load")
    other.ready("playground")
    other.until("() => document.getElementById('playground').describe().matrices.length === 5")
    assert other.array("playground", "root") == values
    assert other.foreign == []
    fresh.close()


def test_a_file_gives_its_shape_and_back_undoes_it(visit: Visit) -> None:
    desk = opened(visit)
    values = np.arange(48, dtype=np.float32).reshape(2, 24)
    stream = io.BytesIO()
    np.save(stream, values)
    leaf = desk.locator("fieldset.leaf").first
    leaf.locator("input[type=file]").set_input_files(
        {"name": "mine.npy", "mimeType": "application/octet-stream", "buffer": stream.getvalue()}
    )
    visit.until("() => document.getElementById('playground').describe().matrices[0].shape[0] === 2")
    assert visit.array("playground", "left.left.left")["data"] == values.ravel().tolist()
    leaf = desk.locator("fieldset.leaf").first
    leaf.locator("input[type=file]").set_input_files(
        {"name": "bad.csv", "mimeType": "text/csv", "buffer": b"1,2\n3,x\n"}
    )
    alert = desk.locator("div.error").nth(1)
    visit.until(
        "() => /no number/.test(document.querySelector('mm-playground').shadowRoot.textContent)"
    )
    assert re.search("line 2, value 2", alert.inner_text())
    visit.page.go_back()
    visit.until(
        "() => document.getElementById('playground')?.describe().matrices[0].shape[0] === 16"
    )


def test_values_can_be_taken_away_as_numpy_reads_them(visit: Visit) -> None:
    desk = opened(visit)
    with visit.page.expect_download() as download:
        desk.get_by_role("button", name="Values, .npz").click()
    with np.load(download.value.path()) as pack:
        assert sorted(pack.files) == sorted(set(names(visit)))
        x = visit.array("playground", "left.left.left")
        assert pack["x"].ravel().tolist() == x["data"]
        assert list(pack["x"].shape) == x["shape"]
    with visit.page.expect_download() as download:
        desk.get_by_role("button", name="Picture, PNG").click()
    assert Path(download.value.path()).read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    visit.page.evaluate(
        """() => { const f = document.getElementById('playground');
             f.state = { ...f.state, layout: { ...f.state.layout, gap: 9 } }; }"""
    )
    with visit.page.expect_download() as download:
        desk.get_by_role("button", name="Python, .py").click()
    names_of: dict[str, Any] = {}
    exec(Path(download.value.path()).read_text("utf-8"), names_of)
    state = visit.page.evaluate("document.getElementById('playground').state")
    assert names_of["figure"].layout["gap"] == 9
    assert names_of["figure"].expr == state["expr"]
    assert {n: leaf.to_dict() for n, leaf in names_of["figure"].leaves.items()} == state["leaves"]
