"""Makes the finished site: assets, viewer, figures, pages, policy."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from mmbook.site import csp, embed, engine, precompute, vendor, viewer
from mmbook.site.report import say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from mmbook.site.project import Project


def prepare(project: Project, *, tolerant: bool = False) -> None:
    """Make everything that pages refer to; what stands already is left alone."""
    vendor.vendor(project)
    viewer.bundle(project)
    precompute.precompute(project, tolerant=tolerant)


def build(
    project: Project,
    *,
    name: str,
    site: Path | None = None,
    strict: bool = False,
    connect: Sequence[str] = (),
) -> Path:
    """Build the site with the engine of that name; return its folder.

    ``connect`` names origins that pages may fetch data from when the reader says so.
    """
    began = time.monotonic()
    csp.origins(connect)
    target = site or project.site
    prepare(project)
    engine.run(project, name, target, strict=strict)
    embed.write_page(target)
    pages = csp.apply(target, connect)
    say("site", f"{pages} pages in {target}, {time.monotonic() - began:.0f} s")
    return target
