"""Fine-tunes pocket GPT to CPython's source in every way the book compares, and keeps it all."""

from __future__ import annotations

import copy
import json
import sys
import time
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from mmbook import lora
from mmbook.pack import write_pack
from mmbook.pocket.corpus import source
from mmbook.pocket.model import Config
from mmbook.pocket.tokenizer import Tokenizer

from .adapt import AdaptedLinear, Recipe, adapt, deltas, targets
from .batches import draw, lay
from .network import Network
from .pocket import held_out_loss
from .pro import BETAS, ProAdam

Matrix = np.ndarray[tuple[int, ...], np.dtype[np.floating[Any]]]

RECIPES = (
    Recipe("full", lr=1e-3),
    *(Recipe("lora", rank=r, alpha=2 * r, lr=5e-3) for r in (1, 2, 4, 8, 16)),
    Recipe("qlora", rank=8, alpha=16, lr=5e-3),
    Recipe("ga", rank=8, alpha=16, lr=2e-3),
    Recipe("pro", rank=8, alpha=16, lr=1e-3),
)


@dataclass(frozen=True)
class Budget:
    """The same data and the same steps for every recipe."""

    steps: int = 300
    batch: int = 8
    seeds: tuple[int, ...] = (0, 1, 2)
    measure_every: int = 20
    windows: int = 32


QUICK = Budget(steps=60, seeds=(0,), measure_every=20)


@dataclass(frozen=True)
class Run:
    """One recipe with one seed."""

    recipe: Recipe
    seed: int
    curve: list[tuple[int, float]]
    trained: int
    merged_gap: float
    network: Network

    @property
    def final(self) -> float:
        """Held-out loss at the end, in nats a token."""
        return self.curve[-1][1]


def fine_tune(
    base: Network, recipe: Recipe, learn: Tensor, measure: Tensor, budget: Budget, seed: int
) -> Run:
    """One run: the network it ends with, its curve, and how far merging moves its scores."""
    network, context = copy.deepcopy(base), base.config.context
    torch.manual_seed(seed)

    def batch(step: int) -> Tensor:
        return draw(learn, budget.batch, context, np.random.RandomState((seed, step)))

    adapters = adapt(network, recipe, batch(budget.steps), seed)
    trained = [p for p in network.parameters() if p.requires_grad]
    optimizer: torch.optim.Optimizer | ProAdam
    if recipe.method == "pro":
        optimizer = ProAdam(adapters.values(), recipe.lr)
    else:
        optimizer = torch.optim.AdamW(trained, lr=recipe.lr, betas=BETAS, weight_decay=0.0)
    curve = [(0, held_out_loss(network, measure))]
    for step in range(budget.steps):
        loss = network.loss(batch(step))
        if not torch.isfinite(loss):
            raise SystemExit(f"{recipe.name}: the loss diverged at step {step} with lr={recipe.lr}")
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if (step + 1) % budget.measure_every == 0:
            curve.append((step + 1, held_out_loss(network, measure)))
    size = sum(p.numel() for p in trained)
    return Run(recipe, seed, curve, size, merged_gap(network, measure[:2, :-1]), network)


@torch.no_grad()
def merged_gap(network: Network, tokens: Tensor) -> float:
    """Largest difference of any score once every adapter is merged into its weight."""
    apart = network(tokens)
    merged = copy.deepcopy(network)
    for _, _, _, linear in targets(merged):
        if isinstance(linear, AdaptedLinear):
            linear.base += linear.scale * (linear.A @ linear.B)
            linear.B.zero_()
    return float((merged(tokens) - apart).abs().max())


def experiment(
    checkpoint: Path, out: Path, budget: Budget, recipes: Iterable[Recipe] = RECIPES
) -> None:
    """Every recipe with every seed; writes `curves.json` and the first seed's adapters."""
    saved = torch.load(checkpoint, weights_only=True)
    merges = json.loads((checkpoint.parent / "merges.json").read_text())
    words = Tokenizer(tuple((a, b) for a, b in merges))
    base = Network(Config(vocabulary=words.size))
    base.load_state_dict(saved["network"])
    text = source()
    learn = torch.tensor(words.encode(text.train))
    measure = lay(torch.tensor(words.encode(text.held_out)), base.config.context, budget.windows)
    start = {name: linear.weight.detach().clone() for name, _, _, linear in targets(base)}
    out.mkdir(parents=True, exist_ok=True)
    results: list[dict[str, object]] = []
    arrays: dict[str, Matrix] = {}
    for recipe in recipes:
        for seed in budget.seeds:
            began = time.monotonic()
            run = fine_tune(base, recipe, learn, measure, budget, seed)
            print(
                f"{recipe.name}  seed {seed}  {run.curve[0][1]:.3f} → {run.final:.3f}"
                f"  {time.monotonic() - began:.0f} s",
                file=sys.stderr,
                flush=True,
            )
            changes = deltas(run.network, start)
            results.append(
                {
                    **asdict(recipe),
                    "name": recipe.name,
                    "seed": seed,
                    "trained": run.trained,
                    "merged_gap": run.merged_gap,
                    "curve": run.curve,
                }
            )
            if seed == budget.seeds[0]:
                arrays |= _kept(run, changes)
    summary = {
        "budget": asdict(budget),
        "corpus": text.digest,
        "bits": {"full": 32, "nf4": lora.bits_per_weight(double=True)},
        "runs": results,
    }
    (out / "curves.json").write_text(json.dumps(summary, indent=1) + "\n")
    write_pack(out / "adapters.npz", arrays)


WATCHED = "h.2.attn.c_attn.weight"


def _kept(run: Run, changes: Mapping[str, Matrix]) -> dict[str, Matrix]:
    """What the figures need: spectra of every change, the factors, one full change."""
    name = run.recipe.name
    kept: dict[str, Matrix] = {}
    spectra = [np.linalg.svd(change, compute_uv=False) for change in changes.values()]
    kept[f"{name}/spectra"] = np.stack(spectra).astype(np.float32)
    if run.recipe.method == "full":
        kept[f"{name}/{WATCHED}"] = changes[WATCHED].astype(np.float16).astype(np.float32)
    for weight, _, _, linear in targets(run.network):
        if isinstance(linear, AdaptedLinear) and (run.recipe.rank == 8 or weight == WATCHED):
            kept[f"{name}/{weight}/A"] = (
                linear.A.detach().numpy().astype(np.float16).astype(np.float32)
            )
            kept[f"{name}/{weight}/B"] = (
                linear.B.detach().numpy().astype(np.float16).astype(np.float32)
            )
    return kept
