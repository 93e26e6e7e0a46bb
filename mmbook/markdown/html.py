"""The HTML that fences become; the templates lie beside this module."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mmbook.errors import FenceError
    from mmbook.markdown.chart import ChartSpec
    from mmbook.markdown.fence import Fence, Kind
    from mmbook.markdown.page import CellSpec
    from mmbook.markdown.spec import FigureSpec


def figure_html(spec: FigureSpec, scenes: Sequence[str], descriptions: Sequence[str]) -> str:
    """Return a figure; ``scenes`` are the addresses of its stages, then their texts alternative."""
    names = [stage.name for stage in spec.stages]
    stages = [{"name": name, "scene": scene} for name, scene in zip(names, scenes, strict=False)]
    spoken = (
        [f"{name}: {text}" for name, text in zip(names, descriptions, strict=True)]
        if names
        else descriptions
    )
    return _render(
        "figure",
        id=spec.id,
        scene=scenes[0],
        stages=json.dumps(stages, ensure_ascii=False) if stages else "",
        height=spec.height,
        caption=spec.caption,
        controls=spec.controls,
        description=" ".join(spoken),
    )


def cell_html(spec: CellSpec) -> str:
    """Return a cell with its code highlighted, legible before any script has loaded."""
    # Pygments escapes the code; the viewer takes the text of <code> for the published source.
    spans = highlight(spec.code, PythonLexer(stripnl=False), HtmlFormatter(nowrap=True))
    return _render(
        "cell",
        id=spec.id,
        figure=spec.figure,
        session=spec.session,
        readonly=spec.readonly,
        hidden=spec.hidden,
        height=spec.height,
        controls=[control.label for control in spec.controls],
        code=Markup(spans.rstrip("\n")),
    )


_FAILED: dict[Kind, str] = {
    "mm": "This figure cannot be drawn",
    "mm-chart": "This chart cannot be drawn",
    "mm-python": "This figure cannot be drawn",
    "mm-cell": "This cell cannot be shown",
    "mm-reference": "This part of the reference cannot be written",
}


def chart_html(spec: ChartSpec) -> str:
    """Return a chart, drawn."""
    return _render("chart", id=spec.id, drawing=Markup(spec.chart.html()), caption=spec.caption)


def error_html(fence: Fence, error: FenceError) -> str:
    """Return the box that stands in the page while an author mends a fence."""
    what = _FAILED[fence.kind]
    return _render("error", what=what, message=error.summary, source=fence.body)


def _render(template: str, **values: object) -> str:
    text = _environment().get_template(f"{template}.html").render(values)
    return text.strip()


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("mmbook.markdown"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
