"""One matrix ⇄ the ``.npy`` bytes that a pack holds for it.

The format is numpy's own, narrowed to what a figure can show: two dimensions of at least 1,
little-endian float16 or float32.
"""

from __future__ import annotations

import io
import math
import re
from typing import TYPE_CHECKING, Literal

import numpy as np

from mmbook.errors import PackError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

__all__ = ["SUFFIX", "dump_matrix", "load_matrix"]

SUFFIX = ".npy"

_MAGIC = b"\x93NUMPY"
_HEADER = re.compile(
    rb"\{'descr': '(?P<descr>[^']{1,64})', 'fortran_order': (?P<fortran>True|False), "
    rb"'shape': \((?P<shape>(?:\d{1,10}, ?)*(?:\d{1,10})?)\), \}[ ]*\n?"
)


def dump_matrix(values: ArrayLike, *, where: str | None = None) -> bytes:
    """Return a matrix as ``.npy`` bytes: float16 where that is exact, else float32.

    Parameters
    ----------
    values
        rows × columns real numbers; rounded to float32.
    where
        What messages call the matrix.

    Raises
    ------
    PackError
        The values are no matrix of real numbers, or one exceeds float32.

    """
    try:
        array = np.asarray(values)
    except ValueError as error:
        raise PackError("the rows differ in length", where=where) from error
    if array.dtype.kind not in "fiub":
        raise PackError("the values are no real numbers", given=str(array.dtype), where=where)
    _check_shape(array.shape, where)
    with np.errstate(over="ignore"):
        single = array.astype(np.float32)
        half = single.astype(np.float16)
    overflown = np.isinf(single) & np.isfinite(array)
    if overflown.any():
        raise PackError(
            "a number is too large for float32", given=str(array[overflown][0]), where=where
        )
    # Subtraction would hide the sign of zero and lose NaN, so compare the bits.
    exact = half.astype(np.float32).view(np.uint32) == single.view(np.uint32)
    chosen = half if np.all(exact | np.isnan(single)) else single
    buffer = io.BytesIO()
    little = np.ascontiguousarray(chosen, chosen.dtype.newbyteorder("<"))
    np.lib.format.write_array(buffer, little, version=(1, 0), allow_pickle=False)
    return buffer.getvalue()


def load_matrix(data: bytes, *, where: str | None = None) -> NDArray[np.float32]:
    """Return the matrix in ``.npy`` bytes as rows × columns of float32.

    Nothing in the bytes is evaluated: the header is matched, not parsed as Python.

    Raises
    ------
    PackError
        The bytes are no such array, or their length does not fit the shape.

    """
    start = 12 if data[6:7] == b"\2" else 10
    end = start + int.from_bytes(data[8:start], "little")
    header = _HEADER.fullmatch(data[start:end])
    if data[:6] != _MAGIC or data[6:8] not in (b"\1\0", b"\2\0") or header is None:
        raise PackError(
            "the entry is no .npy array", possible="format version 1.0 or 2.0", where=where
        )
    descr = header["descr"].decode("latin-1")
    if descr not in ("<f2", "<f4"):
        raise PackError(
            "the entry holds another type of number",
            given=descr,
            possible="<f2 (float16), <f4 (float32)",
            remedy="Write the pack with mmbook.pack.write_pack.",
            where=where,
        )
    shape = tuple(int(size) for size in header["shape"].split(b",") if size.strip())
    _check_shape(shape, where)
    dtype = np.dtype(descr)
    if math.prod(shape) * dtype.itemsize != len(data) - end:
        raise PackError(
            "the entry's length does not fit its shape",
            given=f"{len(data) - end} bytes for shape {shape} of {descr}",
            where=where,
        )
    order: Literal["F", "C"] = "F" if header["fortran"] == b"True" else "C"
    values = np.frombuffer(data, dtype, offset=end).reshape(shape, order=order)
    return np.array(values, np.float32, order="C")


def _check_shape(shape: tuple[int, ...], where: str | None) -> None:
    if len(shape) != 2 or 0 in shape:
        raise PackError(
            "an array is no matrix",
            given=f"shape {shape}",
            possible="two dimensions of at least 1",
            where=where,
        )
