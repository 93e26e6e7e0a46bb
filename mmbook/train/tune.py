"""One fine-tuning run: a recipe and a seed to a curve and what was learned."""

from __future__ import annotations

import copy
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from .adapt import AdaptedLinear, adapt, targets
from .batches import draw
from .network import Network
from .pocket import held_out_loss
from .pro import BETAS, ProAdam
from .recipe import Budget, Recipe


@dataclass(frozen=True)
class Run:
    """What one recipe and one seed gave.

    `curve`: (step, held-out loss in nats a token). `merged_gap`: see `merged_gap`.
    """

    recipe: Recipe
    seed: int
    curve: list[tuple[int, float]]
    trained: int
    merged_gap: float
    network: Network
    gradients: dict[str, Tensor]


def fine_tune(
    base: Network,
    recipe: Recipe,
    learn: Tensor,
    measure: Tensor,
    budget: Budget,
    seed: int,
    *,
    stop: int | None = None,
) -> Run:
    """Train a copy of `base` on windows of `learn`, measuring on the windows of `measure`.

    `stop`: the step after which to leave off, with the schedule of the whole budget.
    """
    network, context = copy.deepcopy(base), base.config.context
    torch.manual_seed(seed)

    def batch(step: int) -> Tensor:
        return draw(learn, budget.batch, context, np.random.RandomState((seed, step)))

    # LoRA-GA's gradient comes from a batch that no step uses.
    adapters = adapt(network, recipe, batch(budget.steps), seed)
    trained = [p for p in network.parameters() if p.requires_grad]
    optimizer: torch.optim.AdamW | ProAdam
    if recipe.method == "pro":
        optimizer = ProAdam(adapters.values(), recipe.lr)
    else:
        optimizer = torch.optim.AdamW(trained, lr=recipe.lr, betas=BETAS, weight_decay=0.0)
    curve = [(0, held_out_loss(network, measure))]
    last = stop or budget.steps
    for step in range(last):
        loss = network.loss(batch(step))
        if not torch.isfinite(loss):
            raise SystemExit(
                f"{recipe.name}: the loss diverged at step {step} with a learning rate of "
                f"{recipe.lr:g}; try a smaller one"
            )
        optimizer.zero_grad()
        loss.backward()
        rate = budget.rate(recipe.lr, step)
        if isinstance(optimizer, ProAdam):
            optimizer.lr = rate
        else:
            for group in optimizer.param_groups:
                group["lr"] = rate
        optimizer.step()
        if (step + 1) % budget.measure_every == 0 or step + 1 == last:
            curve.append((step + 1, held_out_loss(network, measure)))
    size = sum(p.numel() for p in trained)
    gap = merged_gap(network, measure[:2, :-1])
    gradients = {name: a.gradient for name, a in adapters.items() if a.gradient is not None}
    if recipe.method == "pro":
        gradients = merged_gradients(network, batch(budget.steps))
    return Run(recipe, seed, curve, size, gap, network, gradients)


@torch.no_grad()
def merge(network: Network) -> Network:
    """A copy in which every adapter is part of its weight."""
    merged = copy.deepcopy(network)
    for _, _, _, linear in targets(merged):
        if isinstance(linear, AdaptedLinear):
            linear.base += linear.scale * (linear.A @ linear.B)
            linear.B.zero_()
    return merged


@torch.no_grad()
def merged_gap(network: Network, tokens: Tensor) -> float:
    """Largest difference of any score between merged and unmerged.

    In float64: in float32 they differ by what rounding does to any two orders of summing.
    """
    apart = copy.deepcopy(network).double()
    return float((merge(apart)(tokens) - apart(tokens)).abs().max())


def merged_gradients(network: Network, tokens: Tensor) -> dict[str, Tensor]:
    """The loss's gradient with respect to every merged weight."""
    merged = merge(network)
    weights = {
        name: linear.base.requires_grad_()
        for name, _, _, linear in targets(merged)
        if isinstance(linear, AdaptedLinear)
    }
    found = torch.autograd.grad(merged.loss(tokens), list(weights.values()))
    return dict(zip(weights, found, strict=True))


def changes(network: Network, start: dict[str, Tensor]) -> dict[str, Tensor]:
    """What training changed in every target, from the weights `start`."""
    return {
        name: linear.change()
        if isinstance(linear, AdaptedLinear)
        else linear.weight.detach() - start[name]
        for name, _, _, linear in targets(network)
    }
