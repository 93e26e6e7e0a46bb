"""What was trained: the packs, read again, do what the experiment measured."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

import mmbook as mm
from mmbook import lora, packs, pocket
from mmbook.errors import OptionError
from mmbook.lora.fences import EPILOG, EXPRESSION
from mmbook.lora.trained import ADAPTERS, CURVES, WATCHED
from mmbook.pocket.corpus import source

NAMES = [
    "full",
    *(f"lora-{r}" for r in (1, 2, 4, 8, 16)),
    "qlora-8",
    "ga-8",
    "pro-8",
]
WEIGHT = f"{WATCHED}.c_attn"


def test_every_way_was_run_with_several_seeds_on_the_same_steps() -> None:
    assert [row["name"] for row in lora.recipes()] == NAMES
    seeds = packs.about(CURVES)["budget"]["seeds"]
    assert len(seeds) >= 3
    for row in lora.recipes():
        found = lora.curve(row["name"])
        assert np.array_equal(found.steps, lora.curve("full").steps)
        assert len(row["final"]) == len(seeds)
        assert np.all(found.low <= found.mean)
        assert np.all(found.mean <= found.high)
        assert np.isfinite(found.high).all()


def test_the_packs_are_small() -> None:
    sizes = [len(packs.source(name) or b"") for name in (CURVES, ADAPTERS)]
    assert sum(sizes) < 6_000_000


def test_training_helped() -> None:
    for row in lora.recipes():
        found = lora.curve(row["name"])
        assert found.high[-1] < found.low[0]


def test_merged_is_unmerged() -> None:
    for row in lora.recipes():
        assert row["merged_gap"] < 1e-5


def test_trained_numbers_are_rank_times_both_sides() -> None:
    shapes = [
        w.shape
        for name, w in pocket.load().model.weights.items()
        if name.startswith("h.") and w.ndim == 2
    ]
    for row in lora.recipes():
        if row["method"] != "full":
            assert row["trained"] == row["rank"] * sum(map(sum, shapes))


def test_the_kept_factors_give_the_kept_spectra() -> None:
    """They are rounded to float16: three digits."""
    for name in NAMES[1:]:
        kept = lora.spectrum(name, WEIGHT)
        rank = next(row["rank"] for row in lora.recipes() if row["name"] == name)
        found = np.linalg.svd(lora.changed(name, WEIGHT), compute_uv=False)
        assert np.abs(found - kept).max() < 2e-3 * kept[0]
        most = 2 * rank if name.startswith("ga") else rank
        assert kept[most:].max() < 1e-5 * kept[0]


def test_full_fine_tuning_changes_in_every_direction() -> None:
    kept = lora.spectrum("full", WEIGHT)
    assert kept[-1] > 1e-3 * kept[0]
    found = np.linalg.svd(lora.changed("full", WEIGHT), compute_uv=False)
    assert np.abs(found - kept).max() < 2e-3 * kept[0]


@cache
def held_out_windows() -> list[list[int]]:
    text = source().held_out
    pieces = [text[at : at + 1500] for at in range(0, len(text), len(text) // 4)]
    return [pocket.load().words.encode(piece)[:256] for piece in pieces]


@cache
def base_losses() -> list[float]:
    return [pocket.load().model.loss(w) for w in held_out_windows()]


@pytest.mark.parametrize("name", ["lora-1", "qlora-8", "ga-8", "pro-8"])
def test_the_numpy_decoder_with_the_kept_adapter_scores_as_the_curve_ends(name: str) -> None:
    """A few windows are not the thirty-two of the curve, so gains are compared, not losses."""
    model = lora.adapted(name)
    gain = np.mean(base_losses()) - np.mean([model.loss(w) for w in held_out_windows()])
    curve = lora.curve(name)
    start = lora.curve("lora-8").mean[0]
    assert gain == pytest.approx(start - curve.mean[-1], abs=0.25)


@pytest.mark.parametrize("name", ["lora-8", "qlora-8"])
def test_the_head_with_fences_is_the_adapted_decoder_s(name: str) -> None:
    head = lora.adapted_head(2, 1, name)
    values = mm.figure(EXPRESSION, leaves=head, attn=EPILOG).evaluate()
    assert np.abs(values["attn"] - head.attention).max() < 1e-5
    plain = head["x"].array @ head["wQ"].array
    assert np.abs(values["Q"] - plain).max() > 0.1, "the adapter must matter"


def test_gradients_of_ga_start_its_adapter() -> None:
    G = lora.gradient("ga-8", WEIGHT)
    rank = 8
    started = lora.started("ga-8", WEIGHT)
    own = lora.gradient_start(G, rank, scale=started.scale)
    cosine = (started.delta() * own.delta()).sum() / (
        np.linalg.norm(started.delta()) * np.linalg.norm(own.delta())
    )
    assert abs(cosine) > 0.999


def test_unknown_names_explain_themselves() -> None:
    for call in (
        lambda: lora.adapter("lora-3", WEIGHT),
        lambda: lora.adapter("lora-8", "h.9.attn.c_attn"),
        lambda: lora.curve("prompt"),
        lambda: lora.spectrum("full", "h.0"),
        lambda: lora.adapted_head(4, 0),
    ):
        with pytest.raises(OptionError):
            call()
    with pytest.raises(OptionError, match="watched"):
        lora.adapted("full")
