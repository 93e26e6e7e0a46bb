"""The commands: ``mmbook build``, ``serve``, ``vendor``, ``pack`` and ``link``.

An error is one line on standard error and exit status 2.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import mmbook
from mmbook.errors import MmError

if TYPE_CHECKING:
    from collections.abc import Sequence

_FAILED = 2
_INTERRUPTED = 130
# Each has register(subparsers) and imports what it needs only when it runs.
_MODULES = (
    "mmbook.site.command",
    "mmbook.gpt2.command",
    "mmbook.link_command",
    "mmbook.train.command",
)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(_FAILED, f"{self.prog}: {message} (--help explains)\n")


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    whole = _Parser(
        prog="mmbook",
        description="Matrix multiplications as cubes: build and serve a book of them, make packs "
        "of arrays, read and write links.",
        epilog="mmbook COMMAND --help explains a command.",
    )
    whole.add_argument("--version", action="version", version=f"mmbook {mmbook.__version__}")
    subparsers = whole.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for module in _MODULES:
        importlib.import_module(module).register(subparsers)
    return whole


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; return its exit status."""
    arguments = parser().parse_args(argv)
    try:
        status: int | None = arguments.run(arguments)
    except MmError as error:
        print(f"mmbook: {error.summary}", file=sys.stderr)
        return _FAILED
    except OSError as error:
        name = f"{Path(str(error.filename))}: " if error.filename else ""
        print(f"mmbook: {name}{error.strerror or error}", file=sys.stderr)
        return _FAILED
    except KeyboardInterrupt:
        return _INTERRUPTED
    return status or 0


if __name__ == "__main__":
    raise SystemExit(main())
