"""axe finds nothing on the playground and in the reference, light and dark, wide and narrow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from .conftest import PATIENCE, ROOT

AXE = ROOT / "mmbook" / "viewer" / "node_modules" / "axe-core" / "axe.min.js"
PAGES = [
    "playground/",
    *sorted(f"reference/{page.stem}/" for page in (ROOT / "docs" / "reference").glob("*.md")),
]


@pytest.fixture(scope="module", params=["light", "dark"])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(color_scheme=request.param, reduced_motion="reduce")
    # Into every page before its own scripts: its policy would refuse it later.
    context.add_init_script(path=AXE)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    yield page
    context.close()


def violations(page: Page) -> list[str]:
    found: list[dict[str, Any]] = page.evaluate(
        "() => axe.run(document, {resultTypes: ['violations']}).then((r) => r.violations)"
    )
    return [
        f"{violation['id']} ({violation['impact']}): {violation['help']}: "
        + "; ".join(str(node["target"]) for node in violation["nodes"][:4])
        for violation in found
    ]


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_no_violation(page: Page, site: str, path: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(site + path, wait_until="load")
    figure = page.locator("mm-figure").first
    if figure.count():
        figure.evaluate("(f) => customElements.whenDefined('mm-figure').then(() => f.ready)")
        # The controls of a figure come when it is there.
        page.wait_for_timeout(500)
    assert violations(page) == []
    page.set_viewport_size({"width": 360, "height": 740})
    page.wait_for_timeout(300)
    assert violations(page) == []
