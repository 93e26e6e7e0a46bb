"""One drawing of a chart: where everything stands, then its parts from back to front."""

from __future__ import annotations

from html import escape

import numpy as np
from numpy.typing import NDArray

from mmbook.chart import Chart
from mmbook.plot import labels, lines
from mmbook.plot.axis import Axis, span, text
from mmbook.plot.pen import Pen, series
from mmbook.plot.words import describe, heading

Array = NDArray[np.float64]

_TITLE = 13.5
_ROW = 16
_ROW_HEIGHT = 36
_TICK_WIDTH = 70


def draw(chart: Chart, width: int, height: int, name: str = "") -> str:
    """Return SVG of that size; ``name`` becomes a class of it."""
    marked = f' class="{name}"' if name else ""
    return (
        f'<svg{marked} xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"'
        f' font-size="{labels.SIZE}" fill="currentColor"><title>{escape(heading(chart))}</title>'
        f"<desc>{escape(describe(chart))}</desc>{_Sheet(chart, width, height).drawn()}</svg>"
    )


class _Sheet:
    def __init__(self, chart: Chart, width: int, height: int) -> None:
        self.chart = chart
        self.width = width
        self.height = height
        self.pen = Pen()
        self.bars = chart.kind == "bars"
        self.places = np.arange(chart.x.size, dtype=np.float64) if self.bars else chart.x

    def drawn(self) -> str:
        self._heads()
        self._axes()
        self._rows()
        self._columns()
        self._marks()
        self.pen.clip(self.left - 4, self.top - 4, self.right + 4, self.bottom + 4)
        for index in range(len(self.chart.series)):
            (self._bars if self.bars else self._line)(index)
        self.pen.unclip()
        self._names()
        return "".join(self.pen.parts)

    def _heads(self) -> None:
        """What stands above the plot: title, legend, the label of y."""
        chart, self.top = self.chart, 0.0
        for row in labels.wrapped(chart.title, self.width, _TITLE * 1.05):
            self.top += _ROW
            self.pen.write(0, self.top - 3, row, "title", size=_TITLE, weight=600)
        self.top += 4 if chart.title else 0
        self.bottom = self.height - 18 - (_ROW if chart.x_label else 0)
        named = [(n, one.name) for n, one in enumerate(chart.series) if one.name]
        column = labels.column(
            [f"{name} ↓" for _, name in named], self.width, self.bottom - self.top - 2 * _ROW
        )
        self.beside = bool(named) and not self.bars and column is not None
        self.right = self.width - ((column or 0) + 16 if self.beside else 10)
        if named and not self.beside:
            spots = labels.legend(named, 0, self.top + 12, self.width)
            for spot in spots:
                self.pen.sample(spot, bars=self.bars)
                self.pen.write(spot.x, spot.y, spot.text, "name")
            self.top = spots[-1].y + 8
        if chart.y_label:
            self.top += _ROW
            self.pen.write(0, self.top - 4, chart.y_label, "label")
        self.top += _ROW if chart.marks else 6

    def _axes(self) -> None:
        chart = self.chart
        most = max(2, int((self.bottom - self.top) / _ROW_HEIGHT))
        low, high = chart.y_range or span(self._heights(), log=chart.log_y, rounded=True, most=most)
        self.y = Axis(low, high, chart.log_y, self.bottom, self.top)
        self.ticks = self.y.ticks(most)
        wide = max((labels.width(text(tick)) for tick in self.ticks), default=0.0)
        # In steps, so that the plot does not tremble from frame to frame.
        self.left = max(30.0, float(np.ceil((wide + 8) / 6) * 6))
        # Bars stand on their places, half a step inside the edges.
        edges = (-0.5, chart.x.size - 0.5) if self.bars else chart.x_range
        edges = edges or span(chart.x, log=chart.log_x, rounded=False, most=0)
        self.x = Axis(*edges, chart.log_x and not self.bars, self.left, self.right)

    def _heights(self) -> Array:
        rows = [one.values for one in self.chart.series]
        rows += [edge for one in self.chart.series if one.band for edge in one.band]
        rows.append(np.array([place for place, _ in self.chart.levels], dtype=np.float64))
        if self.bars and not self.chart.log_y:
            rows.append(np.zeros(1))
        return np.concatenate(rows)

    def _rows(self) -> None:
        for tick, y in zip(self.ticks, self.y.at(np.array(self.ticks)), strict=True):
            self.pen.rule(self.left, y, self.right, y, "base" if tick == 0 else "grid")
            self.pen.write(self.left - 6, y + 4, text(tick), "tick", "end")
        self.pen.rule(self.left, self.bottom, self.right, self.bottom, "base")

    def _columns(self) -> None:
        x = self.chart.x
        most = max(2, int((self.right - self.left) / _TICK_WIDTH))
        if self.bars:
            chosen = np.arange(0, x.size, int(np.ceil(x.size / (most * 2))))
            ticks = dict(zip(self.places[chosen], x[chosen], strict=True))
        else:
            whole = bool(np.all(x == np.round(x)))
            ticks = {tick: tick for tick in self.x.ticks(most) if not whole or tick == round(tick)}
        for place, value in ticks.items():
            at = float(self.x.at(np.array(place)))
            self.pen.rule(at, self.bottom, at, self.bottom + 4, "base")
            self.pen.write(at, self.bottom + 16, text(float(value)), "tick", "middle")
        if self.chart.x_label:
            self.pen.write(self.right, self.height - 3, self.chart.x_label, "label", "end")

    def _marks(self) -> None:
        for place, words in self.chart.marks:
            x = float(self.x.at(np.array(place)))
            if self.left - 1 <= x <= self.right + 1:
                self.pen.rule(x, self.top, x, self.bottom, "mark")
                late = x > (self.left + self.right) / 2
                self.pen.write(x, self.top - 5, words, "note", "end" if late else "")
        for place, words in self.chart.levels:
            y = float(self.y.at(np.array(place)))
            if self.top - 1 <= y <= self.bottom + 1:
                self.pen.rule(self.left, y, self.right, y, "mark")
                self._beside(y, words)

    def _beside(self, y: float, words: str) -> None:
        """Write at a level, at the place along it and on the side where the fewest lines pass."""
        wide = labels.width(words) + 4
        spots = [
            (x, base)
            for x in np.linspace(self.left + 4, max(self.left + 4, self.right - wide), 7)
            for base in (y + 13, y - 4)
            if self.top + 8 < base < self.bottom - 2
        ]
        if spots:
            x, base = min(spots, key=lambda spot: self._passing(spot[0], spot[1], wide))
            self.pen.write(x, base, words, "note")

    def _passing(self, left: float, base: float, wide: float) -> int:
        """How many lines run through a text, and for how many pixel columns."""
        if self.bars:
            return 0
        columns = np.arange(left, left + wide)
        count = 0
        for one in self.chart.series:
            x, y = self.x.at(self.places[: one.values.size]), self.y.at(one.values)
            heights = np.interp(columns, x, y, left=np.nan, right=np.nan)
            inside = int(((heights > base - 12) & (heights < base + 3)).sum())
            # A steep line, short as it is, crosses letters out.
            count += inside + 10 * bool(inside)
        return count

    def _line(self, index: int) -> None:
        one = self.chart.series[index]
        if one.band:
            low, high = map(self.y.at, one.band)
            n = min(low.size, high.size)
            shade = lines.shade(self.x.at(self.places[:n]), low[:n], high[:n])
            self.pen.shade(index, shade)
        x, y = self.x.at(self.places[: one.values.size]), self.y.at(one.values)
        path, alone = lines.line(x, y)
        if path:
            self.pen.line(index, path)
        seen = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
        last = [(float(x[n]), float(y[n])) for n in seen[-1:]]
        for point in dict.fromkeys(alone + last):
            self.pen.dot(index, *point)

    def _bars(self, index: int) -> None:
        one, count = self.chart.series[index], len(self.chart.series)
        step = (self.right - self.left) / self.chart.x.size
        wide = step * (0.8 if step > 4 else 1) / count
        left = self.x.at(self.places[: one.values.size]) + wide * (index - count / 2)
        floor = self.y.low if self.y.log else min(max(0.0, self.y.low), self.y.high)
        base = float(self.y.at(np.array(floor)))
        self.pen.bars(index, lines.bars(left, self.y.at(one.values), wide, base))

    def _names(self) -> None:
        if not self.beside:
            return
        wanted = []
        for index, one in enumerate(self.chart.series):
            y = self.y.at(one.values)
            seen = np.flatnonzero(np.isfinite(y))
            if one.name and seen.size:
                end = float(y[seen[-1]])
                left = " ↓" if end > self.bottom + 1 else " ↑" if end < self.top - 1 else ""
                wanted.append((index, one.name + left, end))
        for spot in labels.spread(wanted, self.right + 10, self.top + 2, self.bottom):
            self.pen.write(spot.x, spot.y + 4, spot.text, f"name {series(spot.index)}")
