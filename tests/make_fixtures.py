"""Makes what the Python and the TypeScript tests both read: ``python tests/make_fixtures.py``.

``fixtures/links.json``: ``states`` (a state and a fragment that carries it), ``damaged`` (a
fragment and what is wrong with it), ``strict`` (the same, where the page's decoder may leave the
refusal to the check of the figure's schema), ``patches`` (two figures and the merge patch between
them) and ``merges`` (a value, any patch, and the value after it).
``fixtures/pack.npz`` and ``pack.json``: a pack, and for each name in it shape, stored type and
values in row order; numbers that JSON lacks are the texts NaN, Infinity and -Infinity.
"""

from __future__ import annotations

import base64
import io
import json
import math
import zlib
from pathlib import Path
from typing import Any

import numpy as np

from mmbook.link import MAX_BYTES, encode
from mmbook.pack import write_pack

FOLDER = Path(__file__).parent / "fixtures"

STATES: list[dict[str, Any]] = [
    {},
    {"figures": {}, "cells": {}},
    {"figures": {"head": {"look": {"sensitivity": "global", "min_size": 0.05}}}},
    {
        "figures": {
            "head": {
                "camera": {"position": [-400, 400.5, 1e-7], "target": [0, 0, -0.25]},
                "results": {"attn": {"epilog": "softmax(x/sqrt(k))"}, "`A @ B`": None},
                "animation": {"alg": "vmprod", "step": 12, "playing": False},
            },
            "köpfe/2": {"title": '注意 🧊 "quoted" <b>\\'},
        },
        "cells": {
            "mask": {"source": "x = 'ü'\n\tprint(x)  # 🧊\r\n\u2028\0", "ran": True},
            "empty": {"source": "", "ran": False},
            "untouched": {},
        },
    },
    # A state long enough for a block of its own Huffman codes.
    {"cells": {"long": {"source": "\n".join(f"row_{n} = {n * n}" for n in range(400))}}},
    # Half of a surrogate pair, as JavaScript's strings can hold.
    {"cells": {"half": {"source": "a\ud800b"}}},
]

PATCHES: list[tuple[Any, Any, Any]] = [
    ({"a": 1}, {"a": 1}, {}),
    ({"a": 1}, {}, {"a": None}),
    ({}, {"a": {}}, {"a": {}}),
    ({"a": {"b": 1, "c": 2}}, {"a": {"b": 1, "c": 3}}, {"a": {"c": 3}}),
    ({"a": {"b": 1}}, {"a": {}}, {"a": {"b": None}}),
    ({"a": {"b": 1}}, {"a": 2}, {"a": 2}),
    ({"a": 2}, {"a": {"b": 1}}, {"a": {"b": 1}}),
    ({"a": [1, 2]}, {"a": [1, 3]}, {"a": [1, 3]}),
    ({"a": [{"b": 1}]}, {"a": [{"b": 1}]}, {}),
    ({"a": True}, {"a": 1}, {"a": 1}),
    ({"a": 0}, {"a": False}, {"a": False}),
    ({"a": ""}, {"a": 0}, {"a": 0}),
    ({"ü": {"A @ B": 1.5}}, {"ü": {"A @ B": 1.25}}, {"ü": {"A @ B": 1.25}}),
    ({"toString": 1}, {"toString": 2, "__proto__": 3}, {"toString": 2, "__proto__": 3}),
]

# Beyond what patch() makes: any merge patch that can arrive in a link.
MERGES: list[tuple[Any, Any, Any]] = [
    ({"a": "b"}, {"a": "c"}, {"a": "c"}),
    ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
    ({"a": "b"}, {"b": None}, {"a": "b"}),
    ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
    ({"a": "c"}, {"a": ["b", None]}, {"a": ["b", None]}),
    ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
    ({"a": [1]}, {"a": {"b": {"c": None}}}, {"a": {"b": {}}}),
    ({}, {"a": {"b": {"c": None}}}, {"a": {"b": {}}}),
    ([1, 2], {"a": 1}, {"a": 1}),
    ({"a": 1}, [2], [2]),
    ({"a": 1}, None, None),
    ({"a": None}, {"b": 1}, {"a": None, "b": 1}),
]


def fragment(data: bytes) -> str:
    """Return a fragment of version 1 that carries these bytes, whatever they are."""
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = squeezer.compress(data) + squeezer.flush()
    return "#mm=1." + base64.urlsafe_b64encode(packed).decode().rstrip("=")


def damaged() -> dict[str, str]:
    """Return fragments that must give one message each, by what is wrong with them."""
    whole = encode(STATES[3])
    return {
        "no state": "#section-2",
        "unknown version": "#mm=2." + whole.partition(".")[2],
        "empty": "#mm=1.",
        "cut off": whole[: len(whole) // 2],
        "last character missing": whole[:-1],
        "a foreign character": whole[:20] + "!" + whole[21:],
        "no deflate": "#mm=1.AAAA",
        "too large": fragment(b'{"cells":{"a":{"source":"' + b" " * MAX_BYTES + b'"}}}'),
        "not UTF-8": fragment(b'{"cells":{"a":{"source":"\xff"}}}'),
        "no JSON": fragment(b'{"figures":'),
        "NaN": fragment(b'{"figures":{"a":{"x":NaN}}}'),
        "no object": fragment(b"[]"),
        "another part": fragment(b'{"pages":{}}'),
        "figures are no object": fragment(b'{"figures":[]}'),
        "a patch is no object": fragment(b'{"figures":{"a":null}}'),
        "a cell is no object": fragment(b'{"cells":{"a":"print()"}}'),
        "a source is no text": fragment(b'{"cells":{"a":{"source":1}}}'),
        "ran is no truth value": fragment(b'{"cells":{"a":{"ran":1}}}'),
        "another key of a cell": fragment(b'{"cells":{"a":{"eval":"x"}}}'),
    }


def strict() -> dict[str, str]:
    """Return fragments that this package refuses and whose damage does no harm in the page."""
    return {
        "bytes after the end": encode(STATES[3]) + "AAAA",
        "a number that is not finite": fragment(b'{"figures":{"a":{"x":1e999}}}'),
        "nested too deeply": fragment(b'{"figures":{"a":' + b'{"a":' * 99 + b"1" + b"}" * 101),
    }


def links() -> dict[str, Any]:
    """Return everything that ``links.json`` holds."""
    return {
        "states": [{"state": state, "fragment": encode(state)} for state in STATES],
        "damaged": [{"problem": p, "fragment": f} for p, f in damaged().items()],
        "strict": [{"problem": p, "fragment": f} for p, f in strict().items()],
        "patches": [
            dict(zip(("published", "shown", "patch"), case, strict=True)) for case in PATCHES
        ],
        "merges": [dict(zip(("before", "patch", "after"), case, strict=True)) for case in MERGES],
    }


def matrices() -> dict[str, np.ndarray]:
    """Return the matrices of ``pack.npz``: every kind of name and of value."""
    rng = np.random.RandomState(1)
    halves = rng.standard_normal((3, 5)).astype(np.float16).astype(np.float32)
    special = [[np.nan, np.inf, -np.inf, -0.0, 0.0], [65504, -(2.0**-24), 2.0**-14, 1, -2048]]
    single = [[0.1, 1e-45, np.nan], [3.4028235e38, -1.1754944e-38, -0.0]]
    return {
        "x": halves,
        "A @ B": np.array(special, np.float32),
        "Wᵀ": np.array(single, np.float32),
        "注意 🧊": rng.standard_normal((1, 7)).astype(np.float32),
        "file": np.array([[1.0]], np.float32),
        "a/b\\c": np.array([[2.0], [3.0]], np.float32),
        "x.npy": np.array([[-1.5]], np.float32),
        "about.json": np.array([[4.0, 5.0]], np.float32),
    }


def pack() -> bytes:
    """Return the bytes of ``pack.npz``."""
    buffer = io.BytesIO()
    write_pack(buffer, matrices(), {"title": "Fixture", "language": "ü"})
    return buffer.getvalue()


def expected() -> dict[str, Any]:
    """Return everything that ``pack.json`` holds."""
    with np.load(io.BytesIO(pack())) as stored:
        return {
            name: {
                "shape": list(array.shape),
                "stored": str(_stored(stored, name)),
                "values": [_json(float(value)) for value in array.ravel()],
            }
            for name, array in matrices().items()
        }


def _stored(archive: Any, name: str) -> np.dtype[Any]:
    with archive.zip.open(f"{name}.npy") as entry:
        return np.lib.format.read_array(entry).dtype


def _json(value: float) -> float | str:
    if math.isfinite(value):
        return value
    return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"


def main() -> None:
    """Write the fixtures."""
    FOLDER.mkdir(exist_ok=True)
    for name, content in (("links.json", links()), ("pack.json", expected())):
        # ASCII only, because half a surrogate pair cannot be written otherwise.
        (FOLDER / name).write_text(json.dumps(content, indent=1) + "\n", encoding="ascii")
    (FOLDER / "pack.npz").write_bytes(pack())


if __name__ == "__main__":
    main()
