"""The part of mmbook that runs in the page as well as here: what is published as its wheel."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
# What needs a file system, another package or a command line stays outside.
_OUTSIDE = frozenset(
    {"cli.py", "link_command.py", "command.py", "markdown", "notebook", "site", "train", "viewer"}
)


def core_files() -> list[tuple[str, Path]]:
    """Return name and path of every file that runs in the page, sorted by name."""
    return sorted(
        (path.relative_to(PACKAGE.parent).as_posix(), path)
        for path in PACKAGE.rglob("*")
        if path.suffix in (".py", ".json") and _OUTSIDE.isdisjoint(path.relative_to(PACKAGE).parts)
    )
