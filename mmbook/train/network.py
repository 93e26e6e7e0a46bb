"""The decoder in PyTorch, for training; `mmbook.pocket.model` is the same in numpy, for reading."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from mmbook.pocket.model import Config


class Linear(nn.Module):
    """`x @ weight + bias`, the weight (inputs × outputs) as in GPT-2's checkpoint."""

    def __init__(self, inputs: int, outputs: int, std: float) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(inputs, outputs) * std)
        self.bias = nn.Parameter(torch.zeros(outputs))

    def forward(self, x: Tensor) -> Tensor:
        """(… × inputs) to (… × outputs)."""
        return x @ self.weight + self.bias


class Attention(nn.Module):
    """Causal self-attention."""

    def __init__(self, config: Config) -> None:
        super().__init__()
        self.heads = config.heads
        self.c_attn = Linear(config.width, 3 * config.width, 0.02)
        self.c_proj = Linear(config.width, config.width, 0.02 / (2 * config.layers) ** 0.5)

    def forward(self, x: Tensor) -> Tensor:
        """(batch × tokens × width) to the same."""
        batch, tokens, width = x.shape
        parts = self.c_attn(x).view(batch, tokens, 3, self.heads, width // self.heads)
        q, k, v = parts.permute(2, 0, 3, 1, 4)
        mixed = functional.scaled_dot_product_attention(q, k, v, is_causal=True)
        joined: Tensor = self.c_proj(mixed.transpose(1, 2).reshape(batch, tokens, width))
        return joined


class FeedForward(nn.Module):
    """Two layers with GELU in its tanh form between them."""

    def __init__(self, config: Config) -> None:
        super().__init__()
        self.c_fc = Linear(config.width, 4 * config.width, 0.02)
        self.c_proj = Linear(4 * config.width, config.width, 0.02 / (2 * config.layers) ** 0.5)

    def forward(self, x: Tensor) -> Tensor:
        """(batch × tokens × width) to the same."""
        out: Tensor = self.c_proj(functional.gelu(self.c_fc(x), approximate="tanh"))
        return out


class Block(nn.Module):
    """Attention and feed-forward, each on a normed copy and added back."""

    def __init__(self, config: Config, dropout: float) -> None:
        super().__init__()
        self.ln_1 = nn.LayerNorm(config.width)
        self.attn = Attention(config)
        self.ln_2 = nn.LayerNorm(config.width)
        self.mlp = FeedForward(config)
        self.drop = nn.Dropout(dropout)

    def forward(self, x: Tensor) -> Tensor:
        """(batch × tokens × width) to the same."""
        x = x + self.drop(self.attn(self.ln_1(x)))
        out: Tensor = x + self.drop(self.mlp(self.ln_2(x)))
        return out


class Network(nn.Module):
    """The decoder; its state dict has GPT-2's names."""

    def __init__(self, config: Config, dropout: float = 0.0) -> None:
        super().__init__()
        self.config = config
        self.wte = nn.Embedding(config.vocabulary, config.width)
        self.wpe = nn.Embedding(config.context, config.width)
        nn.init.normal_(self.wte.weight, std=0.02)
        nn.init.normal_(self.wpe.weight, std=0.01)
        self.h = nn.ModuleList(Block(config, dropout) for _ in range(config.layers))
        self.ln_f = nn.LayerNorm(config.width)
        self.drop = nn.Dropout(dropout)

    def forward(self, tokens: Tensor) -> Tensor:
        """Token numbers (batch × tokens) to scores (batch × tokens × vocabulary)."""
        positions = torch.arange(tokens.shape[1], device=tokens.device)
        x = self.drop(self.wte(tokens) + self.wpe(positions))
        for block in self.h:
            x = block(x)
        scores: Tensor = self.ln_f(x) @ self.wte.weight.T
        return scores

    def loss(self, tokens: Tensor) -> Tensor:
        """Mean cross entropy of predicting each token from those before it, in nats."""
        scores = self(tokens[:, :-1])
        return functional.cross_entropy(scores.flatten(0, 1), tokens[:, 1:].flatten())
