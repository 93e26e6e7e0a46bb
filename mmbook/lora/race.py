"""A race between methods on one linear map, step by step, small enough to run in the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from mmbook.errors import OptionError

from .adapter import Adapter, check_rank, scaling
from .equivalent_gradient import pro_gradients
from .gradient_start import gradient_start

if TYPE_CHECKING:
    from mmbook.figure import Figure

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
    """One runner after some steps: its weight (d_in × d_out), loss, and adapter if it has one.

    `begin` and `first` are weight and adapter before the first step.
    """

    step: int
    W: Array
    loss: float
    adapter: Adapter | None
    begin: Array
    first: Adapter | None

    @property
    def change(self) -> Array:
        """ΔW: the weight less what it was, (d_in × d_out)."""
        return self.W - self.begin

    @property
    def spectrum(self) -> Array:
        """Singular values of ΔW, greatest first, (min(d_in, d_out),)."""
        return np.linalg.svd(self.change, compute_uv=False).astype(np.float64)

    def figure(self) -> Figure:
        """ΔW as the product that makes it, with the scale s in the right factor.

        Where the adapter did not start from nothing (LoRA-GA), what it started from is subtracted:
        `[A | A0] @ [sB ; -sB0]`, of up to twice the rank. The full gradient has no factors; its
        change is shown as `U @ SV`, from the singular value decomposition.
        """
        from mmbook.figure import figure  # the library itself draws nothing

        if self.adapter is None or self.first is None:
            U, S, Vt = np.linalg.svd(self.change, full_matrices=False)
            return figure("ΔW = U @ SV", U=U, SV=S[:, None] * Vt)
        A, sB = self.adapter.A, self.adapter.scale * self.adapter.B
        if not self.first.B.any():
            return figure("ΔW = A @ sB", A=A, sB=sB)
        return figure(
            "ΔW = [A | A0] @ [sB ; `-sB0`]",
            leaves={"A": A, "A0": self.first.A, "sB": sB, "-sB0": -self.first.scale * self.first.B},
        )


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

    Raises
    ------
    OptionError
        No such method; a rank above both sides of the weight; α = 0; a learning rate or number of
        steps that is none. Later, at the step itself: the loss grew without bound, with a learning
        rate at which it does not.

    """
    d_in, d_out = task.start.shape
    check_rank(rank, d_in, d_out)
    if method not in METHODS:
        raise OptionError("unknown method", given=method, possible=METHODS)
    if not 0 < lr <= 1000:
        raise OptionError("this is no learning rate", given=lr, possible="above 0, up to 1000")
    if steps < 0:
        raise OptionError("this is no number of steps", given=steps, possible="0 and more")

    def run(rate: float) -> Iterator[Moment]:
        return _run(task, method, rank, alpha, rate, steps, seed)

    for moment in run(lr):
        if not _is_bounded(task, moment):
            raise OptionError(
                f"the loss grew without bound at step {moment.step}, from"
                f" {task.loss(task.start):.3g} to {moment.loss:.3g}",
                given=f"lr={lr:g}",
                remedy=_bounded_rate(task, run, lr, steps),
            )
        yield moment


def _run(
    task: LinearMap,
    method: Method,
    rank: int,
    alpha: float | None,
    lr: float,
    steps: int,
    seed: int,
) -> Iterator[Moment]:
    """Yield every moment, however large the loss has grown."""
    d_in, d_out = task.start.shape
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
    first = adapter
    for step in range(steps + 1):
        W = W if adapter is None else adapter.merge(base)
        yield Moment(step, W, task.loss(W), adapter, task.start, first)
        G = task.gradient(W)
        if adapter is None:
            W = W - lr * G
            continue
        gA, gB = pro_gradients(adapter, G) if "pro" in method else adapter.gradients(G)
        adapter = replace(adapter, A=adapter.A - lr * gA, B=adapter.B - lr * gB)


def _is_bounded(task: LinearMap, moment: Moment) -> bool:
    return bool(moment.loss <= 1e6 * max(task.loss(task.start), 1e-300))


def _bounded_rate(
    task: LinearMap, run: Callable[[float], Iterator[Moment]], lr: float, steps: int
) -> str:
    """Find by trial what to advise: half the rate, half of that, and so on."""
    for _ in range(40):
        lr /= 2
        if all(_is_bounded(task, moment) for moment in run(lr)):
            return f"At lr={lr:.2g} it stays bounded for {steps} steps."
    return "Choose a smaller learning rate."


def example(seed: int = 0) -> LinearMap:
    """The book's task: 32 inputs, 24 outputs, 512 samples, a change with a decaying spectrum."""
    rng = np.random.default_rng(seed)
    d_out, d_in, samples = 24, 32, 512
    start = rng.standard_normal((d_out, d_in)) / np.sqrt(d_in)
    change = 0.5 * rng.standard_normal((d_out, d_in)) @ np.diag(0.75 ** np.arange(d_in))
    X = rng.standard_normal((d_in, samples))
    return LinearMap(start.T, (start + change).T, X.T)
