"""``chart``: curves and bars beside the cubes. A chart is a value; drawing it makes SVG text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mmbook.errors import OptionError

Array = NDArray[np.float64]
Kind = Literal["line", "bars"]
Range = tuple[float, float]

KINDS: tuple[Kind, ...] = ("line", "bars")
MOST_SERIES = 12
MOST_POINTS = 200_000
MOST_BARS = 400


@dataclass(frozen=True)
class Series:
    """One curve: its name, its values (n,) and, where there is one, its band (low, high)."""

    name: str
    values: Array
    band: tuple[Array, Array] | None = None


@dataclass(frozen=True)
class Chart:
    """Curves or bars over a common x. A NaN, or what a log axis cannot show, leaves a gap.

    ``marks`` are words at an x, ``levels`` words at a y; ``x_range`` and ``y_range`` fix the axes,
    so that they stand still from frame to frame.
    """

    series: tuple[Series, ...]
    x: Array
    title: str = ""
    x_label: str = ""
    y_label: str = ""
    log_x: bool = False
    log_y: bool = False
    kind: Kind = "line"
    marks: tuple[tuple[float, str], ...] = ()
    levels: tuple[tuple[float, str], ...] = ()
    x_range: Range | None = None
    y_range: Range | None = None
    _drawn: dict[str, str] = field(default_factory=dict, repr=False, compare=False)

    def html(self) -> str:
        """The chart as markup: two drawings, for wide and for narrow places, and a table."""
        if "html" not in self._drawn:
            from mmbook.plot import markup  # few pages have charts

            self._drawn["html"] = markup(self)
        return self._drawn["html"]

    def svg(self, width: int = 620, height: int = 300) -> str:
        """One drawing of that size in CSS pixels, which stands alone."""
        from mmbook.plot import draw

        return draw(self, width, height)

    def _repr_html_(self) -> str:
        return self.svg()

    def __repr__(self) -> str:
        names = ", ".join(one.name or "values" for one in self.series)
        return f"Chart({names}; {self.x.size} points)"


def chart(
    series: Mapping[str, ArrayLike] | ArrayLike,
    *,
    x: ArrayLike | None = None,
    title: str = "",
    x_label: str = "",
    y_label: str = "",
    log_x: bool = False,
    log_y: bool = False,
    kind: Kind = "line",
    band: Mapping[str, tuple[ArrayLike, ArrayLike]] | None = None,
    marks: Sequence[tuple[float, str]] = (),
    levels: Sequence[tuple[float, str]] = (),
    x_range: Range | None = None,
    y_range: Range | None = None,
) -> Chart:
    """Make a chart of one or more series.

    Parameters
    ----------
    series
        Name → values (n,), or the values of one series alone. A series may end before ``x`` does.
    x
        Where the values stand, (n,); 0, 1, 2, … without.
    title, x_label, y_label
        Words; the labels belong to the axes.
    log_x, log_y
        Logarithmic axes. Values that are not positive leave a gap there.
    kind
        ``line`` or ``bars``.
    band
        Name of a series → (low, high), drawn as a shade around its line.
    marks, levels
        ``(x, text)`` and ``(y, text)``: a thin line across the chart with its words.
    x_range, y_range
        ``(low, high)`` of an axis; by default what the values need.

    Raises
    ------
    OptionError
        A series is no row of numbers, is longer than ``x``, or an option cannot be taken.

    """
    given: Mapping[Any, Any] = series if isinstance(series, Mapping) else {"": series}
    if not 1 <= len(given) <= MOST_SERIES:
        raise OptionError(
            "a chart cannot show this many series", given=len(given), possible=f"1 to {MOST_SERIES}"
        )
    if kind not in KINDS:
        raise OptionError("there is no such kind of chart", given=kind, possible=KINDS)
    values = {str(name): _row(f"series {name}".strip(), one) for name, one in given.items()}
    longest = max(one.size for one in values.values())
    places = np.arange(longest, dtype=np.float64) if x is None else _row("x", x)
    for name, one in values.items():
        _fits(f"series {name}".strip(), one, places)
    if kind == "bars" and places.size * len(values) > MOST_BARS:
        raise OptionError(
            "a chart cannot show this many bars",
            given=places.size * len(values),
            possible=f"at most {MOST_BARS}; kind='line' shows more",
        )
    bands = _bands(band or {}, values, places)
    return Chart(
        series=tuple(Series(name, one, bands.get(name)) for name, one in values.items()),
        x=places,
        title=str(title),
        x_label=str(x_label),
        y_label=str(y_label),
        log_x=bool(log_x),
        log_y=bool(log_y),
        kind=kind,
        marks=_words("marks", marks),
        levels=_words("levels", levels),
        x_range=_range("x_range", x_range, log_x),
        y_range=_range("y_range", y_range, log_y),
    )


def _row(what: str, values: ArrayLike) -> Array:
    try:
        row = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise OptionError(f"{what} holds something that is no number", given=values) from None
    if row.ndim == 2 and 1 in row.shape:
        row = row.ravel()
    if row.ndim != 1 or not 1 <= row.size <= MOST_POINTS:
        shape = " × ".join(map(str, row.shape)) or "a single number"
        raise OptionError(
            f"{what} is no row of numbers",
            given=shape,
            possible=f"1 to {MOST_POINTS:,} numbers in a row",
        )
    return row


def _fits(what: str, row: Array, places: Array) -> None:
    if row.size > places.size:
        raise OptionError(
            f"{what} has more values than there are places on the x axis",
            given=row.size,
            possible=f"at most {places.size}",
        )


def _bands(
    given: Mapping[str, tuple[ArrayLike, ArrayLike]], values: dict[str, Array], places: Array
) -> dict[str, tuple[Array, Array]]:
    bands = {}
    for name, pair in given.items():
        if name not in values:
            raise OptionError(
                "a band belongs to no series", given=name, possible=[*map(repr, values)]
            )
        if len(pair) != 2:
            raise OptionError(f"the band of {name} is no pair", possible="(low, high)")
        low, high = (_row(f"the band of {name}", edge) for edge in pair)
        for edge in (low, high):
            _fits(f"the band of {name}", edge, places)
        bands[name] = (low, high)
    return bands


def _words(what: str, pairs: Sequence[tuple[float, str]]) -> tuple[tuple[float, str], ...]:
    try:
        return tuple((float(place), str(text)) for place, text in pairs)
    except (TypeError, ValueError):
        raise OptionError(
            f"{what} cannot be read", given=pairs, possible='pairs such as (18, "LoRA")'
        ) from None


def _range(what: str, pair: Range | None, log: bool) -> Range | None:
    if pair is None:
        return None
    try:
        low, high = map(float, pair)
    except (TypeError, ValueError):
        low = high = np.nan
    if not (np.isfinite([low, high]).all() and low < high and (low > 0 or not log)):
        positive = ", both positive" if log else ""
        raise OptionError(
            f"{what} is no range", given=pair, possible=f"(low, high) with low below high{positive}"
        )
    return low, high
