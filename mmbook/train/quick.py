"""Repeats the beginning of the experiment and compares it with what the book states."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass

from mmbook import packs
from mmbook.lora.trained import CURVES
from mmbook.pocket.corpus import source

from .recipe import RECIPES, Budget, Recipe

STOP = 40
NAMES = ("full", "lora-1", "lora-8", "qlora-8", "ga-8", "pro-8")


@dataclass(frozen=True)
class Row:
    """One recipe: its loss at `STOP`, and the least and the most that the book's seeds allow."""

    name: str
    loss: float
    low: float
    high: float

    @property
    def inside(self) -> bool:
        """Whether the loss lies within the spread."""
        return self.low <= self.loss <= self.high


def spread(name: str, step: int) -> tuple[float, float]:
    """From the least to the most of the stated seeds, wider by that width on either side."""
    curves = packs.load(CURVES)
    at = curves["steps"][0].tolist().index(step)
    low, high = float(curves[f"{name}/low"][0, at]), float(curves[f"{name}/high"][0, at])
    return low - (high - low), high + (high - low)


def rerun(budget: Budget, recipes: Sequence[Recipe], seed: int = 0) -> Iterator[Row]:
    """The first steps of each recipe, and where they should end, one after the other."""
    # Here, since the comparison itself needs no PyTorch.
    from .lora import prepare
    from .tune import fine_tune

    base, learn, measure = prepare(source(), budget)
    for recipe in recipes:
        run = fine_tune(base, recipe, learn, measure, budget, seed, stop=STOP)
        yield Row(recipe.name, run.curve[-1][1], *spread(recipe.name, STOP))


def is_stated(recipes: Iterable[Recipe], digest: str) -> bool:
    """Whether the book's numbers come from this text and these recipes."""
    kept = packs.about(CURVES)
    known = {row["name"]: row for row in kept["recipes"]}
    return bool(kept["corpus"]["digest"] == digest) and all(
        known[recipe.name][key] == value
        for recipe in recipes
        for key, value in asdict(recipe).items()
    )


def compare(run: Callable[[Budget, Sequence[Recipe]], Iterable[Row]] = rerun) -> int:
    """Print the table row by row; 1 where a number lies outside although the text is the same."""
    recipes = [recipe for recipe in RECIPES if recipe.name in NAMES]
    same = is_stated(recipes, source().digest)
    if not same:
        print(
            f"The stated numbers come from CPython {packs.about(CURVES)['python']}, whose source "
            "this Python does not have: expect others."
        )
    print(f"recipe     loss after {STOP} steps   stated spread", flush=True)
    outside = 0
    for row in run(Budget(), recipes):
        outside += not row.inside
        stated = f"{row.low:.4f} to {row.high:.4f}"
        verdict = "inside" if row.inside else "OUTSIDE"
        print(f"{row.name:<10} {row.loss:.4f}                {stated}  {verdict}", flush=True)
    return int(same and outside > 0)
