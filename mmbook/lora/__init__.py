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
from .gradient_start import first_step, gradient_start, stable_scale, tail
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
from .quantize import Quantized, bits_per_weight, nf4_codebook, quantize, quantize_scales
from .race import METHODS, LinearMap, Moment, example, race
from .serving import Stack, stack, stored_numbers

__all__ = [
    "METHODS",
    "Adapter",
    "LinearMap",
    "Moment",
    "Quantized",
    "Sample",
    "Stack",
    "best_equivalent",
    "best_probabilities",
    "bits_per_weight",
    "draw",
    "equivalent",
    "example",
    "expected_error",
    "first_step",
    "fit_right",
    "gradient_start",
    "interpolate",
    "nearest_free_part",
    "nf4_codebook",
    "pro_gradients",
    "projections",
    "quantize",
    "quantize_scales",
    "race",
    "scaling",
    "slice_norms",
    "stable_scale",
    "stack",
    "start",
    "stored_numbers",
    "tail",
    "truncate",
]
