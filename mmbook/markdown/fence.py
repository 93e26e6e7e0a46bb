"""Finds ``mm`` and ``mm-…`` fences in the text of a page.

One scanner serves the build's first pass and the extension, so that both see the same fences. It
follows fences of every other kind as well, because an example inside a longer fence is only text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias, cast

if TYPE_CHECKING:
    from collections.abc import Sequence

Kind: TypeAlias = Literal["mm", "mm-cell", "mm-chart", "mm-python", "mm-reference"]

_OPENING = re.compile(r"(?P<prefix>[ >]*)(?P<ticks>`{3,}|~{3,}) *(?P<info>.*?) *$")
_KIND = re.compile(r"(mm|mm-cell|mm-chart|mm-python|mm-reference)(?=\s|$)")
# A line that what follows, indented by four spaces, may belong to: a list item, an admonition, a
# tab, a block, a footnote, a definition.
_CONTAINER = re.compile(r"\s*([-*+]\s|\d+[.)]\s|!!!|\?\?\?|===|///|\[\^[^\]]+\]:|:\s)")
_CODE_INDENT = 4


@dataclass(frozen=True)
class Fence:
    """One fence as it stands in the page.

    ``line`` and ``end`` are its first and last line, counted from 1; ``prefix`` is what indents or
    quotes it. A fence that is never ``closed`` has no body and ends where it opens.
    """

    kind: Kind
    info: str
    body: str
    line: int
    end: int
    prefix: str
    closed: bool = True


def scan(text: str | Sequence[str]) -> list[Fence]:
    """Return the page's fences in order."""
    lines = text.splitlines() if isinstance(text, str) else text
    lines = [line.expandtabs(4) for line in lines]
    fences = []
    index = 0
    while index < len(lines):
        opening = _opening(lines, index)
        if opening is None:
            index += 1
            continue
        prefix, kind = opening["prefix"], _KIND.match(opening["info"])
        end = _closing(lines, index, prefix, opening["ticks"])
        last = index if end is None else end
        if kind:
            body = [_dedented(line, prefix) for line in lines[index + 1 : last]]
            fences.append(
                Fence(
                    kind=cast("Kind", kind[1]),
                    info=opening["info"][kind.end() :].strip(),
                    body="\n".join(body),
                    line=index + 1,
                    end=last + 1,
                    prefix=prefix,
                    closed=end is not None,
                )
            )
        index = last + 1
    return fences


def _opening(lines: list[str], index: int) -> re.Match[str] | None:
    opening = _OPENING.match(lines[index])
    if opening is None or (opening["ticks"][0] == "`" and "`" in opening["info"]):
        return None
    return None if _is_indented_code(lines, index, opening["prefix"]) else opening


def _closing(lines: list[str], start: int, prefix: str, ticks: str) -> int | None:
    closing = re.compile(rf"{re.escape(ticks[0])}{{{len(ticks)},}}\s*$")
    for index in range(start + 1, len(lines)):
        line = lines[index]
        if line.startswith(prefix):
            if closing.match(line[len(prefix) :]):
                return index
        elif line.strip(" >") or line.count(">") != prefix.count(">") * bool(line.strip()):
            return None  # the container ended before the fence did
    return None


def _dedented(line: str, prefix: str) -> str:
    return line[len(prefix) :] if line.startswith(prefix) else ""


def _is_indented_code(lines: list[str], index: int, prefix: str) -> bool:
    """Whether the indentation makes the line code rather than part of a list, a tab and so on."""
    indent = len(prefix)
    if indent < _CODE_INDENT or ">" in prefix:
        return False
    for line in reversed(lines[:index]):
        here = len(line) - len(line.lstrip())
        if line.strip() and here < indent:
            if _CONTAINER.match(line):
                return False
            indent = here
            if indent == 0:
                return True
    return True
