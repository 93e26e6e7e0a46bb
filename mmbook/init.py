"""Initializers: how the matrices an expression starts from come about.

A range maps f in 0..1 to ``min + (max - min) f``. Random initializers draw from numpy's legacy
MT19937 stream (``RandomState``), the one numpy has frozen for good, so that every version, and the
page's, draws the same numbers. Without a seed, the CRC-32 of the matrix's name is the seed: two
matrices differ, and a link reproduces both.
"""
# ruff: noqa: A002 - min and max are the options' published names

from __future__ import annotations

import hashlib
import math
import operator
import zlib
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from mmbook.elementwise import compile_elementwise
from mmbook.errors import LeafError, OptionError
from mmbook.formulas import DROPPED, FORMULAS, RANDOM, RANGED
from mmbook.shapes import Shape, checked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

MAX_SEED = 2**32 - 1


@dataclass(frozen=True, eq=False)
class Init:
    """One matrix as it is asked for: an initializer with its options, or given values.

    Made by the functions below and by ``matrix``. ``rows`` and ``cols`` are labels; ``array`` holds
    the values of the kind ``data``, which are missing without it. Options that a kind does not take
    keep their defaults.
    """

    kind: str
    shape: Shape
    min: float = -1.0
    max: float = 1.0
    dropout: float = 0.0
    seed: int | None = None
    expr: str | None = None
    array: NDArray[np.float32] | None = field(default=None, repr=False)
    rows: tuple[str, ...] | None = field(default=None, repr=False)
    cols: tuple[str, ...] | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "shape", checked(*self.shape))
        for name in ("min", "max", "dropout"):
            object.__setattr__(self, name, _number(name, getattr(self, name)))
        if self.min > self.max:
            problem = "min must not be greater than max"
            raise OptionError(problem, given=f"min={self.min}, max={self.max}")
        if not 0 <= self.dropout <= 1:
            problem = "dropout is a probability"
            raise OptionError(problem, given=self.dropout, possible="0 to 1")
        if self.seed is not None:
            object.__setattr__(self, "seed", _seed(self.seed))
        if self.expr is not None:
            compile_elementwise(self.expr)

    def values(self, name: str) -> NDArray[np.float32]:
        """Return the matrix, as float32; ``name`` gives the seed where there is none."""
        if self.array is not None:
            return self.array
        if self.kind == "data":
            values = np.full(self.shape, np.nan)
        elif self.expr is not None:
            values = compile_elementwise(self.expr)(*self.shape)
        else:
            seed = zlib.crc32(name.encode()) if self.seed is None else self.seed
            stream = np.random.RandomState(seed)
            values = FORMULAS[self.kind](self.shape, stream)
            if self.kind in RANGED:
                values = self.min + (self.max - self.min) * values
            if self.kind in DROPPED and self.dropout:
                # Drawn last, so that another dropout leaves the other values as they are.
                values = np.where(stream.random_sample(self.shape) < self.dropout, 0.0, values)
        with np.errstate(over="ignore"):
            result = np.ascontiguousarray(values, dtype=np.float32)
        result.setflags(write=False)
        return result

    @cached_property
    def digest(self) -> str:
        """What names given values: 16 hexadecimal digits of a SHA-256 over shape and values."""
        if self.array is None:
            return ""
        content = np.asarray(self.shape, "<u4").tobytes() + self.array.astype("<f4").tobytes()
        return hashlib.sha256(content).hexdigest()[:16]

    def to_dict(self) -> dict[str, Any]:
        """Return the leaf as the figure's schema writes it, without what is at its default."""
        leaf: dict[str, Any] = {"shape": list(self.shape), "init": self.kind}
        if self.kind in RANGED:
            leaf |= {"min": self.min} if self.min != -1 else {}
            leaf |= {"max": self.max} if self.max != 1 else {}
        if self.kind in DROPPED and self.dropout:
            leaf["dropout"] = self.dropout
        if self.seed is not None and (self.kind in RANDOM or "dropout" in leaf):
            leaf["seed"] = self.seed
        if self.expr is not None:
            leaf["expr"] = self.expr
        if self.array is not None:
            leaf["data"] = self.digest
        return leaf

    @classmethod
    def from_dict(cls, leaf: Mapping[str, Any], array: NDArray[np.float32] | None = None) -> Init:
        """Return the initializer that a leaf of the figure's schema describes.

        Options that the kind does not take are dropped: a reader who changes the kind of a matrix
        need not clear them first.
        """
        kind = leaf["init"]
        taken = {
            "min": RANGED,
            "max": RANGED,
            "dropout": DROPPED,
            "seed": DROPPED,
            "expr": {"expr"},
        }
        options = {name: leaf[name] for name in taken if name in leaf and kind in taken[name]}
        if kind == "expr" and "expr" not in options:
            raise LeafError("the elementwise expression is missing", remedy="Give it as expr")
        return cls(kind, tuple(leaf["shape"]), array=array if kind == "data" else None, **options)


def missing(rows: int, cols: int) -> Init:
    """Return a matrix whose values are not known: every element is NaN, shown as no value."""
    return Init("data", (rows, cols))


def rows(
    rows: int,
    cols: int,
    *,
    min: float = -1,
    max: float = 1,
    dropout: float = 0,
    seed: int | None = None,
) -> Init:
    """Return a matrix that grows from row to row: f = i/(h-1), 0 if there is one row."""
    return Init("rows", (rows, cols), min, max, dropout, seed)


def cols(
    rows: int,
    cols: int,
    *,
    min: float = -1,
    max: float = 1,
    dropout: float = 0,
    seed: int | None = None,
) -> Init:
    """Return a matrix that grows from column to column: f = j/(w-1), 0 if there is one column."""
    return Init("cols", (rows, cols), min, max, dropout, seed)


def row_major(
    rows: int,
    cols: int,
    *,
    min: float = -1,
    max: float = 1,
    dropout: float = 0,
    seed: int | None = None,
) -> Init:
    """Return a matrix that grows along each row, then down: f = (i w + j)/(h w - 1)."""
    return Init("row major", (rows, cols), min, max, dropout, seed)


def col_major(
    rows: int,
    cols: int,
    *,
    min: float = -1,
    max: float = 1,
    dropout: float = 0,
    seed: int | None = None,
) -> Init:
    """Return a matrix that grows down each column, then right: f = (j h + i)/(h w - 1)."""
    return Init("col major", (rows, cols), min, max, dropout, seed)


def uniform(
    rows: int,
    cols: int,
    *,
    min: float = -1,
    max: float = 1,
    dropout: float = 0,
    seed: int | None = None,
) -> Init:
    """Return random values, uniform between min and max."""
    return Init("uniform", (rows, cols), min, max, dropout, seed)


def gaussian(
    rows: int,
    cols: int,
    *,
    min: float = -1,
    max: float = 1,
    dropout: float = 0,
    seed: int | None = None,
) -> Init:
    """Return normal values; min and max are one standard deviation below and above the mean."""
    return Init("gaussian", (rows, cols), min, max, dropout, seed)


def pt_linear(rows: int, cols: int, *, dropout: float = 0, seed: int | None = None) -> Init:
    """Return what PyTorch's Linear starts from: uniform within 1/sqrt(fan-in), fan-in = rows.

    That is the fan-in of a weight to the right of its input, as in ``x @ W``.
    """
    return Init("pt linear", (rows, cols), dropout=dropout, seed=seed)


def tril_mask(rows: int, cols: int) -> Init:
    """Return 1 on and below the diagonal (j <= i), 0 above."""
    return Init("tril mask", (rows, cols))


def triu_mask(rows: int, cols: int) -> Init:
    """Return 1 on and above the diagonal (j >= i), 0 below."""
    return Init("triu mask", (rows, cols))


def eye(rows: int, cols: int | None = None) -> Init:
    """Return 1 on the diagonal, 0 elsewhere; square if only rows are given."""
    return Init("eye", (rows, rows if cols is None else cols))


def diff(rows: int, cols: int | None = None) -> Init:
    """Return 1 on the diagonal and -1 just below it; square if only rows are given."""
    return Init("diff", (rows, rows if cols is None else cols))


def elementwise(expr: str, rows: int, cols: int) -> Init:
    """Return the values of an expression of i, j, h and w, such as ``"i - j"``.

    Raises
    ------
    ElementwiseError
        The expression does not parse or uses something that is not allowed.

    """
    return Init("expr", (rows, cols), expr=expr)


def _number(name: str, value: Any) -> float:
    try:
        number = math.nan if isinstance(value, bool | str) else float(value)
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if not math.isfinite(number):
        raise OptionError(f"{name} is a finite number", given=repr(value))
    return number


def _seed(value: Any) -> int:
    try:
        seed = operator.index(value)
    except TypeError:
        seed = -1
    if not 0 <= seed <= MAX_SEED or isinstance(value, bool):
        possible = f"whole numbers from 0 to {MAX_SEED}"
        raise OptionError("a seed is a whole number", given=repr(value), possible=possible)
    return seed
