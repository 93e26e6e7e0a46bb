"""A figure is a value: immutable, compared by value, the same after any round trip."""

import dataclasses
import io
import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import Fitting, fitting

import mmbook as mm
from mmbook.epilog import EPILOGS
from mmbook.errors import (
    ExpressionError,
    FigureError,
    LeafError,
    MmError,
    OptionError,
    ShapeError,
    ValueTooLarge,
)
from mmbook.expr import Product
from mmbook.pack import read_pack
from mmbook.schema import check

OPTIONS: dict[str, Any] = {"gap": 10, "sensitivity": "local", "title": "T", "alg": "vmprod"}


def head(**changes: Any) -> mm.Figure:
    keywords = {
        "x": mm.matrix(np.arange(12.0).reshape(3, 4), rows=["a", "b", "c"]),
        "wQ": mm.gaussian(4, 2),
        "K_t": mm.uniform(2, 3, seed=1),
        "attn": "softmax",
        **OPTIONS,
    }
    return mm.figure("attn = (Q = x @ wQ) @ K_t", **{**keywords, **changes})


@st.composite
def figures(draw: st.DrawFn) -> mm.Figure:
    drawn: Fitting = draw(fitting())
    leaves: dict[str, Any] = {}
    for name, shape in drawn.shapes.items():
        seed = draw(st.integers(0, 99))
        leaves[name] = draw(
            st.sampled_from(
                [
                    mm.gaussian(*shape, seed=seed),
                    mm.row_major(*shape, max=seed),
                    mm.eye(*shape),
                    mm.pt_linear(*shape),
                    mm.elementwise(f"i - j / {seed + 1}", *shape),
                    np.random.RandomState(seed).standard_normal(shape),
                ]
            )
        )
    products = {node.name for node in drawn.tree.walk() if isinstance(node, Product)}
    results = {name: draw(st.sampled_from(sorted(EPILOGS))) for name in sorted(products)}
    options = draw(st.fixed_dictionaries({}, optional={k: st.just(v) for k, v in OPTIONS.items()}))
    return mm.figure(drawn.tree.text(), leaves=leaves, results=results, **options)


@settings(deadline=None)
@given(figures())
def test_json_is_a_round_trip(figure: mm.Figure) -> None:
    back = mm.Figure.from_json(figure.to_json(), figure.arrays)
    assert back == figure
    assert hash(back) == hash(figure)
    assert back.to_json() == figure.to_json()
    check(back.to_dict(), "figure")
    for name, values in figure.evaluate().items():
        np.testing.assert_array_equal(back.evaluate()[name], values)


def test_values_are_numpys() -> None:
    values = head().evaluate()
    assert list(values) == ["x", "wQ", "Q", "K_t", "attn"]
    scores = values["x"].astype(float) @ values["wQ"] @ values["K_t"]
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    expected = powers / powers.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(values["attn"], expected, atol=1e-5)


def test_json_is_sparse() -> None:
    figure = mm.figure("A @ B", A=mm.eye(2), B=mm.eye(2))
    assert set(figure.to_dict()) == {"mm", "expr", "leaves"}
    assert "gap" in figure.with_(gap=4).to_json()


def test_nothing_in_it_can_change() -> None:
    figure = head()
    with pytest.raises(dataclasses.FrozenInstanceError):
        figure.title = "U"  # type: ignore[misc]
    for mapping in (figure.leaves, figure.results, figure.labels, figure.layout):
        with pytest.raises(TypeError):
            mapping["gap"] = 3  # type: ignore[index]
    with pytest.raises(ValueError, match="read-only"):
        figure.evaluate()["attn"][0, 0] = 3
    figure.evaluate().clear()
    figure.to_dict()["labels"]["x"]["rows"].clear()
    assert figure == head()


def test_figures_are_equal_by_value() -> None:
    assert head() == head(gap=10.0)
    assert hash(head()) == hash(head(gap=10.0))
    for change in ({"gap": 9}, {"attn": "none"}, {"wQ": mm.gaussian(4, 2, seed=1)}, {"alt": "a"}):
        assert head(**change) != head()
    nudged = np.arange(12.0).reshape(3, 4)
    nudged[2, 3] = np.nextafter(np.float32(11), np.float32(12))
    assert head(x=mm.matrix(nudged, rows=["a", "b", "c"])) != head()


def test_expressions_are_kept_as_printed() -> None:
    assert mm.figure("((A)@ B)", A=mm.eye(2), B=mm.eye(2)).expr == "A @ B"


def test_figures_travel_between_processes() -> None:
    assert pickle.loads(pickle.dumps(head())) == head()


def test_with_lays_options_over_those_there_are() -> None:
    figure = head().with_(min_light=0.1, attn="none", title="U")
    assert figure.look == {"sensitivity": "local", "min_light": 0.1}
    assert figure.results == {"attn": {"epilog": "none"}}
    assert (figure.title, figure.layout) == ("U", {"gap": 10})
    assert figure.labels == head().labels
    assert head().with_() == head()


def test_with_keeps_the_other_options_of_a_product() -> None:
    figure = head(attn=mm.result("softmax", alg="axpy")).with_(attn="relu")
    assert figure.results == {"attn": {"epilog": "relu", "alg": "axpy"}}


def test_with_another_value_drops_the_labels_of_the_old_one() -> None:
    figure = head().with_(x=mm.rows(5, 4))
    assert figure.shapes["attn"] == (5, 3)
    assert not figure.labels


def test_with_another_expression_keeps_what_still_occurs() -> None:
    figure = head().with_("P = x @ wQ", P="relu")
    assert set(figure.leaves) == {"x", "wQ"}
    assert figure.results == {"P": {"epilog": "relu"}}
    assert figure.labels == head().labels
    assert figure.layout == {"gap": 10}


def test_saved_json_comes_back_with_the_values_beside_it(tmp_path: Path) -> None:
    head().save(tmp_path / "head.json")
    arrays = read_pack(tmp_path / "head.npz")
    assert set(arrays) == {"x"}
    assert mm.Figure.from_json((tmp_path / "head.json").read_text("utf-8"), arrays) == head()


def test_a_figure_without_given_values_needs_no_pack(tmp_path: Path) -> None:
    mm.figure("A", A=mm.eye(2)).save(tmp_path / "eye.json")
    assert [path.name for path in tmp_path.iterdir()] == ["eye.json"]


def test_saved_values_are_those_of_every_matrix(tmp_path: Path) -> None:
    head().save(str(tmp_path / "head.npz"))
    with np.load(io.BytesIO((tmp_path / "head.npz").read_bytes())) as pack:
        for name, values in head().evaluate().items():
            np.testing.assert_array_equal(pack[name].astype(np.float32), values)


def test_other_endings_are_refused(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match=r"head\.csv.*\.json"):
        head().save(tmp_path / "head.csv")


@pytest.mark.parametrize(
    ("expr", "keywords", "error", "words"),
    [
        ("", {}, ExpressionError, "empty"),
        ("A @", {}, ExpressionError, "column 4"),
        ("A @ B", {"A": mm.eye(2)}, LeafError, "no value is given for the matrix B"),
        ("A @ B", {"A": mm.eye(2), "b": mm.eye(2)}, OptionError, "Did you mean B?"),
        ("A  @ B", {"A": mm.eye(2), "B": mm.eye(3)}, ShapeError, "column 4"),
        ("A", {"A": mm.eye(2), "labels": {"A": {"rows": ["a"]}}}, OptionError, "one label"),
        ("A", {"A": mm.eye(2), "labels": {"B": {"rows": ["a"]}}}, FigureError, "labels"),
        ("A @ B", {"A": mm.rows(9999, 1), "B": mm.rows(1, 9999)}, ValueTooLarge, "99,980,001"),
    ],
)
def test_mistakes(expr: str, keywords: dict[str, Any], error: type[MmError], words: str) -> None:
    with pytest.raises(error) as caught:
        mm.figure(expr, **keywords)
    assert words in str(caught.value)


def test_nan_is_allowed() -> None:
    figure = mm.figure("A @ B", A=[[np.nan, 1], [0, 1]], B=mm.eye(2))
    assert np.isnan(figure.evaluate()["A @ B"]).tolist() == [[True, True], [False, False]]
    assert figure == mm.figure("A @ B", A=[[np.nan, 1], [0, 1]], B=mm.eye(2))


def test_it_says_what_it_is() -> None:
    assert "attn 3 × 3" in repr(head())
