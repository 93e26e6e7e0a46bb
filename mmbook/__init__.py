"""Matrix multiplications as cubes: the language, the values and the figures.

``import mmbook as mm`` is the same in CPython and in a page's Python cells::

    mm.figure("attn = Q @ K_t", Q=mm.gaussian(9, 64), K_t=mm.gaussian(64, 9), attn="softmax")
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from mmbook.chart import Chart, chart
from mmbook.errors import MmError
from mmbook.expr import parse
from mmbook.figure import Figure, figure
from mmbook.frame import show
from mmbook.init import (
    col_major,
    cols,
    diff,
    elementwise,
    eye,
    gaussian,
    missing,
    pt_linear,
    row_major,
    rows,
    tril_mask,
    triu_mask,
    uniform,
)
from mmbook.keywords import result
from mmbook.matrix import matrix

__all__ = [
    "Chart",
    "Figure",
    "MmError",
    "chart",
    "col_major",
    "cols",
    "diff",
    "elementwise",
    "eye",
    "figure",
    "gaussian",
    "gpt2",
    "lora",
    "matrix",
    "missing",
    "parse",
    "pocket",
    "pt_linear",
    "result",
    "row_major",
    "rows",
    "show",
    "tril_mask",
    "triu_mask",
    "uniform",
]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    # Read on first use: most figures need no model, and a page's first cell should start soon.
    if name in ("gpt2", "lora", "pocket"):
        return import_module(f"mmbook.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
