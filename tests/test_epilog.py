"""Epilogs against their definitions, at the places where a naive formula fails."""

import math
from decimal import Decimal, getcontext

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mmbook.epilog import EPILOGS
from mmbook.schema import definition

finite = arrays(
    np.float64, st.tuples(st.integers(1, 6), st.integers(1, 6)), elements=st.floats(-1e3, 1e3)
)
CAUSAL = "softmax(tril(x/sqrt(k)))"


def exact_softmax(row: list[float]) -> list[float]:
    """Return the softmax of a row in 60-digit arithmetic."""
    getcontext().prec = 60
    powers = [Decimal(x).exp() for x in row]
    return [float(power / sum(powers)) for power in powers]


def test_epilogs_are_those_of_the_schema() -> None:
    assert list(EPILOGS) == definition("result")["properties"]["epilog"]["enum"]


@pytest.mark.parametrize("name", EPILOGS)
@given(x=finite)
def test_epilogs_leave_their_argument_alone_and_keep_its_shape(name: str, x: np.ndarray) -> None:
    before = x.copy()
    result = EPILOGS[name](x, 4)
    assert result.shape == x.shape
    assert result.dtype == np.float64
    assert np.array_equal(x, before)


@pytest.mark.parametrize(
    ("name", "formula"),
    [
        ("none", lambda x: x),
        ("relu", lambda x: max(x, 0)),
        ("gelu", lambda x: x * 0.5 * math.erfc(-x / math.sqrt(2))),
        ("sigmoid", lambda x: (1 + math.tanh(x / 2)) / 2),
        ("silu", lambda x: x * (1 + math.tanh(x / 2)) / 2),
        ("tanh", math.tanh),
        ("x**2", lambda x: x**2),
        ("x/k", lambda x: x / 9),
        ("x/sqrt(k)", lambda x: x / 3),
    ],
)
@given(x=finite)
def test_pointwise_epilogs(name: str, formula: object, x: np.ndarray) -> None:
    expected = np.vectorize(formula, otypes=[float])(x)
    np.testing.assert_allclose(EPILOGS[name](x, 9), expected, rtol=1e-13, atol=1e-15)


@pytest.mark.parametrize("name", ["gelu", "sigmoid", "silu"])
def test_lower_tails_keep_their_digits(name: str) -> None:
    getcontext().prec = 60
    x = -30.0
    sigmoid = 1 / (1 + Decimal(30).exp())
    # The normal tail at -30, by the first terms of its asymptotic series (relative error 1e-8).
    normal = Decimal(-450).exp() / (30 * Decimal(2 * math.pi).sqrt())
    normal *= 1 - Decimal(1) / 30**2 + Decimal(3) / 30**4 - Decimal(15) / 30**6
    exact = {"gelu": Decimal(x) * normal, "sigmoid": sigmoid, "silu": Decimal(x) * sigmoid}[name]
    assert EPILOGS[name](np.array([[x]]), 1)[0, 0] == pytest.approx(float(exact), rel=1e-7, abs=0)


@given(finite)
def test_softmax_is_exact_and_does_not_care_where_a_row_lies(x: np.ndarray) -> None:
    exact = np.array([exact_softmax(row) for row in x.tolist()])
    for shift in (0.0, -740.0, -5000.0, 5000.0):
        moved = EPILOGS["softmax"](x + shift, 1)
        np.testing.assert_allclose(moved, exact, rtol=1e-9, atol=1e-300)


@pytest.mark.parametrize(
    ("name", "scale"), [("softmax(x/sqrt(k))", 5.0), (CAUSAL, 5.0), ("softmax(tril(x/8))", 8.0)]
)
@given(x=finite)
def test_causal_softmax_of_any_shape(name: str, scale: float, x: np.ndarray) -> None:
    result = EPILOGS[name](x, 25)
    height, width = x.shape
    for i in range(height):
        seen = min(i + 1, width) if "tril" in name else width
        exact = exact_softmax((x[i, :seen] / scale).tolist())
        np.testing.assert_allclose(result[i, :seen], exact, rtol=1e-9, atol=1e-300)
        assert not result[i, seen:].any()


def test_what_is_masked_takes_no_part() -> None:
    x = np.array([[1.0, np.nan, np.inf], [1.0, 1.0, np.nan], [0.0, 0.0, 0.0]])
    np.testing.assert_array_equal(EPILOGS[CAUSAL](x, 1)[:2], [[1, 0, 0], [0.5, 0.5, 0]])


def test_rows_without_an_answer_have_no_value() -> None:
    x = np.array([[-np.inf, -np.inf], [0.0, np.nan], [0.0, -np.inf]])
    with np.errstate(invalid="ignore"):
        result = EPILOGS["softmax"](x, 1)
        causal = EPILOGS[CAUSAL](x[:1], 1)
    assert np.isnan(result[:2]).all()
    assert result[2].tolist() == [1, 0]
    assert np.isnan(causal[0, 0])
    assert causal[0, 1] == 0


@given(finite, st.sampled_from([0.0, 1e9]))
def test_layernorm_works_on_rows(x: np.ndarray, mean: float) -> None:
    result = EPILOGS["layernorm"](x + mean, 1)
    for row, given_row in zip(result, (x + mean).tolist(), strict=True):
        centre = math.fsum(given_row) / len(given_row)
        variance = math.fsum((v - centre) ** 2 for v in given_row) / len(given_row)
        expected = [(v - centre) / math.sqrt(variance + 1e-5) for v in given_row]
        np.testing.assert_allclose(row, expected, rtol=1e-6, atol=1e-3 if mean else 1e-9)


@pytest.mark.parametrize("name", EPILOGS)
def test_nan_is_never_painted_over(name: str) -> None:
    assert np.isnan(EPILOGS[name](np.array([[np.nan]]), 1)[0, 0])
