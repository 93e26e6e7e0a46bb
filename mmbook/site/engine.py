"""Runs the program that makes pages of Markdown: MkDocs, or its successor Zensical."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from mmbook.errors import MmError
from mmbook.site.report import say

if TYPE_CHECKING:
    from pathlib import Path

    from mmbook.site.project import Project

ENGINES = ("mkdocs", "zensical")
# Both engines read it in mkdocs.yml; Zensical has no option for the folder.
SITE_VARIABLE = "MMBOOK_SITE"


def run(project: Project, engine: str, site: Path, *, strict: bool) -> None:
    """Build the project's pages into ``site``, which is emptied first."""
    say("pages", f"building with {engine}")
    target = site
    if engine == "zensical":
        _forget(project)
        # Zensical builds inside the project only.
        target = project.root / ".cache" / "site"
    _empty(site)
    shutil.rmtree(target, ignore_errors=True)
    command = [sys.executable, "-m", engine, "build", "--config-file", str(project.config)]
    # Material's notice about the future of MkDocs is for the maintainers, not for every build.
    environment = {**os.environ, SITE_VARIABLE: str(target), "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(
        [*command, *(["--strict"] if strict else [])],
        cwd=project.root,
        env=environment,
        check=False,
    )
    if done.returncode:
        raise MmError(
            f"{engine} did not build the site",
            given=f"exit status {done.returncode}",
            remedy="Its own messages stand above.",
        )
    if target != site:
        shutil.move(target, site)


def _empty(site: Path) -> None:
    """Remove an earlier site, and nothing that might be something else."""
    if not site.is_dir():
        return
    if any(site.iterdir()) and not (site / "sitemap.xml").is_file():
        raise MmError(
            "this folder holds something that is no built site",
            given=str(site),
            remedy="Choose another with --site, or empty it.",
        )
    shutil.rmtree(site)


def _forget(project: Project) -> None:
    """Remove the pages that Zensical keeps by their text: a figure's address follows from code too.

    Its own ``--clean`` would empty the whole of .cache, whoever else keeps something there.
    """
    for path in (project.root / ".cache").glob("*"):
        if path.name.isdecimal() and path.is_file():
            path.unlink()
