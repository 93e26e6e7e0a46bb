"""A link of the original tool ⇄ the parameters it carries, as nested dicts of plain values.

There are two encodings. ``params=…`` holds all of them as JSON. The other one flattens them: every
path is split at its last dot, a dictionary (``left.left=13``) numbers prefixes and names in order
of first use, and ``13.7=eye`` gives the value of one name under one prefix. Every value in that
form is a text. Query keys that belong to neither are not ours to read.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote

from mmbook.errors import LinkError
from mmbook.original.options import WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["MAX_FIELDS", "MAX_LENGTH", "Parameters", "read", "write"]

MAX_LENGTH = 500_000
"""The most characters a link may have; the longest published one has about six thousand."""
MAX_FIELDS = 20_000
"""The most fields a query may have; a matrix takes about ten."""
# Deeper than any figure may be; see ``mmbook.expr.MAX_DEPTH``.
_MAX_PARTS = 100

_ENTRY = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,6})?")
_NUMBER = re.compile(r"[0-9]{1,6}")
_POSSIBLE = "an address with ?params=… or ?0=…&1=… of the original tool, or its JSON"


@dataclass(frozen=True)
class Parameters:
    """What a link carries: ``root`` as it stands there.

    ``whole`` tells how what is absent is to be understood: JSON holds whole groups, and a name
    absent from one is older than that name; the flattened form is laid over the defaults.
    """

    root: Mapping[str, Any]
    whole: bool


def read(text: str) -> Parameters:
    """Return the parameters in a link: an address, only its query, or the JSON alone.

    Raises
    ------
    LinkError
        There are none, they are damaged, or they lie elsewhere.

    """
    text = text.strip()
    if len(text) > MAX_LENGTH:
        given = f"{len(text)} characters"
        raise LinkError("the link is too long", given=given, possible=f"at most {MAX_LENGTH}")
    if text.startswith("{"):
        return Parameters(_json(text), whole=True)
    fields = _fields(text)
    # The tool's own guide carries the tool's whole query inside its own.
    if "mm" in fields and not _carries(fields):
        fields = _fields(fields["mm"])
    if "params" in fields:
        return Parameters(_json(fields["params"]), whole=True)
    root = _unflattened(fields)
    if root:
        return Parameters(root, whole=False)
    if "config" in fields:
        raise LinkError(
            "the link keeps its figure in a file elsewhere, and no file is fetched for a link",
            given=fields["config"],
            remedy="Download the file yourself and import the JSON in it",
        )
    raise LinkError("this is no link of the original tool", given=text, possible=_POSSIBLE)


def write(root: Mapping[str, Any]) -> str:
    """Return the query that carries parameters as JSON."""
    text = json.dumps(root, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return f"params={quote(text, safe='', errors='replace')}"


def _fields(text: str) -> dict[str, str]:
    """Return the fields of a query; the first of those that share a key."""
    head, mark, tail = text.partition("?")
    query = tail if mark and "=" not in head else text
    query = query.partition("#")[0]
    try:
        pairs = parse_qsl(
            query, keep_blank_values=True, errors="replace", max_num_fields=MAX_FIELDS
        )
    except ValueError:
        possible = f"at most {MAX_FIELDS}"
        raise LinkError("the link has too many fields", possible=possible) from None
    fields: dict[str, str] = {}
    for key, value in pairs:
        fields.setdefault(key, value)
    return fields


def _carries(fields: Mapping[str, str]) -> bool:
    return "params" in fields or any(_ENTRY.fullmatch(key) for key in fields)


def _json(text: str) -> dict[str, Any]:
    try:
        root = json.loads(text)
    except (ValueError, RecursionError) as error:
        problem = "the link is damaged: its parameters are not JSON"
        raise LinkError(problem, given=str(error)) from None
    if not isinstance(root, dict):
        raise LinkError("the link is damaged: its parameters are no object", given=repr(root))
    return root


def _unflattened(fields: Mapping[str, str]) -> dict[str, Any]:
    words: dict[str, str] = {}
    for word, number in fields.items():
        # A key that someone added, such as utm_id=5, must not rename what the link numbers.
        if _NUMBER.fullmatch(number) and all(part in WORDS for part in word.split(".")):
            words.setdefault(number, word)
    root: dict[str, Any] = {}
    for key, value in fields.items():
        if not _ENTRY.fullmatch(key):
            continue
        parts = [words.get(number) for number in key.split(".")]
        if None not in parts:
            _put(root, ".".join(map(str, parts)).split("."), value)
    return root


def _put(root: dict[str, Any], path: list[str], value: str) -> None:
    if len(path) > _MAX_PARTS:
        raise LinkError("the link nests its matrices too deeply", possible=f"{_MAX_PARTS} levels")
    *groups, name = path
    for group in groups:
        inner = root.setdefault(group, {})
        if not isinstance(inner, dict):
            inner = root[group] = {}
        root = inner
    if not isinstance(root.get(name), dict):
        root[name] = value
