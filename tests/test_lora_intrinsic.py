"""A random subspace solves a linear problem exactly from its rank on, and not before."""

from __future__ import annotations

import numpy as np
import pytest

from mmbook.errors import OptionError
from mmbook.lora import random_subspace, residual

D, EQUATIONS = 400, 30


def problem(seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.RandomState(seed)
    X = rng.randn(EQUATIONS, D)
    return X, X @ rng.randn(D)


@pytest.mark.parametrize("seed", range(3))
def test_the_threshold_is_the_rank(seed: int) -> None:
    X, y = problem(seed)
    P = random_subspace(D, 40, seed)
    assert residual(X, y, P[:, :29]) > 1e-3
    assert residual(X, y, P[:, :30]) < 1e-10
    assert residual(X, y, P[:, :40]) < 1e-10


def test_below_it_the_residual_is_that_of_a_random_projection() -> None:
    """What is left of y outside d of its 30 dimensions: √(1 - d / 30) of it, on average."""
    found = [
        residual(*problem(seed), random_subspace(D, 15, 100 + seed)) ** 2 for seed in range(200)
    ]
    assert np.mean(found) == pytest.approx(1 - 15 / 30, abs=4 * np.std(found) / np.sqrt(200))


def test_columns_are_orthonormal() -> None:
    P = random_subspace(D, 12, 5)
    assert np.abs(P.T @ P - np.eye(12)).max() < 1e-12
    with pytest.raises(OptionError, match="1 to 400"):
        random_subspace(D, 401, 0)
