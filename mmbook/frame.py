"""``show``: pictures while a cell still runs. What is shown together is one frame of its film."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mmbook.chart import Chart
from mmbook.errors import OptionError
from mmbook.figure import Figure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MOST_CHARTS = 8

_receivers: list[Callable[[Frame], None]] = []


@dataclass(frozen=True)
class Frame:
    """A figure, charts, or both, and what the reader is told they are."""

    label: str
    figure: Figure | None
    charts: tuple[Chart, ...]


def show(*parts: Figure | Chart, label: str = "") -> None:
    """Show a figure, charts, or both together, now, while the cell goes on.

    The figure and the charts of a frame stay until a later frame has others. Outside a cell nobody
    is there to see it, and nothing happens; what cannot be shown is an error all the same.

    Parameters
    ----------
    parts
        At most one figure, and charts.
    label
        Names the frame in the strip of the film, as in ``mm.show(figure, label="step 12")``.

    Raises
    ------
    OptionError
        Something is neither figure nor chart, or there is nothing, or too much.

    """
    figures = [part for part in parts if isinstance(part, Figure)]
    charts = tuple(part for part in parts if isinstance(part, Chart))
    strange = [part for part in parts if not isinstance(part, (Figure, Chart))]
    if strange or not parts:
        raise OptionError(
            "this cannot be shown",
            given=type(strange[0]).__name__ if strange else "nothing",
            possible="a figure and charts; print shows anything else",
        )
    if len(figures) > 1 or len(charts) > MOST_CHARTS:
        raise OptionError(
            "this is too much for one frame",
            given=f"figures: {len(figures)}, charts: {len(charts)}",
            possible=f"one figure and up to {MOST_CHARTS} charts",
        )
    frame = Frame(str(label), figures[0] if figures else None, charts)
    if _receivers:
        _receivers[-1](frame)


@contextlib.contextmanager
def showing(receive: Callable[[Frame], None]) -> Iterator[None]:
    """Give what is shown inside this context to ``receive``."""
    _receivers.append(receive)
    try:
        yield
    finally:
        _receivers.pop()
