"""The keys and gestures of a figure: one table for the viewer, its help panel and the pages."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files

__all__ = ["Row", "Section", "sections"]


@dataclass(frozen=True)
class Row:
    """One line of the table: what the reader presses, and what it does."""

    press: str
    does: str


@dataclass(frozen=True)
class Section:
    """Lines that belong together, under their title."""

    title: str
    rows: tuple[Row, ...]

    def markdown(self) -> str:
        """The lines as a Markdown table of two columns."""
        lines = [f"| {row.press} | {row.does} |" for row in self.rows]
        return "\n".join([f"| {self.title} | what it does |", "| --- | --- |", *lines])


def sections() -> tuple[Section, ...]:
    """Pointer and touch first, then the keys in the order of the help panel.

    Source: `schema/keymap.json`, from which the viewer takes its bindings too.
    """
    table = json.loads((files("mmbook") / "schema" / "keymap.json").read_text(encoding="utf-8"))
    pointer = {"title": "Pointer and touch", "rows": table["pointer"]}
    return tuple(
        Section(group["title"], tuple(Row(row["press"], row["does"]) for row in group["rows"]))
        for group in (pointer, *table["keys"])
    )
