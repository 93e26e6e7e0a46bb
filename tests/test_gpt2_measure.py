"""Measures of attention and of spectra, against closed forms and float64 numpy."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from mmbook import gpt2

EVEN = np.tri(9) / np.arange(1, 10)[:, None]
SINGLE = hnp.arrays(
    np.float32,
    hnp.array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=6),
    elements=st.floats(-100, 100, width=32),
)


def causal(scores: np.ndarray) -> np.ndarray:
    powers = np.exp(scores) * np.tri(len(scores))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float32)


CAUSAL = hnp.arrays(
    np.float64, st.integers(1, 8).map(lambda n: (n, n)), elements=st.floats(-20, 20)
).map(causal)


def test_even_attention_has_the_closed_forms() -> None:
    i = np.arange(9)
    np.testing.assert_allclose(gpt2.mass_on_first(EVEN), 1 / (i + 1))
    np.testing.assert_allclose(gpt2.row_entropy(EVEN), np.log2(i + 1), atol=1e-12)
    np.testing.assert_allclose(gpt2.uniform_entropy(9), gpt2.row_entropy(EVEN), atol=1e-12)
    for width in (1, 2, 3, 20):
        np.testing.assert_allclose(gpt2.mass_on_band(EVEN, width), gpt2.uniform_band(9, width))


def test_a_row_that_looks_at_one_token_has_no_entropy() -> None:
    entropy = gpt2.row_entropy(np.eye(4))
    assert entropy.tolist() == [0, 0, 0, 0]
    assert not np.signbit(entropy).any()
    assert gpt2.mass_on_band(np.eye(4)).tolist() == [1, 1, 1, 1]
    assert gpt2.mass_on_first(np.eye(4)).tolist() == [1, 0, 0, 0]


def test_the_band_ends_at_the_token_itself() -> None:
    weights = np.arange(16.0).reshape(4, 4)
    assert gpt2.mass_on_band(weights).tolist() == [0, 5, 10, 15]
    assert gpt2.mass_on_band(weights, 2).tolist() == [0, 4 + 5, 9 + 10, 14 + 15]
    assert gpt2.mass_on_band(weights, 0).tolist() == [0, 0, 0, 0]


@given(CAUSAL)
def test_attention_s_entropy_lies_between_none_and_even(attention: np.ndarray) -> None:
    entropy = gpt2.row_entropy(attention)
    assert np.all(entropy >= 0)
    assert np.all(entropy <= gpt2.uniform_entropy(len(attention)) + 1e-5)
    for row, bits in zip(attention.astype(np.float64), entropy, strict=True):
        assert bits == pytest.approx(-sum(p * math.log2(p) for p in row if p > 0), abs=1e-6)


@given(CAUSAL, st.integers(1, 8))
def test_masses_are_sums_of_weights(attention: np.ndarray, width: int) -> None:
    band = gpt2.mass_on_band(attention, width)
    for i, row in enumerate(attention.astype(np.float64)):
        assert band[i] == pytest.approx(row[max(0, i - width + 1) : i + 1].sum(), abs=1e-12)
    np.testing.assert_array_equal(gpt2.mass_on_first(attention), attention[:, 0])


@given(SINGLE)
def test_spectra_are_numpy_s(matrix: np.ndarray) -> None:
    values = np.linalg.svd(matrix.astype(np.float64), compute_uv=False)
    np.testing.assert_array_equal(gpt2.spectrum(matrix), values)
    share = gpt2.energy_share(matrix)
    assert len(share) == min(matrix.shape)
    if not matrix.any():
        assert np.isnan(share).all()
        assert np.isnan(gpt2.effective_rank(matrix))
        return
    norm = float((matrix.astype(np.float64) ** 2).sum())
    for rank, kept in enumerate(share, 1):
        left, middle, right = np.linalg.svd(matrix.astype(np.float64), full_matrices=False)
        best = (left[:, :rank] * middle[:rank]) @ right[:rank]
        lost = float(((matrix - best) ** 2).sum())
        assert kept == pytest.approx(1 - lost / norm, abs=1e-9)
    assert 1 - 1e-9 <= gpt2.effective_rank(matrix) <= min(matrix.shape) + 1e-9


def test_effective_rank_counts_equal_directions() -> None:
    assert gpt2.effective_rank(np.eye(7)) == pytest.approx(7)
    assert gpt2.effective_rank(np.outer([1, 2, 3], [4, 5])) == pytest.approx(1)
    assert gpt2.effective_rank(np.diag([2.0, 2.0, 0.0])) == pytest.approx(2)
    # Two shares p and 1 - p, written out.
    entropy = -(0.75 * math.log(0.75) + 0.25 * math.log(0.25))
    assert gpt2.effective_rank(np.diag([3.0, 1.0])) == pytest.approx(math.exp(entropy))


def test_channels_are_directions_too_and_never_better() -> None:
    matrix = np.random.RandomState(1).standard_normal((9, 64)) * np.arange(64)
    channels, best = gpt2.channel_share(matrix), gpt2.energy_share(matrix)
    assert len(channels) == 64
    assert channels[-1] == pytest.approx(1)
    assert np.all(channels[:9] <= best)
    np.testing.assert_allclose(gpt2.channel_share(np.diag([1.0, 3.0, 2.0])), [9 / 14, 13 / 14, 1])
    assert np.isnan(gpt2.channel_share(np.zeros((2, 3)))).all()


def test_the_two_heads_of_the_book_differ_as_it_says() -> None:
    """Layer 5, head 4 looks at the first token and a few near ones; layer 0, head 2 at all."""
    narrow, even = (gpt2.head(*pair).reference for pair in ((5, 4), (0, 2)))
    assert gpt2.mass_on_first(narrow)[1:].mean() > gpt2.mass_on_first(even)[1:].mean()
    assert gpt2.row_entropy(narrow)[-1] < 2 < 2.9 < gpt2.row_entropy(even)[-1]
    assert gpt2.row_entropy(even)[-1] < gpt2.uniform_entropy(9)[-1]
