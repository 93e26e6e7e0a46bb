"""From an ``mm-python`` fence to its figure or chart: Python that runs while the book is built."""

from __future__ import annotations

import ast
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

import mmbook
from mmbook.chart import Chart
from mmbook.errors import MmError, OptionError
from mmbook.figure import Figure
from mmbook.markdown import info
from mmbook.markdown.chart import ChartSpec
from mmbook.markdown.control import controls
from mmbook.markdown.spec import FigureSpec, InFence, suggest
from mmbook.markdown.stage import Stage, check
from mmbook.tracebacks import filename, line_of

if TYPE_CHECKING:
    from mmbook.markdown.fence import Fence

_VALUE = 'mm.figure("A @ B"), mm.chart(…), or figures by the names of stages: {"one": …, "two": …}'
OPTIONS = ("id", "height", "caption", "title", "alt", "settings")
CHART_OPTIONS = ("id", "caption")


def python_spec(fence: Fence, name: str, options: dict[str, str]) -> FigureSpec | ChartSpec:
    """Return the figure or chart that the last line makes; ``InFence`` tells the line at fault."""
    unknown = [option for option in options if option not in OPTIONS]
    if unknown:
        raise OptionError(
            "an mm-python fence has no such option",
            given=unknown[0],
            possible=OPTIONS,
            remedy=suggest(unknown[0], OPTIONS) or "Give options of the figure in the Python.",
        )
    made = _run(fence.body)
    if isinstance(made, Chart):
        beyond = [option for option in options if option not in CHART_OPTIONS]
        if beyond:
            raise OptionError(
                "an mm-python fence that makes a chart has no such option",
                given=beyond[0],
                possible=CHART_OPTIONS,
            )
        return ChartSpec(fence, name, made, options.get("caption", ""))
    title, alt = options.get("title"), options.get("alt")
    stages = [
        Stage(
            stage,
            replace(
                figure,
                title=figure.title if title is None else title,
                alt=figure.alt if alt is None else alt,
            ),
        )
        for stage, figure in made.items()
    ]
    first = stages[0].figure
    return FigureSpec(
        fence=fence,
        id=name,
        figure=first,
        caption=options.get("caption", ""),
        height=info.height(options["height"]) if "height" in options else None,
        controls=controls(options["settings"], first) if "settings" in options else (),
        stages=tuple(stages) if len(stages) > 1 else (),
    )


@cache
def _run(code: str) -> dict[str, Figure] | Chart:
    """Return a chart, or figures by the names of their stages; one without stages has no name.

    A page is read twice, before its figures are made and when it is built; code runs once.
    """
    file = filename("mm-python")
    try:
        tree = ast.parse(code, file)
        last = tree.body.pop() if tree.body else None
        if not isinstance(last, ast.Expr):
            raise OptionError("the last line of an mm-python fence is no value", possible=_VALUE)
        names = {"__name__": "__main__", "mm": mmbook, "np": np}
        exec(compile(tree, file, "exec"), names)
        value = eval(compile(ast.Expression(last.value), file, "eval"), names)
    except Exception as error:
        line = line_of(error, {file}) or 0
        why = error if isinstance(error, MmError) else _other(error)
        raise InFence(why, line) from error
    if isinstance(value, Chart):
        return value
    stages = value if isinstance(value, dict) else {"": value}
    for one in stages.values():
        if not isinstance(one, Figure):
            problem = "the last line of an mm-python fence is neither figure nor chart"
            given = type(one).__name__
            raise InFence(OptionError(problem, given=given, possible=_VALUE), last.lineno)
    if isinstance(value, dict):
        check(stages)
    return stages


def _other(error: Exception) -> MmError:
    return MmError(f"the fence's Python failed: {type(error).__name__}: {error}")
