"""Controls in a cell's code: the same lines as the page's own reader (controls.test.ts)."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest

from mmbook.markdown.cell_controls import controls
from mmbook.markdown.html import cell_html
from mmbook.markdown.page import Bad, CellSpec, read_page
from mmbook.markdown.spec import InFence

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "fixtures" / "controls.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["source"][:40])
def test_a_line_asks_for_what_it_says(case: dict[str, Any]) -> None:
    if "problems" in case:
        ((line, words),) = case["problems"]
        with pytest.raises(InFence) as caught:
            controls(case["source"])
        assert caught.value.line == line
        assert words in str(caught.value.why)
        return
    found = [dataclasses.asdict(control) for control in controls(case["source"])]
    assert len(found) == len(case["controls"])
    for have, want in zip(found, case["controls"], strict=True):
        assert {name: have[name] for name in want} == {
            name: tuple(value) if isinstance(value, list) else value for name, value in want.items()
        }


def test_the_page_has_a_place_for_them_and_the_code_stays_whole() -> None:
    text = '```mm-cell\nmax_rank = 4  # slider: 1 to 16\nb = True  # switch - "both" <i>\n```'
    (spec,) = read_page(text)
    assert isinstance(spec, CellSpec)
    html = cell_html(spec)
    assert '<div class="mm-controls" slot="controls">' in html
    assert "<span>max rank</span><span>&#34;both&#34; &lt;i&gt;</span>" in html
    assert "slider: 1 to 16" in html


def test_a_cell_that_cannot_be_changed_has_none() -> None:
    (spec,) = read_page("```mm-cell readonly\nr = 4  # slider: 1 to 16\n```")
    assert isinstance(spec, CellSpec)
    assert "mm-controls" not in cell_html(spec)


def test_a_mistake_ends_the_build_with_its_line() -> None:
    (bad,) = read_page("\n```mm-cell\nx = 1\nr = 4  # slider: 9 to 1\n```")
    assert isinstance(bad, Bad)
    error = bad.error("page.md", bad.fence.line)
    assert error.line == 4
    assert "smaller to a larger" in str(error)
