"""State ⇄ the fragment of a link, and the difference between two figures.

A fragment is ``#mm=1.`` followed by the base64url (without padding) of the raw-deflated JSON
``{"figures": {id: patch}, "cells": {id: {"source"?: text, "ran"?: bool}}}``. A patch is a JSON
merge patch (RFC 7396) from the published figure to what is on the screen.

Anyone can write a link, so decoding trusts nothing: it stops inflating at a limit and checks the
shape of what it finds.
"""

from __future__ import annotations

import base64
import binascii
import json
import math
import re
import zlib
from typing import TYPE_CHECKING, Any, NoReturn

from mmbook.errors import LinkError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["MAX_BYTES", "MAX_DEPTH", "VERSION", "apply", "decode", "encode", "patch"]

VERSION = 1
MAX_BYTES = 1_000_000
"""The most that a fragment's JSON may have, in UTF-8."""
MAX_DEPTH = 32
"""How deep objects and lists may lie inside each other; a state needs about eight."""

_FRAGMENT = re.compile(r"mm=(?P<version>\d{1,9})\.(?P<payload>.*)", re.DOTALL)
_ALPHABET = re.compile(r"[A-Za-z0-9_-]*={0,2}")
_CELL = {"source": str, "ran": bool}
_SHAPE = (
    '{"figures": {id: {…}}, "cells": {id: {"source": text, "ran": true or false}}, '
    '"stages": {id: name}}'
)


def encode(state: Mapping[str, Any]) -> str:
    """Return the fragment of a link, ``#`` included, that carries this state.

    Raises
    ------
    LinkError
        The state is no state of a page, or too large for a link.

    """
    _check(state)
    try:
        text = json.dumps(state, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    except (TypeError, ValueError, RecursionError) as error:
        raise LinkError("the state is not JSON", given=str(error)) from error
    # Half a character cannot be UTF-8; JSON's own escape carries it, as it does in the page.
    data = text.encode(errors="backslashreplace")
    if len(data) > MAX_BYTES:
        raise LinkError(
            "the state is too large for a link",
            given=f"{len(data)} bytes",
            possible=f"at most {MAX_BYTES}",
            remedy="Save the code as a file instead.",
        )
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = squeezer.compress(data) + squeezer.flush()
    return f"#mm={VERSION}.{base64.urlsafe_b64encode(packed).decode().rstrip('=')}"


def decode(fragment: str) -> dict[str, Any]:
    """Return the state that a fragment carries; a whole address with a fragment will do.

    Raises
    ------
    LinkError
        There is no state in it, it is of an unknown version, damaged, or too large.

    """
    match = _FRAGMENT.fullmatch(fragment.rpartition("#")[2].strip())
    if match is None:
        raise LinkError(
            "this link carries no state", given=fragment, possible=f"#mm={VERSION}.… at its end"
        )
    if int(match["version"]) != VERSION:
        raise LinkError(
            "this link is of an unknown version",
            given=match["version"],
            possible=str(VERSION),
            remedy="A newer edition of the book may open it.",
        )
    data = _inflate(_bytes(match["payload"]))
    try:
        text = data.decode()
        state = json.loads(text, parse_constant=_not_finite, parse_float=_finite)
    except (ValueError, RecursionError) as error:
        raise LinkError("the link is damaged: it holds no JSON", given=str(error)) from error
    _check(state)
    return dict(state)


def patch(published: Mapping[str, Any], shown: Mapping[str, Any]) -> dict[str, Any]:
    """Return the merge patch that turns ``published`` into ``shown``; empty if they are equal.

    Raises
    ------
    LinkError
        ``shown`` differs in a value ``null``, which a merge patch cannot express.

    """
    changes: dict[str, Any] = {name: None for name in published if name not in shown}
    for name, after in shown.items():
        before = published.get(name)
        if name in published and _same(before, after):
            continue
        if isinstance(after, dict):
            # Against an empty object where there was none, so that a null inside is noticed.
            changes[name] = patch(before if isinstance(before, dict) else {}, after)
        elif after is None:
            raise LinkError("null cannot be put into a link", where=name)
        else:
            changes[name] = after
    return changes


def apply(published: Any, patch: Any) -> Any:
    """Return ``published`` with a merge patch applied (RFC 7396); neither is changed."""
    if not isinstance(patch, dict):
        return patch
    result = dict(published) if isinstance(published, dict) else {}
    for name, change in patch.items():
        if change is None:
            result.pop(name, None)
        else:
            result[name] = apply(result.get(name), change)
    return result


def _same(a: Any, b: Any) -> bool:
    # Python takes 1, 1.0 and true for equal; JSON tells true from 1.
    if isinstance(a, bool) != isinstance(b, bool):
        return False
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(_same(a[name], b[name]) for name in a)
    if isinstance(a, (list, tuple)) and isinstance(b, (list, tuple)):
        return len(a) == len(b) and all(map(_same, a, b))
    return bool(a == b)


def _bytes(payload: str) -> bytes:
    if not _ALPHABET.fullmatch(payload):
        stray = re.search(r"[^A-Za-z0-9_-]", payload)
        raise LinkError(
            "the link is damaged: a character does not belong in it",
            given=stray[0] if stray else payload,
            possible="A–Z, a–z, 0–9, - and _",
        )
    payload = payload.rstrip("=")
    try:
        return base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
    except binascii.Error as error:
        raise LinkError("the link is damaged: characters are missing") from error


def _inflate(packed: bytes) -> bytes:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        data = inflater.decompress(packed, MAX_BYTES + 1)
    except zlib.error as error:
        raise LinkError("the link is damaged: it does not inflate", given=str(error)) from error
    if len(data) > MAX_BYTES:
        raise LinkError("the link inflates to too much", possible=f"at most {MAX_BYTES} bytes")
    if not inflater.eof or inflater.unused_data:
        missing = "characters are missing at its end" if not inflater.eof else "its end is too long"
        raise LinkError(f"the link is damaged: {missing}")
    return data


def _check(state: Any) -> None:
    """Raise unless this is the state of a page; figures' options are the figure's to check."""
    _check_depth(state, MAX_DEPTH)
    if not isinstance(state, dict) or not state.keys() <= {"figures", "cells", "stages"}:
        raise LinkError("this is no state of a page", given=state, possible=_SHAPE)
    for part, entries in state.items():
        if not isinstance(entries, dict):
            raise LinkError("this is no state of a page", where=part, possible=_SHAPE)
        for name, entry in entries.items():
            where = f"{part}.{name}"
            if part == "stages":
                if not isinstance(entry, str):
                    raise LinkError("a stage is a name", given=entry, where=where)
                continue
            if not isinstance(entry, dict):
                raise LinkError("this is no state", given=entry, where=where, possible=_SHAPE)
            if part == "figures":
                continue
            for key, value in entry.items():
                if key not in _CELL or not isinstance(value, _CELL[key]):
                    raise LinkError(
                        "a cell has no such state",
                        given=f"{key}: {value}",
                        possible="source: text, ran: true or false",
                        where=where,
                    )


def _check_depth(value: Any, levels: int) -> None:
    inner = value.values() if isinstance(value, dict) else value
    if isinstance(value, (dict, list, tuple)):
        if not levels:
            raise LinkError("the state is nested too deeply", possible=f"{MAX_DEPTH} levels")
        for part in inner:
            _check_depth(part, levels - 1)


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        _not_finite(text)
    return value


def _not_finite(text: str) -> NoReturn:
    raise LinkError("the link holds a number that is not finite", given=text)
