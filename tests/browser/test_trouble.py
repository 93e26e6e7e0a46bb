"""Bad input and bad luck: one clear message in its place, and the rest of the page works."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route

from .conftest import Visit
from .test_cells import first_cell, output, run


def message_in(visit: Visit, figure: str) -> str:
    said = """id => document.getElementById(id)?.shadowRoot?.querySelector('[role=alert]')
                ?.textContent.trim() ?? ''"""
    visit.until(said, figure)
    return str(visit.page.evaluate(said, figure))


def scene_hash(visit: Visit, figure: str) -> str:
    return str(
        visit.page.evaluate("id => document.getElementById(id).getAttribute('scene')", figure)
    )


def open_with(visit: Visit, chapter: str, suffix: str, answer: object) -> Page:
    """Open the chapter with the files of figure `head` answered by `answer`."""
    visit.open(chapter)
    digest = scene_hash(visit, "head")

    def reply(route: Route) -> None:
        if answer == "truncated":
            body = route.fetch().body()
            route.fulfill(status=200, body=body[: len(body) // 2])
        else:
            route.fulfill(status=404, body="not found")

    visit.context.route(f"**/figures/{digest}.{suffix}", reply)
    return visit.open(chapter)


@pytest.mark.parametrize(
    ("suffix", "answer", "word"),
    [
        ("json", "404", "not on this site"),
        ("npz", "404", "not on this site"),
        ("npz", "truncated", "not a whole"),
        ("json", "truncated", "not a whole"),
    ],
)
def test_missing_or_truncated_files(
    visit: Visit, chapter: str, suffix: str, answer: str, word: str
) -> None:
    page = open_with(visit, chapter, suffix, answer)
    page.locator("mm-figure#head").scroll_into_view_if_needed()
    text = message_in(visit, "head").lower()
    assert word in text
    others = page.evaluate(
        "[...document.querySelectorAll('mm-figure')].map((f) => f.id).filter((i) => i !== 'head')"
    )
    visit.ready(others[0])
    assert visit.describe(others[0])["renderer"]["frames"] > 0
    assert page.locator("mm-figure#head .mm-alt").inner_text().strip()


def test_no_webgl2(visit: Visit, chapter: str) -> None:
    visit.context.add_init_script(
        """for (const C of [HTMLCanvasElement, globalThis.OffscreenCanvas]) {
             if (!C) continue;
             const original = C.prototype.getContext;
             C.prototype.getContext = function (kind, ...rest) {
               return kind === 'webgl2' ? null : original.call(this, kind, ...rest);
             };
           }"""
    )
    page = visit.open(chapter)
    page.locator("mm-figure#head").scroll_into_view_if_needed()
    assert "webgl" in message_in(visit, "head").lower()
    assert page.locator("mm-figure#head .mm-alt").inner_text().strip()
    cell = page.locator("mm-cell").first
    assert run(cell, "print(6 * 7)") == "done"
    assert "42" in output(cell)


def test_lost_context_comes_back(visit: Visit) -> None:
    page = visit.open("", figure="hero")
    visit.settle("hero")
    page.evaluate(
        """() => { const c = [...document.getElementById('hero').shadowRoot.querySelectorAll('canvas')]
             .map((c) => c.getContext('webgl2')).find(Boolean);
             window.lose = c.getExtension('WEBGL_lose_context'); window.lose.loseContext(); }"""
    )
    visit.until("() => document.getElementById('hero').describe().renderer.contextLost")
    page.evaluate("window.lose.restoreContext()")
    visit.until("() => !document.getElementById('hero').describe().renderer.contextLost")
    before = visit.describe("hero")["renderer"]["frames"]
    page.mouse.move(400, 400)
    visit.settle("hero")
    assert visit.describe("hero")["renderer"]["frames"] >= before


def test_no_worker(visit: Visit, chapter: str) -> None:
    visit.context.add_init_script("delete globalThis.Worker;")
    page = visit.open(chapter, figure="head")
    cell = page.locator("mm-cell[figure=head]").first
    assert run(cell, "print(1)") == "error"
    assert "worker" in output(cell).lower()
    assert cell.evaluate("cell => cell.source") == "print(1)"
    assert visit.describe("head")["renderer"]["frames"] > 0


def test_python_that_cannot_be_fetched(visit: Visit, chapter: str) -> None:
    visit.context.route("**/*.whl", lambda route: route.fulfill(status=404, body="gone"))
    page = visit.open(chapter, figure="head")
    cell = page.locator("mm-cell[figure=head]").first
    assert run(cell, "print(1)") == "error"
    assert "404" in output(cell)
    assert cell.evaluate("cell => cell.source") == "print(1)"


CASES = [
    ("mm.figure('A @ B', A=mm.eye(2, 3), B=mm.eye(4, 5))", ["A", "B", "2", "3", "4", "5"]),
    ("mm.figure('A @ B', A=mm.eye(2, 3))", ["B"]),
    ("mm.figure('')", ["empty"]),
    ("mm.figure('A @')", ["A @"]),
    ("mm.figure('A @ B', A=mm.eye(2, 3), B=mm.eye(3, 2), C=1)", ["C"]),
    ("mm.figure('A @ B', A=mm.eye(50000, 20000), B=mm.eye(20000, 5))", ["50000", "20000"]),
    ("mm.gpt2.head(99, 4)", ["99"]),
    ("mm.figure('A @ B', A=mm.eye(2, 2), B=mm.eye(2, 2), sensitivty='local')", ["sensitivty"]),
]


def test_bad_figures_say_what_was_wrong_and_keep_the_text(visit: Visit, chapter: str) -> None:
    cell = first_cell(visit, chapter)
    for source, words in CASES:
        source = "import mmbook as mm\n" + source
        assert run(cell, source) == "error", source
        text = output(cell)
        assert all(word in text for word in words), text
        assert cell.evaluate("cell => cell.source") == source
        assert visit.describe("head")["matrices"][-1]["name"] == "out"


def test_nan_is_shown_as_no_value(visit: Visit, chapter: str) -> None:
    cell = first_cell(visit, chapter)
    source = (
        "import mmbook as mm, numpy as np\n"
        "A = np.ones((3, 3)); A[1, 1] = np.nan\n"
        "mm.figure('A @ B', A=A, B=mm.eye(3, 3))"
    )
    assert run(cell, source) == "done", output(cell)
    values = visit.page.evaluate(
        "Array.from(document.getElementById('head').array('root').data, Number.isNaN)"
    )
    # eye has zeros, and NaN times zero is NaN: the whole row has no value.
    assert values == [False] * 3 + [True] * 3 + [False] * 3
    described = visit.describe("head")["matrices"]
    assert all(m["max"] in (1, None) for m in described)
