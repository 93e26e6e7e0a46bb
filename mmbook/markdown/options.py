"""The schemas in words: what an option can be, what it is unless set, and tables of both."""

from __future__ import annotations

import json
import re
from typing import Any, TypeAlias

from mmbook import schema

Schema: TypeAlias = dict[str, Any]

_LINK = re.compile(r"\[(\w+)\]\(#\w+\)")
_KINDS = {"string": "text", "object": "object", "null": "`null`"}


def possible(option: Schema) -> str:
    """Return what an option can be, in Markdown."""
    if "const" in option:
        return f"`{written(option['const'])}`"
    if "enum" in option:
        return ", ".join(f"`{choice}`" for choice in option["enum"])
    if "$ref" in option:
        return _reference(option["$ref"])
    kinds = option.get("type", "object")
    if isinstance(kinds, list):
        return " or ".join(possible({**option, "type": kind}) for kind in kinds)
    if kinds == "boolean":
        return "`true`, `false`"
    if kinds in ("integer", "number"):
        what = "whole numbers" if kinds == "integer" else "numbers"
        return what + _bounds(option.get("minimum"), option.get("maximum"))
    if kinds == "array":
        return _list(option)
    others = option.get("additionalProperties")
    return f"name → {possible(others)}" if isinstance(others, dict) else _KINDS[kinds]


def standard(option: Schema) -> str:
    """Return the default of an option, in Markdown; ``none`` where it has none."""
    default = option.get("default", "")
    return "none" if default == "" else f"`{written(default)}`"


def written(value: Any) -> str:
    """Return a value as authors write it: texts bare, everything else as JSON."""
    return value if isinstance(value, str) else json.dumps(value)


def table(part: str) -> list[str]:
    """Return the lines of a table of the options in a part of the Figure schema."""
    lines = members(schema.definition(part), "option", "values")
    return [_LINK.sub(r"`\1`", line) for line in lines]


def members(of: Schema, name: str = "key", values: str = "value") -> list[str]:
    """Return the lines of a table of what an object of a schema can hold."""
    required = of.get("required", ())
    lines = [f"| {name} | {values} | default | what it does |", "| --- | --- | --- | --- |"]
    for key, option in of["properties"].items():
        default = "required" if key in required else standard(option)
        cells = (f"`{key}`", possible(option), default, _meaning(option))
        lines.append(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |")
    return lines


def _meaning(option: Schema) -> str:
    return str(option.get("description", ""))


def _list(option: Schema) -> str:
    low, high = option.get("minItems"), option.get("maxItems")
    count = "" if low is None else f"{low} " if low == high else f"{low} or more "
    return f"list of {count}{possible(option['items'])}"


def _reference(target: str) -> str:
    file, _, pointer = target.partition("#")
    if file:
        return f"[{file.split('.')[0]}](#{file.split('.')[0]})"
    name = pointer.rsplit("/", 1)[-1]
    return f"[{name}](#{name})"


def _bounds(low: float | None, high: float | None) -> str:
    if low is None and high is None:
        return ""
    return f" from {low}" if high is None else f" from {low} to {high}"
