"""The public names of a module as Markdown, from their signatures and docstrings."""

from __future__ import annotations

import ast
import dataclasses
import inspect
import textwrap
from importlib import import_module
from itertools import pairwise
from types import FunctionType, ModuleType
from typing import Any

from mmbook.errors import OptionError
from mmbook.markdown.docstring import markdown
from mmbook.markdown.signature import signature

MODULES = ("mmbook", "mmbook.gpt2", "mmbook.lora", "mmbook.pocket")


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


def _bases(value: type) -> str:
    names = [base.__name__ for base in value.__bases__ if base is not object]
    return f"({', '.join(names)})" if names else ""


def _fields(value: type) -> list[str]:
    if not dataclasses.is_dataclass(value):
        return []
    words = _field_words(value)
    rows = [
        f"- `{field.name}`: `{field.type}`. {words.get(field.name, '')}".rstrip(". ")
        for field in dataclasses.fields(value)
    ]
    return ["**Fields**", "", *rows, ""] if rows else []


def _field_words(value: type) -> dict[str, str]:
    """Return the text that stands under each field in the source, by the field's name."""
    (tree,) = ast.parse(textwrap.dedent(inspect.getsource(value))).body
    body = tree.body if isinstance(tree, ast.ClassDef) else []
    return {
        field.target.id: " ".join(markdown(str(ast.literal_eval(under.value))))
        for field, under in pairwise(body)
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
        if isinstance(under, ast.Expr) and isinstance(under.value, ast.Constant)
    }


def _has_words(what: Any) -> bool:
    documented = isinstance(what, property | classmethod | staticmethod | FunctionType)
    return documented and bool(inspect.getdoc(what))


def _heading(level: int, name: str, anchor: str) -> list[str]:
    return [f"{'#' * level} `{name}` {{ #{anchor} }}", ""]


def _code(text: str) -> list[str]:
    return ["```python", *text.split("\n"), "```", ""]
