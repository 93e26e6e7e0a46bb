"""Initializers: ranges, dropout, seeds, and what they write into a figure."""

import zlib
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmbook import init
from mmbook.errors import ElementwiseError, LeafError, MmError, OptionError, ValueTooLarge
from mmbook.formulas import RANGED
from mmbook.init import MAX_SEED, Init
from mmbook.schema import check_option, definition

KINDS = {
    kind: getattr(init, kind.replace(" ", "_"))
    for kind in definition("leaf")["properties"]["init"]["enum"]
    if kind not in ("expr", "data")
}


@pytest.mark.parametrize("kind", KINDS)
def test_there_is_a_function_for_every_kind(kind: str) -> None:
    made = KINDS[kind](3, 4)
    assert (made.kind, made.shape) == (kind, (3, 4))
    values = made.values("A")
    assert values.shape == (3, 4)
    assert values.dtype == np.float32
    assert not values.flags.writeable


@pytest.mark.parametrize("kind", sorted(RANGED - {"gaussian", "uniform"}))
def test_ranges_reach_both_ends(kind: str) -> None:
    values = KINDS[kind](3, 4, min=-3, max=5).values("A")
    assert (values.min(), values.max()) == (-3, 5)


def test_uniform_fills_its_range_and_gaussian_means_its_deviation() -> None:
    uniform = init.uniform(300, 300, min=2, max=4).values("A")
    assert (uniform >= 2).all()
    assert (uniform <= 4).all()
    assert uniform.mean() == pytest.approx(3, abs=0.01)
    gaussian = init.gaussian(300, 300, min=2, max=6).values("A").astype(np.float64)
    assert gaussian.mean() == pytest.approx(4, abs=0.03)
    assert gaussian.std() == pytest.approx(2, abs=0.03)


def test_without_a_seed_the_name_is_the_seed() -> None:
    made = init.gaussian(4, 4)
    assert np.array_equal(made.values("A"), made.values("A"))
    assert not np.array_equal(made.values("A"), made.values("B"))
    seeded = init.gaussian(4, 4, seed=zlib.crc32("été".encode()))
    assert np.array_equal(made.values("été"), seeded.values("anything"))


def test_with_a_seed_the_name_does_not_matter() -> None:
    made = init.uniform(4, 4, seed=MAX_SEED)
    assert np.array_equal(made.values("A"), made.values("B"))
    assert not np.array_equal(made.values("A"), init.uniform(4, 4, seed=0).values("A"))


def test_dropout_zeroes_its_share_and_leaves_the_rest_as_it_was() -> None:
    whole = init.gaussian(200, 200).values("A")
    dropped = init.gaussian(200, 200, dropout=0.3).values("A")
    gone = dropped != whole
    assert not dropped[gone].any()
    assert gone.mean() == pytest.approx(0.3, abs=0.01)
    assert not init.rows(5, 5, dropout=1).values("A").any()
    assert np.array_equal(init.rows(5, 5, dropout=0).values("A"), init.rows(5, 5).values("A"))


def test_elementwise() -> None:
    assert init.elementwise("i - j", 2, 3).values("A").tolist() == [[0, -1, -2], [1, 0, -1]]
    assert np.isnan(init.elementwise("0 / (i - j)", 2, 2).values("A")).tolist() == [
        [True, False],
        [False, True],
    ]


def test_squares_need_one_number() -> None:
    assert init.eye(3).shape == init.diff(3).shape == (3, 3)


@pytest.mark.parametrize(
    ("make", "error", "words"),
    [
        (lambda: init.gaussian(0, 3), LeafError, "whole numbers from 1"),
        (lambda: init.gaussian(2.5, 3), LeafError, "2.5, 3"),
        (lambda: init.gaussian(100_000, 10_000), ValueTooLarge, "1,000,000,000"),
        (lambda: init.gaussian(2, 2, min=3, max=1), OptionError, "min=3.0, max=1.0"),
        (lambda: init.gaussian(2, 2, min="a"), OptionError, "min is a finite number"),
        (lambda: init.gaussian(2, 2, max=float("nan")), OptionError, "max is a finite number"),
        (lambda: init.gaussian(2, 2, max=10**400), OptionError, "max is a finite number"),
        (lambda: init.gaussian(2, 2, dropout=1.1), OptionError, "0 to 1"),
        (lambda: init.gaussian(2, 2, seed=-1), OptionError, "seed"),
        (lambda: init.gaussian(2, 2, seed=2**32), OptionError, "seed"),
        (lambda: init.gaussian(2, 2, seed=1.5), OptionError, "seed"),
        (lambda: init.elementwise("i +", 2, 2), ElementwiseError, "column 4"),
    ],
)
def test_mistakes(make: Callable[[], Init], error: type[MmError], words: str) -> None:
    with pytest.raises(error) as caught:
        make()
    assert words in str(caught.value)


ranges = st.tuples(st.floats(-9, 9), st.floats(-9, 9)).map(sorted)


@given(
    st.sampled_from(sorted(RANGED)),
    st.integers(1, 9),
    ranges,
    st.sampled_from([0.0, 0.5]),
    st.none() | st.integers(0, MAX_SEED),
)
def test_the_record_makes_the_same_values(
    kind: str, side: int, ends: list[float], dropout: float, seed: int | None
) -> None:
    made = KINDS[kind](side, 3, min=ends[0], max=ends[1], dropout=dropout, seed=seed)
    record = made.to_dict()
    check_option(record, "leaf")
    assert np.array_equal(Init.from_dict(record).values("A"), made.values("A"))


def test_the_record_holds_only_what_differs_from_the_defaults() -> None:
    assert init.gaussian(2, 3, min=-1).to_dict() == {"shape": [2, 3], "init": "gaussian"}
    assert init.elementwise("i", 1, 1).to_dict() == {"shape": [1, 1], "init": "expr", "expr": "i"}


def test_a_record_may_hold_options_of_another_kind() -> None:
    record = {"shape": [2, 2], "init": "eye", "min": 0, "seed": 3, "expr": "??"}
    assert Init.from_dict(record).to_dict() == {"shape": [2, 2], "init": "eye"}


def test_a_record_needs_its_expression() -> None:
    with pytest.raises(LeafError, match="expression is missing"):
        Init.from_dict({"shape": [2, 2], "init": "expr"})
