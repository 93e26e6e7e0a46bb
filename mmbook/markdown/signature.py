"""The call of a function as its source spells it."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import FunctionType

_WIDTH = 72


def signature(name: str, function: FunctionType) -> str:
    """Return name, parameters and what comes back; one parameter a line where that is long."""
    given = inspect.signature(function)
    parameters = [p for p in given.parameters.values() if p.name not in ("self", "cls")]
    # Annotations are texts, which inspect would print in quotes.
    plain = given.replace(
        parameters=[p.replace(annotation=_Bare(p.annotation)) for p in parameters],
        return_annotation=_Bare(given.return_annotation),
    )
    short = f"{name}{plain}"
    if len(short) <= _WIDTH:
        return short
    head, _, tail = short.rpartition(")")
    words = [str(p) for p in plain.parameters.values()]
    stars = _stars(parameters)
    for at, star in reversed(stars):
        words.insert(at, star)
    body = "".join(f"    {word},\n" for word in words)
    return f"{head.split('(')[0]}(\n{body}){tail}"


def _stars(parameters: list[inspect.Parameter]) -> list[tuple[int, str]]:
    """Return where ``/`` and ``*`` stand between parameters."""
    kinds = [parameter.kind for parameter in parameters]
    positional = kinds.count(inspect.Parameter.POSITIONAL_ONLY)
    stars = [(positional, "/")] if positional else []
    if inspect.Parameter.KEYWORD_ONLY in kinds and inspect.Parameter.VAR_POSITIONAL not in kinds:
        stars.append((kinds.index(inspect.Parameter.KEYWORD_ONLY), "*"))
    return stars


class _Bare:
    """An annotation that prints as it is written."""

    def __init__(self, annotation: Any) -> None:
        self.text = annotation if isinstance(annotation, str) else _name(annotation)

    def __repr__(self) -> str:
        return self.text


def _name(annotation: Any) -> str:
    return getattr(annotation, "__name__", str(annotation))
