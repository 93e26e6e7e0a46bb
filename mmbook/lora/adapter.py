"""The adapter itself: `x @ W + s (x @ A) @ B`, its gradients, its merge.

Rows are tokens: `x` is (tokens × d_in), the frozen `W` is (d_in × d_out), `A` is (d_in × rank),
`B` is (rank × d_out). Hu et al. 2021 (LoRA), section 4.1, writes the transposes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from mmbook.errors import OptionError

Array = NDArray[np.float64]
FanIn = Literal["d_in", "rank"]
Scaling = Literal["alpha/r", "alpha", "alpha/sqrt(r)"]


@dataclass(frozen=True)
class Adapter:
    """A low-rank change of one weight matrix.

    `A`: (d_in × rank). `B`: (rank × d_out). `scale`: the factor s in `W + s A B`.
    """

    A: Array
    B: Array
    scale: float = 1.0

    @property
    def rank(self) -> int:
        """The number of columns of A: no change of `W` made by this adapter has a higher rank."""
        return int(self.A.shape[1])

    @property
    def size(self) -> int:
        """How many numbers are trained: r (d_in + d_out)."""
        return self.A.size + self.B.size

    def delta(self) -> Array:
        """The change of the weight, (d_in × d_out)."""
        return self.scale * (self.A @ self.B)

    def forward(self, x: Array, W: Array) -> Array:
        """Unmerged: the frozen product plus the thin one, (tokens × d_out)."""
        return x @ W + self.scale * ((x @ self.A) @ self.B)

    def merge(self, W: Array) -> Array:
        """One matrix that does the same: `W + s A B`."""
        return W + self.delta()

    def gradients(self, G: Array) -> tuple[Array, Array]:
        """Of the loss with respect to A and B, from `G`, the gradient of the merged weight."""
        return self.scale * (G @ self.B.T), self.scale * (self.A.T @ G)


def scaling(alpha: float, rank: int, rule: Scaling = "alpha/r") -> float:
    """The factor s. The paper divides α by the rank; some published code forgets to."""
    if alpha == 0:
        raise OptionError(
            "alpha is 0, so the adapter would never change anything",
            given=alpha,
            possible="any number but 0, such as the rank or twice the rank",
        )
    if not np.isfinite(alpha):
        raise OptionError("alpha is no number", given=alpha, possible="any number but 0")
    if rank < 1:
        raise OptionError("an adapter cannot have this rank", given=rank, possible="1 and more")
    divisors = {"alpha/r": float(rank), "alpha": 1.0, "alpha/sqrt(r)": float(np.sqrt(rank))}
    if rule not in divisors:
        raise OptionError("no such rule", given=rule, possible=divisors)
    return alpha / divisors[rule]


def start(
    d_in: int,
    d_out: int,
    rank: int,
    *,
    alpha: float | None = None,
    rule: Scaling = "alpha/r",
    fan_in: FanIn = "d_in",
    seed: int = 0,
) -> Adapter:
    """A new adapter: A uniform (Kaiming, a = √5), B zero, so that the start changes nothing.

    `fan_in` tells the two conditions found in published code apart: the bound is 1/√d_in where A
    is stored as (rank × d_in), and 1/√rank, much wider, where it is stored as (d_in × rank).
    """
    check_rank(rank, d_in, d_out)
    bound = 1 / np.sqrt(d_in if fan_in == "d_in" else rank)
    A = np.random.RandomState(seed).uniform(-bound, bound, (d_in, rank))
    return Adapter(
        A, np.zeros((rank, d_out)), scaling(rank if alpha is None else alpha, rank, rule)
    )


def check_rank(rank: int, d_in: int, d_out: int) -> None:
    """Refuse a rank that is no restriction."""
    if not 1 <= rank <= min(d_in, d_out):
        raise OptionError(
            f"an adapter for a {d_in} × {d_out} weight cannot have this rank",
            given=rank,
            possible=f"1 to {min(d_in, d_out)}; from there on it is full fine-tuning",
        )
