"""Takes the body of an ``mm`` fence apart: the expression, and one setting a line.

A setting is ``use: …``, ``highlight: …``, ``merge: …``, or the name of a matrix, a colon and its
value. Every other line belongs to the expression, which may run over several lines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from mmbook.errors import OptionError

_SETTING = re.compile(r"\s*(?:`(?P<quoted>[^`]+)`|(?P<name>[^\W\d]\w*))\s*:(?P<value>.*)$")
_COMMENT = re.compile(r"\s*#")


@dataclass(frozen=True)
class Setting:
    """``name: value``; ``line`` counts from 1 inside the fence's body.

    One that is ``taken`` from an earlier stage need not concern this one.
    """

    name: str
    value: str
    line: int
    taken: bool = False


@dataclass(frozen=True)
class Body:
    """The expression with the line that each of its lines stands on, and the settings."""

    expr: str
    expr_lines: tuple[int, ...]
    uses: tuple[Setting, ...]
    highlights: tuple[Setting, ...]
    merges: tuple[Setting, ...]
    levels: tuple[Setting, ...]
    settings: tuple[Setting, ...]

    def line_of_column(self, column: int) -> tuple[int, int]:
        """Return line and column in the body of a column of the expression, all from 1."""
        before = self.expr[: column - 1]
        return self.expr_lines[before.count("\n")], column - 1 - before.rfind("\n")


def read(text: str) -> Body:
    """Return the parts of a fence's body; lines that begin with ``#`` are comments."""
    parts = _Parts()
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip() or _COMMENT.match(line):
            continue
        setting = _SETTING.match(line)
        if setting is None:
            parts.expr.append(line)
            parts.lines.append(number)
            continue
        name, value = setting["quoted"] or setting["name"], setting["value"].strip()
        if setting["name"] in parts.others:
            parts.others[setting["name"]].append(Setting(name, value, number))
            continue
        if any(earlier.name == name for earlier in parts.settings):
            raise OptionError("this matrix is set twice in one fence", given=name)
        parts.settings.append(Setting(name, value, number))
    return Body(
        expr="\n".join(parts.expr),
        expr_lines=tuple(parts.lines) or (1,),
        uses=tuple(parts.others["use"]),
        highlights=tuple(parts.others["highlight"]),
        merges=tuple(parts.others["merge"]),
        levels=tuple(parts.others["levels"]),
        settings=tuple(parts.settings),
    )


@dataclass
class _Parts:
    expr: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    others: dict[str, list[Setting]] = field(
        default_factory=lambda: {"use": [], "highlight": [], "merge": [], "levels": []}
    )
    settings: list[Setting] = field(default_factory=list)
