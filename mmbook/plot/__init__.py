"""Draws charts as SVG text: the same words for a page that is built and for a reader's cell."""

from mmbook.plot.draw import draw
from mmbook.plot.markup import markup

__all__ = ["draw", "markup"]
