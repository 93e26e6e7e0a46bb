"""Reads the controls that a cell's code asks for: ``rank = 4  # slider: 1 to 16 step 1``.

The page reads the same lines again (``viewer/src/cell/controls/parse.ts``), because readers change
them. Here an author learns of a mistake, and the page's place for the controls is marked.
"""

from __future__ import annotations

import io
import math
import re
import tokenize
from dataclasses import dataclass, replace

from mmbook.errors import OptionError
from mmbook.markdown.spec import InFence

_NUMBER = r"[+-]?(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?"
_TEXT = r""""[^"\\\n]*"|'[^'\\\n]*'"""
_LABEL = r"(?:\s+[-–—]\s+(?P<label>\S.*))?$"
_ASSIGNED = re.compile(r"\s*(?P<name>[^\W\d]\w*)\s*=\s*(?P<literal>[^=\s].*?)\s*$")
_SLIDER = re.compile(
    rf"(?P<low>{_NUMBER})\s+to\s+(?P<high>{_NUMBER})"
    rf"(?:\s+step\s+(?P<step>{_NUMBER}))?(?P<log>\s+log)?{_LABEL}"
)
_CHOICE = re.compile(
    rf"(?P<choices>(?:{_NUMBER}|{_TEXT})(?:\s*,\s*(?:{_NUMBER}|{_TEXT}))+){_LABEL}"
)
_SHAPES = {"slider": _SLIDER, "choice": _CHOICE, "switch": re.compile(_LABEL)}
_WRITTEN = {
    "slider": "“slider: 1 to 16”, “… step 2” or “… log”",
    "choice": '“choice: "a", "b"”',
    "switch": "“switch”",
}
_KIND = re.compile(
    r"(?:(?P<kind>slider|choice)\s*:\s*|(?P<word>switch)(?=$|\s+[-–—]\s)|slider\b)(?P<rest>.*)$"
)


@dataclass(frozen=True)
class Control:
    """A slider, a choice or a switch for the value of one line, counted from 1.

    ``label`` names it; ``literal`` is the value as written. ``step`` is ``None`` on a log slider;
    ``whole`` sliders write numbers without a point.
    """

    kind: str
    line: int
    name: str
    label: str
    literal: str
    low: float = 0.0
    high: float = 0.0
    step: float | None = None
    whole: bool = False
    choices: tuple[str, ...] = ()


def controls(code: str) -> list[Control]:
    """Return the controls of a cell's code; ``InFence`` names the line of one that is malformed."""
    found = []
    for token in tokenize.generate_tokens(io.StringIO(f"{code}\n").readline):
        if token.type != tokenize.COMMENT:
            continue
        asked = _KIND.match(token.string[1:].strip())
        if asked is None:
            continue
        line, column = token.start
        kind = asked["kind"] or asked["word"] or ""
        try:
            found.append(_control(kind, asked["rest"], token.line[:column], line))
        except OptionError as error:
            raise InFence(error, line) from None
    return found


def _control(kind: str, rest: str, code: str, line: int) -> Control:
    if not kind:
        raise OptionError("a slider is written “slider: 1 to 16”", given=rest.strip())
    assigned = _ASSIGNED.match(code)
    if assigned is None:
        raise OptionError(f"a {kind} stands behind “name = value”", given=code.strip())
    literal = assigned["literal"]
    made = Control(kind, line, assigned["name"], assigned["name"].replace("_", " "), literal)
    shape = _SHAPES[kind].match(rest)
    if shape is None:
        raise OptionError(f"a {kind} is written {_WRITTEN[kind]}", given=rest)
    if shape["label"]:
        made = replace(made, label=shape["label"].strip())
    if kind == "slider":
        low, high, step, whole = _range(literal, shape)
        return replace(made, low=low, high=high, step=step, whole=whole)
    if kind == "choice":
        if not re.fullmatch(f"{_NUMBER}|{_TEXT}", literal):
            problem = "a choice needs a plain number or text as its value"
            raise OptionError(problem, given=literal)
        return replace(made, choices=tuple(re.findall(f"{_NUMBER}|{_TEXT}", shape["choices"])))
    if literal not in ("True", "False"):
        raise OptionError("a switch needs True or False as its value", given=literal)
    return made


def _range(literal: str, shape: re.Match[str]) -> tuple[float, float, float | None, bool]:
    if not re.fullmatch(_NUMBER, literal):
        raise OptionError("a slider needs a plain number as its value", given=literal)
    low, high = float(shape["low"]), float(shape["high"])
    if not low < high:
        raise OptionError("a slider runs from a smaller to a larger number", given=shape[0])
    numbers = (shape["low"], shape["high"], shape["step"], literal)
    whole = all(re.fullmatch(r"[+-]?[\d_]+", text) for text in numbers if text)
    if shape["log"]:
        if shape["step"]:
            raise OptionError("a log slider has no step", given=shape[0])
        if low <= 0:
            raise OptionError("a log slider needs numbers above 0", given=shape[0])
        return low, high, None, whole
    step = float(shape["step"]) if shape["step"] else 1.0 if whole else _round((high - low) / 100)
    if not 0 < step <= high - low:
        raise OptionError("the step of a slider must fit its range", given=shape[0])
    return low, high, step, whole


def _round(value: float) -> float:
    """To 1, 2 or 5 times a power of ten."""
    size = 10.0 ** math.floor(math.log10(value) + 1e-9)
    return next(size * n for n in (1, 2, 5, 10) if size * n >= value * (1 - 1e-9))
