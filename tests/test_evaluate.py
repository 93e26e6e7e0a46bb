"""Trees evaluate to numpy's own answer in float64, each result rounded to float32 once."""

import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import Fitting, fitting, trees, values

from mmbook.epilog import EPILOGS
from mmbook.errors import LeafError, MmError, OptionError, ShapeError, ValueTooLarge
from mmbook.evaluate import evaluate
from mmbook.expr import Expr, Join, Leaf, Product, parse

LINEAR = ["none", "relu", "x/k", "x/sqrt(k)"]


def oracle(
    node: Expr, leaves: dict[str, np.ndarray], epilogs: dict[str, str]
) -> tuple[np.ndarray, np.ndarray]:
    """Return a tree's value in float64 throughout, and a bound on its error in float32."""
    unit = np.finfo(np.float32).eps / 2
    if isinstance(node, Leaf):
        value = leaves[node.name].astype(np.float64)
        return value, np.zeros_like(value)
    if isinstance(node, Join):
        stack = np.hstack if node.axis == "cols" else np.vstack
        whole, errors = zip(*(oracle(part, leaves, epilogs) for part in node.parts), strict=True)
        return stack(whole), stack(errors)
    (left, dl), (right, dr) = (oracle(side, leaves, epilogs) for side in (node.left, node.right))
    epilog = EPILOGS[epilogs.get(node.name, "none")]
    value = epilog(left @ right, left.shape[1])
    # None of the linear epilogs stretches a difference.
    error = np.abs(left) @ dr + dl @ np.abs(right) + dl @ dr
    return value, error + unit * (np.abs(value) + error) + 1e-40


@settings(deadline=None)
@given(st.data())
def test_any_fitting_tree_has_numpys_answer(data: st.DataObject) -> None:
    drawn: Fitting = data.draw(fitting())
    leaves = {name: data.draw(values(shape)) for name, shape in drawn.shapes.items()}
    products = [node.name for node in drawn.tree.walk() if isinstance(node, Product)]
    epilogs = {name: data.draw(st.sampled_from(LINEAR)) for name in products}
    results = evaluate(drawn.tree, leaves, epilogs)
    for node in drawn.tree.walk():
        expected, error = oracle(node, leaves, epilogs)
        assert results[node.name].dtype == np.float32
        assert np.all(np.abs(results[node.name] - expected) <= error * 1.0001)


@settings(deadline=None)
@given(trees(), st.data())
def test_any_tree_has_an_answer_or_our_error(tree: Expr, data: st.DataObject) -> None:
    sides = st.integers(1, 2)
    names = {node.name for node in tree.walk() if isinstance(node, Leaf)}
    leaves = {name: data.draw(values((data.draw(sides), data.draw(sides)))) for name in names}
    try:
        expected = oracle(tree, leaves, {})[0]
    except ValueError:
        with pytest.raises(ShapeError):
            evaluate(tree, leaves, {})
    else:
        result = evaluate(tree, leaves, {})[tree.name]
        assert result.shape == expected.shape
        np.testing.assert_allclose(result, expected, rtol=1e-4, atol=1e-4)


@settings(deadline=None)
@given(st.data())
def test_a_joined_matrix_copies_its_parts_exactly(data: st.DataObject) -> None:
    drawn: Fitting = data.draw(fitting())
    leaves = {name: data.draw(values(shape)) for name, shape in drawn.shapes.items()}
    results = evaluate(drawn.tree, leaves, {})
    for node in drawn.tree.walk():
        if isinstance(node, Join):
            stack = np.hstack if node.axis == "cols" else np.vstack
            expected = stack([results[part.name] for part in node.parts])
            np.testing.assert_array_equal(results[node.name], expected)
            assert results[node.name].dtype == np.float32


@settings(deadline=None)
@given(st.integers(1, 6), st.integers(1, 6), st.integers(1, 3), st.integers(1, 6), st.data())
def test_a_weight_with_its_update_is_one_deeper_product(
    rows: int, depth: int, rank: int, cols: int, data: st.DataObject
) -> None:
    shapes = {"x": (rows, depth), "A": (depth, rank), "W": (depth, cols), "B": (rank, cols)}
    leaves = {name: data.draw(values(shape)) for name, shape in shapes.items()}
    y = evaluate(parse("y = [x | u = x @ A] @ [W ; B]"), leaves, {})["y"]
    x, a, w, b = (leaves[name].astype(np.float64) for name in "xAWB")
    np.testing.assert_allclose(y, x @ (w + a @ b), rtol=1e-4, atol=1e-4)


def test_nan_and_infinity_are_copied() -> None:
    odd = np.array([[np.nan, -0.0, np.inf]], np.float32)
    result = evaluate(parse("[A ; A]"), {"A": odd}, {})["[A ; A]"]
    assert result.tobytes() == odd.tobytes() * 2


def test_one_product_is_rounded_once() -> None:
    # In float32, 1 + 2^-24 - 1 is lost; in float64 it is not.
    left = np.array([[1, 2.0**-24, -1]], np.float32)
    right = np.ones((3, 1), np.float32)
    assert evaluate(parse("A @ B"), {"A": left, "B": right}, {})["A @ B"][0, 0] == 2.0**-24


def test_shared_products_are_one_array() -> None:
    square = np.eye(2, dtype=np.float32)
    results = evaluate(parse("(Q = A @ A) @ (Q = A @ A)"), {"A": square}, {"Q": "x/k"})
    assert set(results) == {"A", "Q", "Q @ Q"}
    assert results["Q @ Q"].tolist() == [[0.25, 0], [0, 0.25]]


def test_a_single_leaf_is_a_figure() -> None:
    leaf = np.ones((1, 1), np.float32)
    assert evaluate(parse("A"), {"A": leaf}, {})["A"] is leaf


def test_nan_and_infinity_flow_as_in_numpy() -> None:
    left = np.array([[np.nan, 1], [np.inf, 1], [1, 1]], np.float32)
    right = np.array([[0.0], [1]], np.float32)
    result = evaluate(parse("A @ B"), {"A": left, "B": right}, {})["A @ B"]
    assert np.isnan(result[:2]).all()
    assert result[2, 0] == 1


def test_overflow_is_infinite_and_silent() -> None:
    large = np.full((1, 1), 3e38, np.float32)
    with np.errstate(all="raise"):
        result = evaluate(parse("A @ B"), {"A": large, "B": large}, {})
    assert np.isposinf(result["A @ B"]).all()


def test_what_is_too_large_is_refused_before_it_is_allocated() -> None:
    tall, flat = np.ones((31_623, 1), np.float32), np.ones((1, 31_623), np.float32)
    tracemalloc.start()
    with pytest.raises(ValueTooLarge, match="1,000,0"):
        evaluate(parse("A @ B"), {"A": tall, "B": flat}, {})
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2**20


@pytest.mark.parametrize(
    ("leaves", "epilogs", "error"),
    [
        ({"A": (2, 2)}, {}, LeafError),
        ({"A": (2, 3), "B": (2, 3)}, {}, ShapeError),
        ({"A": (2, 2), "B": (2, 2)}, {"A @ B": "softmx"}, OptionError),
    ],
)
def test_mistakes(
    leaves: dict[str, tuple[int, int]], epilogs: dict[str, str], error: type[MmError]
) -> None:
    arrays = {name: np.zeros(shape, np.float32) for name, shape in leaves.items()}
    with pytest.raises(error):
        evaluate(parse("A @ B"), arrays, epilogs)
