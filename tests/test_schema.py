"""The checker agrees with the jsonschema package on the schemas the figures are written in."""

import copy
import json
import math
from importlib.resources import files
from typing import Any

import jsonschema
import pytest
import referencing
from hypothesis import given
from hypothesis import strategies as st

from mmbook import schema
from mmbook.errors import FigureError, OptionError

FIGURE: dict[str, Any] = {
    "mm": 1,
    "expr": "C = A @ B",
    "leaves": {
        "A": {"shape": [2, 3], "init": "gaussian", "seed": 3, "dropout": 0.5},
        "B": {"shape": [3, 4], "init": "data", "data": "00"},
    },
    "results": {"C": {"epilog": "softmax", "alg": "vmprod", "blocks": {"k": 3}}},
    "labels": {"A": {"rows": ["a", "b"]}},
    "title": "T",
    "layout": {"gap": 10, "scheme": "wheel"},
    "marks": {"spotlight": 3, "shape": False},
    "animation": {"alg": "axpy", "step": 3},
    "camera": {"position": [1, 2.5, 3], "target": [0, 0, 0]},
}
NODE: dict[str, Any] = {"name": "A", "role": "leaf", "shape": [2, 3], "rows": ["a", "b"]}
SCENE: dict[str, Any] = {
    "mm": 1,
    "figure": FIGURE,
    "tree": {"name": "C", "role": "result", "shape": [2, 4], "left": NODE, "right": NODE},
    "ranges": {"A": {"min": None, "max": 1, "smallest": 0.5, "largest": 1, "missing": 3}},
    "pack": "x.npz",
}
KEYWORDS = {
    *("$schema", "$id", "$ref", "$defs", "title", "description", "default"),
    *("type", "const", "enum", "properties", "required", "additionalProperties"),
    *("items", "minItems", "maxItems", "minimum", "maximum"),
}
SCHEMAS = {name: schema.load(name) for name in ("figure", "scene")}
REGISTRY: referencing.Registry = referencing.Registry(
    # The files refer to each other by name, wherever they lie.
    retrieve=lambda uri: referencing.Resource.from_contents(
        schema.load(uri.rsplit("/")[-1].removesuffix(".schema.json"))
    )
)
REFERENCE = {
    name: jsonschema.Draft202012Validator(SCHEMAS[name], registry=REGISTRY) for name in SCHEMAS
}


def places(value: Any) -> list[tuple[Any, Any]]:
    """Return every (container, key) inside a JSON value."""
    if isinstance(value, dict | list):
        keys = list(value) if isinstance(value, dict) else list(range(len(value)))
        return [place for key in keys for place in [(value, key), *places(value[key])]]
    return []


@st.composite
def spoilt(draw: st.DrawFn, value: dict[str, Any]) -> dict[str, Any]:
    """Draw a copy in which something was replaced, removed or added."""
    value = copy.deepcopy(value)
    anything = st.sampled_from(
        [None, True, 0, 1, -1, 1.0, 2.5, 1e6, "", "softmax", [], {}, [1, 2], ["a"], [0, 1, 2]]
    )
    for _ in range(draw(st.integers(0, 2))):
        container, key = draw(st.sampled_from(places(value)))
        change = draw(st.sampled_from(["replace", "remove", "add"]))
        if change == "replace":
            container[key] = draw(anything)
        elif change == "remove":
            del container[key]
        elif isinstance(container, list):
            container.append(draw(anything))
        else:
            names = st.sampled_from(["x", "gap", "epilog", "rows", "left", "min", "k"])
            container[draw(names)] = draw(anything)
    return value


@pytest.mark.parametrize(("name", "good"), [("figure", FIGURE), ("scene", SCENE)])
@given(data=st.data())
def test_it_agrees_with_the_jsonschema_package(
    name: str, good: dict[str, Any], data: st.DataObject
) -> None:
    value = data.draw(spoilt(good))
    if REFERENCE[name].is_valid(value):
        schema.check(value, name)
    else:
        with pytest.raises(FigureError):
            schema.check(value, name)


def test_the_schemas_use_no_keyword_the_checker_ignores() -> None:
    def keywords(part: dict[str, Any]) -> set[str]:
        names = set(part)
        for group in ("properties", "$defs"):
            for inner in part.get(group, {}).values():
                names |= keywords(inner)
        for inner in (part.get("items"), part.get("additionalProperties")):
            names |= keywords(inner) if isinstance(inner, dict) else set()
        return names

    for part in SCHEMAS.values():
        assert keywords(part) <= KEYWORDS


@pytest.mark.parametrize("name", ["figure", "scene"])
def test_the_schemas_are_json_schema(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMAS[name])


@pytest.mark.parametrize(
    ("path", "value", "where", "words"),
    [
        (["leaves", "A", "shape", 0], 0, "leaves.A.shape[0]", "at least 1"),
        (["leaves", "A", "shape"], [1], "leaves.A.shape", "2 to 2 entries"),
        (["leaves", "A", "init"], "gausian", "leaves.A.init", "Did you mean gaussian?"),
        (["leaves", "a b"], 3, 'leaves["a b"]', "an object"),
        (["results", "C", "epilog"], "softmx", "results.C.epilog", "Did you mean softmax?"),
        (["look"], {"min_size": 2}, "look.min_size", "0 to 1"),
        (["lok"], {}, "lok", "Did you mean look?"),
        (["mm"], 2, "mm", "Possible: 1"),
        (["mm"], True, "mm", "Possible: 1"),
        (["marks", "spotlight"], 2.5, "marks.spotlight", "a whole number"),
        (["marks", "axes"], 1, "marks.axes", "true or false"),
        (["layout", "gap"], math.nan, "layout.gap", "a finite number"),
        (["layout", "gap"], math.inf, "layout.gap", "a finite number"),
    ],
)
def test_errors_name_the_path(path: list[Any], value: Any, where: str, words: str) -> None:
    figure = copy.deepcopy(FIGURE)
    container: Any = figure
    for key in path[:-1]:
        container = container[key]
    container[path[-1]] = value
    with pytest.raises(FigureError) as caught:
        schema.check(figure, "figure")
    assert caught.value.where == where
    assert words in str(caught.value)


@pytest.mark.parametrize("value", [3, 3.0])
def test_whole_numbers_may_be_written_with_a_point(value: float) -> None:
    assert REFERENCE["figure"].is_valid({**FIGURE, "marks": {"spotlight": value}})
    schema.check({**FIGURE, "marks": {"spotlight": value}}, "figure")


def test_what_is_missing_is_named() -> None:
    with pytest.raises(FigureError, match="expr is missing"):
        schema.check({"mm": 1, "leaves": {}}, "figure")


def test_defaults_are_those_of_the_file() -> None:
    text = (files("mmbook") / "schema" / "figure.schema.json").read_text(encoding="utf-8")
    layout = json.loads(text)["$defs"]["layout"]["properties"]
    assert schema.defaults("layout") == {name: layout[name]["default"] for name in layout}
    assert "step" not in schema.defaults("animation")


@pytest.mark.parametrize("group", schema.GROUPS)
def test_defaults_are_valid(group: str) -> None:
    schema.check_option(schema.defaults(group), group)


def test_every_option_has_one_group() -> None:
    count = sum(len(schema.definition(group)["properties"]) for group in schema.GROUPS)
    assert len(schema.OPTION_GROUPS) == count
    assert schema.OPTION_GROUPS["gap"] == "layout"
    assert schema.OPTION_GROUPS["alg"] == "animation"


@pytest.mark.parametrize(
    ("value", "name", "option", "words"),
    [
        (100, "layout", "gap", "gap: this is out of range (given: 100). Possible: 1 to 64"),
        ({"gop": 3}, "layout", None, "Did you mean gap?"),
        ([1, 2], "vector", None, "3 to 3 entries"),
    ],
)
def test_options_are_checked_by_themselves(
    value: Any, name: str, option: str | None, words: str
) -> None:
    with pytest.raises(OptionError) as caught:
        schema.check_option(value, name, option)
    assert words in str(caught.value)
