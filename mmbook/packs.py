"""Where named packs are found: the folder ``data/`` in CPython, the host's in a page.

A pack's name is its path inside that folder without the ending: ``gpt2/head-05-04``. In the page
the worker offers a module ``mmbook_host`` whose ``read_pack(name)`` returns a pack's bytes, or
``None`` where the site publishes no such pack.
"""

from __future__ import annotations

import importlib
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mmbook.errors import PackError
from mmbook.pack import read_about, read_pack

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["about", "available", "folders", "load", "source"]

_NAME = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*(?:/[a-z0-9]+(?:[-_.][a-z0-9]+)*)*")
_PACKAGE = Path(__file__).parent


def source(name: str) -> bytes | None:
    """Return the bytes of a named pack, or ``None`` where there is none.

    Raises
    ------
    PackError
        The name is no pack's name, or the file cannot be read.

    """
    if not _NAME.fullmatch(name):
        raise PackError(
            "this is no name of a pack",
            given=name,
            possible="small letters, digits, - _ . and /, such as gpt2/head-05-04",
        )
    host = _host()
    if host is not None:
        return _from_host(host, name)
    for folder in folders():
        path = folder / f"{name}.npz"
        if path.is_file():
            try:
                return path.read_bytes()
            except OSError as error:
                raise PackError(
                    "the file cannot be read", given=error.strerror, where=str(path)
                ) from error
    return None


def load(name: str) -> dict[str, NDArray[np.float32]]:
    """Return the matrices of a named pack.

    Raises
    ------
    PackError
        There is no such pack, in which case the message lists those there are; or it is damaged.

    """
    return read_pack(_required(name), name=name)


def about(name: str) -> dict[str, Any]:
    """Return what a named pack says about itself; raises what :func:`load` raises."""
    return read_about(_required(name), name=name)


def available(prefix: str = "") -> list[str]:
    """Return the names of all packs that begin with ``prefix``, sorted.

    In a page these are the names the host lists; a host that lists none gives an empty list.
    """
    host = _host()
    if host is not None:
        listed = getattr(host, "pack_names", None)
        names = set(listed()) if listed else set()
    else:
        names = {
            path.relative_to(folder).with_suffix("").as_posix()
            for folder in folders()
            for path in folder.rglob("*.npz")
        }
    return sorted(name for name in names if name.startswith(prefix))


def folders() -> list[Path]:
    """Return the folders in which packs are looked for, the first match winning.

    They are ``$MMBOOK_DATA``, the repository's ``data/`` where the package runs from a checkout,
    and ``data/`` inside the installed package; those that exist.
    """
    candidates = [_PACKAGE / "data"]
    checkout = _PACKAGE.parent
    if (checkout / "pyproject.toml").is_file():
        candidates.insert(0, checkout / "data")
    if chosen := os.environ.get("MMBOOK_DATA"):
        candidates.insert(0, Path(chosen))
    return [folder for folder in candidates if folder.is_dir()]


def _required(name: str) -> bytes:
    data = source(name)
    if data is None:
        raise PackError(
            "there is no such pack",
            given=name,
            possible=", ".join(available()) or (None if _host() else "none was found"),
            remedy=None if _host() else "MMBOOK_DATA can name another folder of packs.",
        )
    return data


def _from_host(host: Any, name: str) -> bytes | None:
    try:
        data = host.read_pack(name)
    except Exception as error:  # the page's own, whose type is not known here
        raise PackError(
            "the page could not fetch the pack", given=str(error), where=name
        ) from error
    if data is None:
        return None
    # Pyodide hands over a typed array, which copies itself at once but iterates slowly.
    return bytes(data.to_bytes() if hasattr(data, "to_bytes") else data)


def _host() -> Any:
    """Return the page's host module; ``None`` in CPython."""
    try:
        return importlib.import_module("mmbook_host")
    except ModuleNotFoundError:
        return None
