"""Runs the cells of a page: their names live on from one cell to the next."""

from __future__ import annotations

import ast
import builtins
import contextlib
import io
import linecache
import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TextIO, cast

import numpy as np
from numpy.typing import NDArray

import mmbook
from mmbook.chart import Chart
from mmbook.errors import MmError
from mmbook.figure import Figure
from mmbook.frame import Frame, showing
from mmbook.printed import Printed
from mmbook.tracebacks import describe, filename, line_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import CodeType

MOST_OF_A_VALUE = 20_000
"""Characters of a value's ``repr`` that are shown."""


@dataclass(frozen=True)
class Outcome:
    """What running a cell came to.

    Attributes
    ----------
    scene
        JSON of the scene if the cell's value is a figure, else ``None``.
    arrays
        Float32 values of that scene, by matrix name.
    charts
        Markup of the chart if the cell's value is one.
    text
        ``repr`` of any other value; ``None`` where there is none.
    error
        The traceback; ``None`` if the cell ran to its end.
    line
        Line of the cell, counted from 1, at which the error arose, where that is known.

    """

    scene: str | None = None
    arrays: dict[str, NDArray[np.float32]] = field(default_factory=dict)
    charts: tuple[str, ...] = ()
    text: str | None = None
    error: str | None = None
    line: int | None = None


Show = Callable[[str, str | None, dict[str, NDArray[np.float32]], tuple[str, ...]], None]


class Session:
    """Cells that share their names, as if they were one program.

    ``mm`` (this package) and ``np`` (numpy) are there from the start, so that every cell also runs
    alone; importing them again is welcome.

    Parameters
    ----------
    write
        Receives the stream (``stdout``, ``stderr`` or ``note``) and the text that code prints.
    show
        Receives what ``mm.show`` is given, at once: the label, the scene as an outcome has it, its
        arrays, and the charts.

    """

    def __init__(self, write: Callable[[str, str], None], show: Show | None = None) -> None:
        self._write = write
        self._show = show
        self._files: set[str] = set()
        self.names: dict[str, Any] = {
            "__name__": "__main__",
            "__builtins__": builtins,
            "mm": mmbook,
            "np": np,
        }

    def run(self, code: str, cell: str) -> Outcome:
        """Run the code of a cell; its last expression, if it ends in one, is its value.

        Whatever the code raises becomes part of the outcome.
        """
        file = filename(cell)
        self._files.add(file)
        # Without a time stamp, linecache keeps lines that are on no disk.
        linecache.cache[file] = (len(code), None, [f"{line}\n" for line in code.split("\n")], file)
        # A warning is shown once for each line; the lines of this run are new ones.
        self.names.pop("__warningregistry__", None)
        printed = Printed(self._write)
        ending = None
        try:
            with (
                _no_input(),
                showing(self._take),
                contextlib.redirect_stdout(printed.stdout),
                contextlib.redirect_stderr(printed.stderr),
            ):
                body, last, ending = _compile(code, file)
                exec(body, self.names)
                value = None if last is None else eval(last, self.names)
                return _outcome(value)
        except BaseException as error:  # SystemExit and KeyboardInterrupt are the reader's as well
            line = line_of(error, self._files & {file})
            return Outcome(
                error=describe(error, self._files), line=ending if line is None else line
            )
        finally:
            printed.close()

    def _take(self, frame: Frame) -> None:
        if self._show:
            scene, arrays = (None, {}) if frame.figure is None else _drawn(frame.figure)
            self._show(frame.label, scene, arrays, tuple(one.html() for one in frame.charts))

    def evaluate(self, figure: str, arrays: dict[str, NDArray[np.float32]]) -> Outcome:
        """Evaluate a figure given as JSON, with the arrays of its ``data`` leaves."""
        try:
            return _outcome(Figure.from_json(figure, arrays))
        except Exception as error:
            return Outcome(error=describe(error, ()))

    def play(
        self, request: str, arrays: dict[str, NDArray[np.float32]], data: memoryview
    ) -> Outcome:
        """Answer a request of the playground; the outcome's text is the answer's."""
        from mmbook.playground import answer  # most pages have none

        try:
            figure, text = answer(request, arrays, bytes(data))
            return replace(Outcome() if figure is None else _outcome(figure), text=text)
        except Exception as error:
            return Outcome(error=describe(error, ()))


class _NoInput(io.TextIOBase):
    """Standard input of a cell: nobody sits at it."""

    def readline(self, _size: int | None = -1, /) -> str:  # type: ignore[override]
        raise MmError("a cell cannot ask for input", remedy="Write the value into the code.")

    def read(self, _size: int | None = -1, /) -> str:
        return self.readline()


@contextlib.contextmanager
def _no_input() -> Iterator[None]:
    before, sys.stdin = sys.stdin, cast("TextIO", _NoInput())
    try:
        yield
    finally:
        sys.stdin = before


def _compile(code: str, file: str) -> tuple[CodeType, CodeType | None, int | None]:
    """Split off the last expression, and say on which line it starts."""
    tree = ast.parse(code, file)
    last = tree.body[-1] if tree.body else None
    if not isinstance(last, ast.Expr):
        return compile(tree, file, "exec", dont_inherit=True), None, None
    tree.body.pop()
    value = compile(ast.Expression(last.value), file, "eval", dont_inherit=True)
    return compile(tree, file, "exec", dont_inherit=True), value, last.lineno


def _outcome(value: object) -> Outcome:
    if value is None:
        return Outcome()
    if isinstance(value, Figure):
        scene, arrays = _drawn(value)
        return Outcome(scene=scene, arrays=arrays)
    if isinstance(value, Chart):
        return Outcome(charts=(value.html(),))
    text = repr(value)
    if len(text) > MOST_OF_A_VALUE:
        more = len(text) - MOST_OF_A_VALUE
        text = f"{text[:MOST_OF_A_VALUE]} … {more:,} more characters"
    return Outcome(text=text)


def _drawn(figure: Figure) -> tuple[str, dict[str, NDArray[np.float32]]]:
    scene = figure.scene()
    arrays = {
        name: np.ascontiguousarray(array, dtype="<f4") for name, array in scene.arrays.items()
    }
    return scene.to_json(), arrays
