"""Controls in the text of a page: they set their figure, by keyboard too, and lead back."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Locator

from .conftest import Visit


def control(visit: Visit, option: str) -> Locator:
    visit.until(
        'option => Boolean(document.querySelector(`mm-setting[option="${option}"]`)?.shadowRoot)',
        option,
    )
    return visit.page.locator(f'mm-setting[option="{option}"]').first


def test_a_control_sets_its_figure_and_leads_back(visit: Visit) -> None:
    page = visit.open("reference/layout/", figure="try-gap")
    gap = control(visit, "layout.gap")
    before = visit.describe("try-gap")["matrices"]
    gap.locator("input[type=range]").focus()
    page.keyboard.press("ArrowRight")
    visit.until("() => document.getElementById('try-gap').state.layout.gap === 5")
    assert gap.locator(".written").text_content() == "gap = 5"
    assert visit.describe("try-gap")["matrices"] != before
    # Once the gesture is over the address carries it, and a button leads back.
    visit.until("() => location.hash.startsWith('#mm=')")
    back = gap.get_by_role("button")
    back.focus()
    page.keyboard.press("Enter")
    visit.until("() => document.getElementById('try-gap').state.layout.gap === 4")
    assert visit.describe("try-gap")["matrices"] == before
    visit.until("() => location.hash === ''")
    assert back.count() == 0
    assert visit.problems == []


def test_a_code_of_the_table_sets_all_four_sides(visit: Visit) -> None:
    page = visit.open("reference/geometry/", figure="placement")
    visit.until(
        "() => Boolean(document.querySelector('mm-setting[set^=\"polarity=positive\"]')?.shadowRoot)"
    )
    assert page.get_by_role("button", name="-LTF", pressed=True).count() == 1
    page.get_by_role("button", name="+RBB").click()
    visit.until("() => document.getElementById('placement').state.layout.polarity === 'positive'")
    layout = page.evaluate("document.getElementById('placement').state.layout")
    assert (layout["left"], layout["right"], layout["result"]) == ("right", "bottom", "back")
    assert page.get_by_role("button", pressed=True).count() == 1
    assert page.get_by_role("button", name="+RBB", pressed=True).count() == 1
    # The four controls beside the figure follow.
    assert control(visit, "layout.result").locator("select").input_value() == "back"


def test_python_computes_what_a_control_of_a_function_asks_for(visit: Visit) -> None:
    visit.open("reference/epilogs/", figure="choose")
    control(visit, "results.C.epilog").locator("select").select_option("tanh")
    visit.until("() => Math.abs(document.getElementById('choose').array('root').data[0]) < 1.001")
    # The corner of the product is 4.
    assert visit.array("choose", "root")["data"][0] == pytest.approx(0.99932929973906, abs=1e-6)


@pytest.mark.parametrize("page", ["layout", "look", "marks", "animation", "initializers"])
def test_every_control_of_a_page_comes_with_its_figure(visit: Visit, page: str) -> None:
    opened = visit.open(f"reference/{page}/")
    for name in opened.evaluate(
        "[...new Set([...document.querySelectorAll('mm-setting')].map((s) => s.getAttribute('figure')))]"
    ):
        visit.ready(name)
    visit.until(
        "() => [...document.querySelectorAll('mm-setting')].every((s) => s.shadowRoot?.querySelector('input, select, button'))"
    )
    assert visit.problems == []


def test_without_script_the_options_stand_there_in_words(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + "reference/layout/")
    words = page.locator('mm-setting[option="layout.gap"]')
    assert words.is_visible()
    assert "numbers from 1 to 64; default 4" in (words.text_content() or "")
    context.close()
