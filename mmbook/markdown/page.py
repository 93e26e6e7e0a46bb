"""Reads all fences of one page together: ids, the figure each cell belongs to, what is wrong."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mmbook.errors import FenceError, MmError, OptionError
from mmbook.markdown import info
from mmbook.markdown.cell_controls import Control, controls
from mmbook.markdown.chart import ChartSpec, chart_spec
from mmbook.markdown.fence import Fence, scan
from mmbook.markdown.python import python_spec
from mmbook.markdown.reference import ReferenceSpec, reference_spec
from mmbook.markdown.spec import FigureSpec, InFence, figure_spec, suggest

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class CellSpec:
    """An ``mm-cell`` fence once read."""

    fence: Fence
    id: str
    code: str
    figure: str
    session: str
    readonly: bool
    hidden: bool
    height: int | None
    controls: tuple[Control, ...] = ()


@dataclass(frozen=True)
class Bad:
    """A fence that cannot be shown, why, and how many lines and columns into the fence."""

    fence: Fence
    why: MmError
    offset: int = 0
    column: int | None = None

    def error(self, file: str, line: int) -> FenceError:
        """Return the error with its place in the author's file; ``line`` opens the fence."""
        place = [file, line + self.offset, *([self.column] if self.column else [])]
        subject = f"{self.why.where}: " if self.why.where else ""
        error = FenceError(
            f"{subject}{self.why.problem}",
            given=self.why.given,
            possible=self.why.possible,
            remedy=self.why.remedy,
            where=":".join(map(str, place)),
            file=file,
            line=line + self.offset,
        )
        error.__cause__ = self.why
        return error


Item = FigureSpec | CellSpec | ChartSpec | ReferenceSpec | Bad


def read_page(text: str | Sequence[str]) -> list[Item]:
    """Return what each fence of a page asks for, in order; nothing is evaluated yet."""
    reader = _Reader()
    items = [reader.read(fence) for fence in scan(text)]
    return [reader.checked(item) for item in items]


class _Reader:
    def __init__(self) -> None:
        self.taken: set[str] = set()
        self.figures: list[str] = []
        self.cells = 0
        self.charts = 0

    def read(self, fence: Fence) -> Item:
        try:
            if not fence.closed:
                remedy = "Close it with as many backticks, at the same indentation"
                raise MmError(f"this {fence.kind} fence is never closed", remedy=remedy)
            options = info.split(fence.info)
            if fence.kind == "mm-reference":
                return reference_spec(fence, options)
            given = info.identifier("id", options["id"]) if "id" in options else None
            if fence.kind == "mm-chart":
                self.charts += 1
                return chart_spec(fence, self.take(given, f"chart-{self.charts}"), options)
            if fence.kind != "mm-cell":
                name = self.take(given, f"figure-{len(self.figures) + 1}")
                read = figure_spec if fence.kind == "mm" else python_spec
                item = read(fence, name, options)
                if isinstance(item, FigureSpec):
                    self.figures.append(name)
                return item
            self.cells += 1
            return self.cell(fence, self.take(given, f"cell-{self.cells}"), options)
        except InFence as error:
            return Bad(fence, error.why, error.line, error.column)
        except MmError as error:
            return Bad(fence, error)

    def take(self, given: str | None, default: str) -> str:
        name = given or default
        while given is None and name in self.taken:
            name += "-"
        if name in self.taken:
            raise OptionError("the page has another fence of this id", given=name)
        self.taken.add(name)
        return name

    def cell(self, fence: Fence, name: str, options: dict[str, str]) -> CellSpec:
        unknown = [option for option in options if option not in info.CELL_OPTIONS]
        if unknown:
            raise OptionError(
                "a cell has no such option",
                given=unknown[0],
                possible=info.CELL_OPTIONS,
                remedy=suggest(unknown[0], info.CELL_OPTIONS),
            )
        self.parse(fence)
        found = controls(fence.body)
        readonly = "readonly" in options and info.flag("readonly", options["readonly"])
        nearest = self.figures[-1] if self.figures else ""
        return CellSpec(
            fence=fence,
            id=name,
            code=fence.body,
            figure=options.get("figure", nearest),
            session=options.get("session", ""),
            readonly=readonly,
            hidden="hidden" in options and info.flag("hidden", options["hidden"]),
            height=info.height(options["height"]) if "height" in options else None,
            controls=() if readonly else tuple(found),
        )

    def parse(self, fence: Fence) -> None:
        """A reader can mend a cell, but should not have to: its syntax is checked here."""
        try:
            compile(fence.body, "cell", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
        except (SyntaxError, ValueError) as error:
            line = getattr(error, "lineno", None) or 0
            problem = f"the cell is no Python: {getattr(error, 'msg', error)}"
            given = (getattr(error, "text", None) or "").strip() or None
            raise InFence(OptionError(problem, given=given), line) from None

    def checked(self, item: Item) -> Item:
        if not isinstance(item, CellSpec) or not item.figure or item.figure in self.figures:
            return item
        error = OptionError(
            "the page has no figure of this id",
            given=item.figure,
            possible=self.figures or "the page has no figures",
        )
        return Bad(item.fence, error)
