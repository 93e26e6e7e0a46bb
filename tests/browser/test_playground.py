"""The playground: links of the original tool, edits, a reader's own data, what can be taken away."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

import numpy as np
import pytest
from playwright.sync_api import Browser, Locator, Route

from .conftest import Visit

STATES = Path(__file__).parents[1] / "fixtures" / "original-states.json"
PAGE = "playground/"
AXE = Path(__file__).parents[2] / "mmbook/viewer/node_modules/axe-core/axe.min.js"


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


def group(desk: Locator, title: str) -> Locator:
    """The group of the panel, opened."""
    button = desk.get_by_role("button", name=title, exact=True)
    if button.get_attribute("aria-expanded") != "true":
        button.click()
    return desk.locator(".panel > div > .lil-gui").filter(
        has=desk.page.get_by_role("button", name=title, exact=True)
    )


def setting(place: Locator, option: str) -> Locator:
    return place.locator(f"[data-option='{option}']")


def state(visit: Visit) -> dict[str, Any]:
    found: dict[str, Any] = visit.page.evaluate("document.getElementById('playground').state")
    return found


def entries(visit: Visit) -> int:
    length: int = visit.page.evaluate("history.length")
    return length


@pytest.mark.parametrize("name", ["04", "13"])
def test_a_published_link_opens_with_its_names_shapes_and_camera(visit: Visit, name: str) -> None:
    link = published(name)
    visit.open(f"{PAGE}?{link['query']}&utm_source=test", figure="playground")
    wanted = [[path, name, shape] for path, name, shape in link["matrices"]]
    visit.until(
        "n => document.getElementById('playground').describe().matrices.length === n", len(wanted)
    )
    described = visit.describe("playground")
    shown = [[m["path"], m["name"], m["shape"]] for m in described["matrices"]]
    assert shown == wanted
    for ours, theirs in (("position", "camera"), ("target", "target")):
        at = link[theirs]
        point = [at[axis] for axis in "xyz"] if isinstance(at, dict) else at
        assert np.allclose(described["camera"][ours], point, atol=1e-6)


def test_a_wrong_expression_keeps_the_text_and_names_the_column(visit: Visit) -> None:
    desk = opened(visit)
    before = names(visit)
    field = desk.get_by_label("Expression", exact=True)
    field.fill("out = x @ @ wQ")
    field.press("Enter")
    error = desk.locator(".expression [role=alert]")
    visit.until(
        "() => document.querySelector('mm-playground').shadowRoot.querySelector('.expression .error').textContent !== ''"
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
    field = desk.get_by_label("Expression", exact=True)
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
    leaf = group(desk, "Matrices").locator(".leaf").first
    leaf.locator("input[type=file]").set_input_files(
        {"name": "mine.npy", "mimeType": "application/octet-stream", "buffer": stream.getvalue()}
    )
    visit.until("() => document.getElementById('playground').describe().matrices[0].shape[0] === 2")
    assert visit.array("playground", "left.left.left")["data"] == values.ravel().tolist()
    leaf = desk.locator(".leaf").first
    leaf.locator("input[type=file]").set_input_files(
        {"name": "bad.csv", "mimeType": "text/csv", "buffer": b"1,2\n3,x\n"}
    )
    alert = desk.locator(".status .failed")
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
    group(desk, "Share")
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
    now = state(visit)
    assert names_of["figure"].layout["gap"] == 9
    assert names_of["figure"].expr == now["expr"]
    assert {n: leaf.to_dict() for n, leaf in names_of["figure"].leaves.items()} == now["leaves"]


def test_typing_finds_settings_and_escape_gives_all_of_them_back(visit: Visit) -> None:
    desk = opened(visit)
    search = desk.get_by_role("searchbox", name="Search settings")
    search.fill("hue")
    assert desk.get_by_text("3 settings match").is_visible()
    shown = desk.locator(".setting:visible, .preset:visible")
    assert shown.count() == 3
    assert setting(desk, "look.zero_hue").first.is_visible()
    assert not setting(desk, "layout.gap").is_visible()
    search.fill("elem_scale")
    assert setting(desk, "look.elem_scale").first.is_visible()
    search.press("Escape")
    assert search.input_value() == ""
    assert not setting(desk, "look.elem_scale").first.is_visible(), (
        "Look was closed before the search"
    )
    assert desk.get_by_label("Expression", exact=True).is_visible()


def test_a_preset_is_one_step_and_keys_undo_it(visit: Visit) -> None:
    desk = opened(visit)
    before = state(visit)
    at = entries(visit)
    look = group(desk, "Look")
    safe = look.get_by_role("button", name="Colour-blind safe")
    safe.click()
    assert safe.get_attribute("aria-pressed") == "true"
    changed = state(visit)
    assert changed["look"]["zero_hue"] != before["look"]["zero_hue"]
    assert entries(visit) == at + 1
    safe.press("Control+z")
    assert state(visit)["look"] == before["look"]
    safe.press("Control+Shift+z")
    assert state(visit)["look"] == changed["look"]
    desk.get_by_role("button", name="Reset").click()
    assert state(visit)["look"] == before["look"]
    assert desk.get_by_role("button", name="Reset").is_disabled()


def test_a_slider_under_the_hand_is_live_and_one_entry_of_the_history(visit: Visit) -> None:
    desk = opened(visit)
    at = entries(visit)
    slider = setting(group(desk, "Layout"), "layout.gap").get_by_role("slider")
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    assert box
    y = box["y"] + box["height"] / 2
    mouse = visit.page.mouse
    first = visit.describe("playground")["matrices"][0]["first"]
    mouse.move(box["x"] + box["width"] * 0.2, y)
    mouse.down()
    for part in (0.3, 0.5, 0.7):
        mouse.move(box["x"] + box["width"] * part, y)
    visit.until("() => document.getElementById('playground').state.layout.gap > 30")
    assert visit.describe("playground")["matrices"][0]["first"] != first
    assert entries(visit) == at
    mouse.up()
    visit.until("n => history.length === n", at + 1)
    back = setting(desk, "layout.gap").get_by_role("button")
    assert back.is_visible()
    back.click()
    assert state(visit)["layout"]["gap"] == 4
    assert not back.is_visible()


def test_a_product_has_its_own_algorithm_and_blocks(visit: Visit) -> None:
    desk = opened(visit)
    figure = "playground"
    still = visit.describe(figure)["animation"]["steps"]
    animation = group(desk, "Animation")
    everything = setting(animation, "animation.alg").get_by_role("combobox")
    everything.select_option("matrix × vector, column by column")
    steps = visit.describe(figure)["animation"]["steps"]
    animation.get_by_label("Q", exact=True).select_option("dot products, row by row")
    assert still == 0, "nothing moves as published"
    assert visit.describe(figure)["animation"]["steps"] - steps == 16 * 12 - 16, "Q, not K_t"
    corner = {m["path"]: m["last_row"] for m in visit.describe(figure)["matrices"]}
    partition = group(desk, "Partition")
    rows = partition.get_by_role("group", name="Q", exact=True).get_by_role("spinbutton").first
    rows.fill("4")
    rows.press("Enter")
    visit.until("() => document.getElementById('playground').state.results?.out?.blocks?.i === 4")
    out = partition.get_by_role("group", name="out", exact=True).get_by_role("spinbutton").first
    assert out.input_value() == "4", "rows of Q are rows of out"
    moved = {m["path"]: m["last_row"] for m in visit.describe(figure)["matrices"]}
    assert moved["root"] != corner["root"]


def test_the_custom_scheme_begins_where_everything_stands(visit: Visit) -> None:
    desk = opened(visit)
    before = visit.describe("playground")["matrices"]
    layout = group(desk, "Layout")
    scheme = setting(layout, "layout.scheme").get_by_role("combobox")
    assert not setting(layout, "placement.left").first.is_visible()
    scheme.select_option("custom: as set for each product")
    assert visit.describe("playground")["matrices"] == before
    placed = layout.get_by_role("group", name="attn", exact=True).get_by_label(
        "Left operand", exact=True
    )
    placed.select_option("left" if placed.evaluate("e => e.selectedIndex") == 1 else "right")
    assert visit.describe("playground")["matrices"] != before


def test_on_a_phone_the_sheet_leaves_half_of_the_figure(visit: Visit, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True)
    phone = Visit(context, visit.site)
    desk = opened(phone)
    handle = desk.get_by_role("button", name="Controls", exact=True)
    search = desk.get_by_role("searchbox")
    assert not search.is_visible()
    handle.click()
    assert search.is_visible()
    covered = """() => {
      const figure = document.getElementById('playground').getBoundingClientRect();
      const sheet = document.querySelector('mm-playground').getBoundingClientRect();
      return Math.max(0, figure.bottom - sheet.top) / figure.height; }"""
    for depth in (0, 200, 5000):
        phone.page.evaluate("y => scrollTo(0, y)", depth)
        phone.page.wait_for_timeout(100)
        assert phone.page.evaluate(covered) <= 0.5, depth
    search.press("Escape")
    assert not search.is_visible()
    assert (
        phone.page.evaluate(
            "document.querySelector('mm-playground').shadowRoot.activeElement.textContent"
        )
        == "Controls"
    )
    assert phone.foreign == []
    context.close()


def test_nothing_shifts_when_the_panel_comes(visit: Visit, browser: Browser) -> None:
    for width in (360, 768, 1280):
        context = browser.new_context(viewport={"width": width, "height": 740})
        other = Visit(context, visit.site)
        other.page.add_init_script(
            """window.shifts = 0; new PerformanceObserver((list) => {
                 for (const entry of list.getEntries()) window.shifts += entry.value;
               }).observe({ type: 'layout-shift', buffered: true });"""
        )
        opened(other)
        other.page.wait_for_timeout(500)
        assert other.page.evaluate("window.shifts") < 0.02, width
        context.close()


def test_axe_finds_nothing_in_a_panel_of_which_all_is_open(browser: Browser, site: str) -> None:
    for scheme in ("light", "dark"):
        context = browser.new_context(
            viewport={"width": 1280, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
        )
        context.add_init_script(path=AXE)
        visit = Visit(context, site)
        opened(visit)
        visit.page.evaluate(
            """() => {
              const root = document.querySelector('mm-playground').shadowRoot;
              // Groups inside of groups come with the outer ones.
              for (let depth = 0; depth < 2; depth += 1)
                for (const title of root.querySelectorAll('.lil-title[aria-expanded=false]'))
                  title.click();
              document.getElementById('playground').change({ layout: { gap: 9 } }); }"""
        )
        found = visit.page.evaluate(
            "() => axe.run(document).then((r) => r.violations.map((v) => [v.id, v.help]))"
        )
        assert found == [], scheme
        context.close()


def test_every_figure_has_the_panel_when_it_is_asked_for(visit: Visit, chapter: str) -> None:
    visit.open(chapter)
    figure = visit.page.locator("mm-figure").first
    name = figure.get_attribute("id")
    assert name
    visit.ready(name)
    loaded = [url for url in visit.requests if "/chunks/open" in url]
    assert loaded == [], "the panel is fetched when it is opened"
    figure.get_by_role("button", name="Controls", exact=True).click()
    figure.get_by_role("searchbox", name="Search settings").fill("gap")
    slider = setting(figure, "layout.gap").get_by_role("slider")
    slider.focus()
    slider.press("End")
    assert visit.page.evaluate("id => document.getElementById(id).state.layout.gap", name) == 64
    slider.press("Escape")
    assert not slider.is_visible()


HOST = "https://data.example.org"
TABLE = "1,2,3\n4,5,6\n"


def linked() -> str:
    """Return a link of the original tool, one of whose matrices lies at an address."""
    data = {"name": "A", "h": 3, "w": 2, "init": "url", "url": f"{HOST}/x.csv"}
    figure = {"name": "C", "left": data, "right": {"name": "B", "h": 2, "w": 2, "init": "eye"}}
    return f"{PAGE}?params={quote(json.dumps(figure))}"


def arrived(visit: Visit) -> None:
    visit.until("() => document.getElementById('playground').array('left').data[0] === 1")
    assert visit.array("playground", "left")["data"] == [1, 2, 4, 5, 1, 2]
    assert visit.array("playground", "root")["data"] == [1, 2, 4, 5, 1, 2]
    shown = visit.page.locator("mm-playground .notices").first.inner_text()
    assert "A: its file holds 2 × 3 values, repeated and cut to 3 × 2" in shown


def test_where_the_site_allows_no_other_host_the_reader_brings_the_file(visit: Visit) -> None:
    visit.open(linked(), figure="playground")
    item = visit.page.locator("mm-playground .download")
    item.wait_for()
    assert "lets its pages fetch nothing from data.example.org" in item.inner_text()
    assert item.get_by_role("button", name="Fetch").count() == 0
    assert item.get_by_role("link").get_attribute("href") == f"{HOST}/x.csv"
    item.locator("input[type=file]").set_input_files(
        {"name": "x.csv", "mimeType": "text/csv", "buffer": TABLE.encode()}
    )
    arrived(visit)


def test_where_the_site_allows_the_host_it_is_asked_on_the_reader_s_word(visit: Visit) -> None:
    asked: list[str] = []

    def allow(route: Route) -> None:
        answer = route.fetch()
        body = answer.text().replace("connect-src 'self'", f"connect-src 'self' {HOST}")
        route.fulfill(response=answer, body=body)

    def data(route: Route) -> None:
        asked.append(route.request.url)
        status = 404 if len(asked) == 1 else 200
        headers = {"Access-Control-Allow-Origin": "*"}
        route.fulfill(status=status, body=TABLE, content_type="text/csv", headers=headers)

    visit.page.route(re.compile(r"/playground/(\?.*)?$"), allow)
    visit.page.route(f"{HOST}/**", data)
    visit.open(linked(), figure="playground")
    item = visit.page.locator("mm-playground .download")
    button = item.get_by_role("button", name="Fetch from data.example.org")
    button.wait_for()
    assert asked == []
    button.click()
    visit.until(
        "() => /status 404/.test(document.querySelector('mm-playground').shadowRoot.textContent)"
    )
    button.click()
    arrived(visit)
    assert asked == [f"{HOST}/x.csv"] * 2
