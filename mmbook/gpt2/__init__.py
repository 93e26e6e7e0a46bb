"""Real heads of GPT-2: their weights, a real input, and what to measure on them.

``mm.gpt2.head(5, 4)`` works in CPython and in a page. Cutting heads out of a checkpoint, which
needs the extra ``gpt2``, is ``mmbook pack gpt2``.
"""

from __future__ import annotations

from mmbook.gpt2.head import Head, head, heads
from mmbook.gpt2.measure import (
    channel_share,
    effective_rank,
    energy_share,
    mass_on_band,
    mass_on_first,
    row_entropy,
    spectrum,
    uniform_band,
    uniform_entropy,
)
from mmbook.gpt2.pack import EPILOG, EXPRESSION

__all__ = [
    "EPILOG",
    "EXPRESSION",
    "Head",
    "channel_share",
    "effective_rank",
    "energy_share",
    "head",
    "heads",
    "mass_on_band",
    "mass_on_first",
    "row_entropy",
    "spectrum",
    "uniform_band",
    "uniform_entropy",
]
