"""Writes files only where their bytes change, so that nothing is copied or reloaded for nothing."""

from __future__ import annotations

import hashlib
import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def write(path: Path, data: bytes) -> bool:
    """Write the file if it differs; tell whether it did."""
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f"{path.name}.part")
    aside.write_bytes(data)
    aside.replace(path)
    return True


def mirror(source: Path, target: Path, names: Iterable[str]) -> None:
    """Make files of ``target`` equal to those of ``source``."""
    for name in names:
        write(target / name, (source / name).read_bytes())


def keep_only(folder: Path, keep: Iterable[str]) -> None:
    """Remove every file below ``folder`` whose relative path is not listed."""
    listed = set(keep)
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_file() and path.relative_to(folder).as_posix() not in listed:
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            shutil.rmtree(path)


def digest(paths: Iterable[Path]) -> str:
    """Return the SHA-256 of the files' names and contents."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()
