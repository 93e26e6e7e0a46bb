"""Elementwise expressions mean what they mean in Python, and nothing else gets through."""

import math
import time
from collections.abc import Callable
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mmbook.elementwise import MAX_LENGTH, compile_elementwise
from mmbook.errors import ElementwiseError

MATHS: dict[str, Callable[..., float]] = {
    **{name: getattr(math, name) for name in ("sin", "cos", "tan", "exp", "log", "sqrt")},
    **{name: getattr(math, name) for name in ("floor", "ceil", "trunc", "pi", "e")},
    **{name: getattr(math, name) for name in ("asin", "acos", "atan", "atan2", "hypot", "cbrt")},
    **{name: getattr(math, name) for name in ("sinh", "cosh", "tanh", "expm1", "log1p")},
    **{name: getattr(math, name) for name in ("log2", "log10")},
    "abs": abs,
    "round": round,
    "min": min,
    "max": max,
    "sign": lambda x: (x > 0) - (x < 0),
}


def python_says(text: str, h: int, w: int) -> np.ndarray:
    """Evaluate a trusted expression element by element with Python's own floats."""
    code = compile(f"({text})", "<test>", "eval")

    def value(i: int, j: int) -> float:
        names = {"i": float(i), "j": float(j), "h": float(h), "w": float(w), **MATHS}
        return float(eval(code, {"__builtins__": {}}, names))

    return np.array([[value(i, j) for j in range(w)] for i in range(h)])


@pytest.mark.parametrize(
    "text",
    [
        "i - j",
        " 3",
        "-i ** 2",
        "(-1)**(i // 2 + j)",
        "1 if i // 2 == j // 2 else -1",
        "0 <= j - i < 3",
        "i and j or -1",
        "not i",
        "not (i > 1 and j)",
        "-(not i) + (not j) + (not i)",
        "(i - 5) % 3 + (i - 5) // 3",
        "i % (j + 1) - 7.5 % -(j + 1)",
        "sin(i) * cos(j) + exp(-j / w) - log(1 + i) / sqrt(1 + j)",
        "round(i / 2) + floor(-j / 3) + ceil(j / 3) + trunc(-i / 2) + sign(i - j) * abs(i - j)",
        "min(i, j, 2) - max(i, j)",
        "e ** (i / h) + pi * tan(j / w)",
        "(i != j) + (i == j) * 2 + (i >= j) * 4 + (i <= j) * 8",
        "+i\n\t* j",
        "asin(i / h) - acos(-j / w) + atan(i - j) + atan2(i - 2, j - 3) + hypot(i - 2, j)",
        "sinh(i / 2) - cosh(j / 2) + tanh(i - j) + expm1(1e-9 * i) * 1e9 + log1p(1e-9 * j) * 1e9",
        "floor(log2(2 ** (i + 3))) + floor(log10(1000)) + cbrt(i - 3)",
        "1_000.5e-2 * i",
    ],
)
def test_operators_mean_what_they_mean_in_python(text: str) -> None:
    np.testing.assert_allclose(
        compile_elementwise(text)(5, 7), python_says(text, 5, 7), rtol=1e-14, atol=1e-15
    )


terms = st.recursive(
    st.sampled_from(["i", "j", "h", "w", "pi", "e", "0.5", "3"]),
    lambda inner: (
        st.tuples(inner, st.sampled_from("+-*<"), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})")
        | st.tuples(inner, inner, inner).map(lambda t: f"({t[0]} if {t[1]} else {t[2]})")
        | st.tuples(inner, inner).map(lambda t: f"max({t[0]}, {t[1]})")
        | st.tuples(inner, inner).map(lambda t: f"({t[0]} and {t[1]})")
        | inner.map(lambda t: f"-{t}")
        | inner.map(lambda t: f"sin({t})")
    ),
    max_leaves=12,
)


@given(terms)
def test_any_expression_agrees_with_python(text: str) -> None:
    np.testing.assert_allclose(
        compile_elementwise(text)(3, 4), python_says(text, 3, 4), rtol=1e-12, atol=1e-12
    )


def test_strips_do_not_show() -> None:
    values = compile_elementwise("i * w + j")(700, 300)
    assert np.array_equal(values, np.arange(700.0 * 300).reshape(700, 300))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 / i", math.inf),
        ("-1 / i", -math.inf),
        ("i / i", math.nan),
        ("i % i", math.nan),
        ("sqrt(-1)", math.nan),
        ("(-8) ** (1 / 3)", math.nan),
        ("log(i)", -math.inf),
        ("9 ** 9 ** 9", math.inf),
        ("10.0 ** 999", math.inf),
    ],
)
def test_outside_of_a_domain_there_is_no_value_and_no_warning(text: str, value: float) -> None:
    with np.errstate(all="raise"):
        result = compile_elementwise(text)(1, 1)[0, 0]
    assert result == value or (math.isnan(result) and math.isnan(value))


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        ("", 1, "empty"),
        ("  ", 1, "empty"),
        ("i + x", 5, "x has no meaning"),
        ("  i +\n x", 8, "x has no meaning"),
        ("é + ü", 1, "é has no meaning"),
        ("i + 'é' + ü", 5, "not a real number"),
        ("(i) + ü", 7, "ü has no meaning"),
        ("i + ", 4, "does not parse"),
        ("(i", 1, "does not parse"),
        ("i) + (j", 2, "does not parse"),
        ("i = j", 3, "Compare with =="),
        ("i ^ 2", 1, "Write ** for a power"),
        ("math.sin(i)", 1, "not allowed"),
        ("i.real", 1, "Write real alone"),
        ("sin", 1, "sin has no meaning"),
        ("sech(i)", 1, "no function sech"),
        ("atan2(i)", 1, "two numbers"),
        ("sin(i, j)", 1, "one number"),
        ("sin(x=i)", 1, "not allowed"),
        ("min(i)", 1, "two or more"),
        ("max(*i)", 5, "not allowed"),
        ("2j", 1, "not a real number"),
        ("True", 1, "not a real number"),
        ("None", 1, "not a real number"),
        ("i is j", 1, "compare numbers"),
        ("i in j", 1, "compare numbers"),
        ("~i", 1, "not allowed"),
        ("i @ j", 1, "not allowed"),
        ("i[0]", 1, "not allowed"),
        ("[i]", 1, "not allowed"),
        ("(i, j)", 1, "not allowed"),
        ("lambda: i", 1, "not allowed"),
        ("(i := 3)", 2, "not allowed"),
        ("f'{i}'", 1, "not allowed"),
        ("__import__('os').system('x')", 1, "not allowed"),
        ("().__class__", 1, "a dot has no meaning"),
        ("i # j", 3, "does not belong"),
        ("i\x00", 2, "does not belong"),
        ("i + \ud800", 5, "does not belong"),
        ("9" * 400, 1, "too large"),
        ("-" * 400 + "i", 102, "nested"),
        ("+".join("i" * 200), None, "nested"),
        ("i" * (MAX_LENGTH + 1), MAX_LENGTH + 1, "at most"),
        (7, None, "is a text"),
    ],
)
def test_mistakes_are_named_with_their_column(text: str, column: int | None, words: str) -> None:
    with pytest.raises(ElementwiseError) as caught:
        compile_elementwise(text)
    assert words in str(caught.value)
    if column is not None:
        assert caught.value.column == column


@settings(deadline=1000)
@given(st.text("ijhw+-*/%()<>=!., 0123e\n'[]{}:#", max_size=80) | st.text(max_size=80))
def test_any_text_compiles_or_raises_our_error_at_once(text: str) -> None:
    start = time.perf_counter()
    with suppress(ElementwiseError):
        assert compile_elementwise(text)(2, 3).shape == (2, 3)
    assert time.perf_counter() - start < 1
