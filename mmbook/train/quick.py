"""Repeats the beginning of the experiment and compares it with what the book states."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from mmbook import packs
from mmbook.lora.trained import CURVES
from mmbook.pocket.corpus import source

from .lora import prepare
from .recipe import RECIPES, Budget, Recipe
from .tune import fine_tune

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


def rerun(budget: Budget, recipes: tuple[Recipe, ...], seed: int = 0) -> list[Row]:
    """The first steps of each recipe, and where they should end."""
    base, learn, measure = prepare(source(), budget)
    rows = []
    for recipe in recipes:
        run = fine_tune(base, recipe, learn, measure, budget, seed, stop=STOP)
        rows.append(Row(recipe.name, run.curve[-1][1], *spread(recipe.name, STOP)))
    return rows


def compare() -> int:
    """Print the table; 1 where a number lies outside although the text is the same."""
    kept = packs.about(CURVES)
    budget = Budget()
    recipes = tuple(recipe for recipe in RECIPES if recipe.name in NAMES)
    known = {row["name"]: row for row in kept["recipes"]}
    same = kept["corpus"]["digest"] == source().digest and all(
        known[recipe.name][key] == value
        for recipe in recipes
        for key, value in asdict(recipe).items()
    )
    if not same:
        print(
            f"The stated numbers come from CPython {kept['python']}, whose source this Python "
            "does not have: expect others."
        )
    print(f"recipe     loss after {STOP} steps   stated spread")
    rows = rerun(budget, recipes)
    for row in rows:
        verdict = "inside" if row.inside else "OUTSIDE"
        stated = f"{row.low:.4f} to {row.high:.4f}"
        print(f"{row.name:<10} {row.loss:.4f}                {stated}  {verdict}")
    return int(same and not all(row.inside for row in rows))
