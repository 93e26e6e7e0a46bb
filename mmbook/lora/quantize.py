"""NF4: sixteen levels for normally distributed weights, with blockwise scales.

Dettmers et al. 2023 (QLoRA), section 3 and appendix E.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from mmbook.errors import OptionError

Array = NDArray[np.float64]

# The outermost quantile: half a step of 1/15 and of 1/16 inside the ends, averaged (appendix E).
OFFSET = 1 - (1 / 32 + 1 / 30) / 2
BLOCK = 64
SCALE_BLOCK = 256


def nf4_codebook() -> Array:
    """The 16 levels in [-1, 1]: 7 negative, an exact 0, 8 positive."""
    quantile = NormalDist().inv_cdf
    positive = [quantile(p) for p in np.linspace(OFFSET, 0.5, 9)[:-1]]
    negative = [-quantile(p) for p in np.linspace(OFFSET, 0.5, 8)[:-1]]
    levels = np.array(sorted([*negative, 0.0, *positive]))
    codebook: Array = levels / levels.max()
    return codebook


@dataclass(frozen=True)
class Quantized:
    """A weight in codes: `codes` (blocks × BLOCK) index the codebook, `scales` (blocks,)."""

    codes: NDArray[np.uint8]
    scales: Array
    codebook: Array
    shape: tuple[int, ...]

    def dequantize(self) -> Array:
        """Back to numbers, in the original shape."""
        return (self.codebook[self.codes] * self.scales[:, None]).reshape(self.shape)


def quantize(W: Array, codebook: Array | None = None, block: int = BLOCK) -> Quantized:
    """Divide every block of consecutive weights by its largest magnitude; round to the levels."""
    levels = nf4_codebook() if codebook is None else codebook
    if block < 1 or W.size % block:
        raise OptionError(
            f"{W.size} weights do not fill blocks of this length",
            given=block,
            possible="a length that divides their number",
        )
    blocks = W.reshape(-1, block)
    scales = np.abs(blocks).max(axis=1)
    units = blocks / np.where(scales > 0, scales, 1.0)[:, None]
    between = (levels[1:] + levels[:-1]) / 2
    codes = np.searchsorted(between, units).astype(np.uint8)
    return Quantized(codes, scales, levels, W.shape)


def quantize_scales(scales: Array, block: int = SCALE_BLOCK) -> Array:
    """Double quantization: the scales themselves in 8 bits, about their mean, block by block."""
    mean = scales.mean()
    padded = np.pad(scales - mean, (0, -scales.size % block)).reshape(-1, block)
    step = np.abs(padded).max(axis=1, keepdims=True) / 127
    rounded = np.round(padded / np.where(step > 0, step, 1.0)) * step
    result: Array = rounded.ravel()[: scales.size] + mean
    return result


def bits_per_weight(block: int = BLOCK, scale_block: int = SCALE_BLOCK, *, double: bool) -> float:
    """Four bits of code and the weight's share of the scales."""
    return 4 + (8 / block + 32 / (block * scale_block) if double else 32 / block)
