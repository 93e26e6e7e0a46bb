"""A scene holds what the viewer needs: labels that flow, ranges, values, and no NaN in JSON."""

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis.extra.numpy import arrays

import mmbook as mm
from mmbook.scene import value_range
from mmbook.schema import check

TOKENS = ["The", " cat", " sat"]


def head(**changes: Any) -> mm.Figure:
    keywords: dict[str, Any] = {
        "x": mm.matrix(np.ones((3, 4)), rows=TOKENS),
        "wQ": mm.gaussian(4, 2),
        "K_t": mm.matrix(np.ones((2, 3)), cols=TOKENS),
        "attn": "softmax",
    }
    return mm.figure("attn = (Q = x @ wQ) @ K_t", **{**keywords, **changes})


def test_labels_flow_from_the_operands() -> None:
    tree = head().scene().tree
    assert tree["rows"] == tree["cols"] == TOKENS
    assert tree["left"]["rows"] == TOKENS
    assert "cols" not in tree["left"]
    assert "rows" not in tree["right"]


def test_labels_given_for_a_result_go_before_those_that_flow() -> None:
    tree = head(labels={"Q": {"rows": ["a", "b", "c"]}}).scene().tree
    assert tree["left"]["rows"] == tree["rows"] == ["a", "b", "c"]
    assert tree["left"]["left"]["rows"] == TOKENS


def test_the_tree_has_roles_shapes_and_epilogs() -> None:
    tree = head().scene().tree
    assert (tree["name"], tree["role"], tree["shape"], tree["epilog"]) == (
        *("attn", "result"),
        [3, 3],
        "softmax",
    )
    assert tree["left"]["left"] == {"name": "x", "role": "leaf", "shape": [3, 4], "rows": TOKENS}
    assert "epilog" not in tree["left"]
    assert "epilog" not in head(attn="none").scene().tree


def adapted(**changes: Any) -> dict[str, Any]:
    keywords: dict[str, Any] = {
        "x": mm.matrix(np.ones((3, 4)), rows=TOKENS, cols=list("abcd")),
        "A": mm.gaussian(4, 2),
        "W": mm.matrix(np.ones((4, 3)), rows=list("abcd")),
        "B": mm.matrix(np.ones((2, 3)), cols=list("uvw")),
    }
    figure = mm.figure("y = [x | u = x @ A] @ [W ; B]", **{**keywords, **changes})
    record = json.loads(figure.scene().to_json())
    check(record, "scene")
    tree: dict[str, Any] = record["tree"]
    return tree


def test_a_joined_matrix_has_an_axis_and_parts() -> None:
    tree = adapted()
    left, right = tree["left"], tree["right"]
    assert (left["name"], left["role"], left["axis"], left["shape"]) == (
        *("[x | u]", "join", "cols"),
        [3, 6],
    )
    assert [part["name"] for part in left["parts"]] == ["x", "u"]
    assert left["parts"][1]["left"] == left["parts"][0]
    assert (right["name"], right["axis"], right["shape"]) == ("[W ; B]", "rows", [6, 3])


def test_labels_of_parts_follow_each_other_and_are_blank_where_none_are_known() -> None:
    tree = adapted()
    assert tree["left"]["cols"] == [*"abcd", "", ""]
    assert tree["right"]["rows"] == [*"abcd", "", ""]
    assert adapted(labels={"u": {"cols": ["p", "q"]}})["left"]["cols"] == [*"abcd", "p", "q"]
    assert "cols" not in adapted(x=np.ones((3, 4)))["left"]


def test_labels_across_are_those_of_the_first_part_that_has_some() -> None:
    tree = adapted()
    assert tree["left"]["rows"] == tree["rows"] == TOKENS
    assert tree["right"]["cols"] == tree["cols"] == list("uvw")
    first = adapted(W=mm.matrix(np.ones((4, 3)), cols=list("xyz")))
    assert first["right"]["cols"] == list("xyz")


def test_labels_given_for_a_joined_matrix_go_before_those_of_its_parts() -> None:
    tree = adapted(labels={"[x | u]": {"rows": ["1", "2", "3"]}})
    assert tree["left"]["rows"] == tree["rows"] == ["1", "2", "3"]
    assert tree["left"]["cols"] == [*"abcd", "", ""]


def test_json_follows_the_schema_and_names_the_pack() -> None:
    scene = head().scene()
    record = json.loads(scene.to_json(pack="head.npz"))
    check(record, "scene")
    assert record["pack"] == "head.npz"
    assert "pack" not in json.loads(scene.to_json())
    assert mm.Figure.from_json(record["figure"], scene.arrays) == scene.figure


def test_arrays_are_those_of_the_figure() -> None:
    scene = head().scene()
    assert set(scene.arrays) == set(scene.ranges) == {"x", "wQ", "Q", "K_t", "attn"}
    for name, values in head().evaluate().items():
        np.testing.assert_array_equal(scene.arrays[name], values)


def test_nan_is_counted_and_kept_out_of_json() -> None:
    figure = mm.figure("A @ B", A=[[np.nan, np.inf], [1, 2]], B=mm.eye(2))
    record = json.loads(figure.scene().to_json(), parse_constant=pytest.fail)
    assert record["ranges"]["A"] == {
        "min": 1,
        "max": 2,
        "smallest": 1,
        "largest": 2,
        "missing": 1,
    }


def test_without_finite_values_the_span_is_null() -> None:
    figure = mm.figure("A", A=[[np.nan, np.nan]])
    record = json.loads(figure.scene().to_json())
    check(record, "scene")
    assert record["ranges"]["A"]["min"] is None
    assert record["ranges"]["A"]["missing"] == 2


@given(arrays(np.float32, (3, 4)))
def test_ranges(values: np.ndarray) -> None:
    found = value_range(values)
    finite = [x for x in values.ravel().tolist() if abs(x) < float("inf")]
    assert found["missing"] == sum(x != x for x in values.ravel().tolist())
    if finite:
        assert (found["min"], found["max"]) == (min(finite), max(finite))
        sizes = list(map(abs, finite))
        assert (found["smallest"], found["largest"]) == (min(sizes), max(sizes))
    else:
        assert found["max"] is None
