"""What a cell prints, on its way to the page: in larger pieces, and not without end."""

from __future__ import annotations

import io
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_LINES = 2_000
MOST_CHARACTERS = 200_000

_PIECE = 8_192
_SECONDS = 0.1
_PROMPT_LINES = 50


class Printed:
    """The streams of one run, which together may print so much and no more.

    Parameters
    ----------
    write
        Receives the stream (``stdout``, ``stderr`` or ``note``) and a piece of text. In the page
        every call is a message: the first lines come one by one, so that nothing printed before a
        long computation waits for its end; later ones come in larger pieces.

    """

    def __init__(self, write: Callable[[str, str], None]) -> None:
        self._write = write
        self._pieces: list[str] = []
        self._waiting = 0
        self._stream = "stdout"
        self._sent = 0.0
        self._lines = 0
        self._characters = 0
        self._cut = False
        self._lines_dropped = 0
        self.stdout = _Stream(self, "stdout")
        self.stderr = _Stream(self, "stderr")

    def take(self, stream: str, text: str) -> None:
        """Accept what was printed; past the limit it is counted and dropped."""
        if self._cut:
            self._lines_dropped += text.count("\n")
            return
        lines = text.count("\n")
        if self._lines + lines >= MOST_LINES or self._characters + len(text) > MOST_CHARACTERS:
            self._take_what_fits(stream, text)
            return
        self._lines += lines
        self._characters += len(text)
        self._queue(stream, text)

    def flush(self) -> None:
        """Send what waits."""
        if self._pieces:
            self._write(self._stream, "".join(self._pieces))
            self._pieces.clear()
            self._waiting = 0
        self._sent = time.monotonic()

    def close(self) -> None:
        """Send what waits and say how much was dropped."""
        self.flush()
        if self._cut:
            were = "line was" if self._lines_dropped == 1 else "lines were"
            self._write("note", f"{self._lines_dropped:,} more {were} dropped.\n")

    def _queue(self, stream: str, text: str) -> None:
        if stream != self._stream:
            self.flush()
            self._stream = stream
        self._pieces.append(text)
        self._waiting += len(text)
        prompt = self._lines <= _PROMPT_LINES and text.endswith("\n")
        if (
            prompt
            or self._waiting >= _PIECE
            or (self._lines > _PROMPT_LINES and time.monotonic() - self._sent >= _SECONDS)
        ):
            self.flush()

    def _take_what_fits(self, stream: str, text: str) -> None:
        kept = "".join(text.splitlines(keepends=True)[: MOST_LINES - self._lines])
        kept = kept[: MOST_CHARACTERS - self._characters]
        if len(kept) == len(text):
            # Exactly at the limit; only what comes after it is too much.
            self._lines += text.count("\n")
            self._characters += len(text)
            self._queue(stream, text)
            return
        self._queue(stream, kept)
        self.flush()
        self._cut = True
        self._lines_dropped = text.count("\n") - kept.count("\n")
        end = "" if kept.endswith("\n") or not kept else "\n"
        self._write("note", f"{end}… output cut here, after {self._said(kept)}; ")

    def _said(self, kept: str) -> str:
        lines = self._lines + kept.count("\n")
        if lines >= MOST_LINES:
            return f"{lines:,} lines"
        return f"{MOST_CHARACTERS:,} characters"


class _Stream(io.TextIOBase):
    """One of Python's two streams."""

    def __init__(self, printed: Printed, name: str) -> None:
        self._printed = printed
        self._name = name

    def writable(self) -> bool:
        return True

    def write(self, text: str, /) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self._printed.take(self._name, text)
        return len(text)
