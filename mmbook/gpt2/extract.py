"""One head's pack: its four weight matrices, its input, and what the real model made of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from mmbook.errors import CheckpointError
from mmbook.evaluate import evaluate
from mmbook.expr import parse
from mmbook.gpt2.pack import EPILOG, EXPRESSION

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from mmbook.gpt2.activations import Activations
    from mmbook.gpt2.checkpoint import AttentionWeights, Checkpoint

    Array = NDArray[np.float32]

__all__ = ["TOLERANCE", "extract"]

TOLERANCE = 0.005
"""How far an attention weight may lie from the one the model gave."""

_MODELS = {768: "GPT-2 small", 1024: "GPT-2 medium", 1280: "GPT-2 large", 1600: "GPT-2 XL"}


def extract(
    checkpoint: Checkpoint,
    weights: AttentionWeights,
    activations: Activations,
    layer: int,
    head: int,
) -> tuple[dict[str, Array], dict[str, Any]]:
    """Return a head's matrices and what is to be said about them.

    The matrices are ``x`` (tokens × width + 1: the layer's input and a column of ones), ``wQ`` and
    ``wV`` (width + 1 × 64: the bias is the last row), ``wK_t`` (64 × width + 1), ``wO``
    (64 × width), and ``reference`` (tokens × tokens: the attention that the model itself gave).
    All but the last are rounded to float16 if the attention stays within :data:`TOLERANCE`.

    Raises
    ------
    CheckpointError
        The activations are of another model or layer: the attention they record is not what these
        weights give.

    """
    if activations.width != checkpoint.width:
        raise CheckpointError(
            "checkpoint and activations are of different widths",
            given=f"{checkpoint.width} and {activations.width}",
            where=f"{checkpoint.path}, {activations.path}",
        )
    if layer >= len(activations.ln_1_output) or head >= activations.heads:
        raise CheckpointError(
            "the activations hold no such head",
            given=f"layer {layer}, head {head}",
            possible=f"layers 0 to {len(activations.ln_1_output) - 1}, "
            f"heads 0 to {activations.heads - 1}",
            where=str(activations.path),
        )
    reference = activations.attention[layer, head]
    ones = np.ones((len(activations.tokens), 1), np.float32)
    exact = {"x": np.hstack([activations.ln_1_output[layer], ones]), **weights.head(head)}
    with np.errstate(over="ignore"):
        rounded = {name: _half(array) for name, array in exact.items()}
    errors = {
        "float32": _error(exact, reference),
        "float16": _error(rounded, reference),
        "without biases": _error(_without_biases(exact), reference),
    }
    # Written so that NaN counts as too far, not as near.
    if not errors["float32"] <= TOLERANCE:
        raise CheckpointError(
            "the checkpoint does not give the attention that the activations record",
            given=f"layer {layer}, head {head}: {errors['float32']:.1e} apart",
            possible=f"at most {TOLERANCE}",
            remedy="Both files must come from the same model.",
            where=f"{checkpoint.path}, {activations.path}",
        )
    stored = "float16" if errors["float16"] <= TOLERANCE else "float32"
    arrays = {**(rounded if stored == "float16" else exact), "reference": reference}
    about = {
        "title": f"{_MODELS.get(checkpoint.width, 'GPT-2')}, layer {layer}, head {head}",
        "layer": layer,
        "head": head,
        "text": activations.text,
        "tokens": list(activations.tokens),
        "shapes": {name: list(array.shape) for name, array in arrays.items()},
        "stored": stored,
        # Two digits: the rest depends on how a machine sums.
        "attention_error": {name: float(f"{error:.1e}") for name, error in errors.items()},
    }
    return arrays, about


def _half(array: Array) -> Array:
    return array.astype(np.float16).astype(np.float32)


def _error(head: Mapping[str, Array], reference: Array) -> float:
    """Return the largest distance of an attention weight from the model's own."""
    values = evaluate(parse(EXPRESSION), {**head, "x_t": head["x"].T}, {"attn": EPILOG})
    return float(np.abs(values["attn"] - reference.astype(np.float64)).max())


def _without_biases(head: Mapping[str, Array]) -> dict[str, Array]:
    x = head["x"].copy()
    x[:, -1] = 0
    return {**head, "x": x}
