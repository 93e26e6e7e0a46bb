"""The forward pass of a GPT-2 decoder in numpy, with and without a cache of keys and values.

Radford et al. 2019; weights are (inputs × outputs), rows are tokens, the output matrix is the
embedding's transpose.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]


@dataclass(frozen=True)
class Config:
    """The sizes of a decoder."""

    layers: int = 4
    heads: int = 4
    width: int = 128
    context: int = 256
    vocabulary: int = 768


@dataclass
class Cache:
    """Keys and values of the tokens already read: one pair (tokens × width) a layer."""

    keys: list[Array] = field(default_factory=list)
    values: list[Array] = field(default_factory=list)

    @property
    def length(self) -> int:
        """How many tokens it holds."""
        return len(self.keys[0]) if self.keys else 0


def layer_norm(x: Array, weight: Array, bias: Array) -> Array:
    """Each row to mean 0 and variance 1 (eps 1e-5), then scaled and shifted."""
    centred = x - x.mean(axis=-1, keepdims=True)
    variance = (centred**2).mean(axis=-1, keepdims=True)
    normed: Array = centred / np.sqrt(variance + 1e-5) * weight + bias
    return normed


def gelu(x: Array) -> Array:
    """The tanh form, which GPT-2 uses."""
    smooth: Array = 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))
    return smooth.astype(np.float32)


def attention(q: Array, k: Array, v: Array) -> tuple[Array, Array]:
    """One head: queries (new × d) against all keys (seen × d); the result and the weights.

    The last query sees every key, the one before it all but the last, and so on.
    """
    scores = q @ k.T / np.sqrt(q.shape[1]).astype(np.float32)
    hidden = np.triu(np.ones(scores.shape, bool), 1 + len(k) - len(q))
    scores = np.where(hidden, -np.inf, scores)
    weights = np.exp(scores - scores.max(axis=1, keepdims=True))
    weights /= weights.sum(axis=1, keepdims=True)
    return weights @ v, weights


@dataclass(frozen=True)
class Pocket:
    """A small decoder: its sizes and its weights, named as in GPT-2's checkpoint."""

    config: Config
    weights: Mapping[str, Array]

    def logits(
        self, tokens: list[int], cache: Cache | None = None, seen: list[Array] | None = None
    ) -> Array:
        """Scores of the next token after each of `tokens`, (tokens × vocabulary).

        A `cache` is extended in place, and only the new tokens need be given. `seen`, if given,
        collects every layer's attention weights, (heads × new × all).
        """
        w, past = self.weights, cache.length if cache else 0
        total = past + len(tokens)
        if not tokens or total > self.config.context:
            raise ValueError(f"{total} tokens; the context holds 1 to {self.config.context}")
        x = w["wte.weight"][tokens] + w["wpe.weight"][past:total]
        for layer in range(self.config.layers):
            x = x + self._attend(layer, x, cache, seen)
            x = x + self._feed_forward(layer, x)
        final: Array = layer_norm(x, w["ln_f.weight"], w["ln_f.bias"]) @ w["wte.weight"].T
        return final

    def _attend(self, layer: int, x: Array, cache: Cache | None, seen: list[Array] | None) -> Array:
        w, at, width = self.weights, f"h.{layer}.", self.config.width
        normed = layer_norm(x, w[at + "ln_1.weight"], w[at + "ln_1.bias"])
        qkv = normed @ w[at + "attn.c_attn.weight"] + w[at + "attn.c_attn.bias"]
        q, k, v = qkv[:, :width], qkv[:, width : 2 * width], qkv[:, 2 * width :]
        if cache is not None:
            if layer < len(cache.keys):
                k = np.concatenate([cache.keys[layer], k])
                v = np.concatenate([cache.values[layer], v])
                cache.keys[layer], cache.values[layer] = k, v
            else:
                cache.keys.append(k)
                cache.values.append(v)
        size = width // self.config.heads
        pieces = [slice(h * size, (h + 1) * size) for h in range(self.config.heads)]
        heads = [attention(q[:, p], k[:, p], v[:, p]) for p in pieces]
        if seen is not None:
            seen.append(np.stack([weights for _, weights in heads]))
        joined = np.concatenate([result for result, _ in heads], axis=1)
        out: Array = joined @ w[at + "attn.c_proj.weight"] + w[at + "attn.c_proj.bias"]
        return out

    def _feed_forward(self, layer: int, x: Array) -> Array:
        w, at = self.weights, f"h.{layer}."
        normed = layer_norm(x, w[at + "ln_2.weight"], w[at + "ln_2.bias"])
        hidden = gelu(normed @ w[at + "mlp.c_fc.weight"] + w[at + "mlp.c_fc.bias"])
        out: Array = hidden @ w[at + "mlp.c_proj.weight"] + w[at + "mlp.c_proj.bias"]
        return out

    def normed_input(self, layer: int, tokens: list[int]) -> Array:
        """What a layer's attention multiplies: its input after layer norm, (tokens × width)."""
        w = self.weights
        x = w["wte.weight"][tokens] + w["wpe.weight"][: len(tokens)]
        for before in range(layer):
            x = x + self._attend(before, x, None, None)
            x = x + self._feed_forward(before, x)
        at = f"h.{layer}.ln_1"
        return layer_norm(x, w[f"{at}.weight"], w[f"{at}.bias"])

    def attentions(self, tokens: list[int]) -> Array:
        """Every head's attention weights, (layers × heads × tokens × tokens)."""
        seen: list[Array] = []
        self.logits(tokens, seen=seen)
        return np.stack(seen)

    def loss(self, tokens: list[int]) -> float:
        """Mean negative log probability of each token given those before it, in nats."""
        scores = self.logits(tokens[:-1]).astype(np.float64)
        peak = scores.max(axis=1)
        total = np.log(np.exp(scores - peak[:, None]).sum(axis=1)) + peak
        return float((total - scores[np.arange(len(scores)), tokens[1:]]).mean())

    def continue_text(self, tokens: list[int], count: int, *, seed: int | None = None) -> list[int]:
        """`count` further tokens: the likeliest each time, or drawn with a seed."""
        cache, result = Cache(), list(tokens)
        rng = np.random.RandomState(seed) if seed is not None else None
        scores = self.logits(result, cache)[-1]
        for _ in range(count):
            if rng is None:
                result.append(int(scores.argmax()))
            else:
                weights = np.exp((scores - scores.max()).astype(np.float64))
                result.append(int(rng.choice(weights.size, p=weights / weights.sum())))
            if cache.length == self.config.context:
                break
            scores = self.logits(result[-1:], cache)[-1]
        return result
