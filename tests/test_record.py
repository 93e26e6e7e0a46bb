"""JSON that is no figure is refused, with the path inside it."""

import copy
import json
from contextlib import suppress
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import mmbook as mm
from mmbook.errors import (
    ElementwiseError,
    ExpressionError,
    FigureError,
    LeafError,
    MmError,
    OptionError,
    ShapeError,
    ValueTooLarge,
)

RECORD: dict[str, Any] = {
    "mm": 1,
    "expr": "A @ B",
    "leaves": {
        "A": {"shape": [1, 2], "init": "data", "data": mm.matrix([[1, 2]]).digest},
        "B": {"shape": [2, 2], "init": "expr", "expr": "i"},
    },
}
ARRAYS = {"A": [[1, 2]]}


def changed(path: str, value: Any) -> dict[str, Any]:
    record = copy.deepcopy(RECORD)
    *parents, last = path.split(".")
    container = record
    for parent in parents:
        container = container[parent]
    container[last] = value
    return record


def test_a_camera_that_is_null_is_none() -> None:
    made = mm.figure("A", A=mm.eye(2))
    assert mm.Figure.from_json({**made.to_dict(), "camera": None}) == made
    assert mm.figure("A", A=mm.eye(2), camera=None) == made
    with pytest.raises(FigureError, match="look"):
        mm.Figure.from_json({**made.to_dict(), "look": None})


def test_text_bytes_and_mappings_are_read() -> None:
    text = json.dumps(RECORD)
    for form in (text, text.encode(), RECORD):
        assert mm.Figure.from_json(form, ARRAYS).evaluate()["A @ B"].tolist() == [[2, 2]]


@pytest.mark.parametrize(
    ("path", "value", "error", "where"),
    [
        ("leaves.A.shape", [0, 2], FigureError, "leaves.A.shape[0]"),
        ("leaves.A.shape", [1, 3], FigureError, "leaves.A"),
        ("leaves.A.data", "0" * 16, FigureError, "leaves.A"),
        ("leaves.B.expr", "i +", ElementwiseError, "leaves.B"),
        ("leaves.B", {"shape": [2, 2], "init": "expr"}, LeafError, "leaves.B"),
        ("leaves.B", {"shape": [99999, 9999], "init": "eye"}, ValueTooLarge, "leaves.B"),
        ("leaves.B", {"shape": [2, 2], "init": "rows", "min": 3}, OptionError, "leaves.B"),
        ("leaves.B", {"shape": [3, 2], "init": "eye"}, ShapeError, None),
        ("leaves.C", {"shape": [2, 2], "init": "eye"}, FigureError, "leaves"),
        ("results", {"A": {"epilog": "relu"}}, FigureError, "results"),
        ("expr", "[A | B]", ShapeError, None),
        ("expr", "[A | B", ExpressionError, "expr"),
        ("labels", {"A": {"rows": ["a", "b"]}}, OptionError, None),
        ("expr", "A @", ExpressionError, "expr"),
        ("expr", "A @ B @ D", LeafError, None),
        ("mm", 2, FigureError, "mm"),
        ("title", "\ud800", FigureError, "title"),
        ("layout", {"gap": -1}, FigureError, "layout.gap"),
    ],
)
def test_what_is_wrong_is_found(
    path: str, value: Any, error: type[MmError], where: str | None
) -> None:
    with pytest.raises(error) as caught:
        mm.Figure.from_json(json.dumps(changed(path, value)), ARRAYS)
    assert caught.value.where == where


def test_a_joined_matrix_has_labels_but_no_options() -> None:
    record = {**RECORD, "expr": "X = [A ; B]", "labels": {"X": {"rows": ["a", "b", "c"]}}}
    figure = mm.Figure.from_json(record, ARRAYS)
    assert figure.to_dict() == record
    assert figure.evaluate()["X"].tolist() == [[1, 2], [0, 0], [1, 1]]
    with pytest.raises(FigureError, match="X does not occur"):
        mm.Figure.from_json({**record, "results": {"X": {"alg": "axpy"}}}, ARRAYS)


def test_missing_values_are_named() -> None:
    with pytest.raises(FigureError, match="values of A are missing"):
        mm.Figure.from_json(RECORD)


def test_values_that_nothing_names_are_missing_and_stay_so() -> None:
    record = changed("leaves.A", {"shape": [1, 2], "init": "data"})
    figure = mm.Figure.from_json(record)
    assert figure.arrays == {}
    assert figure.to_dict() == record
    assert np.isnan(figure.evaluate()["A @ B"]).all()
    assert figure.scene().ranges["A"] == {
        "min": None,
        "max": None,
        "smallest": None,
        "largest": None,
        "missing": 2,
    }


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "3", "null", '{"mm": NaN}', b"\xff\xfe\x00", "[" * 100_000]
)
def test_what_is_no_json_is_refused(text: str | bytes) -> None:
    with pytest.raises(FigureError):
        mm.Figure.from_json(text)


def test_depth_is_limited_before_it_is_parsed() -> None:
    with pytest.raises(FigureError, match="nested"):
        mm.Figure.from_json('{"labels":' + '{"a":[' * 50_000)
    brackets = {**RECORD, "title": '"\\' + "[{" * 100}
    assert mm.Figure.from_json(json.dumps(brackets), ARRAYS).title == brackets["title"]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@given(st.sampled_from(["expr", "leaves.A", "leaves.B.expr", "results", "look"]), json_values)
def test_anything_else_raises_our_error(path: str, value: Any) -> None:
    with suppress(MmError):
        mm.Figure.from_json(json.dumps(changed(path, value)), ARRAYS)
