"""Cells that move: sliders that edit the code, films that outlive Stop, charts, the race."""

from __future__ import annotations

from playwright.sync_api import Locator

from .conftest import Visit

RACE = "chapters/race/"


def open_race(visit: Visit) -> Locator:
    page = visit.open(RACE, figure="change")
    cell = page.locator("mm-cell#watch")
    cell.scroll_into_view_if_needed()
    return cell


def state(cell: Locator) -> str:
    return str(cell.evaluate("cell => cell.status"))


def until_done(visit: Visit, cell: str = "watch") -> None:
    visit.until("id => document.getElementById(id).status === 'done'", cell)


def test_the_race_runs_and_can_be_gone_back_in(visit: Visit) -> None:
    cell = open_race(visit)
    cell.evaluate("cell => cell.run()")
    assert state(cell) == "done", cell.evaluate("cell => cell.output")
    frame = cell.get_by_role("slider", name="Frame")
    assert frame.get_attribute("aria-valuetext") == "step 60 (61 of 61)"
    last = visit.array("change", "root")["data"]
    assert max(map(abs, last)) > 0.1
    cell.get_by_role("button", name="Frame back").click()
    assert frame.get_attribute("aria-valuetext") == "step 59 (60 of 61)"
    frame.focus()
    visit.page.keyboard.press("Home")
    assert frame.get_attribute("aria-valuetext") == "step 0 (1 of 61)"
    assert max(map(abs, visit.array("change", "root")["data"])) < 1e-6
    charts = cell.locator(".mm-chart")
    assert charts.count() == 2
    assert charts.first.locator("svg[role=img]:visible").count() == 1
    assert charts.first.locator("svg:visible > title").first.text_content() == "Loss"
    visit.page.keyboard.press("End")
    assert visit.array("change", "root")["data"] == last
    assert visit.problems == []


def test_a_slider_edits_the_code_and_runs_it_again(visit: Visit) -> None:
    cell = open_race(visit)
    rank = cell.get_by_role("slider", name="rank")
    assert rank.get_attribute("aria-valuetext") == "4"
    rank.focus()
    visit.page.keyboard.press("ArrowRight")
    visit.page.keyboard.press("ArrowRight")
    assert "rank = 6  # slider" in cell.evaluate("cell => cell.source")
    # The code in sight says the same, in its colours.
    assert "rank = 6" in cell.locator("pre code").inner_text().replace("\u00a0", " ")
    until_done(visit)
    visit.until("() => document.getElementById('change').array('left').shape[1] === 6")
    assert "floor of rank 6" in (cell.locator(".mm-chart svg:visible").first.text_content() or "")
    address = visit.page.url
    assert "#mm=1." in address
    cell.evaluate("cell => cell.reset()")
    assert "rank = 4  # slider" in cell.evaluate("cell => cell.source")
    assert rank.get_attribute("aria-valuetext") == "4"
    visit.page.goto("about:blank")
    visit.page.goto(address)
    visit.until("() => document.getElementById('watch')?.source?.includes('rank = 6')")


def test_stop_keeps_the_film(visit: Visit) -> None:
    cell = open_race(visit)
    cell.evaluate(
        """cell => { cell.source = `n = 0
while True:
    n += 1
    mm.show(mm.figure("A @ B", A=np.eye(3) * n, B=np.eye(3)), label=f"turn {n}")`; cell.run(); }"""
    )
    visit.until(
        "() => (document.getElementById('watch').shadowRoot.querySelector('.film input').max | 0) > 4"
    )
    cell.get_by_role("button", name="Stop").click()
    visit.until("() => document.getElementById('watch').status === 'stopped'")
    frame = cell.get_by_role("slider", name="Frame")
    frame.focus()
    visit.page.keyboard.press("Home")
    assert (frame.get_attribute("aria-valuetext") or "").startswith("turn 1 (1 of ")
    assert visit.array("change", "root")["data"] == [1, 0, 0, 0, 1, 0, 0, 0, 1]


def test_the_editor_can_undo_a_slider(visit: Visit) -> None:
    cell = open_race(visit)
    cell.get_by_role("button", name="Edit").click()
    visit.until("() => document.getElementById('watch').shadowRoot.querySelector('.cm-content')")
    seed = cell.get_by_role("slider", name="seed")
    seed.focus()
    visit.page.keyboard.press("ArrowRight")
    assert "seed = 2" in cell.evaluate("cell => cell.source")
    cell.locator(".cm-content").focus()
    visit.page.keyboard.press("Control+z")
    assert "seed = 1" in cell.evaluate("cell => cell.source")
    assert seed.get_attribute("aria-valuetext") == "1"
    cell.evaluate("cell => cell.stop()")


def test_a_chart_of_the_page_needs_no_script(visit: Visit, site: str) -> None:
    context = visit.context.browser.new_context(java_script_enabled=False)  # type: ignore[union-attr]
    page = context.new_page()
    page.goto(site + RACE)
    chart = page.locator("figure.mm-chart#curves")
    assert chart.locator("svg:visible path.line").count() == 5
    assert page.locator("mm-cell .mm-controls:visible").count() == 0
    assert page.locator("mm-cell#watch code:visible").count() == 1
    context.close()
