"""27 published links of the original tool become figures that say what the links say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

import numpy as np
import original_states
import pytest
from original_states import flattened, parameters

from mmbook.expr import Leaf, Product
from mmbook.original import export, import_link
from mmbook.schema import defaults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mmbook.expr import Expr
    from mmbook.figure import Figure

STATES = original_states.states()
# The one published link in which two matrices of one name have different shapes.
TWICE = "31"
states = pytest.mark.parametrize("state", STATES, ids=[state["state"] for state in STATES])


def below(path: str, side: str) -> str:
    return side if path == "root" else f"{path}.{side}"


def nodes(tree: Expr, path: str = "root") -> Iterator[tuple[str, Expr]]:
    """Yield every place of a tree as the states list them: left, right, result."""
    if isinstance(tree, Product):
        yield from nodes(tree.left, below(path, "left"))
        yield from nodes(tree.right, below(path, "right"))
    yield path, tree


def at(tree: dict[str, Any], path: str) -> dict[str, Any]:
    for side in [] if path == "root" else path.split("."):
        tree = tree[side]
    return tree


def settings(figure: Figure, group: str) -> dict[str, Any]:
    return {**defaults(group), **getattr(figure, group)}


def test_there_are_27_states_in_both_encodings() -> None:
    assert len(STATES) == 27
    assert 0 < sum(state["query"].startswith("params=") for state in STATES) < 27


@pytest.mark.shared
def test_the_fixture_is_what_was_published() -> None:
    assert original_states.condensed() == STATES
    corners = original_states.corners()
    assert {state["state"]: state["matrices"] for state in original_states.measured()} == corners


@states
def test_names_and_shapes(state: dict[str, Any]) -> None:
    figure = import_link(state["query"]).figure
    titles = figure.scene().titles
    places = list(nodes(figure.tree))
    found = [[path, titles[node.name], [*figure.shapes[node.name]]] for path, node in places]
    assert found == state["matrices"]
    assert [node.name for _, node in places if titles[node.name] != node.name] == (
        ["input_0_5_2"] if state["state"] == TWICE else []
    )
    if state["state"] != TWICE:
        assert figure.expr == state["expr"]


@states
def test_products(state: dict[str, Any]) -> None:
    link, figure = parameters(state["query"]), import_link(state["query"]).figure
    for path, node in nodes(figure.tree):
        if isinstance(node, Leaf):
            continue
        given, found = at(link, path), {**defaults("result"), **figure.results.get(node.name, {})}
        assert found["epilog"] == given["epilog"]
        blocks = {**defaults("blocks"), **found.get("blocks", {})}
        assert blocks["k"] == given["block"]["k blocks"]
        if path == "root":
            assert [blocks["i"], blocks["j"]] == [given["block"][f"{x} blocks"] for x in "ij"]
            assert found["alg"] == "inherit"
        else:
            assert found["alg"] == given["anim"]["alg"]
            assert "layout" not in found


@states
def test_groups(state: dict[str, Any]) -> None:
    link, figure = parameters(state["query"]), import_link(state["query"]).figure
    written = {"left placement": "left", "right placement": "right", "result placement": "result"}
    groups = {"layout": "layout", "viz": "look", "deco": "marks", "anim": "animation"}
    for theirs, ours in groups.items():
        found = settings(figure, ours)
        given = {
            written.get(name, name.replace(" ", "_")): value
            for name, value in link[theirs].items()
            if name != "folder" and not name.endswith("blocks")
        }
        assert {name: found[name] for name in given} == given
    assert settings(figure, "animation")["playing"] == (link["anim"]["alg"] != "none")


@states
def test_camera(state: dict[str, Any]) -> None:
    figure = import_link(state["query"]).figure
    position = [state["camera"][axis] for axis in "xyz"]
    np.testing.assert_allclose(figure.camera["position"], position, rtol=1e-15)
    np.testing.assert_allclose(figure.camera["target"], state["target"], rtol=1e-15)


@states
def test_leaves(state: dict[str, Any]) -> None:
    link, imported = parameters(state["query"]), import_link(state["query"])
    for path, node in nodes(imported.figure.tree):
        if isinstance(node, Product):
            continue
        given, leaf = at(link, path), imported.figure.leaves[node.name]
        if given["init"] == "url":
            assert imported.downloads[node.name] == given["url"]
            assert leaf.to_dict() == {"shape": [*leaf.shape], "init": "data"}
        else:
            assert node.name not in imported.downloads
            assert leaf.kind == given["init"]
            assert [leaf.min, leaf.max, leaf.dropout] == [
                given[name] for name in ("min", "max", "dropout")
            ]


def test_the_stripes_of_the_first_state() -> None:
    values = import_link(STATES[0]["query"]).figure.evaluate()
    row = np.where(np.arange(32) // 8 % 2, -1.0, 1.0)
    assert np.array_equal(values["L"], np.tile(row[:, None], (1, 24)))
    assert np.array_equal(values["R"], np.tile(row, (24, 1)))
    assert np.array_equal(values["L @ R"], 24 * np.outer(row, row))


def test_missing_values_stay_missing_through_every_product() -> None:
    (state,) = (state for state in STATES if state["state"] == "16")
    imported = import_link(state["query"])
    scene = imported.figure.scene()
    for name, (rows, cols) in imported.figure.shapes.items():
        seen = rows * (rows + 1) // 2 if name == "attn" else rows * cols
        assert scene.ranges[name]["missing"] == seen
    assert any("missing" in notice for notice in imported.notices)


@states
def test_what_is_exported_comes_back(state: dict[str, Any]) -> None:
    imported = import_link(state["query"])
    exported = export(imported.figure, downloads=imported.downloads)
    assert exported.left_out == ()
    again = import_link(exported.query)
    assert again.figure == imported.figure
    assert again.downloads == imported.downloads


@states
def test_what_is_exported_says_what_the_link_says(state: dict[str, Any]) -> None:
    imported = import_link(state["query"])
    link = parameters(state["query"])
    made = parameters(export(imported.figure, downloads=imported.downloads).query)
    for path, node in nodes(imported.figure.tree):
        given, found = at(link, path), at(made, path)
        kept = ["name"]
        if isinstance(node, Leaf):
            kept += ["h", "w", "init", "min", "max", "dropout"]
            kept += ["expr"] if given["init"] == "expr" else []
            kept += ["url"] if given["init"] == "url" else []
        else:
            kept += ["epilog"]
            for group in ("layout", "anim") if path != "root" else ():
                names = found[group]
                assert {name: given[group][name] for name in names} == names
        assert {name: found[name] for name in kept} == {name: given[name] for name in kept}


@states
def test_either_encoding_gives_the_same(state: dict[str, Any]) -> None:
    # The flattened form leaves what is absent at its default; these links lack nothing.
    imported = import_link(state["query"])
    made = parameters(export(imported.figure, downloads=imported.downloads).query)
    again = import_link(f"https://host/mm/?{urlencode(flattened(made), quote_via=quote)}")
    assert again.figure == imported.figure
    assert again.downloads == imported.downloads
