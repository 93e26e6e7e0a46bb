"""Groups of rows and columns that stand out: how they are written, and how they are kept.

A group is a set of areas by matrix. It is written as text, ``"x[0:8], A1, M[:, 3 7 9:12]"``, or as
a mapping such as ``{"x": {"rows": range(8)}, "A1": {}}``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from mmbook.errors import OptionError, hint

if TYPE_CHECKING:
    from mmbook.shapes import Shape

MAX_GROUPS = 6
"""So many colours and lines can be told apart."""

_MEMBER = re.compile(
    r"\s*(?:`(?P<quoted>[^`]+)`|(?P<name>[^\W\d]\w*))\s*(?:\[(?P<index>[^\]]*)\])?\s*(?:,|$)"
)
_STRETCH = re.compile(r"(\d+)(?::(\d+))?")
_SIDES = ("rows", "cols")


def read(highlights: Any) -> dict[str, dict[str, dict[str, list[list[int]]]]]:
    """Return the groups as a figure's JSON has them.

    Raises
    ------
    OptionError

    """
    if not isinstance(highlights, Mapping):
        problem = "highlights map names of groups to what belongs to them"
        raise OptionError(problem, given=type(highlights).__name__, possible="a dict")
    if len(highlights) > MAX_GROUPS:
        problem = "so many groups cannot be told apart"
        raise OptionError(problem, given=len(highlights), possible=f"at most {MAX_GROUPS}")
    return {str(name): _group(str(name), group) for name, group in highlights.items()}


def fitting(highlights: Mapping[str, Any], shapes: Mapping[str, Shape]) -> None:
    """Check that the matrices, their rows and their columns are there.

    Raises
    ------
    OptionError

    """
    for group, members in highlights.items():
        for name, area in members.items():
            where = f"highlights of {group}"
            if name not in shapes:
                problem = f"{name} is no matrix of the expression"
                remedy = hint(name, list(shapes))
                raise OptionError(problem, possible=list(shapes), where=where, remedy=remedy)
            for side, size in zip(_SIDES, shapes[name], strict=True):
                for start, end in area.get(side, ()):
                    if not start < end <= size:
                        problem = f"{name} has no such {side}"
                        given, possible = f"{start}:{end}", f"0:{size}"
                        raise OptionError(problem, given=given, possible=possible, where=where)


def kept(highlights: Mapping[str, Any], shapes: Mapping[str, Shape]) -> dict[str, Any]:
    """Return what of the groups still fits a figure whose matrices are others."""
    groups: dict[str, Any] = {}
    for group, members in highlights.items():
        still = {}
        for name, area in members.items():
            try:
                fitting({group: {name: area}}, shapes)
            except OptionError:
                continue
            still[name] = area
        if still:
            groups[group] = still
    return groups


def spoken(highlights: Mapping[str, Any], called: Mapping[str, str]) -> list[str]:
    """Return a sentence for every group; ``called`` maps names to what readers know them by."""
    sentences = []
    for group, members in highlights.items():
        parts = []
        for name, area in members.items():
            sides = [
                f"{word} {_counted(area[side])}"
                for side, word in zip(_SIDES, ("rows", "columns"), strict=True)
                if side in area
            ]
            what = " and ".join(sides) if sides else "all"
            parts.append(f"{what} of {called[name]}")
        sentences.append(f"Highlighted as {group}: {', '.join(parts)}.")
    return sentences


def _counted(spans: Iterable[Iterable[int]]) -> str:
    return ", ".join(
        str(start) if end == start + 1 else f"{start} to {end - 1}" for start, end in spans
    )


def _group(group: str, members: Any) -> dict[str, dict[str, list[list[int]]]]:
    where = f"highlights of {group}"
    if isinstance(members, str):
        return _written(members, where)
    if not isinstance(members, Mapping) or not members:
        possible = 'a text such as "x[0:8], A1", or a dict of matrices'
        raise OptionError("a group holds matrices", given=members, possible=possible, where=where)
    areas = {}
    for name, area in members.items():
        if not isinstance(area, Mapping) or set(area) - set(_SIDES):
            problem = f"{name} is lit in rows and columns"
            raise OptionError(problem, given=repr(area), possible=_SIDES, where=where)
        areas[str(name)] = {side: _spans(area[side], where) for side in _SIDES if side in area}
    return areas


def _written(text: str, where: str) -> dict[str, dict[str, list[list[int]]]]:
    """Read ``x[0:8], A1, M[:, 3 7 9:12]``."""
    areas = {}
    position = 0
    while position < len(text):
        member = _MEMBER.match(text, position)
        if member is None:
            possible = "names with what is lit of them: x[0:8], A1, M[:, 3 7 9:12]"
            given = text[position:].strip()
            raise OptionError(
                "this names no part of a matrix", given=given, possible=possible, where=where
            )
        sides = (member["index"] or "").split(",")
        if len(sides) > 2:
            raise OptionError("rows and columns, no more", given=member["index"], where=where)
        areas[member["quoted"] or member["name"]] = {
            side: _stretches(part, where)
            for side, part in zip(_SIDES, sides, strict=False)
            if part.strip() not in ("", ":")
        }
        position = member.end()
    return areas


def _stretches(text: str, where: str) -> list[list[int]]:
    spans: list[Any] = []
    for part in text.split():
        stretch = _STRETCH.fullmatch(part)
        if stretch is None:
            possible = "3, 0:8 (from 0 up to 7), several with blanks between them, or : for all"
            raise OptionError("these are no indices", given=part, possible=possible, where=where)
        spans.append([int(stretch[1]), int(stretch[2])] if stretch[2] else int(stretch[1]))
    return _spans(spans, where)


def _spans(indices: Any, where: str) -> list[list[int]]:
    """Return stretches from a first index to the one after the last, in order, none touching.

    ``indices`` are single ones, pairs as they are returned, a range, or a mask of numpy's.
    """
    if isinstance(indices, np.ndarray):
        indices = np.flatnonzero(indices) if indices.dtype == bool else indices
        indices = indices.tolist()
    if not isinstance(indices, range | list | tuple) or not indices:
        possible = "a list of indices or of (from, to), or a range"
        raise OptionError("no indices", given=repr(indices), possible=possible, where=where)
    ends = [_span(one, where) for one in indices]
    spans: list[list[int]] = []
    for start, end in sorted(ends):
        if spans and start <= spans[-1][1]:
            spans[-1][1] = max(spans[-1][1], end)
        else:
            spans.append([start, end])
    return spans


def _span(one: Any, where: str) -> tuple[int, int]:
    pair = tuple(one) if isinstance(one, list | tuple) else (one, one)
    if len(pair) == 2 and all(isinstance(end, int | np.integer) for end in pair):
        start, end = int(pair[0]), int(pair[1]) + (not isinstance(one, list | tuple))
        if 0 <= start < end:
            return start, end
    possible = "an index from 0, or (from, to) with to after from"
    raise OptionError("no index", given=repr(one), possible=possible, where=where)
