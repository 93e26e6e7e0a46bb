"""Charts: what they refuse, where they put things, what they say to those who do not see them."""

from __future__ import annotations

import re
from itertools import combinations, pairwise
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

import mmbook as mm
from mmbook.chart import Chart, chart
from mmbook.errors import OptionError
from mmbook.plot.axis import Axis, span, text
from mmbook.plot.labels import LEADING, legend, spread, width

SVG = "{http://www.w3.org/2000/svg}"
NUMBER = r"-?\d+(?:\.\d+)?"


def drawing(made: Chart, width: int = 620, height: int = 300) -> ElementTree.Element:
    return ElementTree.fromstring(made.svg(width, height))


def of(root: ElementTree.Element, kind: str) -> list[ElementTree.Element]:
    return [one for one in root.iter() if kind in one.get("class", "").split()]


def points(path: str) -> list[list[tuple[float, float]]]:
    """The points of every piece of a path."""
    pieces = [piece for piece in path.split("M") if piece]
    return [
        [(float(x), float(y)) for x, y in re.findall(f"({NUMBER}) ({NUMBER})", piece)]
        for piece in pieces
    ]


def written(root: ElementTree.Element, kind: str) -> list[str]:
    return [one.text or "" for one in of(root, kind)]


# What is refused, and how.


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (({},), "this many series"),
        (({f"s{n}": [1] for n in range(13)},), "1 to 12"),
        (({"a": ["x"]},), "no number"),
        (({"a": np.ones((3, 2))},), "3 × 2"),
        (({"a": []},), "no row of numbers"),
        ((5,), "a single number"),
    ],
)
def test_series_that_are_none_are_refused(arguments: tuple[object, ...], words: str) -> None:
    with pytest.raises(OptionError, match=words):
        chart(*arguments)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"x": [1]}, "more values than there are places"),
        ({"kind": "pie"}, "line, bars"),
        ({"band": {"b": ([1, 2], [3, 4])}}, "belongs to no series"),
        ({"band": {"a": ([1, 2], [3, 4, 5])}}, "more values than there are places"),
        ({"marks": [3]}, "pairs such as"),
        ({"y_range": (2, 1)}, "low below high"),
        ({"y_range": (0, 1), "log_y": True}, "both positive"),
        ({"x_range": 3}, "no range"),
    ],
)
def test_options_that_cannot_be_taken_are_refused(options: dict[str, object], words: str) -> None:
    with pytest.raises(OptionError, match=words):
        chart({"a": [1, 2]}, **options)  # type: ignore[arg-type]


def test_a_row_or_a_column_is_a_row_of_numbers() -> None:
    assert chart(np.ones((1, 5))).x.size == chart(np.ones((5, 1))).x.size == 5


# Axes.


@pytest.mark.parametrize(
    ("low", "high", "most", "expected"),
    [
        (0, 60, 6, [0, 10, 20, 30, 40, 50, 60]),
        (-1, 1, 4, [-1, -0.5, 0, 0.5, 1]),
        (0.0, 0.3, 3, [0, 0.1, 0.2, 0.3]),
        (3, 4.1, 5, [3, 3.5, 4]),
    ],
)
def test_ticks_are_round_and_few(low: float, high: float, most: int, expected: list[float]) -> None:
    assert Axis(low, high, False, 0, 1).ticks(most) == expected


def test_ticks_of_a_log_axis_are_powers_of_ten_or_what_lies_between() -> None:
    assert Axis(1e-8, 1, True, 0, 1).ticks(5) == pytest.approx([1e-8, 1e-6, 1e-4, 1e-2, 1])
    assert Axis(0.5, 5, True, 0, 1).ticks(5) == pytest.approx([0.5, 1, 2, 5])


def test_numbers_are_written_short() -> None:
    shown = [text(x) for x in (0, 0.5, -3, 20000, 1e5, 2.5e6, 1e-7, -1e-7, 0.1 + 0.2)]
    assert shown == ["0", "0.5", "−3", "20000", "10⁵", "2.5·10⁶", "10⁻⁷", "−10⁻⁷", "0.3"]


def test_a_log_axis_shows_equal_ratios_as_equal_lengths() -> None:
    at = Axis(1, 1000, True, 300, 0).at(np.array([1, 10, 100, 1000, 0, -1, np.nan]))
    np.testing.assert_allclose(at[:4], [300, 200, 100, 0], atol=1e-9)
    assert np.isnan(at[4:]).all()


@pytest.mark.parametrize("log", [False, True])
def test_a_span_holds_its_values_whatever_they_are(log: bool) -> None:
    rng = np.random.default_rng(3)
    for scale in 10.0 ** rng.uniform(-12, 12, 60):
        values = rng.uniform(0.01, 1, 7) * scale
        low, high = span(values, log=log, rounded=True, most=5)
        assert low <= values.min() * (1 + 1e-9)
        assert high >= values.max() * (1 - 1e-9)
    for values in (np.array([2.0]), np.array([np.nan]), np.zeros(3), -np.ones(2)):
        low, high = span(values, log=log, rounded=True, most=5)
        assert low < high
        assert np.isfinite([low, high]).all()


# Lines and bars.


def test_a_line_goes_through_its_points() -> None:
    root = drawing(chart([0, 5, 10], y_range=(0, 10)))
    ((a, b, c),) = points(of(root, "line")[0].get("d", ""))
    assert b[0] - a[0] == pytest.approx(c[0] - b[0], abs=0.11)
    assert a[1] - b[1] == pytest.approx(b[1] - c[1], abs=0.11)
    assert a[1] > c[1]


def test_nan_leaves_a_gap_and_a_lonely_point_a_dot() -> None:
    root = drawing(chart([1, 2, np.nan, 4, np.nan, 6, 7]))
    pieces = points(of(root, "line")[0].get("d", ""))
    assert [len(piece) for piece in pieces] == [2, 2]
    dots = list(root.iter(f"{SVG}circle"))
    assert len(dots) == 2  # the lonely point and the end


def test_what_a_log_axis_cannot_show_leaves_a_gap() -> None:
    root = drawing(chart([1, 0, 0.01, 0.1], log_y=True))
    assert [len(piece) for piece in points(of(root, "line")[0].get("d", ""))] == [2]


def test_a_series_may_end_early() -> None:
    root = drawing(chart({"a": [1, 2], "b": [1, 2, 3, 4]}))
    a, b = (points(one.get("d", ""))[0] for one in of(root, "line"))
    assert a[-1][0] < b[-1][0]


def test_many_points_draw_the_same_extremes_in_fewer() -> None:
    values = np.sin(np.arange(50_000) / 300)
    values[20_000] = 5
    path = points(of(drawing(chart(values)), "line")[0].get("d", ""))[0]
    assert len(path) < 5_000
    assert min(y for _, y in path) < 20


def test_a_chart_without_a_value_still_stands() -> None:
    root = drawing(chart({"a": [np.nan, np.nan]}))
    assert not of(root, "line")
    assert "no value" in (root.findtext(f"{SVG}desc") or "")


def test_bars_begin_at_nought_and_are_as_high_as_their_values() -> None:
    root = drawing(chart([3, 1, np.nan, -1], kind="bars"))
    path = of(root, "bar")[0].get("d", "")
    bars = re.findall(f"M{NUMBER} ({NUMBER})V({NUMBER})", path)
    base = {float(base) for base, _ in bars}
    assert len(base) == 1
    heights = [base.copy().pop() - float(top) for _, top in bars]
    assert len(heights) == 3
    assert heights[0] == pytest.approx(3 * heights[1], abs=0.4)
    assert heights[2] == pytest.approx(-heights[1], abs=0.2)


def test_series_differ_without_colour() -> None:
    root = drawing(chart({f"s{n}": [n, n + 1] for n in range(6)}))
    dashes = [one.get("stroke-dasharray") for one in of(root, "line")]
    assert len(set(dashes)) == 6


def test_what_lies_outside_a_fixed_range_is_cut_off() -> None:
    root = drawing(chart([1, 1e30], y_range=(0, 2)))
    plot = of(root, "plot")[0]
    assert of(plot, "line")
    path = of(plot, "line")[0].get("d", "")
    assert max(abs(number) for point in points(path)[0] for number in point) <= 1e4


# Names and words.


def test_names_stand_at_the_ends_of_their_lines() -> None:
    root = drawing(chart({"up": [0, 10], "down": [10, 0]}))
    names = {one.text: float(one.get("y", 0)) for one in of(root, "name")}
    assert names["up"] < names["down"]
    assert min(float(one.get("x", 0)) for one in of(root, "name")) > 500


def test_a_line_that_has_left_the_picture_says_where_it_went() -> None:
    root = drawing(chart({"low": [1, 0.1], "in": [1, 2], "high": [1, 9]}, y_range=(0.5, 3)))
    assert set(written(root, "name")) == {"low ↓", "in", "high ↑"}


def test_words_of_a_level_stand_where_no_line_passes() -> None:
    values = np.concatenate([np.linspace(2, 0.9, 20), np.linspace(0.9, 0.2, 80)])
    root = drawing(chart(values, y_range=(0, 2), levels=[(1.0, "a level with some words")]))
    (note,) = of(root, "note")
    ((path),) = points(of(root, "line")[0].get("d", ""))
    x, y = float(note.get("x", 0)), float(note.get("y", 0))
    inside = [p for p in path if x <= p[0] <= x + width(note.text or "") and y - 12 < p[1] < y]
    assert inside == []


def test_names_never_stand_over_each_other_and_stay_inside() -> None:
    rng = np.random.default_rng(0)
    for _ in range(200):
        count = int(rng.integers(1, 9))
        wanted = [(n, str(n), float(y)) for n, y in enumerate(rng.uniform(-20, 220, count))]
        spots = spread(wanted, 0, 0, 200)
        heights = [spot.y for spot in spots]
        assert all(b - a >= LEADING - 1e-9 for a, b in pairwise(heights))
        assert min(heights) >= 0
        assert max(heights) <= 200 + 1e-9
    apart = spread([(0, "a", 50.0), (1, "b", 100.0)], 0, 0, 200)
    assert [spot.y for spot in apart] == [50, 100]


def test_long_names_become_a_legend_that_keeps_to_its_width() -> None:
    names = [(n, f"a rather long name, number {n}") for n in range(6)]
    spots = legend(names, 0, 10, 330)
    assert all(spot.x + width(spot.text) <= 330 for spot in spots)
    root = drawing(chart({name: [1, 2] for _, name in names}), 330, 250)
    assert max(float(one.get("x", 0)) for one in of(root, "name")) < 330 / 2


def test_marks_and_levels_are_words_and_out_of_sight_they_are_not() -> None:
    made = chart([1, 2, 3], marks=[(1, "here"), (9, "beyond")], levels=[(2, "half")])
    assert written(drawing(made), "note") == ["here", "half"]


def test_everything_written_is_escaped() -> None:
    made = chart({"<b>&": [1, 2]}, title='<script>"', x_label="</svg>", marks=[(0, "<i>")])
    assert "<script>" not in made.html()
    assert drawing(made).findtext(f"{SVG}title") == '<script>"'


def test_it_says_in_words_what_it_shows() -> None:
    made = chart({"LoRA": [4, 2, 1]}, x_label="step", levels=[(0.5, "floor")])
    said = drawing(made).findtext(f"{SVG}desc") or ""
    assert "LoRA: 4 at 0, 1 at 2" in said
    assert "Level 0.5: floor" in said
    assert drawing(made).get("role") == "img"
    assert drawing(made).findtext(f"{SVG}title") == "LoRA by step"


def test_the_table_holds_every_value_and_says_what_is_missing() -> None:
    html = chart({"a": [1, np.nan], "b": [3]}, x=[10, 20], x_label="step").html()
    table = ElementTree.fromstring(html[html.index("<table") : html.index("</table>") + 8])
    rows = [[cell.text for cell in row] for row in table.iter("tr")]
    assert rows == [["step", "a", "b"], ["10", "1", "3"], ["20", "no value", "no value"]]


def test_the_table_of_many_values_shows_some_and_the_last() -> None:
    html = chart(np.arange(1001.0)).html()
    assert html.count("<tr>") < 70
    assert "<caption>Every 16th of 1001 values</caption>" in html
    assert '<th scope="row">1000</th>' in html


def test_it_is_drawn_for_wide_and_for_narrow_places_with_no_name_twice() -> None:
    html = mm.chart({"a": [1, 2]}).html()
    assert html.count("<svg class=") == 2 + 2  # each with the plot inside
    assert "id=" not in html


# Its style.


def palettes() -> list[tuple[str, list[str]]]:
    css = (Path(__file__).parents[1] / "docs" / "stylesheets" / "chart.css").read_text("utf-8")
    found = [
        re.findall(r"--mm-series-\d: (#[0-9a-f]{6})", block) for block in css.split("}") if block
    ]
    light, dark, printed = [block for block in found if block]
    return [("#fbfaf7", light), ("#1d1d20", dark), ("#ffffff", printed)]


def linear(colour: str) -> np.ndarray:
    channels = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def lab(rgb: np.ndarray) -> np.ndarray:
    """CIELAB of linear sRGB, white D65."""
    to_xyz = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    xyz = np.array(to_xyz) @ np.clip(rgb, 0, 1) / [0.9505, 1, 1.089]
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


# Machado, Oliveira, Fernandes 2009, severity 1: how colours look without one kind of cone.
SIGHT = {
    "all cones": np.eye(3),
    "no L": [[0.1523, 1.0526, -0.2049], [0.1145, 0.7863, 0.0992], [-0.0039, -0.0481, 1.0520]],
    "no M": [[0.3673, 0.8606, -0.2280], [0.2801, 0.6725, 0.0474], [-0.0118, 0.0429, 0.9689]],
    "no S": [[1.2555, -0.0767, -0.1788], [-0.0784, 0.9308, 0.1476], [0.0047, 0.6914, 0.3039]],
}


@pytest.mark.parametrize("sight", SIGHT)
def test_hues_of_series_can_be_told_apart_by_every_eye(sight: str) -> None:
    for _, hues in palettes():
        seen = [lab(np.array(SIGHT[sight]) @ linear(hue)) for hue in hues]
        assert min(float(np.linalg.norm(a - b)) for a, b in combinations(seen, 2)) >= 20


def test_hues_of_series_can_be_read_on_the_paper() -> None:
    for paper, hues in palettes():
        for hue in hues:
            low, high = sorted(
                float(linear(one) @ [0.2126, 0.7152, 0.0722]) for one in (paper, hue)
            )
            assert (high + 0.05) / (low + 0.05) >= 4.5, hue
