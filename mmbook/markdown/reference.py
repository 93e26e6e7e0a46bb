"""``mm-reference`` fences: what the build writes into the reference from schemas and docstrings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mmbook import schema
from mmbook.errors import OptionError, hint
from mmbook.markdown import options, python_api

if TYPE_CHECKING:
    from collections.abc import Callable

    from mmbook.markdown.fence import Fence


@dataclass(frozen=True)
class ReferenceSpec:
    """An ``mm-reference`` fence and the Markdown that stands in its place."""

    fence: Fence
    lines: tuple[str, ...]


def reference_spec(fence: Fence, given: dict[str, str]) -> ReferenceSpec:
    """Return what one fence stands for.

    Raises
    ------
    OptionError
        It asks for nothing that there is, or for two things.

    """
    if len(given) != 1 or not given.keys() <= _WRITERS.keys():
        problem = "this fence asks for one part of the reference"
        possible = [f'{name}="…"' for name in _WRITERS]
        raise OptionError(problem, given=fence.info, possible=possible)
    ((what, of),) = given.items()
    return ReferenceSpec(fence, tuple(_WRITERS[what](of)))


def _options(part: str) -> list[str]:
    _known(part, schema.load("figure")["$defs"])
    return options.table(part)


def _schema(name: str) -> list[str]:
    _known(name, schema.NAMES)
    whole = schema.load(name)
    lines = [f"## {whole['title']} {{ #{name} }}", "", whole["description"], ""]
    lines += [*options.members(whole), ""]
    for key, part in whole["$defs"].items():
        lines += [f"### {part['title']} {{ #{key} }}", ""]
        if "description" in part:
            lines += [part["description"], ""]
        lines += options.members(part) if "properties" in part else [options.possible(part)]
        lines.append("")
    return lines


def _known(name: str, possible: object) -> None:
    choices = [str(choice) for choice in possible]  # type: ignore[attr-defined]
    if name not in choices:
        problem = "there is no such part of the reference"
        raise OptionError(problem, given=name, possible=choices, remedy=hint(name, choices))


_WRITERS: dict[str, Callable[[str], list[str]]] = {
    "options": _options,
    "schema": _schema,
    "python": python_api.module,
}
