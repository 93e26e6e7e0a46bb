"""Initial values element by element, as the original's formulas state them."""

import math
import random
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmbook.formulas import DROPPED, FORMULAS, RANDOM, RANGED
from mmbook.schema import definition

sides = st.integers(1, 9)
stream = np.random.RandomState(0)

EXPECTED = {
    "rows": "i / (h - 1) if h > 1 else 0",
    "cols": "j / (w - 1) if w > 1 else 0",
    "row major": "(i * w + j) / (h * w - 1) if h * w > 1 else 0",
    "col major": "(j * h + i) / (h * w - 1) if h * w > 1 else 0",
    "tril mask": "j <= i",
    "triu mask": "j >= i",
    "eye": "i == j",
    "diff": "(i == j) - (i == j + 1)",
}


def mt19937(seed: int) -> random.Random:
    """Return Python's Mersenne Twister, seeded by the generator's own recurrence (init_genrand)."""
    key = [seed]
    for index in range(1, 624):
        key.append((1812433253 * (key[-1] ^ (key[-1] >> 30)) + index) & 0xFFFFFFFF)
    generator = random.Random()
    generator.setstate((3, (*key, 624), None))
    return generator


def polar_normals(generator: random.Random) -> Iterator[float]:
    """Yield normal numbers by Marsaglia's polar method, the second of each pair first."""
    while True:
        x, y = 2 * generator.random() - 1, 2 * generator.random() - 1
        square = x * x + y * y
        if 0 < square < 1:
            scale = math.sqrt(-2 * math.log(square) / square)
            yield scale * y
            yield scale * x


def test_the_kinds_are_those_of_the_schema() -> None:
    kinds = definition("leaf")["properties"]["init"]["enum"]
    assert {*FORMULAS, "expr", "data"} == set(kinds)
    assert set(FORMULAS) == {*EXPECTED, *RANDOM}
    assert set(FORMULAS) >= DROPPED >= RANGED


@pytest.mark.parametrize("kind", EXPECTED)
@given(h=sides, w=sides)
def test_formula(kind: str, h: int, w: int) -> None:
    formula = compile(EXPECTED[kind], kind, "eval")
    names = [[{"i": i, "j": j, "h": h, "w": w} for j in range(w)] for i in range(h)]
    expected = [[float(eval(formula, element)) for element in row] for row in names]
    np.testing.assert_allclose(FORMULAS[kind]((h, w), stream), expected, rtol=1e-15)


@given(st.integers(0, 2**32 - 1), sides, sides)
def test_uniform_draws_the_mersenne_twister(seed: int, h: int, w: int) -> None:
    generator = mt19937(seed)
    expected = [[generator.random() for _ in range(w)] for _ in range(h)]
    assert FORMULAS["uniform"]((h, w), np.random.RandomState(seed)).tolist() == expected


@given(st.integers(0, 2**32 - 1), sides, sides)
def test_gaussian_draws_the_polar_method(seed: int, h: int, w: int) -> None:
    normals = polar_normals(mt19937(seed))
    expected = [[0.5 + 0.5 * next(normals) for _ in range(w)] for _ in range(h)]
    values = FORMULAS["gaussian"]((h, w), np.random.RandomState(seed))
    np.testing.assert_allclose(values, expected, rtol=1e-14, atol=1e-14)


@pytest.mark.parametrize("shape", [(400, 25), (25, 400)])
def test_pt_linear_is_bounded_by_the_fan_in_of_a_right_hand_weight(shape: tuple[int, int]) -> None:
    values = FORMULAS["pt linear"](shape, np.random.RandomState(1))
    bound = 1 / math.sqrt(shape[0])
    assert np.abs(values).max() <= bound
    assert values.min() == pytest.approx(-bound, rel=1e-2)
    assert values.max() == pytest.approx(bound, rel=1e-2)
