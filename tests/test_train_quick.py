"""`mmbook train lora --quick`: what it calls inside, and when it says that something is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
import pytest

from mmbook import packs
from mmbook.lora.trained import CURVES
from mmbook.train import quick
from mmbook.train.recipe import RECIPES, Budget, Recipe

Rerun = Callable[[Budget, Sequence[Recipe]], Iterable[quick.Row]]


def told(loss: str) -> Rerun:
    """A rerun that ends amid every spread, but for the last recipe, which ends as told."""

    def run(budget: Budget, recipes: Sequence[Recipe]) -> Iterable[quick.Row]:
        for recipe in recipes:
            low, high = quick.spread(recipe.name, quick.STOP)
            at = {"inside": (low + high) / 2, "above": high + 1e-3, "below": low - 1e-3}
            last = recipe is recipes[-1]
            yield quick.Row(recipe.name, at[loss if last else "inside"], low, high)

    return run


@pytest.fixture
def same_text(monkeypatch: pytest.MonkeyPatch) -> None:
    digest = packs.about(CURVES)["corpus"]["digest"]
    monkeypatch.setattr(quick, "source", lambda: type("Text", (), {"digest": digest}))


def test_the_spread_is_that_of_the_seeds_and_their_width_more() -> None:
    curves = packs.load(CURVES)
    at = curves["steps"][0].tolist().index(quick.STOP)
    for name in quick.NAMES:
        seeds = curves[f"{name}/seeds"][:, at].astype(float)
        low, high = quick.spread(name, quick.STOP)
        assert np.isclose(high - low, 3 * (seeds.max() - seeds.min()))
        assert np.isclose((high + low) / 2, (seeds.max() + seeds.min()) / 2)


def test_every_kind_of_way_is_repeated() -> None:
    methods = {recipe.method for recipe in RECIPES}
    assert {recipe.method for recipe in RECIPES if recipe.name in quick.NAMES} == methods


@pytest.mark.usefixtures("same_text")
@pytest.mark.parametrize(("loss", "status"), [("inside", 0), ("above", 1), ("below", 1)])
def test_a_number_outside_is_an_error(
    loss: str, status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert quick.compare(told(loss)) == status
    table = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in table[1:]] == list(quick.NAMES)
    verdicts = [line.split()[-1] for line in table[1:]]
    assert verdicts[:-1] == ["inside"] * (len(quick.NAMES) - 1)
    assert verdicts[-1] == ("inside" if status == 0 else "OUTSIDE")


def test_another_text_has_other_numbers(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(quick, "source", lambda: type("Text", (), {"digest": "other"}))
    assert quick.compare(told("above")) == 0
    assert "expect others" in capsys.readouterr().out


def test_changed_recipes_are_no_longer_the_stated_ones() -> None:
    digest = packs.about(CURVES)["corpus"]["digest"]
    assert quick.is_stated(RECIPES, digest)
    assert not quick.is_stated([Recipe("full", lr=5e-3)], digest)
