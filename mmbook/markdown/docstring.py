"""Docstrings in numpy's style as Markdown."""

from __future__ import annotations

import inspect
import re

_ROLE = re.compile(r":[a-z]+:`")
_RULE = re.compile(r"-{3,}")


def markdown(text: str | None) -> list[str]:
    """Return the lines of a docstring as Markdown: sections in bold, entries as a list."""
    lines = inspect.cleandoc(text or "").split("\n")
    prose: list[str] = []
    index = 0
    while index < len(lines):
        if index + 1 < len(lines) and _RULE.fullmatch(lines[index + 1]):
            end = _end(lines, index + 2)
            prose += ["", f"**{lines[index]}**", "", *map(_plain, _entries(lines[index + 2 : end]))]
            prose.append("")
            index = end
        elif lines[index].endswith("::"):
            end = _block(lines, index + 1)
            block = inspect.cleandoc("\n".join(["", *lines[index + 1 : end]])).split("\n")
            lead = lines[index].removesuffix(":") if lines[index] != "::" else ""
            prose += [_plain(lead), "", "```python", *block, "```", ""]
            index = end
        else:
            prose.append(_plain(lines[index]))
            index += 1
    return prose


def _plain(line: str) -> str:
    """Return a line of prose with reStructuredText's code and roles as Markdown's code."""
    return _ROLE.sub("`", line.replace("``", "`"))


def _end(lines: list[str], start: int) -> int:
    """Return where a section ends: before the next heading, or with the text."""
    for index in range(start, len(lines) - 1):
        if _RULE.fullmatch(lines[index + 1]):
            return index
    return len(lines)


def _block(lines: list[str], start: int) -> int:
    """Return where the indented block ends that begins at ``start``."""
    index = start
    while index < len(lines) and (not lines[index].strip() or lines[index].startswith(" ")):
        index += 1
    return index


def _entries(lines: list[str]) -> list[str]:
    """Return the entries of a section as a list; a name by itself is one too."""
    entries: list[str] = []
    for line in lines:
        if not line.strip():
            continue
        if line.startswith(" "):
            text = line.strip()
            joint = " " if entries[-1].endswith((":", ".")) or ": " in entries[-1] else ": "
            entries[-1] += f"{joint}{text}"
        else:
            names = re.split(r",\s*", line.strip())
            entries.append("- " + ", ".join(f"`{name}`" for name in names))
    return entries
