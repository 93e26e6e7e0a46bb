"""Bundles the viewer when its sources changed, and puts it where pages load it."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

from mmbook.errors import VendorError
from mmbook.site import files
from mmbook.site.core import PACKAGE
from mmbook.site.embed import NAMES
from mmbook.site.project import VIEWER
from mmbook.site.report import say
from mmbook.site.vendor import LICENCES

if TYPE_CHECKING:
    from pathlib import Path

    from mmbook.site.project import Project

_DIST = VIEWER / "dist"
_STAMP = _DIST / ".sources"
# What lies beside the bundle in assets/mm/ and is not the viewer's.
_OTHERS = ("figures", "data", "python", "schema")
# What only notebooks load: see mmbook/notebook/.
_ELSEWHERE = _DIST / "notebook"


def bundle(project: Project) -> None:
    """Make the bundle if need be, and copy it into the project's assets."""
    if (VIEWER / "src").is_dir():
        _compile()
    names = sorted(
        path.relative_to(_DIST).as_posix()
        for path in _DIST.rglob("*")
        if path.is_file() and path != _STAMP and _ELSEWHERE not in path.parents
    )
    if not names:
        raise VendorError("the viewer is not built", remedy="Run npm run build in mmbook/viewer.")
    files.mirror(_DIST, project.assets, names)
    made = [
        path.relative_to(project.assets).as_posix()
        for other in _OTHERS
        for path in (project.assets / other).rglob("*")
        if path.is_file()
    ]
    files.keep_only(project.assets, [*names, *made, LICENCES, NAMES])


def sources() -> list[Path]:
    """Return the files the bundle is made from."""
    made = VIEWER / "src" / "schema"
    return [
        path
        for folder in (VIEWER / "src", VIEWER / "scripts", PACKAGE / "schema")
        for path in folder.rglob("*")
        if path.is_file() and made not in path.parents
    ] + [VIEWER / "package.json", VIEWER / "package-lock.json", VIEWER / "tsconfig.json"]


def _compile() -> None:
    fingerprint = files.digest(sources())
    if _STAMP.is_file() and _STAMP.read_text() == fingerprint:
        return
    npm = shutil.which("npm")
    if npm is None:
        raise VendorError("npm is not installed", remedy="Install Node 20 or newer.")
    if not (VIEWER / "node_modules").is_dir():
        raise VendorError("the viewer's packages are not installed", remedy="Run npm ci there.")
    say("viewer", "bundling TypeScript")
    _STAMP.unlink(missing_ok=True)
    done = subprocess.run([npm, "run", "--silent", "build"], cwd=VIEWER, check=False)
    if done.returncode:
        raise VendorError(
            "the viewer does not build",
            given=f"npm run build ended with status {done.returncode}",
            remedy="Its own messages stand above.",
        )
    _STAMP.write_text(fingerprint)
