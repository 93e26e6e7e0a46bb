"""The page that shows one figure and nothing else, and the names by which it is asked for one.

A page of another site frames ``/embed/?figure=chapters/attention-head/head``. The page is the same
for every book, so it is no page of Markdown: it is written into the built site.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from mmbook.site import files

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path, PurePosixPath

    from mmbook.site.project import Project

NAMES = "figures.json"
_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Matrix multiplication</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<link rel="stylesheet" href="../assets/fonts/fonts.css">
<style>
html, body { height: 100%; margin: 0; }
body { display: flex; flex-direction: column; --mm-height: 100%;
  --mm-font: "Source Sans 3 Variable", system-ui, sans-serif;
  --mm-mono: "Source Code Pro Variable", ui-monospace, monospace; }
.mm-page-notice { margin: 0; }
mm-framed { display: block; flex: 1; min-height: 0; overflow: hidden; }
mm-figure { max-height: none; min-height: 0; border-radius: 0; }
noscript { padding: 1rem; font: 1rem/1.4 system-ui, sans-serif; }
</style>
<script type="module" src="../assets/mm/mm.js"></script>
</head>
<body>
<noscript>This figure is drawn by a script, and scripts are switched off here.</noscript>
<mm-framed></mm-framed>
</body>
</html>
"""


def name_of(page: PurePosixPath, figure: str) -> str:
    """Return the name of a figure: its page's address below the root of the site, and its id.

    >>> from pathlib import PurePosixPath
    >>> name_of(PurePosixPath("chapters/attention-head.md"), "head")
    'chapters/attention-head/head'
    >>> name_of(PurePosixPath("index.md"), "hero")
    'hero'
    """
    folder = page.parent if page.stem in ("index", "README") else page.with_suffix("")
    return (folder / figure).as_posix()


def write_names(project: Project, scenes: Mapping[str, str]) -> None:
    """Publish which scene each figure of the book is, by its name."""
    text = json.dumps(scenes, ensure_ascii=False, indent=1, sort_keys=True)
    files.write(project.assets / NAMES, f"{text}\n".encode())


def write_page(site: Path) -> None:
    """Put the page into a built site."""
    files.write(site / "embed" / "index.html", _PAGE.encode())
