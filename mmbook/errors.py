"""Every error of the package, what it carries, and when it happens.

::

    MmError                 base of all; catch this one
    ├── TextError           something is wrong at one column of a text
    │   ├── ExpressionError     the matrix expression does not parse
    │   ├── ShapeError          two operands do not fit
    │   └── ElementwiseError    an expression of i, j, h, w is not allowed
    ├── LeafError           a matrix has no value, or a value that is no matrix
    ├── ValueTooLarge       more elements or multiplications than a figure may have
    ├── OptionError         an option or epilog that does not exist, or a value it cannot take
    ├── FigureError         JSON that is not a figure
    ├── PackError           arrays that cannot be written, read or found
    ├── LinkError           a link's fragment that cannot be read
    ├── CheckpointError     a model file that lacks or misshapes what was asked for
    ├── FenceError          a fence in a page: wraps what went wrong with file and line
    └── VendorError         a browser asset that cannot be fetched or is not the expected file

Every message says, as far as it applies: where, the problem, the value given, what was possible,
and the remedy.
"""

from __future__ import annotations

import unicodedata
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

_GIVEN_LENGTH = 120
_CONTEXT = 60


class MmError(Exception):
    """Base of every error that mmbook raises on purpose.

    Parameters
    ----------
    problem
        What is wrong, as a clause: no capital letter and no full stop.
    given
        The value that was given. Long values are shortened in the message.
    possible
        What could have been given instead: one text, or the choices.
    remedy
        What to do about it, as a sentence.
    where
        The place: a file and line, a path inside JSON, the name of a matrix.

    """

    def __init__(
        self,
        problem: str,
        *,
        given: object = None,
        possible: str | Iterable[str] | None = None,
        remedy: str | None = None,
        where: str | None = None,
    ) -> None:
        super().__init__(problem)
        self.problem = problem
        self.given = given
        self.possible = (
            possible if possible is None or isinstance(possible, str) else tuple(possible)
        )
        self.remedy = remedy
        self.where = where

    @property
    def place(self) -> str:
        """Where the error lies, as it is shown before the message; empty if unknown."""
        return self.where or ""

    @property
    def summary(self) -> str:
        """The message on one line."""
        place = f"{self.place}: " if self.place else ""
        given = "" if self.given is None else f" (given: {_shown(self.given)})"
        sentences = [f"{place}{self.problem.rstrip('.')}{given}."]
        if self.possible:
            choices = self.possible if isinstance(self.possible, str) else ", ".join(self.possible)
            sentences.append(f"Possible: {choices.rstrip('.')}.")
        if self.remedy:
            sentences.append(self.remedy if self.remedy[-1] in ".!?" else f"{self.remedy}.")
        return " ".join(sentences)

    def __str__(self) -> str:
        return self.summary

    def __reduce__(self) -> tuple[Any, ...]:
        # Builds may run in several processes; keyword-only fields do not pickle by themselves.
        return _restore, (type(self), self.args, self.__dict__)


class TextError(MmError):
    """Something is wrong at one column of a text; the message points at it with a caret.

    ``column`` counts characters from 1 through the whole text; ``None`` where the place is unknown.
    """

    def __init__(
        self, problem: str, *, text: str = "", column: int | None = None, **fields: Any
    ) -> None:
        super().__init__(problem, **fields)
        self.text = text
        self.column = column

    @property
    def place(self) -> str:
        """Where the error lies, with the column."""
        column = "" if self.column is None else f"column {self.column}"
        return ", ".join(filter(None, (self.where, column)))

    def __str__(self) -> str:
        if self.column is None or not self.text.strip():
            return self.summary
        return f"{self.summary}\n{_pointed(self.text, self.column)}"


class ExpressionError(TextError):
    """The matrix expression does not parse, or gives one name two meanings."""


class ShapeError(TextError):
    """Two operands do not fit: the left one's columns must equal the right one's rows.

    ``left`` and ``right`` are the operands' names, ``shapes`` their (rows, columns). Of a matrix
    that is joined from parts: the first part, and the first one that differs from it.
    """

    def __init__(
        self,
        problem: str,
        *,
        left: str = "",
        right: str = "",
        shapes: tuple[tuple[int, int], ...] = (),
        **fields: Any,
    ) -> None:
        super().__init__(problem, **fields)
        self.left = left
        self.right = right
        self.shapes = shapes


class ElementwiseError(TextError):
    """An expression of i, j, h and w does not parse or uses something that is not allowed."""


class LeafError(MmError):
    """A matrix of the expression has no value, or what was given for it is no matrix."""


class ValueTooLarge(MmError):  # noqa: N818 - reads as what happened
    """More elements or multiplications than a figure may have; raised before anything is allocated.

    ``size`` is what was asked for, ``limit`` what is allowed.
    """

    def __init__(self, problem: str, *, size: int = 0, limit: int = 0, **fields: Any) -> None:
        super().__init__(problem, **fields)
        self.size = size
        self.limit = limit


class OptionError(MmError):
    """An option or epilog does not exist, or cannot take the value given."""


class FigureError(MmError):
    """JSON is not a figure or a scene; ``where`` is the path inside it."""


class PackError(MmError):
    """Arrays cannot be written, read or found."""


class LinkError(MmError):
    """A link's fragment cannot be read."""


class CheckpointError(MmError):
    """A model file lacks a tensor, or holds it in an unexpected shape or type."""


class FenceError(MmError):
    """A fence in a page is wrong; ``file`` and ``line`` say which."""

    def __init__(self, problem: str, *, file: str = "", line: int = 0, **fields: Any) -> None:
        if file:
            fields.setdefault("where", f"{file}:{line}")
        super().__init__(problem, **fields)
        self.file = file
        self.line = line


class VendorError(MmError):
    """A browser asset cannot be fetched, or is not the file its checksum promises."""


def hint(given: str, possible: Iterable[str]) -> str | None:
    """Return the remedy for a likely misspelling, or None: ``Did you mean wQ?``."""
    folded = {choice.casefold(): choice for choice in possible}
    close = get_close_matches(given.casefold(), folded, n=1)
    return f"Did you mean {folded[close[0]]}?" if close else None


def _restore(cls: type[MmError], args: tuple[Any, ...], fields: dict[str, Any]) -> MmError:
    error = cls.__new__(cls, *args)
    error.__dict__.update(fields)
    return error


def _shown(value: object) -> str:
    text = value if isinstance(value, str) else repr(value)
    if text != text.strip() or not text or not text.isprintable():
        text = repr(text)
    return text if len(text) <= _GIVEN_LENGTH else f"{text[: _GIVEN_LENGTH - 1]}…"


def _pointed(text: str, column: int) -> str:
    """Return the part of the line around ``column``, and a caret under it."""
    at = column - 1
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    before, after = text[start:at], text[at:end].rstrip()
    if len(before) > _CONTEXT:
        before = f"…{before[1 - _CONTEXT :]}"
    if len(after) > _CONTEXT:
        after = f"{after[: _CONTEXT - 1]}…"
    before, after = (
        "".join(character if character.isprintable() else " " for character in part)
        for part in (before, after)
    )
    return f"  {before}{after}\n  {' ' * sum(map(_cells, before))}^"


def _cells(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
