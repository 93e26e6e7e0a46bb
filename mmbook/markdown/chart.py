"""From an ``mm-chart`` fence to its chart: lines ``name: values``, most of them from a pack."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from mmbook import packs
from mmbook.chart import KINDS, Chart, chart
from mmbook.errors import MmError, OptionError, PackError
from mmbook.markdown import info
from mmbook.markdown.spec import InFence, suggest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mmbook.markdown.fence import Fence

Array = NDArray[np.float64]

OPTIONS = (
    *("id", "caption", "title", "x_label", "y_label", "kind"),
    *("log_x", "log_y", "x_range", "y_range"),
)
_TEXTS = ("title", "x_label", "y_label", "kind")
_LINE = re.compile(r"\s*(?P<name>[^:]+?)\s*:\s*(?P<value>.*?)\s*$")
_PART = re.compile(r"(?P<entry>.+?)\[\s*(?P<columns>:\s*,)?\s*(?P<index>-?\d+)\s*\]$")
_VALUES = "an entry of the pack, entry[row], entry[:, column], or numbers in brackets"


@dataclass(frozen=True)
class ChartSpec:
    """A chart of a page once read."""

    fence: Fence
    id: str
    chart: Chart
    caption: str


def chart_spec(fence: Fence, name: str, options: dict[str, str]) -> ChartSpec:
    """Return the chart of a fence; ``InFence`` tells the line of what is wrong."""
    keywords = _options(options)
    body = _Body()
    for number, line in enumerate(fence.body.split("\n"), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        try:
            body.take(line)
        except MmError as error:
            raise InFence(error, number) from error
    if not body.series:
        raise OptionError("the chart has no series", possible=f"lines “name: …”: {_VALUES}")
    made = chart(
        body.series, x=body.x, band=body.bands, marks=body.marks, levels=body.levels, **keywords
    )
    return ChartSpec(fence, name, made, options.get("caption", ""))


@dataclass
class _Body:
    pack: str = ""
    x: Array | None = None
    series: dict[str, Array] = field(default_factory=dict)
    bands: dict[str, tuple[Array, Array]] = field(default_factory=dict)
    marks: list[tuple[float, str]] = field(default_factory=list)
    levels: list[tuple[float, str]] = field(default_factory=list)

    def take(self, line: str) -> None:
        parts = _LINE.match(line)
        if parts is None:
            raise OptionError("this line has no colon", given=line, possible="name: values")
        name, value = parts["name"], parts["value"]
        if name == "pack":
            packs.load(value)  # a pack that is not there is an error of this line
            self.pack = value
        elif name == "x":
            self.x = self.values(value)
        elif name in ("mark", "level"):
            (self.marks if name == "mark" else self.levels).append(_place(value))
        elif name in self.series:
            raise OptionError("the chart has another series of this name", given=name)
        else:
            curve, _, rest = value.partition(";")
            self.series[name] = self.values(curve.strip())
            if rest:
                self.bands[name] = self.band(rest)

    def band(self, text: str) -> tuple[Array, Array]:
        word, _, edges = text.partition("=")
        low, comma, high = edges.partition(",")
        if word.strip() != "band" or not comma:
            raise OptionError("this is no band", given=text.strip(), possible="band=low, high")
        return self.values(low.strip()), self.values(high.strip())

    def values(self, text: str) -> Array:
        if text.startswith("["):
            try:
                return np.asarray(ast.literal_eval(text), dtype=np.float64)
            except (ValueError, SyntaxError, TypeError):
                raise OptionError("these are no numbers", given=text, possible=_VALUES) from None
        if not self.pack:
            raise OptionError(
                "there is no pack yet",
                given=text,
                remedy="Begin with a line such as pack: lora/curves",
            )
        return _entry(self.pack, packs.load(self.pack), text)


def _entry(pack: str, arrays: Mapping[str, Any], text: str) -> Array:
    part = None if text in arrays else _PART.match(text)
    name = part["entry"] if part else text
    if name not in arrays:
        raise PackError(f"pack {pack} has no such entry", given=name, possible=sorted(arrays))
    matrix = np.asarray(arrays[name], dtype=np.float64)
    if part is None:
        return matrix
    rows = matrix.T if part["columns"] else matrix
    index = int(part["index"])
    if not -len(rows) <= index < len(rows):
        raise OptionError(
            f"{name} has no such {'column' if part['columns'] else 'row'}",
            given=index,
            possible=f"0 to {len(rows) - 1}",
        )
    row: Array = rows[index]
    return row


def _place(text: str) -> tuple[float, str]:
    number, comma, words = text.partition(",")
    try:
        return float(number), words.strip() if comma else number.strip()
    except ValueError:
        raise OptionError("this is no place", given=text, possible="a number, then words") from None


def _options(options: dict[str, str]) -> dict[str, Any]:
    keywords: dict[str, Any] = {}
    for name, text in options.items():
        if name not in OPTIONS:
            raise OptionError(
                "a chart has no such option",
                given=name,
                possible=OPTIONS,
                remedy=suggest(name, OPTIONS),
            )
        if name in _TEXTS:
            keywords[name] = text
        elif name in ("log_x", "log_y"):
            keywords[name] = info.flag(name, text)
        elif name in ("x_range", "y_range"):
            keywords[name] = _range(name, text)
    if keywords.get("kind", "line") not in KINDS:
        raise OptionError("there is no such kind of chart", given=keywords["kind"], possible=KINDS)
    return keywords


def _range(name: str, text: str) -> tuple[float, float]:
    try:
        low, high = map(float, text.split(","))
    except ValueError:
        raise OptionError(f"{name} is no range", given=text, possible="low,high") from None
    return low, high
