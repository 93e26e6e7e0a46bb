"""Checks values against the schemas in ``schema/``, the one place where the formats are written.

Understands the part of JSON Schema 2020-12 that those files use, and nothing else: type, const,
enum, properties, required, additionalProperties, items, minItems, maxItems, minimum, maximum, $ref.
A number that is not finite is never valid, since JSON cannot carry it.
"""

from __future__ import annotations

import json
import math
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, TypeAlias

from mmbook.errors import FigureError, OptionError, hint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mmbook.errors import MmError

Schema: TypeAlias = dict[str, Any]
Problem: TypeAlias = tuple[str, dict[str, Any]]  # the path, and the fields of an error

NAMES = ("figure", "scene")
GROUPS = ("layout", "look", "marks", "animation")


@cache
def load(name: str) -> Schema:
    """Return a schema: ``figure`` or ``scene``."""
    text = files("mmbook").joinpath("schema", f"{name}.schema.json").read_text(encoding="utf-8")
    schema: Schema = json.loads(text)
    return schema


def definition(name: str) -> Schema:
    """Return a part of the figure's schema: an option group, ``leaf``, ``result`` or ``title``."""
    figure = load("figure")
    schema: Schema = figure["$defs"].get(name) or figure["properties"][name]
    return schema


def defaults(name: str) -> dict[str, Any]:
    """Return the default of every option of a definition that has one."""
    options = definition(name)["properties"].items()
    return {option: schema["default"] for option, schema in options if "default" in schema}


OPTION_GROUPS: dict[str, str] = {
    option: group for group in GROUPS for option in definition(group)["properties"]
}
"""The group of every option that can be given by its own name."""


def check(value: Any, name: str) -> None:
    """Check a parsed JSON value against the schema ``figure`` or ``scene``.

    Raises
    ------
    FigureError
        With the path of the first thing that is wrong, such as ``leaves.A.shape[0]``.

    """
    _first(value, load(name), load(name), FigureError)


def check_option(
    value: Any, name: str, option: str | None = None, where: str | None = None
) -> None:
    """Check a part of the figure's schema, or one option of it.

    ``where`` is what errors call the value; by default the option's or the part's name.

    Raises
    ------
    OptionError

    """
    schema = definition(name)
    if option is not None:
        schema = schema["properties"][option]
    _first(value, schema, load("figure"), OptionError, where or option or name)


def _first(value: Any, schema: Schema, root: Schema, error: type[MmError], path: str = "") -> None:
    for where, fields in _problems(value, schema, root, path):
        raise error(**fields, where=where or None)


def _problems(value: Any, schema: Schema, root: Schema, path: str) -> Iterator[Problem]:
    """Yield what is wrong with a value, outermost first."""
    if "$ref" in schema:
        yield from _problems(value, *_referred(schema["$ref"], root), path)
        return
    wrong = _misfit(value, schema)
    if wrong:
        yield path, wrong
        return
    if isinstance(value, dict):
        yield from _members(value, schema, root, path)
    elif isinstance(value, list) and "items" in schema:
        for index, item in enumerate(value):
            yield from _problems(item, schema["items"], root, f"{path}[{index}]")


def _members(value: dict[str, Any], schema: Schema, root: Schema, path: str) -> Iterator[Problem]:
    properties = schema.get("properties", {})
    others = schema.get("additionalProperties", True)
    for name in schema.get("required", ()):
        if name not in value:
            yield path, {"problem": f"{name} is missing", "remedy": f"Give {name}"}
    for name, member in value.items():
        inner = f"{path}.{name}" if name.isidentifier() else f"{path}[{json.dumps(name)}]"
        inner = inner.removeprefix(".")
        if name in properties:
            yield from _problems(member, properties[name], root, inner)
        elif others is False:
            yield (
                inner,
                {
                    "problem": f"{name} is not known here",
                    "possible": properties,
                    "remedy": hint(name, properties),
                },
            )
        elif isinstance(others, dict):
            yield from _problems(member, others, root, inner)


def _misfit(value: Any, schema: Schema) -> dict[str, Any] | None:
    """Return what is wrong with the value itself, leaving aside what it holds."""
    if "const" in schema and not _same(value, schema["const"]):
        return {
            "problem": "this is another value",
            "given": value,
            "possible": f"{schema['const']}",
        }
    if "enum" in schema and not any(_same(value, choice) for choice in schema["enum"]):
        return {
            "problem": "there is no such choice",
            "given": value,
            "possible": schema["enum"],
            "remedy": hint(value, schema["enum"]) if isinstance(value, str) else None,
        }
    types = schema.get("type", ())
    types = (types,) if isinstance(types, str) else tuple(types)
    if types and not any(_is(value, kind) for kind in types):
        return {
            "problem": "this has the wrong type",
            "given": repr(value),
            "possible": " or ".join(_WORDS[kind] for kind in types),
        }
    if isinstance(value, list):
        size, unit = len(value), " entries"
        low, high = schema.get("minItems", 0), schema.get("maxItems", math.inf)
    elif _is(value, "number"):
        size, unit = value, ""
        low, high = schema.get("minimum", -math.inf), schema.get("maximum", math.inf)
    else:
        return None
    if low <= size <= high:
        return None
    bounds = f"at least {low}" if high == math.inf else f"{low} to {high}"
    return {
        "problem": "this is out of range",
        "given": f"{size}{unit}",
        "possible": f"{bounds}{unit}",
    }


_SURROGATE = re.compile("[\ud800-\udfff]")
_WORDS = {
    "object": "an object",
    "array": "a list",
    "string": "a text",
    "number": "a finite number",
    "integer": "a whole number",
    "boolean": "true or false",
    "null": "null",
}


def _is(value: Any, kind: str) -> bool:
    if kind in ("number", "integer"):
        if isinstance(value, bool) or not isinstance(value, int | float):
            return False
        return math.isfinite(value) and (kind == "number" or value == int(value))
    if kind == "string":
        # Half of a surrogate pair can stand in JSON, but in no file and in no worker's message.
        return isinstance(value, str) and not _SURROGATE.search(value)
    types: dict[str, type] = {"object": dict, "array": list, "boolean": bool, "null": type(None)}
    return isinstance(value, types[kind])


def _same(value: Any, other: Any) -> bool:
    """Compare as JSON does: true is not 1, and 1.0 is."""
    return isinstance(value, bool) == isinstance(other, bool) and bool(value == other)


def _referred(reference: str, root: Schema) -> tuple[Schema, Schema]:
    """Return the schema that a $ref names, and the file it stands in."""
    file, _, pointer = reference.partition("#")
    if file:
        root = load(file.removesuffix(".schema.json"))
    schema = root
    for part in filter(None, pointer.split("/")):
        schema = schema[part]
    return schema, root
