"""Says on standard output what a build is doing, and how far it has come."""

from __future__ import annotations

import sys

_WIDTH = 9
_MEGABYTE = 1e6


def say(step: str, text: str) -> None:
    """Print one line about a step."""
    print(f"{step:<{_WIDTH}} {text}", flush=True)


class Progress:
    """Shows bytes as they arrive: in place on a terminal, elsewhere a line for every tenth.

    It has what pooch asks of a progress bar; pooch sets ``total``.
    """

    def __init__(self, step: str, what: str, total: int = 0) -> None:
        self.step = step
        self.what = what
        self.total = total
        self.done = 0
        self._shown = -1

    def update(self, amount: int) -> None:
        """Count bytes that arrived."""
        self.done += amount
        total = max(self.total, self.done)
        tenth = 10 * self.done // total
        text = f"{self.what}: {self.done / _MEGABYTE:.1f} of {total / _MEGABYTE:.1f} MB"
        if sys.stdout.isatty():
            print(f"\r{self.step:<{_WIDTH}} {text}", end="", flush=True)
        elif tenth > self._shown:
            say(self.step, text)
        self._shown = max(self._shown, tenth)

    def reset(self) -> None:
        """Start again from nothing, as pooch does before it reports the end."""
        self.done = 0

    def close(self) -> None:
        """End the line."""
        if sys.stdout.isatty():
            print()
