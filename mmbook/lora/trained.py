"""The adapters that were trained for pocket GPT, read from the packs the book carries.

`mmbook train lora` fine-tuned pocket GPT from documentation to source code in nine ways; the packs
`lora/curves` and `lora/adapters` are what it measured and learned.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmbook import packs, pocket
from mmbook.errors import OptionError

from .adapter import Adapter
from .quantize import Quantized, quantize, quantize_scales

Array = NDArray[np.float64]

CURVES = "lora/curves"
ADAPTERS = "lora/adapters"
WATCHED = "h.2.attn"
"""The part of the decoder whose adapters are kept for every seed, and whose full change is kept."""
GRADIENT_UNIT = 1024.0
"""Gradients are kept in units of 1/1024: in float16 small numbers lose their last digits."""


@dataclass(frozen=True)
class Curve:
    """Held-out loss in nats a token at `steps`: the seeds' `mean`, least (`low`), most (`high`)."""

    steps: Array
    mean: Array
    low: Array
    high: Array


def recipes() -> list[dict[str, Any]]:
    """Every way compared: name, method, rank, alpha, lr, trained numbers, final losses by seed."""
    found: list[dict[str, Any]] = packs.about(CURVES)["recipes"]
    return found


def curve(name: str) -> Curve:
    """The loss of a recipe as it trained."""
    matrices = _curves()
    if f"{name}/mean" not in matrices:
        raise _unknown(name)
    rows = [matrices[key][0].astype(float) for key in ("steps", *_three(name))]
    return Curve(*rows)


def spectrum(name: str, weight: str) -> Array:
    """Singular values of what a recipe changed in a weight (`h.2.attn.c_attn`), largest first."""
    values = _curves().get(f"{name}/spectrum/{weight}")
    if values is None:
        raise _unknown(name if f"{name}/mean" not in _curves() else weight)
    largest_first: Array = values[0].astype(float)
    return largest_first


def adapter(name: str, weight: str, *, seed: int = 0) -> Adapter:
    """The trained A and B of a weight; of seeds other than 0, only the watched layer's are kept."""
    return _factors(name, weight, seed, "A", "B")


def started(name: str, weight: str) -> Adapter:
    """LoRA-GA's A and B before the first step, whose product was taken off the base."""
    return _factors(name, weight, 0, "A0", "B0")


def gradient(name: str, weight: str) -> Array:
    """The loss's gradient, (d_in × d_out): `ga-8`'s before training, `pro-8`'s after it."""
    values = _adapters().get(f"{name}/{weight}/G")
    if values is None:
        raise _unknown(f"{name}, {weight}")
    return values.astype(float) / GRADIENT_UNIT


def frozen(name: str, weight: str) -> Array:
    """The weight that stands beside the adapter, (d_in × d_out).

    Pocket GPT's own; for QLoRA what NF4 keeps of it, for LoRA-GA less the product it starts with.
    """
    own = pretrained(weight)
    method = _recipe(name)["method"]
    if method == "qlora":
        return coded(weight).dequantize()
    return own - started(name, weight).delta() if method == "ga" else own


def pretrained(weight: str) -> Array:
    """A weight of pocket GPT, (d_in × d_out)."""
    weights = pocket.load().model.weights
    if f"{weight}.weight" not in weights:
        raise _unknown(weight)
    return weights[f"{weight}.weight"].astype(float)


def coded(weight: str) -> Quantized:
    """A weight of pocket GPT in NF4, its scales in 8 bits."""
    once = quantize(pretrained(weight))
    return Quantized(once.codes, quantize_scales(once.scales), once.codebook, once.shape)


def changed(name: str, weight: str) -> Array:
    """What fine-tuning changed in a weight, (d_in × d_out), without quantization."""
    if _recipe(name)["method"] == "full":
        if weight not in _kept_changes():
            raise _unknown(weight)
        return _adapters()[f"full/{weight}"].astype(float)
    made = adapter(name, weight).delta()
    return made - started(name, weight).delta() if _recipe(name)["method"] == "ga" else made


def adapted(name: str) -> pocket.Pocket:
    """Pocket GPT with every adapter of a recipe merged, for `logits`, `loss`, `attentions`."""
    if _recipe(name)["method"] == "full":
        raise OptionError(
            "of full fine-tuning only the watched layer's change is kept",
            given=name,
            possible=[row["name"] for row in recipes() if row["method"] != "full"],
        )
    model = pocket.load().model
    weights = dict(model.weights)
    for entry in _adapters():
        recipe, _, rest = entry.partition("/")
        if recipe == name and rest.endswith("/A") and not rest.startswith("seed-"):
            weight = rest.removesuffix("/A")
            merged = adapter(name, weight).merge(frozen(name, weight))
            weights[f"{weight}.weight"] = merged.astype(np.float32)
    return pocket.Pocket(model.config, weights)


def _factors(name: str, weight: str, seed: int, first: str, second: str) -> Adapter:
    recipe = _recipe(name)
    place = f"{name}/{weight}" if seed == 0 else f"{name}/seed-{seed}/{weight}"
    matrices = _adapters()
    if f"{place}/{first}" not in matrices:
        raise _unknown(place)
    A, B = (matrices[f"{place}/{letter}"].astype(float) for letter in (first, second))
    return Adapter(A, B, recipe["alpha"] / recipe["rank"])


def _recipe(name: str) -> dict[str, Any]:
    for row in recipes():
        if row["name"] == name:
            return row
    raise _unknown(name)


def _three(name: str) -> tuple[str, str, str]:
    return f"{name}/mean", f"{name}/low", f"{name}/high"


def _kept_changes() -> list[str]:
    return [e.removeprefix("full/") for e in _adapters() if e.startswith("full/")]


@cache
def _curves() -> dict[str, NDArray[np.float32]]:
    return dict(packs.load(CURVES))


@cache
def _adapters() -> dict[str, NDArray[np.float32]]:
    return dict(packs.load(ADAPTERS))


def _unknown(given: str) -> OptionError:
    return OptionError(
        "the experiment kept nothing of this name",
        given=given,
        possible=[
            *(row["name"] for row in recipes()),
            "h.0 to h.3, then .attn.c_attn, .attn.c_proj, .mlp.c_fc or .mlp.c_proj",
        ],
    )
