"""Keeps evaluated figures: ``figures/<address>.json`` and ``.npz``, each made once.

The address follows from the figure and from the code that evaluates it, so that a page can name a
scene without evaluating it again, and a browser may keep it for ever.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from mmbook.pack import write_pack
from mmbook.site.core import core_files

if TYPE_CHECKING:
    from collections.abc import Callable

    from mmbook.figure import Figure

FOLDER = Path("assets", "mm", "figures")


def address(figure: Figure) -> str:
    """Return the name under which the figure's scene is kept."""
    return hashlib.sha256(f"{_core()}\n{figure.to_json()}".encode()).hexdigest()[:20]


def exists(figure: Figure, docs: Path) -> bool:
    """Tell whether the figure's scene was made before."""
    return (docs / FOLDER / f"{address(figure)}.json").is_file()


def publish(figure: Figure, docs: Path) -> str:
    """Evaluate the figure and write its scene, unless that was done before; return its address."""
    name = address(figure)
    folder = docs / FOLDER
    target = folder / f"{name}.json"
    if not target.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        scene = figure.scene()
        _place(folder / f"{name}.npz", lambda path: write_pack(path, scene.arrays))
        text = scene.to_json(pack=f"{name}.npz")
        _place(target, lambda path: path.write_text(text, encoding="utf-8"))
    return name


def description(name: str, docs: Path) -> str:
    """Return what a published scene shows, in words."""
    scene = json.loads((docs / FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return str(scene.get("description", ""))


def prune(keep: set[str], docs: Path) -> int:
    """Remove the scenes that no page uses; return how many files went."""
    folder = docs / FOLDER
    stale = [path for path in folder.glob("*") if path.stem not in keep]
    for path in stale:
        path.unlink()
    return len(stale)


def _place(target: Path, write: Callable[[Path], object]) -> None:
    """Write aside, then rename: a server or a second engine never sees half a file."""
    handle, name = tempfile.mkstemp(dir=target.parent, suffix=target.suffix)
    os.close(handle)
    path = Path(name)
    try:
        write(path)
        path.chmod(0o644)
        path.replace(target)
    finally:
        path.unlink(missing_ok=True)


@cache
def _core() -> str:
    digest = hashlib.sha256()
    for name, path in core_files():
        digest.update(name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
