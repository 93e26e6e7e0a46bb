"""Figures and cells in Markdown: an extension for Python-Markdown, MkDocs and Zensical."""

from __future__ import annotations

from typing import Any

from mmbook.markdown.extension import MmbookExtension

__all__ = ["MmbookExtension", "makeExtension"]


def makeExtension(**kwargs: Any) -> MmbookExtension:  # noqa: N802 - Python-Markdown's name
    """Return the extension, as Python-Markdown asks for it."""
    return MmbookExtension(**kwargs)
