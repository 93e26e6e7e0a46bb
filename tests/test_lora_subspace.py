"""Overlap of subspaces against its definition by principal angles."""

from __future__ import annotations

import numpy as np
import pytest

from mmbook.lora import chance, directions, overlap


def basis(rng: np.random.RandomState, d: int, k: int) -> np.ndarray:
    Q, _ = np.linalg.qr(rng.randn(d, k))
    return Q


def test_the_ends_of_the_scale() -> None:
    Q = basis(np.random.RandomState(0), 20, 9)
    assert overlap(Q[:, :3], Q) == pytest.approx(1)
    assert overlap(Q[:, :3], Q[:, 3:]) == pytest.approx(0, abs=1e-15)


def test_it_is_the_mean_squared_cosine_of_the_principal_angles() -> None:
    rng = np.random.RandomState(1)
    U, V = basis(rng, 20, 3), basis(rng, 20, 5)
    cosines = np.linalg.svd(U.T @ V, compute_uv=False)
    assert overlap(U, V) == pytest.approx((cosines**2).mean())


def test_chance() -> None:
    rng = np.random.RandomState(2)
    found = [overlap(basis(rng, 40, 4), basis(rng, 40, 8)) for _ in range(300)]
    assert np.mean(found) == pytest.approx(chance(40, 4, 8), abs=4 * np.std(found) / 300**0.5)


def test_directions_span_the_rows() -> None:
    rng = np.random.RandomState(3)
    M = rng.randn(6, 2) @ rng.randn(2, 15)
    V = directions(M, 2)
    assert np.abs(V.T @ V - np.eye(2)).max() < 1e-12
    assert np.abs(M @ V @ V.T - M).max() < 1e-12
