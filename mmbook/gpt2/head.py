"""One attention head of GPT-2 on one real text: a mapping of its matrices, ready for a figure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from mmbook import packs
from mmbook.errors import PackError
from mmbook.gpt2.pack import EPILOG, EXPRESSION, MATRICES, pack_name
from mmbook.init import Init
from mmbook.matrix import matrix
from mmbook.pack import read_about, read_pack

if TYPE_CHECKING:
    from numpy.typing import DTypeLike, NDArray

    from mmbook.figure import Figure

__all__ = ["Head", "HeadMatrix", "head", "heads"]

_PACK_NAME = re.compile(r"gpt2/head-(\d+)-(\d+)")
_REMEDY = (
    "Others are made with: mmbook pack gpt2 --checkpoint FILE --activations FILE --head LAYER,HEAD."
)
_LOOK = {"gap": 6, "sensitivity": "local", "elem_scale": 2, "min_size": 0.3}


class HeadMatrix(Init):
    """A matrix with its labels that numpy takes as an array too: ``np.array(head["wQ"])``."""

    def __array__(
        self, dtype: DTypeLike | None = None, copy: bool | None = None
    ) -> NDArray[np.float32]:
        return np.array(self.array, dtype=dtype, copy=copy)


@dataclass(frozen=True, eq=False)
class Head(Mapping[str, HeadMatrix]):
    """One head's matrices by name, so that ``mm.figure(mm.gpt2.EXPRESSION, **head)`` is a figure.

    ``x`` is tokens × 769 (the layer's input, and a column of ones), ``x_t`` the same transposed,
    ``wQ`` and ``wV`` are 769 × 64 with the bias in the last row, ``wK_t`` is 64 × 769 and ``wO``
    64 × 768; the numbers are GPT-2 small's. The rows of ``x`` and the columns of ``x_t`` are
    labelled with the tokens.
    """

    layer: int
    head: int
    tokens: tuple[str, ...]
    """The text in GPT-2's tokens, leading spaces included."""
    reference: NDArray[np.float32] = field(repr=False)
    """Attention that the original model computed for these tokens: tokens × tokens."""
    matrices: Mapping[str, HeadMatrix] = field(repr=False)
    about: Mapping[str, Any] = field(repr=False)
    """Where the numbers come from, and how far the attention lies from the reference."""

    def __getitem__(self, name: str) -> HeadMatrix:
        return self.matrices[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.matrices)

    def __len__(self) -> int:
        return len(self.matrices)

    @property
    def labels(self) -> dict[str, dict[str, list[str]]]:
        """What rows and columns stand for, as the figure's schema writes it."""
        tokens = list(self.tokens)
        return {"x": {"rows": tokens}, "x_t": {"cols": tokens}}

    def figure(self, **options: Any) -> Figure:
        """Return the head as a figure of six products.

        Parameters
        ----------
        options
            Anything that :func:`mmbook.figure` takes: other settings, another epilog
            (``attn="softmax(x/sqrt(k))"``), or other values for a matrix (``wQ=…``).

        """
        from mmbook.figure import figure

        return figure(EXPRESSION, **{**_LOOK, **self, "attn": EPILOG, **options})


def head(layer: int, head: int) -> Head:
    """Return a head of GPT-2 small, layer and head counted from 0.

    Raises
    ------
    PackError
        There is no pack of this head, in which case the message lists those there are; or it is
        damaged.

    """
    name = pack_name(layer, head)
    data = packs.source(name) if min(layer, head) >= 0 else None
    if data is None:
        raise PackError(
            "there is no pack of this head",
            given=f"layer {layer}, head {head}",
            possible="; ".join(f"layer {a}, head {b}" for a, b in heads()) or None,
            remedy=_REMEDY,
        )
    arrays, about = read_pack(data, name=name), read_about(data, name=name)
    tokens = about.get("tokens")
    rows = len(tokens) if isinstance(tokens, list) and all(map(_is_text, tokens)) else 0
    shapes = {entry: array.shape for entry, array in arrays.items()}
    if set(shapes) != {*MATRICES, "reference"} or shapes["reference"] != (rows, rows):
        raise PackError(
            "the pack holds no head",
            given=f"{rows} tokens, {shapes}",
            possible=f"tokens, {', '.join(MATRICES)}, and reference (tokens × tokens)",
            where=name,
        )
    x = arrays["x"]
    reference = arrays["reference"]
    reference.setflags(write=False)
    matrices = {
        "x": _matrix(x, rows=tokens),
        "wQ": _matrix(arrays["wQ"]),
        "wK_t": _matrix(arrays["wK_t"]),
        "x_t": _matrix(x.T, cols=tokens),
        "wV": _matrix(arrays["wV"]),
        "wO": _matrix(arrays["wO"]),
    }
    return Head(layer, head, tuple(tokens or ()), reference, matrices, about)


def heads() -> list[tuple[int, int]]:
    """Return (layer, head) of every head whose pack is at hand."""
    found = map(_PACK_NAME.fullmatch, packs.available("gpt2/head-"))
    return sorted((int(match[1]), int(match[2])) for match in found if match)


def _matrix(array: NDArray[np.float32], **labels: list[str] | None) -> HeadMatrix:
    made = matrix(array, **labels)
    return HeadMatrix("data", made.shape, array=made.array, rows=made.rows, cols=made.cols)


def _is_text(token: object) -> bool:
    return isinstance(token, str)
