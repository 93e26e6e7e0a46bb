"""LoRA and its kin in numpy, in row convention: `x @ W + s (x @ A) @ B`.

x (tokens × d_in), W (d_in × d_out), A (d_in × rank), B (rank × d_out), G the gradient of the loss
with respect to the merged weight. Papers that write columns have the transposes.
"""

from .adapter import Adapter, scaling, start
from .equivalent_gradient import (
    best_equivalent,
    equivalent,
    nearest_free_part,
    pro_gradients,
    projections,
)
from .fences import AdaptedHead, adapted_head
from .gradient_start import first_step, gradient_start, stable_scale, tail
from .intrinsic import random_subspace, residual
from .low_rank import (
    Sample,
    best_probabilities,
    draw,
    expected_error,
    fit_right,
    interpolate,
    slice_norms,
    truncate,
)
from .memory import Memory, Sizes, memory
from .quantize import Quantized, bits_per_weight, nf4_codebook, quantize, quantize_scales
from .race import METHODS, LinearMap, Moment, example, race
from .serving import Stack, stack, stored_numbers
from .subspace import chance, directions, overlap
from .track import Track
from .trained import (
    adapted,
    adapter,
    changed,
    coded,
    curve,
    frozen,
    gradient,
    pretrained,
    recipes,
    spectrum,
    started,
)

__all__ = [
    "METHODS",
    "AdaptedHead",
    "Adapter",
    "LinearMap",
    "Memory",
    "Moment",
    "Quantized",
    "Sample",
    "Sizes",
    "Stack",
    "Track",
    "adapted",
    "adapted_head",
    "adapter",
    "best_equivalent",
    "best_probabilities",
    "bits_per_weight",
    "chance",
    "changed",
    "coded",
    "curve",
    "directions",
    "draw",
    "equivalent",
    "example",
    "expected_error",
    "first_step",
    "fit_right",
    "frozen",
    "gradient",
    "gradient_start",
    "interpolate",
    "memory",
    "nearest_free_part",
    "nf4_codebook",
    "overlap",
    "pretrained",
    "pro_gradients",
    "projections",
    "quantize",
    "quantize_scales",
    "race",
    "random_subspace",
    "recipes",
    "residual",
    "scaling",
    "slice_norms",
    "spectrum",
    "stable_scale",
    "stack",
    "start",
    "started",
    "stored_numbers",
    "tail",
    "truncate",
]
