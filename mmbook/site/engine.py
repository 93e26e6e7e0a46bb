"""Runs the program that makes pages of Markdown: MkDocs, or its successor Zensical."""

from __future__ import annotations

import os
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
    """Build the project's pages into ``site``."""
    say("pages", f"building with {engine}")
    command = [sys.executable, "-m", engine, "build", "--config-file", str(project.config)]
    command += ["--clean", *(["--strict"] if strict else [])]
    # Material's notice about the future of MkDocs is for the maintainers, not for every build.
    environment = {**os.environ, SITE_VARIABLE: str(site), "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=project.root, env=environment, check=False)
    if done.returncode:
        raise MmError(
            f"{engine} did not build the site",
            given=f"exit status {done.returncode}",
            remedy="Its own messages stand above.",
        )
