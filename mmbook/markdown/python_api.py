"""The public names of a module as Markdown, from their signatures and docstrings."""

from __future__ import annotations

import dataclasses
import inspect
from importlib import import_module
from types import FunctionType, ModuleType
from typing import Any

from mmbook.errors import OptionError
from mmbook.markdown.docstring import markdown

MODULES = ("mmbook", "mmbook.gpt2", "mmbook.lora")
_WIDTH = 72


def module(name: str) -> list[str]:
    """Return the reference of a module: every name of its ``__all__`` under a heading.

    Raises
    ------
    OptionError
        The module is none that the reference describes.

    """
    if name not in MODULES:
        raise OptionError("the reference has no such module", given=name, possible=MODULES)
    found = import_module(name)
    lines = [f"## {name} {{ #{name} }}", "", *markdown(found.__doc__), ""]
    for member in found.__all__:
        value = getattr(found, member)
        if isinstance(value, ModuleType):
            lines += [f"### `{member}`", ""]
            lines += [f"A module: see [below](#{name}.{member}).", ""]
        else:
            lines += _described(member, value, f"{name}.{member}")
    return lines


def _described(name: str, value: Any, anchor: str) -> list[str]:
    if inspect.isclass(value):
        return _class(name, value, anchor)
    lines = _heading(3, name, anchor)
    if isinstance(value, FunctionType):
        return [*lines, *_code(signature(name, value)), *markdown(value.__doc__), ""]
    return [*lines, *_code(f"{name} = {value!r}")]


def _class(name: str, value: type, anchor: str) -> list[str]:
    lines = [*_heading(3, name, anchor), *_code(f"class {name}{_bases(value)}")]
    lines += [*markdown(value.__doc__), ""]
    lines += _fields(value)
    for member, what in vars(value).items():
        if member.startswith("_") or not _has_words(what):
            continue
        inner = f"{anchor}.{member}"
        lines += _heading(4, f"{name}.{member}", inner)
        if isinstance(what, property):
            returned = what.fget.__annotations__.get("return", "") if what.fget else ""
            lines += [*_code(f"{member}: {returned}"), *markdown(what.__doc__), ""]
        else:
            function = getattr(what, "__func__", what)
            lines += [*_code(signature(member, function)), *markdown(function.__doc__), ""]
    return lines


def signature(name: str, function: FunctionType) -> str:
    """Return the call of a function as its source spells it, one parameter a line where long."""
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


def _bases(value: type) -> str:
    names = [base.__name__ for base in value.__bases__ if base is not object]
    return f"({', '.join(names)})" if names else ""


def _fields(value: type) -> list[str]:
    if not dataclasses.is_dataclass(value):
        return []
    rows = [f"- `{field.name}`: `{field.type}`" for field in dataclasses.fields(value)]
    return ["**Fields**", "", *rows, ""] if rows else []


def _has_words(what: Any) -> bool:
    documented = isinstance(what, property | classmethod | staticmethod | FunctionType)
    return documented and bool(inspect.getdoc(what))


def _heading(level: int, name: str, anchor: str) -> list[str]:
    return [f"{'#' * level} `{name}` {{ #{anchor} }}", ""]


def _code(text: str) -> list[str]:
    return ["```python", *text.split("\n"), "```", ""]
