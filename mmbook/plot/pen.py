"""Writes the elements of a drawing in ink and dashes; colours and faces are a style sheet's."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape

import numpy as np
from numpy.typing import NDArray

from mmbook.plot.labels import Spot

Array = NDArray[np.float64]

# So that series differ without colour too; the first is solid.
_DASHES = ("", "7 3", "2 3", "9 3 2 3", "5 2 2 2 2 2", "12 4")
_COLOURS = 6


@dataclass
class Pen:
    """The elements drawn so far, back to front."""

    parts: list[str] = field(default_factory=list)

    def rule(self, x1: float, y1: float, x2: float, y2: float, kind: str) -> None:
        """A straight line: ``base``, ``grid`` or ``mark``."""
        faint = {"grid": ' stroke-opacity=".18"', "mark": ' stroke-dasharray="2 3"'}.get(kind, "")
        self.parts.append(
            f'<path class="{kind}" d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" stroke="currentColor"'
            f' stroke-width="1"{faint}/>'
        )

    def write(
        self,
        x: float,
        y: float,
        words: str,
        kind: str,
        anchor: str = "",
        *,
        size: float | None = None,
        weight: int | None = None,
    ) -> None:
        """Text from x on, or up to it, or around it, as its anchor says."""
        extra = f' text-anchor="{anchor}"' if anchor else ""
        extra += f' font-size="{size:g}"' if size else ""
        extra += f' font-weight="{weight}"' if weight else ""
        self.parts.append(
            f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}"{extra}>{escape(words)}</text>'
        )

    def line(self, index: int, path: str) -> None:
        """The line of a series."""
        dashes = _DASHES[index % len(_DASHES)]
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        self.parts.append(
            f'<path class="line {series(index)}" d="{path}" fill="none" stroke="currentColor"'
            f' stroke-width="1.75" stroke-linejoin="round"{dashed}/>'
        )

    def shade(self, index: int, path: str) -> None:
        """The band around the line of a series."""
        self.parts.append(f'<path class="band {series(index)}" d="{path}" fill-opacity=".16"/>')

    def dot(self, index: int, x: float, y: float) -> None:
        """One point of a series."""
        self.parts.append(f'<circle class="{series(index)}" cx="{x:.1f}" cy="{y:.1f}" r="2.5"/>')

    def bars(self, index: int, path: str) -> None:
        """The bars of a series."""
        opacity = 1 - 0.18 * min(index, 3)
        self.parts.append(
            f'<path class="bar {series(index)}" d="{path}" fill-opacity="{opacity:.2g}"/>'
        )

    def sample(self, spot: Spot, *, bars: bool) -> None:
        """What a series looks like, left of its name in a legend."""
        x, y = spot.x, spot.y - 4
        if bars:
            self.bars(spot.index, f"M{x - 16:.1f} {y - 4:.1f}h10v8h-10Z")
        else:
            self.line(spot.index, f"M{x - 23:.1f} {y:.1f}h18")

    def clip(self, left: float, top: float, right: float, bottom: float) -> None:
        """What follows, up to ``unclip``, is cut off outside; an inner drawing needs no id."""
        wide, high = right - left, bottom - top
        self.parts.append(
            f'<svg class="plot" x="{left:.1f}" y="{top:.1f}" width="{wide:.1f}"'
            f' height="{high:.1f}" viewBox="{left:.1f} {top:.1f} {wide:.1f} {high:.1f}">'
        )

    def unclip(self) -> None:
        """End what ``clip`` began."""
        self.parts.append("</svg>")


def series(index: int) -> str:
    """The class that gives a series its colour."""
    return f"s{index % _COLOURS + 1}"
