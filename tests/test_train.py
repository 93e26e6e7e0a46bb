"""Training in PyTorch, a few steps of it: what is frozen, where each way starts, what is kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mmbook import lora, pocket
from mmbook.pack import read_pack
from mmbook.pocket.corpus import Corpus
from mmbook.train.recipe import Budget, Recipe

torch = pytest.importorskip("torch", reason="PyTorch is not here: it comes with the extra train")

from mmbook.train.adapt import AdaptedLinear, adapt, targets  # noqa: E402
from mmbook.train.lora import experiment, prepare  # noqa: E402
from mmbook.train.pro import ProAdam  # noqa: E402
from mmbook.train.tune import fine_tune, merged_gradients  # noqa: E402

TEXT = Corpus("for name in names:\n    seen.add(name)\n" * 60, "while True:\n    pass\n" * 60)
BUDGET = Budget(steps=4, batch=2, seeds=(0, 1), measure_every=2, windows=2, warmup=1)
LORA = Recipe("lora", rank=4, alpha=8, lr=6e-3)
WEIGHT = "h.2.attn.c_attn"


@pytest.fixture(scope="module")
def prepared() -> tuple[Any, Any, Any]:
    return prepare(TEXT, BUDGET)


def test_the_network_is_the_numpy_decoder(prepared: tuple[Any, Any, Any]) -> None:
    base, _, measure = prepared
    with torch.no_grad():
        scores = base(measure[:1, :40])[0].numpy()
    own = pocket.load().model.logits(measure[0, :40].tolist())
    assert np.abs(scores - own).max() < 1e-3


@pytest.mark.parametrize("method", ["lora", "qlora", "ga", "pro"])
def test_only_the_adapter_learns_and_merging_changes_nothing(
    prepared: tuple[Any, Any, Any], method: Any
) -> None:
    base, learn, measure = prepared
    recipe = Recipe(method, rank=4, alpha=8, lr=4e-3)
    before = {name: value.clone() for name, value in base.state_dict().items()}
    run = fine_tune(base, recipe, learn, measure, BUDGET, 0)
    assert all(torch.equal(value, before[name]) for name, value in base.state_dict().items())
    assert [step for step, _ in run.curve] == [0, 2, 4]
    assert run.curve[-1][1] < run.curve[0][1]
    assert run.merged_gap < 1e-5
    for name, _, _, linear in targets(run.network):
        assert isinstance(linear, AdaptedLinear)
        frozen = before[f"{name}.weight"]
        if method == "ga":
            frozen = frozen - linear.scale * (linear.taken[0] @ linear.taken[1])  # type: ignore[index]
        if method == "qlora":
            frozen = torch.tensor(lora.coded(name).dequantize(), dtype=torch.float32)
        assert torch.equal(linear.base, frozen)
        assert linear.A.grad is not None or method == "pro"
    expected = sum(4 * sum(a.base.shape) for _, _, _, a in targets(run.network))
    assert run.trained == expected


def test_every_start_but_the_quantized_one_is_the_base(prepared: tuple[Any, Any, Any]) -> None:
    base, learn, measure = prepared
    start = {}
    for method in ("full", "lora", "qlora", "ga", "pro"):
        recipe = Recipe(method, rank=4, alpha=8)  # type: ignore[arg-type]
        start[method] = fine_tune(base, recipe, learn, measure, BUDGET, 0, stop=1).curve[0][1]
    assert start["lora"] == start["full"] == start["pro"]
    assert start["ga"] == pytest.approx(start["full"], abs=1e-4)
    assert 0 < abs(start["qlora"] - start["full"]) < 0.1


def test_the_equivalent_gradient_comes_from_the_factors_own(
    prepared: tuple[Any, Any, Any],
) -> None:
    """LoRA-Pro never sees the weight's gradient; it must find the part that A and B can make."""
    base, learn, measure = prepared
    network = fine_tune(base, LORA, learn, measure, BUDGET, 0).network
    network.zero_grad()
    network.loss(measure).backward()
    full = merged_gradients(network, measure)
    linears = {name: linear for name, _, _, linear in targets(network)}
    optimizer = ProAdam(linears.values(), 1e-3)
    for name, linear in linears.items():
        current = lora.Adapter(
            linear.A.detach().double().numpy(), linear.B.detach().double().numpy(), linear.scale
        )
        wanted = lora.best_equivalent(current, full[name].double().numpy())
        made = optimizer._equivalent(current, linear)
        assert np.linalg.norm(made - wanted) < 1e-3 * np.linalg.norm(wanted)


def test_a_rate_at_which_the_loss_diverges_explains_itself(
    prepared: tuple[Any, Any, Any],
) -> None:
    base, learn, measure = prepared
    with pytest.raises(SystemExit, match=r"diverged at step \d .*learning rate of 1e\+20"):
        fine_tune(base, Recipe("full", lr=1e20), learn, measure, BUDGET, 0)


def test_the_experiment_keeps_what_the_book_reads_and_goes_on_where_it_stopped(
    tmp_path: Path,
) -> None:
    recipes = (Recipe("full", lr=1e-3), LORA)
    out, work = tmp_path / "out", tmp_path / "work"
    first = experiment(work, out, BUDGET, "a command", recipes=recipes, corpus=TEXT)
    assert [(o.name, o.seed) for o in first] == [
        ("full", 0), ("lora-4", 0), ("full", 1), ("lora-4", 1),
    ]  # fmt: skip
    before = {path.name: path.stat().st_mtime_ns for path in work.iterdir()}
    again = experiment(work, out, BUDGET, "a command", recipes=recipes, corpus=TEXT)
    assert {path.name: path.stat().st_mtime_ns for path in work.iterdir()} == before
    assert [o.curve for o in again] == [o.curve for o in first]
    curves, adapters = read_pack(out / "curves.npz"), read_pack(out / "adapters.npz")
    seeds = curves["lora-4/seeds"]
    assert seeds.shape == (2, 3)
    assert np.allclose(curves["lora-4/mean"], seeds.mean(axis=0))
    change = adapters[f"lora-4/{WEIGHT}/A"] @ adapters[f"lora-4/{WEIGHT}/B"] * 2
    kept = np.linalg.svd(change, compute_uv=False)
    assert np.abs(kept - curves[f"lora-4/spectrum/{WEIGHT}"][0]).max() < 2e-3 * kept[0]
    with pytest.raises(SystemExit, match="another plan"):
        experiment(work, out, Budget(steps=5), "a command", recipes=recipes, corpus=TEXT)


def test_the_start_of_ga_is_the_gradient_s(prepared: tuple[Any, Any, Any]) -> None:
    import copy

    base, _, measure = prepared
    network = copy.deepcopy(base)
    adapters = adapt(network, Recipe("ga", rank=4, alpha=8), measure, 0)
    made = adapters[WEIGHT]
    assert made.gradient is not None
    G = made.gradient.double().numpy()
    own = lora.gradient_start(G, 4)
    current = lora.Adapter(made.A.detach().double().numpy(), made.B.detach().double().numpy())
    ours, expected = lora.projections(current), lora.projections(own)
    for got, wanted in zip(ours, expected, strict=True):
        assert np.abs(got - wanted).max() < 1e-4
