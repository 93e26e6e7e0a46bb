"""Which ways of fine-tuning are compared, and the data and steps that all of them get."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Method = Literal["full", "lora", "qlora", "ga", "pro"]


@dataclass(frozen=True)
class Recipe:
    """One way to fine-tune; `lr` lies near the best of those tried in runs of 120 steps."""

    method: Method
    rank: int = 0
    alpha: float = 16.0
    lr: float = 1e-3

    @property
    def name(self) -> str:
        """As packs and figures call it: `full`, `lora-8`, `qlora-8`."""
        return self.method if self.method == "full" else f"{self.method}-{self.rank}"


@dataclass(frozen=True)
class Budget:
    """The same data and the same steps for every recipe."""

    steps: int = 300
    batch: int = 8
    seeds: tuple[int, ...] = (0, 1, 2)
    measure_every: int = 20
    windows: int = 32
    warmup: int = 10

    def rate(self, lr: float, step: int) -> float:
        """Linear warm-up, then linearly down to nothing."""
        if step < self.warmup:
            return lr * (step + 1) / self.warmup
        return lr * (self.steps - step) / (self.steps - self.warmup)


RECIPES = (
    Recipe("full", lr=2e-3),
    *(Recipe("lora", rank=r, alpha=2 * r, lr=6e-3) for r in (1, 2, 4, 8, 16)),
    Recipe("qlora", rank=8, alpha=16, lr=6e-3),
    Recipe("ga", rank=8, alpha=16, lr=4e-3),
    Recipe("pro", rank=8, alpha=16, lr=2e-3),
)
