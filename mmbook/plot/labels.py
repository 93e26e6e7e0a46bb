"""Where the names of the series stand: at the ends of their lines, or in a legend above."""

from __future__ import annotations

from dataclasses import dataclass

SIZE = 12.5
LEADING = 15
# Of the size, a letter's mean width in the sans serif faces that pages use; no font is measured.
_LETTER = 0.54
_MOST_OF_THE_WIDTH = 0.32
_SWATCH = 24
_BETWEEN = 16


@dataclass(frozen=True)
class Spot:
    """Text that begins at (x, y); ``index`` is the series it names."""

    index: int
    text: str
    x: float
    y: float


def width(text: str, size: float = SIZE) -> float:
    """Pixels that a text takes, roughly."""
    return len(text) * size * _LETTER


def column(names: list[str], total: float, height: float) -> float | None:
    """Width of the column for names at line ends; ``None`` where there is no room for them."""
    wide = max(map(width, names), default=0.0)
    if wide > total * _MOST_OF_THE_WIDTH or len(names) * LEADING > height:
        return None
    return wide


def spread(wanted: list[tuple[int, str, float]], x: float, low: float, high: float) -> list[Spot]:
    """Put names as near as can be to the heights of their lines, none over another."""
    order = sorted(wanted, key=lambda one: one[2])
    # Neighbours that are too close stand around the mean of what they would like.
    groups: list[list[float]] = []
    for n, (_, _, y) in enumerate(order):
        groups.append([y - n * LEADING])
        while len(groups) > 1 and _mean(groups[-2]) >= _mean(groups[-1]):
            groups[-2:] = [groups[-2] + groups[-1]]
    bases = [_mean(group) for group in groups for _ in group]
    room = high - LEADING * (len(order) - 1)
    return [
        Spot(index, text, x, min(max(base, low), max(room, low)) + n * LEADING)
        for n, ((index, text, _), base) in enumerate(zip(order, bases, strict=True))
    ]


def legend(names: list[tuple[int, str]], left: float, top: float, total: float) -> list[Spot]:
    """Names in rows, each after a short piece of its line, which stands left of its spot."""
    spots: list[Spot] = []
    x, y = left, top
    for index, text in names:
        wide = _SWATCH + width(text)
        if x > left and x + wide > left + total:
            x, y = left, y + LEADING + 2
        spots.append(Spot(index, text, x + _SWATCH, y))
        x += wide + _BETWEEN
    return spots


def wrapped(text: str, total: float, size: float) -> list[str]:
    """Break a text into lines at its spaces."""
    lines: list[str] = []
    for word in text.split():
        if lines and width(f"{lines[-1]} {word}", size) <= total:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _mean(numbers: list[float]) -> float:
    return sum(numbers) / len(numbers)
