"""Pages of the book as tests read them: their fences, their prose, the numbers in it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from mmbook.markdown.fence import scan
from mmbook.markdown.page import CellSpec, Item, read_page
from mmbook.markdown.spec import FigureSpec
from mmbook.session import Outcome, Session

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
HEAD = "chapters/attention-head.md"
CHAPTERS = tuple(
    sorted(path.relative_to(DOCS).as_posix() for path in DOCS.glob("chapters/**/*.md"))
)
PAGES = ("index.md", *CHAPTERS, "about.md")


def source(page: str) -> str:
    return (DOCS / page).read_text(encoding="utf-8")


@cache
def items(page: str) -> list[Item]:
    return read_page(source(page))


def cells(page: str) -> list[CellSpec]:
    return [item for item in items(page) if isinstance(item, CellSpec)]


def figures(page: str) -> list[FigureSpec]:
    return [item for item in items(page) if isinstance(item, FigureSpec)]


def prose(page: str) -> str:
    """Return the page as a reader reads it: no front matter, fences, code, markup or sources."""
    lines = source(page).splitlines()
    for fence in scan(lines):
        lines[fence.line - 1 : fence.end] = [""] * (fence.end - fence.line + 1)
    text = re.sub(r"\A---\n.*?\n---\n", "", "\n".join(lines), flags=re.DOTALL)
    text = re.sub(r"^\[\^\w+\]:.*$", "", text, flags=re.MULTILINE)
    text = re.sub(r"\[\^\w+\]|`[^`\n]*`|<[^>\n]*>|\]\([^)\n]*\)", "", text)
    return re.sub(r"^\?\?\?.*$", "", text, flags=re.MULTILINE)


def sections(page: str) -> dict[str, str]:
    """Return the prose under each heading."""
    parts = re.split(r"^#+ +(.+)$", prose(page), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


NUMBER = re.compile(r"(?<![\w.])[-−]?\d[\d,]*(?:\.\d+)?%?(?!\w)")


def numbers(text: str) -> list[str]:
    """Return the numbers of a text in order; those in names and in lists' bullets are none."""
    text = re.sub(r"GPT-2|Apache 2\.0|License 2\.0|^ *(?:\*\*)?\d+\.", "", text, flags=re.MULTILINE)
    return [number.rstrip(",") for number in NUMBER.findall(text)]


def run(code: list[CellSpec]) -> list[tuple[Outcome, str]]:
    printed: list[str] = []
    session = Session(lambda _stream, text: printed.append(text))
    outcomes = []
    for cell in code:
        printed.clear()
        outcomes.append((session.run(cell.code, cell.id), "".join(printed)))
    return outcomes


def sentences(page: str) -> list[str]:
    text = re.sub(r"^(#|\|).*$", "", prose(page), flags=re.MULTILINE)
    text = re.sub(r"^ *(?:[-*]|\d+\.|\*\*\d+\.\*\*) +", "", text, flags=re.MULTILINE)
    blocks = (" ".join(block.split()) for block in re.split(r"\n\s*\n", text))
    return [s for block in blocks for s in re.split(r"(?<=[.?!:;])[*”]* +(?=[\w“*\[])", block) if s]
