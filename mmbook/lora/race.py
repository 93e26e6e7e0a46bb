"""A race between methods on one linear map, step by step, small enough to run in the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from mmbook.errors import OptionError

from .adapter import Adapter, check_rank, scaling
from .equivalent_gradient import pro_gradients
from .gradient_start import gradient_start

Array = NDArray[np.float64]
Method = Literal["full", "lora", "ga", "pro", "ga+pro"]
METHODS: tuple[Method, ...] = ("full", "lora", "ga", "pro", "ga+pro")


@dataclass(frozen=True)
class LinearMap:
    """Learn `Y = X @ target` from `start`: X (samples × d_in), both maps (d_in × d_out).

    The loss is half the squared error a sample.
    """

    start: Array
    target: Array
    X: Array
    Y: Array = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "Y", self.X @ self.target)

    def loss(self, W: Array) -> float:
        """Half the mean squared error of a sample."""
        return float(0.5 * ((self.X @ W - self.Y) ** 2).sum() / len(self.X))

    def gradient(self, W: Array) -> Array:
        """Of the loss, (d_in × d_out)."""
        slope: Array = self.X.T @ (self.X @ W - self.Y) / len(self.X)
        return slope

    def floor(self, rank: int, offset: Array | None = None) -> float:
        """The least loss that any change of this rank reaches, from `start` (less `offset`)."""
        change = self.target - self.start + (0 if offset is None else offset)
        factor = np.linalg.cholesky(self.X.T @ self.X / len(self.X))
        tail = np.linalg.svd(factor.T @ change, compute_uv=False)[rank:]
        return float(0.5 * (tail**2).sum())


@dataclass(frozen=True)
class Moment:
    """One runner after some steps: its weight (d_in × d_out), loss, and adapter if it has one."""

    step: int
    W: Array
    loss: float
    adapter: Adapter | None


def race(
    task: LinearMap,
    method: Method,
    *,
    rank: int = 4,
    alpha: float | None = None,
    lr: float = 0.1,
    steps: int = 60,
    seed: int = 1,
) -> Iterator[Moment]:
    """Yield the start and the state after every step of full-batch gradient descent.

    Stops with an OptionError that names the step where the learning rate made the loss diverge.
    """
    d_in, d_out = task.start.shape
    check_rank(rank, d_in, d_out)
    if method not in METHODS:
        raise OptionError("unknown method", given=method, possible=METHODS)
    W, base, adapter = task.start, task.start, None
    scale = scaling(rank if alpha is None else alpha, rank)
    if method in ("ga", "ga+pro"):
        adapter = gradient_start(task.gradient(W), rank, scale=scale)
        base = W - adapter.delta()
    elif method != "full":
        # Not `start`: the published step counts belong to this generator's draws, in this order.
        bound = np.sqrt(1 / d_in)
        A = np.random.default_rng(seed).uniform(-bound, bound, (rank, d_in)).T
        adapter = Adapter(A, np.zeros((rank, d_out)), scale)
    first = task.loss(W)
    for step in range(steps + 1):
        W = W if adapter is None else adapter.merge(base)
        loss = task.loss(W)
        if not np.isfinite(loss) or loss > 1e6 * first:
            raise OptionError(
                f"the loss diverged at step {step}: from {first:.3g} to {loss:.3g}",
                given=f"lr={lr}",
                remedy="Choose a smaller learning rate.",
            )
        yield Moment(step, W, loss, adapter)
        G = task.gradient(W)
        if adapter is None:
            W = W - lr * G
            continue
        gA, gB = pro_gradients(adapter, G) if "pro" in method else adapter.gradients(G)
        adapter = replace(adapter, A=adapter.A - lr * gA, B=adapter.B - lr * gB)


def example(seed: int = 0) -> LinearMap:
    """The book's task: 32 inputs, 24 outputs, 512 samples, a change with a decaying spectrum."""
    rng = np.random.default_rng(seed)
    d_out, d_in, samples = 24, 32, 512
    start = rng.standard_normal((d_out, d_in)) / np.sqrt(d_in)
    change = 0.5 * rng.standard_normal((d_out, d_in)) @ np.diag(0.75 ** np.arange(d_in))
    X = rng.standard_normal((d_in, samples))
    return LinearMap(start.T, (start + change).T, X.T)
