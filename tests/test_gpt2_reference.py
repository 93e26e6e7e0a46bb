"""All 144 heads, from the checkpoint in ``../shared``, against the original model's own numbers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from mmbook.evaluate import evaluate
from mmbook.expr import parse
from mmbook.gpt2 import EPILOG, EXPRESSION
from mmbook.gpt2.activations import Activations
from mmbook.gpt2.checkpoint import Checkpoint
from mmbook.gpt2.tensors import TensorFile

SHARED = Path(__file__).parents[2] / "shared" / "gpt2"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared beside the checkout"),
]
LAYERS = range(12)


@pytest.fixture(scope="module")
def checkpoint() -> Checkpoint:
    return Checkpoint(SHARED / "gpt2-small-partial.safetensors")


@pytest.fixture(scope="module")
def recorded() -> Activations:
    return Activations(SHARED / "john-smith.safetensors")


@pytest.fixture(scope="module")
def printed() -> dict[str, np.ndarray]:
    file = TensorFile(SHARED / "john-smith.safetensors")
    return {name: file.read(name, (12, 12, 9, 64)) for name in ("query", "key")}


@pytest.mark.parametrize("layer", LAYERS)
def test_every_head_gives_the_model_s_queries_keys_attention_and_output(
    layer: int, checkpoint: Checkpoint, recorded: Activations, printed: dict[str, np.ndarray]
) -> None:
    weights = checkpoint.attention(layer)
    x = np.hstack([recorded.ln_1_output[layer], np.ones((9, 1), np.float32)])
    total = np.zeros((9, 768)) + weights.out_bias
    for head in range(weights.heads):
        leaves = {**weights.head(head), "x": x, "x_t": x.T}
        values = evaluate(parse(EXPRESSION), leaves, {"attn": EPILOG})
        np.testing.assert_allclose(
            values["attn"], recorded.attention[layer, head], rtol=0, atol=2e-6
        )
        np.testing.assert_allclose(values["Q"], printed["query"][layer, head], rtol=0, atol=2e-5)
        np.testing.assert_allclose(values["K_t"].T, printed["key"][layer, head], rtol=0, atol=2e-5)
        total += values["out"]

    # The oracle computes all heads at once, as the model does, with the biases added.
    given = recorded.ln_1_output[layer].astype(np.float64)
    projected = given @ weights.in_weight + weights.in_bias
    q, k, v = projected.reshape(9, 3, 12, 64).transpose(1, 2, 0, 3)
    powers = np.exp(q @ k.transpose(0, 2, 1) / 8) * np.tri(9)
    mixed = (powers / powers.sum(axis=-1, keepdims=True)) @ v
    whole = mixed.transpose(1, 0, 2).reshape(9, 768) @ weights.out_weight + weights.out_bias
    np.testing.assert_allclose(total, whole, rtol=0, atol=1e-6 * np.abs(whole).max() * 12)


@pytest.mark.parametrize("layer", LAYERS)
def test_the_recorded_input_is_a_layer_norm_s_output(
    layer: int, checkpoint: Checkpoint, recorded: Activations
) -> None:
    gain = checkpoint.tensor(f"h.{layer}.ln_1.weight", (768,)).astype(np.float64)
    bias = checkpoint.tensor(f"h.{layer}.ln_1.bias", (768,)).astype(np.float64)
    normed = (recorded.ln_1_output[layer] - bias) / gain
    np.testing.assert_allclose(normed.mean(axis=1), 0, atol=1e-5)
    np.testing.assert_allclose(normed.var(axis=1), 1, atol=1e-3)
