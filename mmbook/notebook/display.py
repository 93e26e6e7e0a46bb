"""What a notebook shows when a figure is a cell's last value."""

from __future__ import annotations

import html
import importlib.util
from typing import TYPE_CHECKING, Any

from mmbook.errors import MmError

if TYPE_CHECKING:
    from mmbook.figure import Figure
    from mmbook.notebook.widget import FigureWidget

_WIDGET = "application/vnd.jupyter.widget-view+json"


def widget(figure: Figure, **options: Any) -> FigureWidget:
    """Return the figure as a widget.

    Raises
    ------
    MmError
        anywidget is not installed.

    """
    if importlib.util.find_spec("anywidget") is None:
        raise MmError(
            "a widget needs the package anywidget",
            remedy='Install it with pip install "mmbook[notebook]".',
        )
    from mmbook.notebook.widget import FigureWidget

    return FigureWidget(figure, **options)


def bundle(figure: Figure) -> dict[str, Any]:
    """Return the figure by media type: a widget where there can be one, else HTML, always text."""
    text = {"text/plain": repr(figure)}
    if importlib.util.find_spec("anywidget") is None:
        from mmbook.notebook.page import render

        return {**text, "text/html": render(figure)}
    shown = widget(figure)._repr_mimebundle_()
    data = shown[0] if isinstance(shown, tuple) else shown or {}
    if _WIDGET not in data:
        return text
    # Whoever shows no widgets, such as a page made from the notebook, has it in words.
    words = html.escape(figure.alt or figure.scene().description)
    return {**text, "text/html": f"<p>{words}</p>", _WIDGET: data[_WIDGET]}
