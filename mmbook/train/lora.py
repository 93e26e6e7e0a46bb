"""Fine-tunes pocket GPT to CPython's source in every way the book compares, run by run."""

from __future__ import annotations

import platform
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from mmbook.pocket.corpus import Corpus, source
from mmbook.pocket.load import load

from .adapt import AdaptedLinear, targets
from .batches import lay
from .network import Network
from .outcome import Outcome, keep
from .recipe import RECIPES, Budget, Recipe
from .tune import changes, fine_tune


def experiment(
    work: Path,
    out: Path,
    budget: Budget,
    command: str,
    *,
    recipes: Sequence[Recipe] = RECIPES,
    corpus: Corpus | None = None,
) -> list[Outcome]:
    """Every recipe with every seed; writes the packs `curves` and `adapters` into `out`.

    Finished runs lie in `work` and are not repeated, so that a stopped experiment goes on.
    """
    text = corpus or source()
    base, learn, measure = prepare(text, budget)
    work.mkdir(parents=True, exist_ok=True)
    outcomes = []
    for seed in budget.seeds:
        for recipe in recipes:
            setting: dict[str, object] = {
                "recipe": asdict(recipe),
                "budget": {k: v for k, v in asdict(budget).items() if k != "seeds"},
                "corpus": text.digest,
            }
            path = work / f"{recipe.name}-{seed}.pt"
            outcome = _finished(path, setting)
            if outcome is None:
                outcome = _run(base, recipe, learn, measure, budget, seed)
                torch.save({"setting": setting, **asdict(outcome)}, path)
            outcomes.append(outcome)
    about = {
        "command": command,
        "python": platform.python_version(),
        "torch": torch.__version__,
        "corpus": {
            "digest": text.digest,
            "train": len(text.train),
            "held_out": len(text.held_out),
        },
        "budget": asdict(budget),
        "licence": "Adapters made by this project (MIT) from text of CPython (PSF licence).",
    }
    keep(outcomes, recipes, out, about)
    return outcomes


def prepare(text: Corpus, budget: Budget) -> tuple[Network, Tensor, Tensor]:
    """Pocket GPT from its pack, the tokens to learn from, and the windows to measure on."""
    trained = load()
    base = Network(trained.model.config)
    base.load_state_dict({name: torch.tensor(w) for name, w in trained.model.weights.items()})
    encode = trained.words.encode
    measure = lay(torch.tensor(encode(text.held_out)), base.config.context, budget.windows)
    return base, torch.tensor(encode(text.train)), measure


def _finished(path: Path, setting: dict[str, object]) -> Outcome | None:
    if not path.exists():
        return None
    saved = torch.load(path, weights_only=False)
    if saved.pop("setting") != setting:
        raise SystemExit(f"{path} was made by another plan or text: choose another folder")
    return Outcome(**saved)


def _run(
    base: Network, recipe: Recipe, learn: Tensor, measure: Tensor, budget: Budget, seed: int
) -> Outcome:
    began = time.monotonic()
    run = fine_tune(base, recipe, learn, measure, budget, seed)
    print(
        f"{recipe.name}  seed {seed}  {run.curve[0][1]:.3f} → {run.curve[-1][1]:.3f}"
        f"  {time.monotonic() - began:.0f} s",
        file=sys.stderr,
        flush=True,
    )
    start = {n: linear.weight.detach() for n, _, _, linear in targets(base)}
    change = changes(run.network, start)
    return Outcome(
        name=recipe.name,
        seed=seed,
        curve=run.curve,
        trained=run.trained,
        merged_gap=run.merged_gap,
        spectra={n: np.linalg.svd(d.double().numpy(), compute_uv=False) for n, d in change.items()},
        changes={n: d.numpy() for n, d in change.items()} if recipe.method == "full" else {},
        gradients={n: g.numpy() for n, g in run.gradients.items()},
        factors={
            f"{n}/{letter}": factor.numpy()
            for n, _, _, linear in targets(run.network)
            if isinstance(linear, AdaptedLinear)
            for letter, factor in linear.factors().items()
        },
    )
