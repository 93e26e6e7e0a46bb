"""Curves as SVG: a line with gaps, the shade around it, bars."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

# Points that fall into the same pixel column: their first, last, least and greatest draw the same.
_COLUMN = 1.0


def line(x: Array, y: Array) -> tuple[str, list[tuple[float, float]]]:
    """The path through the points, and the points that stand alone between two gaps."""
    pieces, alone = [], []
    for run in _runs(x, y):
        if run.size == 1:
            alone.append((float(x[run[0]]), float(y[run[0]])))
            continue
        kept = _thinned(x[run], y[run])
        pieces.append("M" + "L".join(_point(x[run[n]], y[run[n]]) for n in kept))
    return "".join(pieces), alone


def shade(x: Array, low: Array, high: Array) -> str:
    """The path around the band between two curves."""
    pieces = []
    for run in _runs(x, low + high):
        there = [_point(x[n], high[n]) for n in run]
        back = [_point(x[n], low[n]) for n in run[::-1]]
        pieces.append("M" + "L".join(there + back) + "Z")
    return "".join(pieces)


def bars(x: Array, y: Array, width: float, base: float) -> str:
    """The path of bars of that width, each from its left edge in x, between y and the base."""
    return "".join(
        f"M{_point(left, base)}V{top:.1f}h{width:.1f}V{base:.1f}Z"
        for left, top in zip(x, y, strict=True)
        if np.isfinite(left) and np.isfinite(top)
    )


def _runs(x: Array, y: Array) -> list[NDArray[np.intp]]:
    """Indices of the points between the gaps."""
    there = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    return [run for run in np.split(there, np.flatnonzero(np.diff(there) > 1) + 1) if run.size]


def _thinned(x: Array, y: Array) -> NDArray[np.intp]:
    if x.size < 2000:
        return np.arange(x.size)
    columns = np.floor(x / _COLUMN)
    edges = np.flatnonzero(np.diff(columns)) + 1
    kept = set()
    for part in np.split(np.arange(x.size), edges):
        kept |= {part[0], part[-1], part[y[part].argmin()], part[y[part].argmax()]}
    return np.array(sorted(kept))


def _point(x: float, y: float) -> str:
    return f"{x:.1f} {y:.1f}"
