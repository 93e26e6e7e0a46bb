"""Charts of a page: from the fence's lines to numbers, and mistakes with their line."""

from __future__ import annotations

from pathlib import Path

import markdown
import numpy as np
import pytest

from mmbook.markdown.chart import ChartSpec
from mmbook.markdown.page import Bad, read_page
from mmbook.pack import write_pack


@pytest.fixture(autouse=True)
def pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    curves = {
        "steps": np.array([[0, 10, 20]]),
        "mean": np.array([[3, 2, 1]]),
        "runs": np.array([[3, 2, 1], [6, 5, 4]]),
    }
    write_pack(tmp_path / "lora" / "curves.npz", curves)
    monkeypatch.setenv("MMBOOK_DATA", str(tmp_path))


def read(body: str, options: str = "") -> ChartSpec | Bad:
    (item,) = read_page(f"```mm-chart {options}\n{body}\n```")
    assert isinstance(item, ChartSpec | Bad)
    return item


def test_lines_name_values_of_the_pack() -> None:
    item = read(
        "# what was measured\npack: lora/curves\nx: steps\nLoRA r=8: mean; band=runs[0], runs[1]\n"
        "second column: runs[:, 1]\ngiven: [1, 2]\nlevel: 0.5, floor\nmark: 10, here",
        'id="curves" title="Loss" log_y x_range="0,20" caption="Three of them."',
    )
    assert isinstance(item, ChartSpec)
    chart = item.chart
    assert (item.id, item.caption, chart.title, chart.log_y) == (
        *("curves", "Three of them.", "Loss"),
        True,
    )
    assert chart.x.tolist() == [0, 10, 20]
    assert [(one.name, one.values.tolist()) for one in chart.series] == [
        ("LoRA r=8", [3, 2, 1]),
        ("second column", [2, 5]),
        ("given", [1, 2]),
    ]
    assert chart.series[0].band is not None
    assert chart.series[0].band[1].tolist() == [6, 5, 4]
    assert (chart.levels, chart.marks, chart.x_range) == (
        ((0.5, "floor"),),
        ((10, "here"),),
        (0, 20),
    )


@pytest.mark.parametrize(
    ("body", "line", "words"),
    [
        ("pack: lora/none", 2, "no such pack"),
        ("pack: lora/curves\na: nothing", 3, "mean, runs, steps"),
        ("pack: lora/curves\n\na: runs[2]", 4, "0 to 1"),
        ("pack: lora/curves\na: runs[:, 3]", 3, "no such column"),
        ("a: mean", 2, "no pack yet"),
        ("a: [1, x]", 2, "no numbers"),
        ("a: [1]\na: [2]", 3, "another series"),
        ("a", 2, "no colon"),
        ("a: [1]; low=[1]", 2, "band=low, high"),
        ("mark: here", 2, "no place"),
        ("x: [1]", 1, "no series"),
        ("x: [1]\na: [1, 2]", 1, "more values"),
    ],
)
def test_a_mistake_is_named_with_its_line(body: str, line: int, words: str) -> None:
    item = read(body)
    assert isinstance(item, Bad)
    error = item.error("page.md", 1)
    assert error.line == line
    assert words in str(error)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ('heigth="3"', "no such option"),
        ('kind="pie"', "line, bars"),
        ('x_range="3"', "low,high"),
        ('log_y="perhaps"', "on or off"),
    ],
)
def test_an_option_that_is_none_is_named(options: str, words: str) -> None:
    item = read("a: [1]", options)
    assert isinstance(item, Bad)
    assert words in str(item.error("page.md", 1))


def test_it_stands_in_the_page_without_a_script() -> None:
    text = 'Before.\n\n```mm-chart caption="A < B"\na: [1, 2]\n```\n\nAfter.'
    html = markdown.markdown(text, extensions=["mmbook"])
    assert '<figure class="mm-chart" id="chart-1"><svg class="wide"' in html
    assert "<figcaption>A &lt; B</figcaption>" in html
    assert "<script" not in html
    assert html.endswith("<p>After.</p>")


def test_python_of_the_book_may_make_a_chart_too() -> None:
    text = (
        '```mm\nA @ B\nA: eye(2)\nB: eye(2)\n```\n\n```mm-python id="c"\n'
        "mm.chart(np.ones(3))\n```\n\n```mm-cell\n1\n```"
    )
    _, item, cell = read_page(text)
    assert isinstance(item, ChartSpec)
    assert item.chart.x.size == 3
    assert getattr(cell, "figure", None) == "figure-1"
