"""The names that the original tool and this one have for the same options, and how values fit.

Values come from links: whatever they are, an option gets one that the figure's schema allows, and
the notices say where that is another one than the link asked for.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

from mmbook.schema import definition

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "BLOCKS", "FIELDS", "LEGACY", "PLACEMENT", "WORDS", "Notices", "boolean", "fitted", "group",
    "number", "whole",
]  # fmt: skip

PLACEMENT = {
    "polarity": "polarity",
    "left placement": "left",
    "right placement": "right",
    "result placement": "result",
}
BLOCKS = {"i blocks": "i", "j blocks": "j", "k blocks": "k"}
FIELDS: dict[str, tuple[str, dict[str, str]]] = {
    "layout": (
        "layout",
        {name: name for name in ("gap", "scatter", "molecule", "blast", "scheme")} | PLACEMENT,
    ),
    "viz": (
        "look",
        {
            "sensitivity": "sensitivity",
            "min size": "min_size",
            "min light": "min_light",
            "max light": "max_light",
            "elem scale": "elem_scale",
            "zero hue": "zero_hue",
            "hue gap": "hue_gap",
            "hue spread": "hue_spread",
        },
    ),
    "deco": (
        "marks",
        {
            "legends": "legends",
            "shape": "shape",
            "row guides": "row_guides",
            "flow guides": "flow_guides",
            "spotlight": "spotlight",
            "lens size": "lens_size",
            "magnification": "magnification",
            "interior spotlight": "interior_spotlight",
            "axes": "axes",
        },
    ),
    "anim": (
        "animation",
        {
            "alg": "alg",
            "speed": "speed",
            "fuse": "fuse",
            "hide inputs": "hide_inputs",
            "spin": "spin",
        },
    ),
}
"""The original's group and names, and ours."""

LEGACY: dict[str, dict[str, Any]] = {
    "deco": {"lens size": 0.25, "magnification": 5, "shape": False},
    "viz": {"elem scale": 1.25},
}
"""What a group that lacks a name means by it: the links are older than the name."""

WORDS = frozenset(
    {"expr", "name", "epilog", "left", "right", "matmul", "h", "w", "init", "url", "min", "max"}
    | {"dropout", "block", "cam", "target", "x", "y", "z", "folder", "diag", "compress"}
    | {"json", "compressed", "sync_expr"}
    | {*FIELDS, *BLOCKS, *(name for _, names in FIELDS.values() for name in names)}
)
"""Every word that the names and the groups of the original are made of."""

# How the original's own fields write numbers; Python's float would also take "nan" and "1_000".
_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,30}\.?[0-9]{0,30}|\.[0-9]{1,30})(?:[eE][+-]?[0-9]{1,4})?")


class Notices(list[str]):
    """Sentences for the reader: what this figure does not do as the link says."""

    def say(self, text: str, where: str = "") -> None:
        """Add a sentence; ``where`` is the place in the link, such as ``left.right``."""
        self.append(f"{where}: {text}." if where else f"{text[0].upper()}{text[1:]}.")


def number(value: Any) -> float | None:
    """Return a finite number that a link may also have written as a text, or None."""
    if isinstance(value, str):
        value = float(value) if _NUMBER.fullmatch(value) else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return float(value) if math.isfinite(value) else None
    except OverflowError:
        return None


def boolean(value: Any) -> bool | None:
    """Return a truth value that a link may also have written as a text, or None."""
    if isinstance(value, str):
        return {"true": True, "false": False}.get(value)
    return value if isinstance(value, bool) else None


def whole(value: float) -> float | int:
    """Return a number as it is written shortest: 5 rather than 5.0."""
    return int(value) if value == int(value) and abs(value) < 2**53 else value


def group(name: str, given: Any, legacy: bool, notices: Notices, where: str = "") -> dict[str, Any]:
    """Return our options for one of the original's groups; those at their default are left out."""
    ours, names = FIELDS[name]
    if not isinstance(given, dict):
        return {}
    if legacy:
        given = {**LEGACY.get(name, {}), **given}
    options = {}
    for theirs, option in names.items():
        if theirs in given:
            place = f"{where}{name}.{theirs}"
            value = fitted(given[theirs], definition(ours)["properties"][option], notices, place)
            if value != definition(ours)["properties"][option]["default"]:
                options[option] = value
    return options


def fitted(value: Any, schema: Mapping[str, Any], notices: Notices, where: str) -> Any:
    """Return the value an option takes: the one given, the nearest one, or the default."""
    default = schema["default"]
    if "enum" in schema:
        if isinstance(value, str) and value in schema["enum"]:
            return value
    elif schema["type"] == "boolean":
        truth = boolean(value)
        if truth is not None:
            return truth
    else:
        given = number(value)
        if given is not None:
            near = min(
                max(given, schema.get("minimum", -math.inf)), schema.get("maximum", math.inf)
            )
            if schema["type"] == "integer":
                near = math.floor(near + 0.5)
            if near != given:
                notices.say(f"{whole(given)} is out of range, taken as {whole(near)}", where)
            return whole(near)
    notices.say(f"{_shown(value)} is unknown, taken as {default}", where)
    return default


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:39]}…"
