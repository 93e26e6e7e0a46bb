"""An axis: which values it spans, where they stand, which of them are written."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mmbook.chart import Range

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Axis:
    """From ``low`` at pixel ``start`` to ``high`` at pixel ``end``."""

    low: float
    high: float
    log: bool
    start: float
    end: float

    def at(self, values: Array) -> Array:
        """Pixels of values; NaN where the axis cannot show them."""
        low, high = self._scaled(np.array([self.low, self.high]))
        shares = (self._scaled(np.asarray(values, dtype=np.float64)) - low) / (high - low)
        # Far outside is outside: the numbers in the text stay short.
        pixels: Array = np.clip(self.start + shares * (self.end - self.start), -1e4, 1e4)
        return pixels

    def ticks(self, most: int) -> list[float]:
        """At most about ``most`` round values."""
        return (_decades if self.log else _steps)(self.low, self.high, most)

    def _scaled(self, values: Array) -> Array:
        if not self.log:
            return np.where(np.isfinite(values), values, np.nan)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where((values > 0) & np.isfinite(values), np.log10(values), np.nan)


def span(values: Array, *, log: bool, rounded: bool, most: int) -> Range:
    """The range that shows all values; to the next round ones if it is to be ``rounded``."""
    shown = values[np.isfinite(values) & ((values > 0) | (not log))]
    if shown.size == 0:
        return (1.0, 10.0) if log else (0.0, 1.0)
    low, high = float(shown.min()), float(shown.max())
    if low == high:
        around = abs(low) * 0.5 or 0.5
        low, high = (low / 2, high * 2) if log else (low - around, high + around)
    if not rounded:
        return low, high
    if log:
        return _log_floor(low), 1 / _log_floor(1 / high)
    step = _step(high - low, most)
    return math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step


def text(value: float) -> str:
    """A number as it is written at an axis: few digits, a real minus, powers of ten as such."""
    if value == 0:
        return "0"
    size = abs(value)
    exponent = math.floor(math.log10(size) + 1e-9)
    if -4 < exponent < 5:
        return f"{value:.6g}".replace("-", "−")
    factor = value / 10.0**exponent
    raised = str(exponent).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    front = "" if math.isclose(abs(factor), 1) else f"{abs(factor):.3g}·"
    return f"{'−' if value < 0 else ''}{front}10{raised}"


def _step(width: float, most: int) -> float:
    rough = width / max(1, most)
    size = 10.0 ** math.floor(math.log10(rough))
    return next((size * n for n in (1, 2, 5, 10) if size * n >= rough * (1 - 1e-9)), size * 10)


def _steps(low: float, high: float, most: int) -> list[float]:
    step = _step(high - low, most)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [0.0 if n == 0 else float(f"{n * step:.12g}") for n in range(first, last + 1)]


def _log_floor(value: float) -> float:
    """The nearest 1, 2 or 5 times a power of ten that is not above."""
    size = 10.0 ** math.floor(math.log10(value) + 1e-9)
    return max(size * n for n in (1, 2, 5) if size * n <= value * (1 + 1e-9))


def _decades(low: float, high: float, most: int) -> list[float]:
    first, last = math.ceil(math.log10(low) - 1e-9), math.floor(math.log10(high) + 1e-9)
    powers = range(first, last + 1)
    if len(powers) >= 3:
        every = math.ceil(len(powers) / max(2, most))
        return [10.0**power for power in powers if power % every == 0]
    near = [n * 10.0**power for power in range(first - 1, last + 1) for n in (1, 2, 5)]
    return [one for one in near if low * (1 - 1e-9) <= one <= high * (1 + 1e-9)]
