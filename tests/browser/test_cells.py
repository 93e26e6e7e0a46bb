"""Cells: run, redraw, stop, survive, explain themselves."""

from __future__ import annotations

import numpy as np
from playwright.sync_api import Locator

from .conftest import Visit
from .picture import decode, project, saturation


def first_cell(visit: Visit, chapter: str) -> Locator:
    page = visit.open(chapter, figure="head")
    cell = page.locator("mm-cell[figure=head]").first
    cell.scroll_into_view_if_needed()
    return cell


def run(cell: Locator, source: str) -> str:
    cell.evaluate("(cell, source) => { cell.source = source; return cell.run(); }", source)
    return str(cell.evaluate("cell => cell.status"))


def output(cell: Locator) -> str:
    return str(cell.evaluate("cell => cell.output"))


HEAD = (
    "import mmbook as mm\n"
    "head = mm.gpt2.head(5, 4)\n"
    "mm.figure('out = (attn = (Q = x @ wQ) @ (K_t = wK_t @ x_t)) @ (V = x @ wV) @ wO',"
    " **head, attn='{epilog}', sensitivity='local')"
)


def coloured_above_diagonal(visit: Visit, figure: str) -> int:
    """How many cells of attn above the diagonal show colour on the screen."""
    page = visit.page
    page.evaluate(
        """id => {
            const f = document.getElementById(id);
            // Nothing coloured may stand behind the square: far operands, no arrow, no names.
            const marks = { ...f.state.marks, flow_guides: 0, legends: 0, tokens: false };
            f.state = { ...f.state, marks, layout: { ...f.state.layout, gap: 64 } };
            const m = f.describe().matrices.find((m) => m.name === 'attn');
            const mid = m.last_row.map((v, a) => (v + m.last_col[a]) / 2);
            const away = [0, 0, 1].map((v) => v * 26);
            f.state = { ...f.state, camera: { position: mid.map((v, a) => v + away[a]), target: mid } };
        }""",
        figure,
    )
    visit.settle(figure)
    box = visit.canvas(figure)
    colours = saturation(decode(page.screenshot()))
    described = visit.describe(figure)
    attn = next(m for m in described["matrices"] if m["name"] == "attn")
    origin = np.array(attn["first"])
    down = (np.array(attn["last_row"]) - origin) / (attn["shape"][0] - 1)
    across = (np.array(attn["last_col"]) - origin) / (attn["shape"][1] - 1)
    shown = 0
    for i in range(9):
        for j in range(i + 1, 9):
            point = list(origin + i * down + j * across)
            x, y = project(point, described["camera"], box[2], box[3])
            px, py = int(box[0] + x), int(box[1] + y)
            shown += int(colours[py - 2 : py + 3, px - 2 : px + 3].max() > 60)
    return shown


def test_dropping_the_mask_fills_the_upper_triangle(visit: Visit, chapter: str) -> None:
    cell = first_cell(visit, chapter)
    assert run(cell, HEAD.format(epilog="softmax(tril(x/sqrt(k)))")) == "done", output(cell)
    visit.page.locator("mm-figure#head").scroll_into_view_if_needed()
    assert coloured_above_diagonal(visit, "head") == 0
    assert run(cell, HEAD.format(epilog="softmax(x/sqrt(k))")) == "done", output(cell)
    visit.page.locator("mm-figure#head").scroll_into_view_if_needed()
    assert coloured_above_diagonal(visit, "head") >= 30


def test_an_infinite_loop_stops_and_the_next_run_works(visit: Visit, chapter: str) -> None:
    cell = first_cell(visit, chapter)
    assert run(cell, "print(6 * 7)") == "done"
    cell.evaluate("cell => { cell.source = 'while True: pass'; cell.run(); }")
    visit.until("() => document.querySelector('mm-cell[figure=head]').status === 'running'")
    visit.page.wait_for_timeout(500)
    beats = visit.page.evaluate(
        """() => new Promise((done) => { let n = 0; const t = setInterval(() => n++, 20);
             setTimeout(() => { clearInterval(t); done(n); }, 1000); })"""
    )
    assert beats > 10, "the page froze while the cell ran"
    cell.evaluate("cell => cell.stop()")
    visit.until("() => document.querySelector('mm-cell[figure=head]').status === 'stopped'")
    assert cell.evaluate("cell => cell.source") == "while True: pass"
    assert run(cell, "print(6 * 7)") == "done"
    assert "42" in output(cell)


def test_a_million_lines_are_cut_with_a_word(visit: Visit, chapter: str) -> None:
    cell = first_cell(visit, chapter)
    assert run(cell, "for n in range(1_000_000): print(n)") == "done"
    text = output(cell)
    assert len(text) < 400_000
    assert "cut" in text
    assert text.startswith("0\n1\n2\n")


def test_traceback_points_at_the_reader_s_line(visit: Visit, chapter: str) -> None:
    cell = first_cell(visit, chapter)
    assert run(cell, "x = 1\ny = 0\nprint(x / y)") == "error"
    text = output(cell)
    assert "line 3" in text
    assert "print(x / y)" in text
    assert "ZeroDivisionError" in text
    assert "pyodide" not in text.lower()
    assert "session.py" not in text


def test_cells_share_names_in_page_order(visit: Visit, chapter: str) -> None:
    page = visit.open(chapter, figure="head")
    cells = page.locator("mm-cell")
    assert cells.count() >= 2
    cells.nth(0).evaluate("cell => { cell.source = 'shared = 20'; }")
    cells.nth(1).evaluate("cell => { cell.source = 'print(shared + 1)'; return cell.run(); }")
    assert output(cells.nth(1)).strip() == "21"
    assert cells.nth(0).evaluate("cell => cell.status") == "done"


def test_keyboard_alone_edits_runs_and_leaves(visit: Visit, chapter: str) -> None:
    cell = first_cell(visit, chapter)
    cell.evaluate("cell => cell.run()")
    page = visit.page
    cell.locator("css=pre, [class*=code]").first.click()
    visit.until(
        "() => document.querySelector('mm-cell[figure=head]').shadowRoot.querySelector('.cm-content')"
    )
    page.keyboard.press("Control+a")
    page.keyboard.type("print('typed')")
    page.keyboard.press("Shift+Enter")
    visit.until("() => document.querySelector('mm-cell[figure=head]').output.includes('typed')")
    cell.evaluate("cell => cell.reset()")
    assert "typed" not in str(cell.evaluate("cell => cell.source"))


def test_edits_survive_reload(visit: Visit, chapter: str) -> None:
    cell = first_cell(visit, chapter)
    cell.evaluate("cell => { cell.source = 'print(\"kept\")'; }")
    visit.page.wait_for_timeout(800)
    visit.page.reload(wait_until="load")
    visit.ready("head")
    cell = visit.page.locator("mm-cell[figure=head]").first
    assert cell.evaluate("cell => cell.source") == 'print("kept")'
    cell.evaluate("cell => cell.reset()")
    assert "kept" not in str(cell.evaluate("cell => cell.source"))
