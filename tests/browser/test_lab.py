"""The lab in the page: trained packs read by cells, sliders, and a merge that goes there and back."""

from __future__ import annotations

import re

from .conftest import Visit


def printed(visit: Visit, cell: str) -> dict[str, float]:
    """What a cell printed: the words of each line, and the number at its end."""
    text = visit.page.evaluate("id => document.getElementById(id).output", cell)
    lines = re.findall(r"^(.*?)\s+(-?[\d.]+)$", text, flags=re.MULTILINE)
    return {words: float(number) for words, number in lines}


def test_a_cell_reads_a_trained_gradient_and_its_slider_moves_figure_and_numbers(
    visit: Visit,
) -> None:
    page = visit.open("chapters/lora-ga/", figure="first")
    assert visit.describe("first")["matrices"] is not None
    cell = page.locator("mm-cell#best")
    cell.scroll_into_view_if_needed()
    cell.evaluate("cell => cell.run()")
    assert cell.evaluate("cell => cell.status") == "done", cell.evaluate("cell => cell.output")
    assert any("lora" in request and request.endswith(".npz") for request in visit.requests)
    before, step = printed(visit, "best"), visit.array("first", "root")["data"]
    assert visit.array("first", "left")["shape"] == [128, 16]
    assert before["missed"] == before["beyond 2 r"] < before["beyond r"]
    rank = cell.get_by_role("slider", name="rank")
    rank.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    assert "rank = 11  # slider" in cell.evaluate("cell => cell.source")
    visit.until("() => document.getElementById('first').array('left')?.shape[1] === 22")
    visit.until("() => document.getElementById('best').status === 'done'")
    after = printed(visit, "best")
    assert after["missed"] == after["beyond 2 r"] < before["missed"]
    assert visit.array("first", "root")["data"] != step
    assert visit.problems == []


def test_the_decoder_runs_in_the_page(visit: Visit) -> None:
    page = visit.open("chapters/lora/", figure="apart")
    cell = page.locator("mm-cell#base")
    cell.evaluate(
        """cell => { cell.source = `base = mm.pocket.load()
tokens = base.about["reference_tokens"]
apart = abs(base.model.logits(tokens) - base.reference).max()
cache = mm.pocket.Cache()
halves = [base.model.logits(part, cache) for part in (tokens[:40], tokens[40:])]
cached = abs(np.concatenate(halves) - base.model.logits(tokens)).max()
print("apart", f"{apart:.6f}")
print("cached", f"{cached:.6f}")`; }"""
    )
    cell.evaluate("cell => cell.run()")
    assert cell.evaluate("cell => cell.status") == "done", cell.evaluate("cell => cell.output")
    said = printed(visit, "base")
    assert 0 <= said["apart"] < 1e-3
    assert 0 <= said["cached"] < 1e-4


def test_an_adapter_is_merged_and_taken_apart_again(visit: Visit) -> None:
    page = visit.open("chapters/lora/", figure="apart")
    figure = page.locator("mm-figure#apart")

    def shown() -> set[str]:
        return {one["name"] for one in visit.describe("apart")["matrices"]}

    assert figure.get_by_role("radio", name="apart").is_checked()
    joined = {"x", "A", "u", "[W ; B]"}
    assert joined <= shown()
    apart = visit.array("apart", "root")["data"]
    figure.get_by_role("radio", name="merged").check(force=True)
    visit.until(
        "() => document.getElementById('apart').describe().matrices.some(m => m.name === 'W1')"
    )
    visit.settle("apart")
    assert shown() == {"h", "x", "W1"}
    merged = visit.array("apart", "root")["data"]
    gap = max(abs(a - b) for a, b in zip(apart, merged, strict=True))
    assert 0 <= gap < 1e-4 * max(map(abs, apart))
    figure.get_by_role("radio", name="apart").check(force=True)
    visit.until(
        "() => document.getElementById('apart').describe().matrices.some(m => m.name === 'u')"
    )
    visit.settle("apart")
    assert joined <= shown()
    assert "W1" not in shown()
    assert visit.problems == []
