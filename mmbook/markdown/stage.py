"""Stages: several figures in one fence, between which the page moves.

A line ``--- name`` begins a stage. A stage takes from the ones before it the values and functions
of the matrices that it has too and, where it has no expression, theirs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mmbook.errors import OptionError
from mmbook.markdown import body

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mmbook.figure import Figure
    from mmbook.markdown.body import Body

_BEGINNING = re.compile(r"\s*---\s*(?P<name>.*?)\s*")
MAX_STAGES = 8


@dataclass(frozen=True)
class Stage:
    """One state of a figure, by the name that the reader chooses."""

    name: str
    figure: Figure


def read(text: str) -> list[tuple[str, Body]]:
    """Return the stages of a fence's body by name; a body without any is one without a name."""
    lines = text.split("\n")
    begins = [n for n, line in enumerate(lines) if _BEGINNING.fullmatch(line)]
    if not begins:
        return [("", body.read(text))]
    names = [lines[n].strip().removeprefix("---").strip() for n in begins]
    check(names)
    if any(line.strip() and not line.lstrip().startswith("#") for line in lines[: begins[0]]):
        remedy = "Begin the fence with --- and the name of the first one"
        raise OptionError("what stands before the first stage is in none", remedy=remedy)
    stages: list[Body] = []
    for start, end in zip(begins, [*begins[1:], len(lines)], strict=True):
        # Empty lines in front, so that everything keeps its line in the fence.
        own = body.read("\n" * (start + 1) + "\n".join(lines[start + 1 : end]))
        stages.append(_after(stages[-1], own) if stages else own)
    return list(zip(names, stages, strict=True))


def check(names: Iterable[str]) -> None:
    """Check the names of the stages of one figure.

    Raises
    ------
    OptionError

    """
    known = list(names)
    if not 2 <= len(known) <= MAX_STAGES:
        raise OptionError(
            "stages are what a reader chooses between",
            given=len(known),
            possible=f"2 to {MAX_STAGES}",
        )
    for name in known:
        if not name:
            raise OptionError("a stage has a name", possible="--- name")
        if known.count(name) > 1:
            raise OptionError("two stages have one name", given=name)


def _after(before: Body, own: Body) -> Body:
    """Return a stage with what it takes from the one before."""
    given = {setting.name for setting in own.settings}
    taken = [replace(setting, taken=True) for setting in before.settings]
    settings = [setting for setting in taken if setting.name not in given]
    merged = replace(
        own,
        uses=(*(replace(use, taken=True) for use in before.uses), *own.uses),
        settings=(*settings, *own.settings),
        levels=(*(replace(line, taken=True) for line in before.levels), *own.levels),
    )
    if own.expr:
        return merged
    return replace(merged, expr=before.expr, expr_lines=before.expr_lines)
