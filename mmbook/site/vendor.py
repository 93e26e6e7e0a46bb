"""Places everything the pages load besides the viewer, so that nothing comes from elsewhere.

Python and numpy for the cells, mmbook itself, the packs that cells may ask for, and the fonts.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pooch

from mmbook import packs, schema
from mmbook.site import files, fonts, licences, pyodide, wheel
from mmbook.site.report import say

if TYPE_CHECKING:
    from mmbook.site.project import Project

CACHE_VARIABLE = "MMBOOK_CACHE"
LICENCES = "licences.txt"


def cache() -> Path:
    """Return the folder of what was fetched; all books of a user share it.

    It lies outside the checkout, where Zensical's ``--clean`` does not empty it.
    """
    return Path(os.environ.get(CACHE_VARIABLE) or pooch.os_cache("mmbook"))


def vendor(project: Project) -> None:
    """Fetch, check and place all assets; a second run changes only what changed."""
    size = _python(project)
    say("vendor", f"Pyodide {pyodide.version()} with numpy and mmbook, {size / 1e6:.1f} MB")
    say("vendor", f"{_packs(project)} packs of data")
    say("vendor", f"{schemas(project)} schemas")
    say("vendor", f"{fonts.vendor(project.docs / 'assets' / 'fonts')} fonts")
    say("vendor", f"{licences.vendor(project.assets / LICENCES)} licences of scripts")


def _python(project: Project) -> int:
    """Place the page's Python; return its size in bytes."""
    target = project.assets / "python"
    core = pyodide.core()
    lock = json.dumps(pyodide.lock(), separators=(",", ":")).encode()
    content = {name: (name, (core / name).read_bytes()) for name in pyodide.CORE}
    content["pyodide-lock.json"] = ("pyodide-lock.json", lock)
    for name in pyodide.lock()["packages"]:
        path = pyodide.wheel(name, cache())
        content[path.name] = (path.name, path.read_bytes())
    name, own = wheel.build()
    # The name of a wheel is fixed, its folder is not: a browser never keeps an old one.
    content[name] = (f"mmbook-{hashlib.sha256(own).hexdigest()[:12]}/{name}", own)
    listed = [
        {"name": name, "url": url, "bytes": len(data)} for name, (url, data) in content.items()
    ]
    for url, data in content.values():
        files.write(target / url, data)
    index = {"pyodide": pyodide.version(), "files": listed}
    files.write(target / "index.json", _json(index))
    files.keep_only(target, ["index.json", *(url for url, _ in content.values())])
    return sum(len(data) for _, data in content.values())


def _packs(project: Project) -> int:
    """Place every named pack under a name that changes with its content."""
    target = project.assets / "data"
    index: dict[str, str] = {}
    for name in packs.available():
        data = packs.source(name)
        if data is not None:
            index[name] = f"{name}-{hashlib.sha256(data).hexdigest()[:12]}.npz"
            files.write(target / index[name], data)
    files.write(target / "index.json", _json(index))
    files.keep_only(target, ["index.json", *index.values()])
    return len(index)


def schemas(project: Project) -> int:
    """Place the schemas, to which the reference links; return how many there are."""
    target = project.assets / "schema"
    found = {f"{name}.schema.json": schema.load(name) for name in schema.NAMES}
    for name, content in found.items():
        files.write(target / name, _json(content))
    files.keep_only(target, found)
    return len(found)


def _json(value: object) -> bytes:
    return (json.dumps(value, indent=1, sort_keys=True) + "\n").encode()
