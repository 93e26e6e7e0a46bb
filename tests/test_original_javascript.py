"""Translated expressions give what JavaScript gives; Node runs the originals, which are our own."""

from __future__ import annotations

import json
import shutil
import subprocess
from contextlib import suppress
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mmbook.elementwise import compile_elementwise
from mmbook.errors import ElementwiseError, MmError
from mmbook.original.elementwise import javascript
from mmbook.original.javascript import MAX_LENGTH, translate

if TYPE_CHECKING:
    from collections.abc import Sequence

NODE = shutil.which("node")
needs_node = pytest.mark.skipif(NODE is None, reason="needs Node to say what JavaScript means")
SHAPE = (5, 4)
SCRIPT = """
const texts = JSON.parse(require("fs").readFileSync(0, "utf-8"));
const [h, w] = [5, 4];
const written = (x) => (Number.isFinite(+x) ? +x : String(+x));
console.log(JSON.stringify(texts.map((text) => {
  const f = new Function("i", "j", "h", "w", `return (${text});`);
  return Array.from({ length: h }, (_, i) =>
    Array.from({ length: w }, (_, j) => written(f(i, j, h, w))));
})));
"""


def node_says(texts: Sequence[str]) -> list[np.ndarray]:
    done = subprocess.run(
        [str(NODE), "-e", SCRIPT],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=True,
    )
    return [np.array(values, dtype=float) for values in json.loads(done.stdout)]


def check(texts: Sequence[str], translated: Sequence[str], tolerance: float = 1e-12) -> None:
    """``texts`` in JavaScript and ``translated`` in our language have the same values."""
    for text, ours, expected in zip(texts, translated, node_says(texts), strict=True):
        found = compile_elementwise(ours)(*SHAPE)
        np.testing.assert_allclose(
            found, expected, rtol=tolerance, atol=tolerance, err_msg=f"{text} → {ours}"
        )


WRITTEN = [
    ("-2 * (Math.trunc(i / 8) % 2) + 1", "-2 * (trunc(i / 8) % 2) + 1"),
    ("i;", "i"),
    ("0x10 + 0b11 - .5e1", "16 + 3 - 5.0"),
    ("(i - j) % 3", "sign(i - j) * (abs(i - j) % 3)"),
    ("i == j ? 1 : i > j ? -1 : 0", "1 if i == j else -1 if i > j else 0"),
    ("Math.abs(i - j) < 2 && i !== 3", "abs(i - j) < 2 and i != 3"),
    ("2 ** 3 ** i", "2 ** 3 ** i"),
    ("(-2) ** i - -j", "(-2) ** i - -j"),
    ("(i + j) * (i - (j - 1))", "(i + j) * (i - (j - 1))"),
    ("Math.pow(i, 2) + Math.max(i, j, 1)", "i ** 2 + max(i, j, 1)"),
    ("!(i > 2)", "(i > 2) == 0"),
]


@pytest.mark.parametrize(("text", "ours"), WRITTEN)
def test_it_reads_as_one_would_write_it(text: str, ours: str) -> None:
    assert translate(text) == ours


@needs_node
def test_difficult_expressions() -> None:
    texts = [
        *(text.rstrip(";") for text, _ in WRITTEN),
        "i / j || 7",
        "i / j && 7",
        "(i - 2) / (j - 1) ? 3 : 4",
        "!(i / j) + !i + !!j",
        "(i < 2 < 1) - (3 > j > 0)",
        "-(i ** 2) % 3 + (j - 2) % -3 + -i % (j - 1)",
        "Math.round(i / 2 - 1) + Math.round(-j / 2)",
        "(i - 2) ** (j / (i - 1)) + 1 ** (i / 0)",
        "Math.floor(Math.log2(2 ** (i + 29))) + Math.floor(Math.log10(10 ** (j + 1)))",
        "Math.log1p(i) + Math.expm1(j) + Math.sinh(i) - Math.cosh(j) + Math.tanh(i - j)",
        "Math.asin(i / h) + Math.acos(j / w) + Math.atan(i) + Math.atan2(i - 2, j - 2)",
        "Math.cbrt(i - 2) + Math.hypot(i, j) + Math.sqrt(i * j) + Math.sign(i - j)",
        "Math.LN2 + Math.LN10 + Math.LOG2E + Math.LOG10E + Math.SQRT2 + Math.SQRT1_2",
        "Math.min(i, 2) + Math.max(j) + Math.exp(-i) + Math.ceil(i / 3) + Math.E ** Math.PI",
        "true + false * i + (Infinity > i)",
        "(i > 1) === (j > 1) ? i : j",
        "(i > 2) + (j > 2) * 2 + +(i === j)",
        "Math.sin(i) * Math.cos(j) + Math.tan(i - j)",
        "i && j && 5 || j || -1",
    ]
    check(texts, [translate(text) for text in texts])


def _either(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    both = st.tuples(inner, inner)
    return (
        st.tuples(inner, st.sampled_from("+-*%<>"), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})")
        | st.tuples(inner, st.sampled_from(["==", "!=", "<=", ">=", "&&", "||"]), inner).map(
            lambda t: f"({t[0]}) {t[1]} ({t[2]})"
        )
        | both.map(lambda t: f"({t[0]}) / (Math.abs({t[1]}) + 1)")
        | st.tuples(inner, inner, inner).map(lambda t: f"({t[0]} ? {t[1]} : {t[2]})")
        | st.tuples(st.sampled_from(["-", "!", "+", "- -"]), inner).map(lambda t: f"{t[0]}({t[1]})")
        | st.tuples(st.sampled_from(["trunc", "floor", "ceil", "abs", "sign"]), inner).map(
            lambda t: f"Math.{t[0]}({t[1]})"
        )
        | st.tuples(st.sampled_from(["min", "max"]), inner, inner).map(
            lambda t: f"Math.{t[0]}({t[1]}, {t[2]})"
        )
    )


# Quarters are exact, so that no rounding decides a comparison; 0/0 and i/j bring NaN and infinity.
terms = st.recursive(
    st.sampled_from(
        ["i", "j", "h", "w", "1", "0", "0.25", "2", "3", "(i - 2)", "0 / 0", "(i / 0)"]
    ),
    _either,
    max_leaves=6,
)


@needs_node
@settings(max_examples=15, deadline=None)
@given(st.lists(terms, min_size=40, max_size=40))
def test_any_expression_gives_what_node_gives(texts: list[str]) -> None:
    known, translated = [], []
    for text in texts:
        with suppress(ElementwiseError):  # too long once written out
            translated.append(translate(text))
            known.append(text)
    check(known, translated)


@needs_node
@pytest.mark.parametrize(
    "ours",
    [
        "i - j",
        "-i ** 2 + (-2) ** j",
        "1 if i // 2 == j // 2 else -1",
        "(i - 7) // 3 + (i - j) // (j + 1)",
        "(i - 7) % 3 - (i - 7.5) % -(j + 1) + i % (j + 1)",
        "0 <= j - i < 3",
        "i and j or -1",
        "not (i > 1 and j) + 1",
        "- -i + + +j - (not i)",
        "(i == j) == (i > 1)",
        "min(i, j, 2) - max(i, j) + pi * e ** sin(i)",
        "(1 if i else 2) if j > 1 else 3 if i > 2 else 4",
        "abs(i - 3) % 2 + floor(-j / 3) % 3 + 1e999 * 0 + log2(8) + atan2(i, j)",
    ],
)
def test_what_is_written_for_javascript_means_the_same_there(ours: str) -> None:
    check([javascript(ours)], [ours])


@pytest.mark.parametrize("ours", ["round(i / 2)", "(i / 2) // 1"])
def test_what_javascript_cannot_say_is_refused(ours: str) -> None:
    with pytest.raises(ElementwiseError, match="JavaScript"):
        javascript(ours)


@pytest.mark.parametrize("text", [text for text, _ in WRITTEN])
def test_a_translation_written_back_translates_to_itself(text: str) -> None:
    ours = translate(text)
    assert translate(javascript(ours)) == ours


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "empty"),
        ("alert(1)", "column 1: alert has no meaning"),
        ("window.location = 'x'", "column 1: window has no meaning"),
        ("Math.random()", "column 6: Math.random has no counterpart"),
        ("Math['abs'](i)", "column 5: '\\['"),
        ("Math.constructor.constructor('x')()", "Math.constructor has no counterpart"),
        ("Math", "only members of Math"),
        ("Math.abs", "Math.abs is a function"),
        ("Math.abs()", "another number of arguments"),
        ("i.constructor", "column 2: . is not expected"),
        ("i = 3", "column 3: '='"),
        ("i++", "column 4: the expression ends"),
        ("i, j", "column 2: , is not expected"),
        ("(() => i)()", "column 3: \\) is not expected"),
        ("i; j", "column 2: ';'"),
        ("`${i}`", "column 1: '`'"),
        ("'1'", "column 1"),
        ("i & 1", "column 3: '&'"),
        ("i ^ j", "column 3: '\\^'"),
        ("~i", "column 1: '~'"),
        ("-2 ** 2", "column 4: a signed base"),
        ("010 + i", "column 1"),
        ("3i", "column 1"),
        ("0x", "column 1"),
        ("i /* */", "column 4"),
        ("i ? j", "a : is missing"),
        ("(i", "column 3: a parenthesis is not closed"),
        ("Math.max(i j)", "column 12: a parenthesis is not closed"),
        ("(i > 1) === 1", "column 9: a truth value and a number"),
        ("(" * 60 + "i" + ")" * 60, "nested more than"),
        ("-" * 60 + "i", "too many signs|has no counterpart"),
        ("i" + " + i" * 1000, "too long"),
        ("1e5000000", "."),
    ],
)
def test_anything_else_is_refused_with_its_column(text: str, message: str) -> None:
    if text == "1e5000000":
        assert np.isinf(compile_elementwise(translate(text))(1, 1)).all()
        return
    with pytest.raises(ElementwiseError, match=message):
        translate(text)


def test_text_that_doubles_at_every_level_stops() -> None:
    text = "i - j"
    for _ in range(40):
        text = f"({text}) % 3"
    with pytest.raises(ElementwiseError, match="too long"):
        translate(text)


@given(st.text(max_size=60) | st.text("ijhw01.+-*/%<>=!&|?:(),Math ", max_size=60))
def test_noise_translates_to_our_language_or_is_refused(text: str) -> None:
    with suppress(MmError):
        compile_elementwise(translate(text))


def test_the_longest_text_is_read() -> None:
    assert translate("1" + " " * (MAX_LENGTH - 1)) == "1"
