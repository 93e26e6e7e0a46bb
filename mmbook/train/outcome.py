"""What the experiment leaves behind: the packs `lora/curves` and `lora/adapters`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmbook.lora.trained import GRADIENT_UNIT, WATCHED
from mmbook.pack import write_pack

from .recipe import Recipe

Array = NDArray[np.floating[Any]]


@dataclass(frozen=True)
class Outcome:
    """One finished run, without its network.

    `curve`: (step, held-out loss in nats a token). `spectra`: singular values of what training
    changed, by weight. `factors`: A and B by weight (`h.0.attn.c_attn/A`), for LoRA-GA also A0 and
    B0. `changes`: of full fine-tuning, what changed, by weight. `gradients`, by weight: for LoRA-GA
    those it started from, for LoRA-Pro those of the merged weight after the last step.
    """

    name: str
    seed: int
    curve: list[tuple[int, float]]
    trained: int
    merged_gap: float
    spectra: Mapping[str, Array]
    factors: Mapping[str, Array]
    changes: Mapping[str, Array]
    gradients: Mapping[str, Array]


def keep(
    outcomes: Sequence[Outcome], recipes: Iterable[Recipe], out: Path, about: dict[str, Any]
) -> None:
    """Write both packs; of the adapters, all of the first seed's and the watched ones of others."""
    out.mkdir(parents=True, exist_ok=True)
    first = outcomes[0].seed
    curves: dict[str, Array] = {}
    adapters: dict[str, Array] = {}
    table = []
    for recipe in recipes:
        runs = [o for o in outcomes if o.name == recipe.name]
        losses = np.array([[loss for _, loss in run.curve] for run in runs])
        curves["steps"] = np.array([[step for step, _ in runs[0].curve]], np.float32)
        curves[f"{recipe.name}/seeds"] = losses
        curves[f"{recipe.name}/mean"] = losses.mean(axis=0, keepdims=True)
        curves[f"{recipe.name}/low"] = losses.min(axis=0, keepdims=True)
        curves[f"{recipe.name}/high"] = losses.max(axis=0, keepdims=True)
        for weight, spectrum in runs[0].spectra.items():
            curves[f"{recipe.name}/spectrum/{weight}"] = spectrum[None, :]
        table.append(
            {
                **asdict(recipe),
                "name": recipe.name,
                "trained": runs[0].trained,
                "final": [round(float(x), 4) for x in losses[:, -1]],
                "merged_gap": max(run.merged_gap for run in runs),
            }
        )
        for run in runs:
            for name, factor in run.factors.items():
                if run.seed == first:
                    adapters[f"{recipe.name}/{name}"] = _half(factor)
                elif name.startswith(WATCHED):
                    adapters[f"{recipe.name}/seed-{run.seed}/{name}"] = _half(factor)
            if run.seed == first:
                for name, change in run.changes.items():
                    if name.startswith(WATCHED):
                        adapters[f"{recipe.name}/{name}"] = _half(change)
                for name, gradient in run.gradients.items():
                    if name.startswith(WATCHED):
                        adapters[f"{recipe.name}/{name}/G"] = _half(gradient * GRADIENT_UNIT)
    write_pack(
        out / "curves.npz",
        {name: np.asarray(values, np.float32) for name, values in curves.items()},
        about={**about, "recipes": table},
    )
    write_pack(out / "adapters.npz", adapters, about={**about, "watched": WATCHED})


def _half(values: Array) -> NDArray[np.float32]:
    # Half the bytes; what rounding costs is measured by the tests, not assumed.
    return values.astype(np.float16).astype(np.float32)
