"""Links carry a state there and back; damaged and hostile ones give one message."""

from __future__ import annotations

import argparse
import copy
import io
import json
import sys
import zlib
from typing import TYPE_CHECKING, Any

import make_fixtures
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mmbook import link_command
from mmbook.errors import LinkError
from mmbook.link import MAX_BYTES, MAX_DEPTH, apply, decode, encode, patch

if TYPE_CHECKING:
    from pathlib import Path

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
SCALAR = (
    st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT
)
JSON = st.recursive(
    SCALAR, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3)
)
OBJECT = st.dictionaries(TEXT, JSON, max_size=4)
WITH_NULL = st.recursive(
    st.none() | SCALAR,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
)
CELL = st.fixed_dictionaries({}, optional={"source": TEXT, "ran": st.booleans()})
STATE = st.fixed_dictionaries(
    {},
    optional={
        "figures": st.dictionaries(TEXT, st.dictionaries(TEXT, WITH_NULL, max_size=3), max_size=2),
        "cells": st.dictionaries(TEXT, CELL, max_size=3),
    },
)
FIXTURE = json.loads((make_fixtures.FOLDER / "links.json").read_text("ascii"))
REFUSED = FIXTURE["damaged"] + FIXTURE["strict"]


def exact(value: Any) -> str:
    """A text that tells true from 1 and, unlike ==, nothing else apart from key order."""
    return json.dumps(value, sort_keys=True)


@given(STATE)
def test_a_state_comes_back_as_it_was(state: dict[str, Any]) -> None:
    fragment = encode(state)
    assert exact(decode(fragment)) == exact(state)
    assert exact(decode(f"https://book/page/?a#{fragment[1:]}")) == exact(state)
    assert encode(decode(fragment)) == fragment
    assert fragment.isascii()


def test_a_fragment_is_deflated_json_in_base64url() -> None:
    # A stored block, written out by hand: last-block bit, length 2, its complement, the text.
    packed = b"\x01\x02\x00\xfd\xff{}"
    assert zlib.decompress(packed, -15) == b"{}"
    assert decode("#mm=1.AQIA_f97fQ") == {}
    assert decode("mm=1.AQIA_f97fQ==") == {}


def test_a_change_of_one_setting_makes_a_short_link() -> None:
    state = {"figures": {"head": {"look": {"sensitivity": "global"}}}}
    assert len(encode(state)) < 80


@pytest.mark.parametrize("case", FIXTURE["states"], ids=lambda case: case["fragment"][:16])
def test_the_fixture_s_fragments_carry_their_states(case: dict[str, Any]) -> None:
    assert exact(decode(case["fragment"])) == exact(case["state"])


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case["problem"])
def test_a_damaged_link_gives_one_line_that_says_what_is_wrong(case: dict[str, str]) -> None:
    with pytest.raises(LinkError) as caught:
        decode(case["fragment"])
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("problem", "message"),
    [
        ("no state", "carries no state"),
        ("unknown version", r"unknown version \(given: 2\)"),
        ("cut off", "characters are missing|does not inflate"),
        ("a foreign character", r"does not belong .*\(given: !\)"),
        ("bytes after the end", "damaged"),
        ("too large", "inflates to too much"),
        ("not UTF-8", "utf-8"),
        ("no JSON", "holds no JSON"),
        ("a number that is not finite", r"not finite \(given: 1e999\)"),
        ("nested too deeply", "nested too deeply"),
        ("another key of a cell", r"cells\.a: a cell has no such state \(given: eval: x\)"),
    ],
)
def test_messages_name_the_damage(problem: str, message: str) -> None:
    (fragment,) = (c["fragment"] for c in REFUSED if c["problem"] == problem)
    with pytest.raises(LinkError, match=message):
        decode(fragment)


def test_the_fixture_is_what_its_script_makes() -> None:
    made = json.loads(json.dumps(make_fixtures.links()))
    assert made.keys() == FIXTURE.keys()
    for part in ("patches", "merges"):
        assert made[part] == FIXTURE[part]
    # zlib may pack the same text differently on another machine; what it carries is the same.
    assert [c["state"] for c in made["states"]] == [c["state"] for c in FIXTURE["states"]]
    for part in ("damaged", "strict"):
        assert [c["problem"] for c in made[part]] == [c["problem"] for c in FIXTURE[part]]


def test_a_bomb_is_not_inflated() -> None:
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
    bomb = squeezer.compress(bytes(200 * MAX_BYTES)) + squeezer.flush()
    assert len(bomb) < MAX_BYTES
    with pytest.raises(LinkError, match="too much"):
        decode("#mm=1." + make_fixtures.base64.urlsafe_b64encode(bomb).decode())


@given(st.binary(max_size=60), st.text(max_size=30), STATE, st.data())
def test_noise_raises_only_our_error(
    noise: bytes, text: str, state: dict[str, Any], data: st.DataObject
) -> None:
    whole = encode(state)
    at = data.draw(st.integers(0, len(whole)))
    tries = [text, "#mm=1." + text, make_fixtures.fragment(noise), whole[:at] + text + whole[at:]]
    for fragment in tries:
        try:
            decode(fragment)
        except LinkError as error:
            assert "\n" not in str(error)  # noqa: PT017 - some noise is a valid state


def deep(levels: int) -> dict[str, Any]:
    value: Any = 1
    for _ in range(levels - 2):
        value = {"a": value}
    return {"figures": {"f": value}}


@pytest.mark.parametrize(
    ("state", "message"),
    [
        ([], "no state of a page"),
        ({"pages": {}}, "no state of a page"),
        ({"cells": {"a": {"source": None}}}, r"cells\.a: "),
        ({"figures": {"f": {"x": float("nan")}}}, "not JSON"),
        ({"figures": {"f": {"x": {1, 2}}}}, "not JSON"),
        ({"cells": {"a": {"source": "x" * MAX_BYTES}}}, "too large for a link"),
        (deep(MAX_DEPTH + 1), "nested too deeply"),
    ],
)
def test_what_cannot_travel_is_refused_before_it_leaves(state: Any, message: str) -> None:
    with pytest.raises(LinkError, match=message):
        encode(state)


def test_the_deepest_state_that_leaves_also_arrives() -> None:
    assert decode(encode(deep(MAX_DEPTH))) == deep(MAX_DEPTH)


@given(OBJECT, OBJECT)
def test_a_patch_turns_the_published_figure_into_the_shown_one(
    published: dict[str, Any], shown: dict[str, Any]
) -> None:
    before = copy.deepcopy(published)
    assert exact(apply(published, patch(published, shown))) == exact(shown)
    assert published == before


@given(OBJECT)
def test_nothing_changed_is_an_empty_patch(figure: dict[str, Any]) -> None:
    assert patch(figure, copy.deepcopy(figure)) == {}


@given(OBJECT, OBJECT, st.sampled_from(["a", "b"]))
def test_a_patch_says_nothing_about_what_stayed(
    published: dict[str, Any], shown: dict[str, Any], name: str
) -> None:
    assume(name not in published | shown)
    stayed = {"stayed": [1, {"x": 2}]}
    assert name not in patch(published | {name: stayed}, shown | {name: stayed})


@pytest.mark.parametrize("case", FIXTURE["patches"], ids=repr)
def test_the_fixture_s_patches(case: dict[str, Any]) -> None:
    assert exact(patch(case["published"], case["shown"])) == exact(case["patch"])
    assert exact(apply(case["published"], case["patch"])) == exact(case["shown"])


@pytest.mark.parametrize("case", FIXTURE["merges"], ids=repr)
def test_the_fixture_s_merges(case: dict[str, Any]) -> None:
    assert exact(apply(case["before"], case["patch"])) == exact(case["after"])


@pytest.mark.parametrize("shown", [{"a": None}, {"a": {"b": {"c": None}}}])
def test_null_is_refused_because_a_patch_would_remove_it(shown: dict[str, Any]) -> None:
    with pytest.raises(LinkError, match="null"):
        patch({}, shown)


def command(*words: str) -> int:
    parser = argparse.ArgumentParser()
    link_command.register(parser.add_subparsers())
    arguments = parser.parse_args(["link", *words])
    return int(arguments.run(arguments))


def test_the_commands_undo_each_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    state = make_fixtures.STATES[3]
    assert command("decode", f"https://book/page/{encode(state)}") == 0
    printed = capsys.readouterr().out
    assert json.loads(printed) == state
    (tmp_path / "state.json").write_text(printed, encoding="utf-8")
    assert command("encode", str(tmp_path / "state.json")) == 0
    assert capsys.readouterr().out == encode(state) + "\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(printed.encode())))
    assert command("encode", "-") == 0
    assert capsys.readouterr().out == encode(state) + "\n"


def test_half_a_character_prints_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert command("decode", encode(make_fixtures.STATES[5])) == 0
    assert json.loads(capsys.readouterr().out) == make_fixtures.STATES[5]


def test_the_commands_name_a_bad_file(tmp_path: Path) -> None:
    with pytest.raises(LinkError, match=r"missing\.json: the file cannot be read"):
        command("encode", str(tmp_path / "missing.json"))
    (tmp_path / "bad.json").write_text("{")
    with pytest.raises(LinkError, match=r"bad\.json: the file is not JSON"):
        command("encode", str(tmp_path / "bad.json"))
