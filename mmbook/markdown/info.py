"""Reads the info string of a fence: ``id="head" height="480" readonly``."""

from __future__ import annotations

import re
from typing import Any

from mmbook import schema
from mmbook.errors import OptionError

_TOKEN = re.compile(
    r"""(?P<key>[A-Za-z_][\w-]*)(?:=(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"']+)))?"""
    r"""(?=\s|$)\s*"""
)
_ID = re.compile(r"[A-Za-z][\w.-]*")
_HEIGHTS = (80, 4000)
_TRUTH = {"": True, "true": True, "yes": True, "false": False, "no": False}

FIGURE_OPTIONS = ("id", "height", "caption", "title", "alt", "camera", "settings")
CELL_OPTIONS = ("id", "figure", "session", "readonly", "hidden", "height")


def split(info: str) -> dict[str, str]:
    """Return the options as written, by name; a name without a value has the value ``""``."""
    options: dict[str, str] = {}
    position = 0
    while position < len(info):
        token = _TOKEN.match(info, position)
        if token is None:
            raise OptionError(
                "the options of the fence cannot be read from here",
                given=info[position:],
                possible='name="value" or name, separated by spaces',
            )
        if token["key"] in options:
            raise OptionError("this option is given twice", given=token["key"])
        options[token["key"]] = token["double"] or token["single"] or token["bare"] or ""
        position = token.end()
    return options


def identifier(name: str, text: str) -> str:
    """Check an id; links and labels carry it, so it is a plain word."""
    if not _ID.fullmatch(text):
        raise OptionError(
            f"{name} is no id",
            given=text,
            possible="a letter, then letters, digits, dots, hyphens and underscores",
        )
    return text


def height(text: str) -> int:
    """Read a height in CSS pixels."""
    low, high = _HEIGHTS
    if not text.isdecimal() or not low <= int(text) <= high:
        raise OptionError(
            "height is no height", given=text, possible=f"whole pixels from {low} to {high}"
        )
    return int(text)


def flag(name: str, text: str) -> bool:
    """Read an option that is on or off."""
    if text.lower() not in _TRUTH:
        raise OptionError(f"{name} is on or off", given=text, possible=("true", "false"))
    return _TRUTH[text.lower()]


def camera(text: str) -> dict[str, list[float]]:
    """Read ``"x,y,z x,y,z"``: where the camera stands and what it looks at."""
    try:
        position, target = ([float(part) for part in vector.split(",")] for vector in text.split())
    except ValueError:
        position = target = []
    if len(position) != 3 or len(target) != 3:
        raise OptionError(
            "camera is no camera",
            given=text,
            possible="two points, x,y,z of the camera and x,y,z of what it looks at",
        )
    return {"position": position, "target": target}


def setting(name: str, text: str) -> Any:
    """Read an option of the Figure schema by its own name, as the schema's type."""
    kind = schema.definition(schema.OPTION_GROUPS[name])["properties"][name].get("type")
    try:
        if kind == "boolean":
            return flag(name, text)
        if kind == "integer":
            return int(text)
        if kind == "number":
            return float(text)
    except ValueError:
        possible = f"a{'n' if kind == 'integer' else ''} {kind}"
        raise OptionError(f"{name} is no {kind}", given=text, possible=possible) from None
    return text
