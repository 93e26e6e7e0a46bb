"""Evaluates every figure of the book before an engine builds its pages."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from mmbook.errors import MmError
from mmbook.markdown import scenes
from mmbook.markdown.chart import ChartSpec
from mmbook.markdown.page import Bad, CellSpec, read_page
from mmbook.markdown.reference import ReferenceSpec
from mmbook.markdown.spec import FigureSpec
from mmbook.site import embed
from mmbook.site.report import say

if TYPE_CHECKING:
    from mmbook.errors import FenceError
    from mmbook.site.project import Project


def precompute(project: Project, *, tolerant: bool = False) -> list[FenceError]:
    """Publish the scene of every fence, and remove the scenes that no page uses any more.

    The first bad fence is raised, unless ``tolerant``: then all are returned, and their pages show
    them while the author mends them.
    """
    errors: list[FenceError] = []
    used: dict[str, str] = {}
    published: set[str] = set()
    made = 0
    for page in sorted(project.docs.rglob("*.md")):
        name = page.relative_to(project.root).as_posix()
        for item in read_page(page.read_text(encoding="utf-8")):
            if isinstance(item, CellSpec | ChartSpec | ReferenceSpec):
                continue
            if isinstance(item, FigureSpec):
                try:
                    place = PurePosixPath(page.relative_to(project.docs).as_posix())
                    fresh = not all(scenes.exists(one, project.docs) for one in item.figures)
                    stages = [scenes.publish(one, project.docs) for one in item.figures]
                    used[embed.name_of(place, item.id)] = stages[0]
                    published.update(stages)
                    if fresh:
                        made += 1
                        say("figures", f"{name}:{item.fence.line} {item.id}")
                    continue
                except MmError as why:
                    item = Bad(item.fence, why)
            errors.append(item.error(name, item.fence.line))
            if not tolerant:
                raise errors[0]
    removed = scenes.prune(published, project.docs)
    embed.write_names(project, used)
    say("figures", f"{len(published)} in the book, {made} computed, {removed} stale files removed")
    return errors
