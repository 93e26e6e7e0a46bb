"""Puts adapters beside the frozen weights of a network, in every way the book compares."""

from __future__ import annotations

from collections.abc import Iterator

import torch
from torch import Tensor, nn

from mmbook import lora

from .network import Linear, Network
from .recipe import Recipe


class AdaptedLinear(nn.Module):
    """`x @ base + bias + s (x @ A) @ B`; only A (inputs × rank) and B (rank × outputs) learn."""

    base: Tensor
    bias: Tensor

    def __init__(self, linear: Linear, rank: int, alpha: float, seed: int) -> None:
        super().__init__()
        inputs, outputs = linear.weight.shape
        fresh = lora.start(inputs, outputs, rank, alpha=alpha, seed=seed)
        self.scale = fresh.scale
        self.register_buffer("base", linear.weight.detach().clone())
        self.register_buffer("bias", linear.bias.detach().clone())
        self.taken: tuple[Tensor, Tensor] | None = None
        self.gradient: Tensor | None = None
        self.A = nn.Parameter(torch.tensor(fresh.A, dtype=torch.float32))
        self.B = nn.Parameter(torch.tensor(fresh.B, dtype=torch.float32))

    def forward(self, x: Tensor) -> Tensor:
        """(… × inputs) to (… × outputs)."""
        return x @ self.base + self.bias + self.scale * ((x @ self.A) @ self.B)

    def factors(self) -> dict[str, Tensor]:
        """A and B, and for LoRA-GA the A0 and B0 whose product was taken off the base."""
        now = {"A": self.A.detach(), "B": self.B.detach()}
        if self.taken is not None:
            now |= {"A0": self.taken[0].detach(), "B0": self.taken[1].detach()}
        return now

    def change(self) -> Tensor:
        """What training changed in the weight, (inputs × outputs), without quantization."""
        made = self.scale * (self.A @ self.B).detach()
        if self.taken is not None:
            made = made - self.scale * (self.taken[0] @ self.taken[1]).detach()
        return made

    def start_at(self, gradient: Tensor) -> None:
        """LoRA-GA: take the start from the gradient, and take its product off the base."""
        self.gradient = gradient
        fresh = lora.gradient_start(gradient.double().numpy(), self.A.shape[1], scale=self.scale)
        # Each factor has the length that the authors' code gives it, in step with the width.
        factor = lora.stable_scale(self.B.shape[1]) * self.scale
        with torch.no_grad():
            self.A.copy_(torch.tensor(fresh.A * factor))
            self.B.copy_(torch.tensor(fresh.B * factor))
            self.taken = (self.A.clone(), self.B.clone())
            self.base -= self.scale * (self.A @ self.B)

    def quantize(self) -> None:
        """QLoRA: the base becomes what NF4 with double quantization keeps of it."""
        coded = lora.quantize(self.base.double().numpy())
        scales = lora.quantize_scales(coded.scales)
        kept = lora.Quantized(coded.codes, scales, coded.codebook, coded.shape).dequantize()
        self.base.copy_(torch.tensor(kept, dtype=torch.float32))


def targets(network: Network) -> Iterator[tuple[str, nn.Module, str, Linear | AdaptedLinear]]:
    """Every weight matrix of attention and feed-forward: its name, owner, and place."""
    for n, block in enumerate(network.h):
        for part, place in (
            ("attn", "c_attn"),
            ("attn", "c_proj"),
            ("mlp", "c_fc"),
            ("mlp", "c_proj"),
        ):
            owner = getattr(block, part)
            yield f"h.{n}.{part}.{place}", owner, place, getattr(owner, place)


def adapt(network: Network, recipe: Recipe, sample: Tensor, seed: int) -> dict[str, AdaptedLinear]:
    """Freeze the network and give every target an adapter; none for full fine-tuning.

    `sample`: tokens (batch × length + 1) whose gradient LoRA-GA starts from.
    """
    if recipe.method == "full":
        return {}
    gradients: dict[str, Tensor] = {}
    if recipe.method == "ga":
        network.zero_grad()
        network.loss(sample).backward()
        gradients = {name: _weight(linear).grad.clone() for name, _, _, linear in targets(network)}
    for parameter in network.parameters():
        parameter.requires_grad_(False)
    adapters: dict[str, AdaptedLinear] = {}
    for n, (name, owner, place, linear) in enumerate(list(targets(network))):
        assert isinstance(linear, Linear)
        adapter = AdaptedLinear(linear, recipe.rank, recipe.alpha, seed=1000 * seed + n)
        if recipe.method == "ga":
            adapter.start_at(gradients[name])
        if recipe.method == "qlora":
            adapter.quantize()
        setattr(owner, place, adapter)
        adapters[name] = adapter
    return adapters


def _weight(linear: Linear | AdaptedLinear) -> nn.Parameter:
    assert isinstance(linear, Linear)
    return linear.weight
