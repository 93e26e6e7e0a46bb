"""Ten thousand damaged and hostile links: each gives a figure or one of our errors, and soon."""

from __future__ import annotations

import builtins
import json
import random
import socket
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, urlencode

import original_states
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from original_states import flattened, parameters

from mmbook.errors import MmError
from mmbook.figure import Figure
from mmbook.original import import_link

if TYPE_CHECKING:
    from collections.abc import Iterator

QUERIES = [state["query"] for state in original_states.states()]
TREES = [parameters(query) for query in QUERIES]
COUNT = 10_000
SECONDS = 2.0

HOSTILE: list[Any] = [
    *("", " ", "0", "-1", "1e999", "NaN", "Infinity", "true", "null", "[object Object]", "\ud800"),
    *("alert(1)", "fetch('//x')", "(()=>{for(;;);})()", "__import__('os').system('x')", "i" * 3000),
    *(
        "9**9**9**9",
        "(" * 400,
        "i" + "%3" * 300,
        "`",
        "``",
        "\u0000",
        "<img onerror=x>",
        "é",
        "=",
        "@",
    ),
    *(0, -1, 1, 2**31, 2**63, 10**400, 0.5, 1e308, float("nan"), float("inf"), True, False, None),
    *([], {}, [[]], {"left": {}}, {"x": 1}, "url", "expr", "custom", "inherit", "https://x/y.csv"),
]


def groups(tree: dict[str, Any]) -> list[dict[str, Any]]:
    found = [tree]
    for group in found:
        found += [value for value in group.values() if isinstance(value, dict)]
    return found


def copied(value: Any) -> Any:
    return {k: copied(v) for k, v in value.items()} if isinstance(value, dict) else value


def mutated_tree(chance: random.Random) -> dict[str, Any]:
    """Change some values, names and places of a published tree."""
    tree: dict[str, Any] = copied(chance.choice(TREES))
    for _ in range(chance.choice([1, 1, 2, 5, 20])):
        group = chance.choice(groups(tree))
        if not group:
            continue
        name = chance.choice(list(group))
        match chance.randrange(7):
            case 0 | 1 | 2:
                group[name] = copied(chance.choice(HOSTILE))
            case 3:
                del group[name]
            case 4:
                group[chance.choice(["left", "right", "name", "anim", "block", "cam", "x"])] = (
                    copied(group[name])
                )
            case 5:
                group[name] = copied(chance.choice(groups(chance.choice(TREES))))
            case 6:
                tree = {**copied(tree), "left": {"matmul": True, **tree}}
    return tree


def mutated_text(text: str, chance: random.Random) -> str:
    """Cut, double, swap or replace pieces of a text."""
    for _ in range(chance.choice([1, 1, 3, 10])):
        a, b = sorted(chance.randrange(len(text) + 1) for _ in range(2))
        piece = chance.choice(
            [
                "",
                text[a:b] * 2,
                "%",
                "&",
                "=",
                ".",
                "1",
                "%22",
                "%7B",
                "\x00",
                "é",
                "params=",
                "%FF",
            ]
        )
        b = b if chance.random() < 0.2 else min(b, a + 8)
        text = (text[:a] + piece + text[b:])[:60_000]
    return text


def link(seed: int) -> str:
    chance = random.Random(seed)
    way = seed % 4
    if way == 0:
        return mutated_text(chance.choice(QUERIES), chance)
    tree = mutated_tree(chance)
    if way == 1:
        return f"params={quote(json.dumps(tree), errors='replace')}"
    fields = flattened(tree)
    if way == 3:
        for _ in range(3):
            at = chance.randrange(len(fields))
            key, value = fields[at]
            fields[at] = chance.choice(
                [(value, key), (key, "0"), (f"{key}.3", value), ("1.1", key)]
            )
        chance.shuffle(fields)
    return urlencode(fields, errors="replace")


def forbidden(*_: Any, **__: Any) -> Any:
    raise AssertionError("a link must not do this")


@contextmanager
def nothing_else() -> Iterator[None]:
    """Let nothing run code or leave the process meanwhile."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("eval", "exec", "open", "__build_class__"):
            patch.setattr(builtins, name, forbidden)
        patch.setattr(socket, "socket", forbidden)
        yield


@settings(max_examples=COUNT, deadline=SECONDS * 1000, database=None)
@given(st.integers(0, 2**32))
def test_no_mutation_hangs_escapes_or_is_run(seed: int) -> None:
    text = link(seed)
    try:
        with nothing_else():
            imported = import_link(text)
    except MmError as error:
        assert len(error.summary) < 1000  # noqa: PT017 - much damage leaves a figure
    else:
        # What was read is a whole figure: its JSON follows the schema.
        assert Figure.from_json(imported.figure.to_json()) == imported.figure


def opens(text: str) -> bool:
    try:
        import_link(text)
    except MmError:
        return False
    return True


def test_the_mutations_leave_something_to_read() -> None:
    opened = [opens(link(seed)) for seed in range(400)]
    for way in range(4):
        assert 10 < sum(opened[way::4]) < 100


def test_the_mutations_keep_both_encodings() -> None:
    keys = [dict(parse_qsl(link(seed))).keys() for seed in range(40)]
    assert any("params" in fields for fields in keys)
    assert any("left" in fields for fields in keys)
