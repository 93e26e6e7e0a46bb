"""What a head learned, as a score: does it look at the previous token, does it do induction.

Elhage et al. 2021; Olsson et al. 2022 (induction heads): on a sequence of random tokens written
twice, an induction head looks from a token of the second copy to the one after its first copy.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .model import Pocket

Scores = NDArray[np.float64]


def previous_token(attentions: NDArray[np.floating]) -> Scores:
    """Mean attention paid to the token just before, (layers × heads), from (… × n × n)."""
    band: Scores = np.diagonal(attentions, offset=-1, axis1=-2, axis2=-1).mean(axis=-1)
    return band


def induction(attentions: NDArray[np.floating], period: int) -> Scores:
    """Mean attention paid, from the second copy, to the token after the first occurrence."""
    band = np.diagonal(attentions, offset=1 - period, axis1=-2, axis2=-1)
    found: Scores = band[..., 1:].mean(axis=-1)
    return found


def scores(
    model: Pocket, *, length: int = 60, repeats: int = 8, seed: int = 0
) -> dict[str, Scores]:
    """Both scores of every head, averaged over random sequences written twice."""
    rng = np.random.RandomState(seed)
    found: dict[str, list[Scores]] = {"previous token": [], "induction": []}
    for _ in range(repeats):
        once = rng.randint(0, model.config.vocabulary, length).tolist()
        seen = model.attentions(once + once)
        found["previous token"].append(previous_token(seen))
        found["induction"].append(induction(seen, length))
    return {name: np.mean(values, axis=0) for name, values in found.items()}
