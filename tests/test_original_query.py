"""Both encodings are read wherever they stand; what is no link gives one message."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote, urlencode

import original_states
import pytest
from original_states import flattened

from mmbook.errors import LinkError
from mmbook.original import import_link
from mmbook.original.query import MAX_FIELDS, MAX_LENGTH, read, write

STATES = {state["state"]: state["query"] for state in original_states.states()}
JSON, FLAT = STATES["01"], STATES["09"]
TREE: dict[str, Any] = {
    "name": "out",
    "left": {"name": "A", "matmul": False, "h": 2, "w": 3, "init": "eye"},
    "right": {"name": "B", "matmul": False, "h": 3, "w": 4, "init": "gaussian", "min": 0},
    "anim": {"alg": "vmprod"},
}
ADDRESS = "https://host/mm/index.html"


def test_json_comes_back_as_it_was() -> None:
    tree = {"name": "A & B = 100% +#?", "left": {"x": [1, None]}}
    assert read(write(tree)).root == tree


@pytest.mark.parametrize("query", [JSON, FLAT])
def test_a_link_is_an_address_a_query_or_part_of_a_longer_one(query: str) -> None:
    figure = import_link(query).figure
    for text in (
        f"{ADDRESS}?{query}",
        f"?{query}",
        f"  {ADDRESS}?{query}\n",
        f"index.html?{query}#top",
        f"{ADDRESS}?utm_source=a%20b&{query}&fbclid=IwAR0&gclid=",
        f"{ADDRESS}?mm={quote('?' + query, safe='')}&doc=120",
    ):
        assert import_link(text).figure == figure


def test_keys_that_someone_added_rename_nothing() -> None:
    figure = import_link(FLAT).figure
    for added in ("utm_id=5", "v=13", "utm_id=0&t=1&page=2"):
        assert import_link(f"{added}&{FLAT}").figure == figure
        assert import_link(f"{FLAT}&{added}").figure == figure


def test_the_parameters_alone_are_read() -> None:
    assert import_link(json.dumps(TREE)).figure == import_link(write(TREE)).figure


def test_the_flattened_form_shares_words_between_prefixes_and_names() -> None:
    fields = flattened({"name": "a", "left": {"left": {"name": "b"}, "name": "c"}})
    assert fields == [
        *[("0", "a"), ("1.0", "b"), ("2.0", "c")],
        *[("name", "0"), ("left.left", "1"), ("left", "2")],
    ]
    root = read(urlencode(fields)).root
    assert root == {"name": "a", "left": {"left": {"name": "b"}, "name": "c"}}


def test_what_is_under_a_value_replaces_it() -> None:
    root = read("0=x&1.2=y&left=0&left.left=1&name=2").root
    assert root == {"left": {"left": {"name": "y"}}}
    assert read("1.2=y&3.4=z&0=x&left=0&left.left=1&name=2&left=3&w=4").root["left"]["left"] == {
        "name": "y"
    }


def test_a_plus_is_a_space() -> None:
    assert read("params=%7B%22name%22%3A%22L+@+R%22%7D").root == {"name": "L @ R"}


def test_absent_names_in_json_mean_what_they_meant() -> None:
    old = import_link(json.dumps({**TREE, "deco": {"legends": 6}, "viz": {"min size": 0.2}}))
    assert dict(old.figure.marks) == {"shape": False, "lens_size": 0.25, "magnification": 5}
    assert dict(old.figure.look) == {}
    new = import_link(json.dumps(TREE))
    assert not new.figure.marks
    flat = import_link(urlencode(flattened({**TREE, "deco": {"legends": 6}})))
    assert not flat.figure.marks


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no link of the original tool"),
        ("https://host/mm/", "no link of the original tool"),
        ("https://host/mm/?utm_source=x&fbclid=3", "no link of the original tool"),
        ("https://host/book/#mm=1.q1YqLlCyUqoFAA", "no link of the original tool"),
        ("?config=https%3A%2F%2Fhost%2Fc.json", r"no file is fetched.*host/c\.json"),
        ("params=%7B%22expr%22%3A", "damaged: its parameters are not JSON"),
        ("params=", "damaged: its parameters are not JSON"),
        ("params=3", "are no object"),
        ("{", "not JSON"),
        ("params=" + "[" * 10**5, "not JSON"),
        ("params=" + quote('{"left":' * 5000), "not JSON"),
        ("x" * (MAX_LENGTH + 1), "too long"),
        ("&".join(f"{i}=1" for i in range(MAX_FIELDS + 1)), "too many fields"),
        (f"0.1=x&{'left.' * 120}left=0&name=1", "too deeply"),
    ],
)
def test_what_is_no_link_gives_one_line_that_says_why(text: str, message: str) -> None:
    with pytest.raises(LinkError, match=message) as caught:
        import_link(text)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 600


def test_a_file_elsewhere_does_not_hide_a_figure() -> None:
    assert import_link(f"config=https://host/c.json&{FLAT}").figure == import_link(FLAT).figure
