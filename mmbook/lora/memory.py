"""Bytes that fine-tuning needs for weights, gradients and optimizer, without activations.

Mixed precision with Adam keeps 16 bytes for each trained number: 2 for the number and 2 for its
gradient in 16 bits, and 4 each for the 32-bit copy and Adam's two moments. A frozen number keeps
its own bytes and no others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from mmbook.errors import OptionError

from .quantize import bits_per_weight

TRAINED_BYTES = 16
FROZEN_BYTES = 2
Method = Literal["full", "lora", "qlora"]


@dataclass(frozen=True)
class Sizes:
    """A decoder's sizes. `adapted`: (d_in, d_out) of every weight of a layer that has an adapter.

    `parameters` counts the whole model; `rank` is the adapters'.
    """

    parameters: int
    layers: int
    adapted: tuple[tuple[int, int], ...]
    rank: int

    @property
    def trained(self) -> int:
        """Numbers in all adapters: rank times (d_in + d_out), summed."""
        return self.layers * self.rank * sum(i + o for i, o in self.adapted)


@dataclass(frozen=True)
class Memory:
    """Bytes: of the frozen weights, and of what is trained with its gradients and moments."""

    frozen: float
    trained: float

    @property
    def total(self) -> float:
        """Both together."""
        return self.frozen + self.trained


def memory(sizes: Sizes, method: Method) -> Memory:
    """What a method needs for a model."""
    if method == "full":
        return Memory(0.0, TRAINED_BYTES * sizes.parameters)
    if not 1 <= sizes.rank <= min(min(shape) for shape in sizes.adapted):
        raise OptionError(
            "the adapters cannot have this rank",
            given=sizes.rank,
            possible=f"1 to {min(min(shape) for shape in sizes.adapted)}",
        )
    trained = float(TRAINED_BYTES * sizes.trained)
    if method == "lora":
        return Memory(float(FROZEN_BYTES * sizes.parameters), trained)
    if method == "qlora":
        return Memory(bits_per_weight(double=True) / 8 * sizes.parameters, trained)
    raise OptionError("no such method", given=method, possible=("full", "lora", "qlora"))
