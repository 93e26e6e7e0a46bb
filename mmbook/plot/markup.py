"""A chart as it stands in a page: drawn for wide and for narrow places, and as a table."""

from __future__ import annotations

from mmbook.chart import Chart
from mmbook.plot.draw import draw
from mmbook.plot.words import table

WIDE = (620, 300)
NARROW = (300, 230)


def markup(chart: Chart) -> str:
    """Return the inside of an element of class ``mm-chart``; its style shows one drawing."""
    drawings = draw(chart, *WIDE, name="wide") + draw(chart, *NARROW, name="narrow")
    return f"{drawings}<details><summary>As a table</summary>{table(chart)}</details>"
