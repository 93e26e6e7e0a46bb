"""Errors of a reader's code as the reader needs them: their own lines, then the message."""

from __future__ import annotations

import sys
import traceback
from typing import TYPE_CHECKING

from mmbook.errors import MmError

if TYPE_CHECKING:
    from collections.abc import Collection
    from types import FrameType

PACKAGES = ("mmbook", "numpy")
"""What a page carries beside Python's standard library."""

_PREFIX = "cell "
_MOST_FRAMES = 10


def filename(cell: str) -> str:
    """Return the file name under which the code of a cell is compiled."""
    return f"{_PREFIX}{cell}"


def line_of(error: BaseException, files: Collection[str]) -> int | None:
    """Return the line, counted from 1, of the reader's code at which the error arose.

    ``files`` are the file names of the cells; the innermost frame in one of them counts. ``None``
    if no line of theirs had a part in it.
    """
    if isinstance(error, SyntaxError) and error.filename in files:
        return error.lineno
    lines = [
        line for frame, line in traceback.walk_tb(error.__traceback__) if _file(frame) in files
    ]
    return lines[-1] if lines else None


def describe(error: BaseException, files: Collection[str]) -> str:
    """Return the traceback through the reader's own lines, with the error's message last.

    Frames outside ``files`` are left out, and so are the causes of an ``MmError``: its message
    already says everything. Other errors keep their chain of causes.
    """
    parts: list[str] = []
    seen: set[int] = set()
    link: BaseException | None = error
    joint = ""
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        parts.append(_one(link, files) + joint)
        if isinstance(link, MmError):
            break
        if link.__cause__ is not None:
            link, joint = link.__cause__, "\n\nThat led to:\n"
        elif link.__context__ is not None and not link.__suppress_context__:
            link, joint = link.__context__, "\n\nWhile that was handled, another error arose:\n"
        else:
            break
    return "\n".join(reversed(parts))


def _one(error: BaseException, files: Collection[str]) -> str:
    if isinstance(error, SyntaxError) and error.filename in files:
        return _syntax(error)
    # Of all ways to a stack, only this one keeps the columns that the carets need.
    stack = traceback.TracebackException.from_exception(error).stack
    frames = [frame for frame in stack if frame.filename in files]
    left_out = len(frames) - _MOST_FRAMES
    lines = ["Traceback (most recent call last):"] if frames else []
    if left_out > 0:
        lines.append(f"  … {left_out} earlier calls …")
    lines += [_Stack([frame]).format()[0].rstrip("\n") for frame in frames[-_MOST_FRAMES:]]
    return "\n".join([*lines, _message(error)])


class _Stack(traceback.StackSummary):
    """Frames printed as lines of cells instead of lines of files."""

    def format_frame_summary(self, frame_summary: traceback.FrameSummary) -> str:
        text = super().format_frame_summary(frame_summary)
        file = f'File "{frame_summary.filename}"'
        return text.replace(file, _cell(frame_summary.filename), 1).replace(", in <module>", "", 1)


def _syntax(error: SyntaxError) -> str:
    lines = [f"  {_cell(error.filename or '')}, line {error.lineno}"]
    if error.text:
        text = error.text.rstrip("\n")
        start = (error.offset or 1) - 1
        same_line = error.end_lineno in (None, error.lineno)
        end = (error.end_offset or 0) - 1 if same_line else len(text)
        bare = text.lstrip()
        shift = len(text) - len(bare)
        width = max(1, end - start)
        lines.append(f"    {bare}")
        if start >= shift:
            lines.append(f"    {' ' * (start - shift)}{'^' * width}")
    lines.append(f"{type(error).__name__}: {error.msg}")
    return "\n".join(lines)


def _message(error: BaseException) -> str:
    name = type(error).__name__
    try:
        text = str(error)
    except Exception:  # a reader's own class may fail to say what it is
        text = "(its message could not be made)"
    lines = [f"{name}: {text}" if text else name]
    lines += [str(note) for note in getattr(error, "__notes__", ())]
    if isinstance(error, ModuleNotFoundError) and _absent(error.name):
        lines.append(
            "Here Python comes with its standard library and "
            f"{' and '.join(sorted(PACKAGES))}; nothing else can be installed in the page."
        )
    return "\n".join(lines)


def _absent(module: str | None) -> bool:
    top = (module or "").partition(".")[0]
    return bool(top) and top not in sys.stdlib_module_names and top not in PACKAGES


def _cell(file: str) -> str:
    return f'Cell "{file.removeprefix(_PREFIX)}"'


def _file(frame: FrameType) -> str:
    return frame.f_code.co_filename
