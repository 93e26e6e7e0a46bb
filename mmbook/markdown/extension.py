"""The Python-Markdown extension: turns ``mm`` and ``mm-cell`` fences into elements of the page.

It works before SuperFences or Python-Markdown's own fences look at the page, and so needs neither.
Only plain values live in its configuration, because Zensical pickles it.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from markdown import Extension, Markdown
from markdown.preprocessors import Preprocessor

from mmbook.errors import MmError
from mmbook.markdown import html, scenes
from mmbook.markdown.chart import ChartSpec
from mmbook.markdown.fence import Fence, scan
from mmbook.markdown.page import Bad, CellSpec, read_page
from mmbook.markdown.reference import ReferenceSpec
from mmbook.markdown.spec import FigureSpec

# Below MkDocs' logger, which counts warnings and ends a strict build because of them.
log = logging.getLogger("mkdocs.plugins.mmbook")

# After whitespace is normalized (30), before any fence is taken for code (25).
_PRIORITY = 27


class MmbookExtension(Extension):  # type: ignore[misc]
    """Registers the preprocessor; see ``docs/reference/fences.md`` for what authors write."""

    def __init__(self, **kwargs: Any) -> None:
        self.config = {
            "docs": ["", "Folder of the pages; the engine's own docs_dir if empty."],
            "on_error": ["raise", "raise: a bad fence ends the build; show: a box in the page."],
        }
        super().__init__(**kwargs)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the base class's name
        """Add the preprocessor; a cell is a block of its own, not part of a paragraph."""
        md.block_level_elements.append("mm-cell")
        md.preprocessors.register(_Fences(md, self.getConfigs()), "mmbook", _PRIORITY)


class _Fences(Preprocessor):  # type: ignore[misc]
    def __init__(self, md: Markdown, config: dict[str, Any]) -> None:
        super().__init__(md)
        self.config = config

    def run(self, lines: list[str]) -> list[str]:
        docs, source = _place(self.md)
        docs = Path(self.config["docs"]) if self.config["docs"] else docs or Path("docs")
        out: list[str] = []
        position = 0
        for item in read_page(lines):
            fence = item.fence
            out += lines[position : fence.line - 1]
            if isinstance(item, ReferenceSpec):
                text = item.lines
            else:
                text = (self.md.htmlStash.store(self.element(item, docs, source)),)
            out += [(fence.prefix + line).rstrip() for line in ("", *text, "")]
            position = fence.end
        return out + lines[position:]

    def element(
        self, item: FigureSpec | CellSpec | ChartSpec | Bad, docs: Path, source: Path | None
    ) -> str:
        if isinstance(item, CellSpec):
            return html.cell_html(item)
        if isinstance(item, ChartSpec):
            return html.chart_html(item)
        if isinstance(item, FigureSpec):
            try:
                addresses = [scenes.publish(figure, docs) for figure in item.figures]
                words = [scenes.description(address, docs) for address in addresses]
                return html.figure_html(item, addresses, words)
            except MmError as why:
                item = Bad(item.fence, why)
        error = item.error(*_origin(item.fence, docs, source))
        if self.config["on_error"] == "raise":
            raise error
        log.warning(error.summary)
        return html.error_html(item.fence, error)


def _origin(fence: Fence, docs: Path, source: Path | None) -> tuple[str, int]:
    """Return file and line of a fence in the author's files.

    What the extension is given lacks the front matter and may hold included text, so the fence is
    looked for: in the page's own file first, then in the others.
    """
    own = [source] if source and source.is_file() else []
    for path in own + sorted(docs.rglob("*.md")):
        for there in scan(path.read_text(encoding="utf-8", errors="replace")):
            if (there.kind, there.info, there.body) == (fence.kind, fence.info, fence.body):
                return str(_relative(path)), there.line
    return str(_relative(source)) if source else "page", fence.line


def _relative(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def _place(md: Markdown) -> tuple[Path | None, Path | None]:
    """Return the docs folder and the page's file, as far as the engine tells."""
    processor: Any
    for processor in md.treeprocessors:  # MkDocs
        path = getattr(getattr(processor, "file", None), "abs_src_path", None)
        if path and hasattr(processor, "config"):
            return Path(processor.config.docs_dir), Path(path)
    for processor in md.preprocessors:  # Zensical
        path = getattr(getattr(processor, "page", None), "path", None)
        config = getattr(processor, "config", None)
        if path and isinstance(config, dict) and "docs_dir" in config:
            return Path(config["docs_dir"]), Path(config["docs_dir"], path)
    return None, None
