"""What a chart says to those who do not see it: a name, a description, a table."""

from __future__ import annotations

from html import escape

import numpy as np

from mmbook.chart import Chart
from mmbook.plot.axis import text

MOST_ROWS = 64


def heading(chart: Chart) -> str:
    """The chart's name: its title, or what it shows."""
    if chart.title:
        return chart.title
    what = chart.y_label or ", ".join(one.name for one in chart.series if one.name) or "Values"
    return f"{what} by {chart.x_label}" if chart.x_label else what


def describe(chart: Chart) -> str:
    """Where each series begins and ends, its least and greatest value, and what is marked."""
    noun = "Bars" if chart.kind == "bars" else "Lines"
    over = f" over {chart.x_label}" if chart.x_label else ""
    log = {
        (True, True): "; both axes logarithmic",
        (True, False): "; logarithmic x",
        (False, True): "; logarithmic y",
    }
    parts = [f"{noun}{over}{log.get((chart.log_x, chart.log_y), '')}."]
    for one in chart.series:
        seen = np.flatnonzero(np.isfinite(one.values))
        name = f"{one.name}: " if one.name else ""
        if seen.size == 0:
            parts.append(f"{name}no value.")
            continue
        values, x = one.values[seen], chart.x[seen]
        parts.append(
            f"{name}{_number(values[0])} at {_number(x[0])}, {_number(values[-1])} at"
            f" {_number(x[-1])}; least {_number(values.min())}, greatest {_number(values.max())}."
        )
    parts += [f"Marked at {_number(place)}: {words}." for place, words in chart.marks]
    parts += [f"Level {_number(place)}: {words}." for place, words in chart.levels]
    return " ".join(parts)


def table(chart: Chart) -> str:
    """All values, or evenly chosen ones where there are many, and always the last."""
    count = chart.x.size
    every = int(np.ceil(count / MOST_ROWS))
    rows = sorted({*range(0, count, every), count - 1})
    heads = [chart.x_label or "x", *(one.name or chart.y_label or "value" for one in chart.series)]
    head = "".join(f'<th scope="col">{escape(words)}</th>' for words in heads)
    note = f"<caption>Every {every}th of {count} values</caption>" if every > 1 else ""
    body = []
    for n in rows:
        values = (one.values[n] if n < one.values.size else np.nan for one in chart.series)
        cells = "".join(f"<td>{_number(value)}</td>" for value in values)
        body.append(f'<tr><th scope="row">{_number(chart.x[n])}</th>{cells}</tr>')
    return f"<table>{note}<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table>"


def _number(value: float) -> str:
    if np.isnan(value):
        return "no value"
    if np.isinf(value):
        return "∞" if value > 0 else "−∞"
    return text(float(f"{value:.4g}"))
