"""A reader's own data: CSV, ``.npy``, ``.npz`` and safetensors to matrices, by name.

Nothing in a file is run, and sizes are checked before memory is taken.
"""

from __future__ import annotations

import io
import json
import math
import re
import zipfile
from typing import TYPE_CHECKING, Any

import numpy as np

from mmbook.errors import LeafError, PackError
from mmbook.matrix import matrix
from mmbook.shapes import MAX_ELEMENTS, limited

if TYPE_CHECKING:
    from mmbook.init import Init

ENDINGS = (".csv", ".tsv", ".txt", ".npy", ".npz", ".safetensors")
MAX_BYTES = 8 * MAX_ELEMENTS
"""The most bytes of one array: a matrix of the largest size in float64."""
MAX_ARRAYS = 4096

_SAFE_TYPES = {
    "F64": "<f8",
    "F32": "<f4",
    "F16": "<f2",
    "I64": "<i8",
    "I32": "<i4",
    "I16": "<i2",
    "I8": "i1",
    "U8": "u1",
    "BOOL": "?",
}


def read(name: str, data: bytes) -> dict[str, Init]:
    """Return the matrices in a file.

    Parameters
    ----------
    name
        The file's name; its ending says what the file is.
    data
        Its content. One dimension is taken as one row. Arrays of more than two dimensions are left
        out where there are others.

    Raises
    ------
    PackError
        The ending is unknown, or the file is damaged or holds no matrix; names the file.
    LeafError
        The values are no matrix of real numbers.
    ValueTooLarge

    """
    stem, dot, ending = name.rpartition(".")
    readers = {"npy": _npy, "npz": _npz, "safetensors": _safetensors}
    if not dot or f".{ending.lower()}" not in ENDINGS:
        raise PackError("the ending says nothing we can read", given=name, possible=ENDINGS)
    if ending.lower() not in readers:
        return {stem: csv(_text(data, name), where=name)}
    arrays = readers[ending.lower()](data, name, stem)
    flat = {key: array for key, array in arrays.items() if 1 <= array.ndim <= 2}
    if not flat:
        given = ", ".join(f"{key}: {array.shape}" for key, array in arrays.items()) or "no array"
        raise PackError("the file holds no matrix", given=given, where=name)
    found = {}
    for key, array in flat.items():
        limited((1, array.shape[0]) if array.ndim == 1 else array.shape, key)
        found[key] = matrix(np.atleast_2d(array))
    return found


def csv(text: str, *, where: str | None = None) -> Init:
    """Return the matrix in a text: a line is a row, its values stand between , ; tabs or spaces.

    An empty value and ``nan`` are no value. Words in the first line are the columns' labels.

    Raises
    ------
    PackError
        A value is no number, or the lines differ in length; names line and column.

    """
    lines = [(at, line) for at, line in enumerate(text.splitlines(), 1) if line.strip()]
    if not lines:
        raise PackError("there is no number in it", where=where)
    separator = next((sign for sign in ("\t", ";", ",") if sign in lines[0][1]), None)
    cells = [
        (at, [cell.strip().strip('"') for cell in line.split(separator)]) for at, line in lines
    ]
    labels = None
    if len(cells) > 1 and not any(_is_number(cell) for cell in cells[0][1] if cell):
        labels = cells.pop(0)[1]
    width = len(cells[0][1])
    limited((len(cells), width), where or "")
    values = np.empty((len(cells), width))
    for row, (at, line) in enumerate(cells):
        if len(line) != width:
            problem = f"line {at} has {len(line)} values, the first one has {width}"
            raise PackError(problem, where=where)
        for col, cell in enumerate(line):
            if cell and not _is_number(cell):
                problem = f"line {at}, value {col + 1} is no number"
                raise PackError(problem, given=cell, possible="12, -0.5, 1e-3", where=where)
            values[row, col] = float(cell) if cell else math.nan
    fitting = labels if labels is not None and len(labels) == width else None
    return matrix(values, cols=fitting)


def table(data: bytes, where: str) -> Init:
    """Return the matrix in the bytes of a CSV file; ``where`` names it in errors.

    Raises
    ------
    PackError
        It is no text, or no table of numbers.

    """
    return csv(_text(data, where), where=where)


def cut(leaf: Init, shape: tuple[int, int]) -> tuple[Init, str | None]:
    """Return values in another shape, and a sentence about what became of them, if anything did.

    Row i and column j hold those of row ``i % rows`` and column ``j % cols``: what is too large is
    cut, what is too small is repeated.
    """
    rows, cols = leaf.shape
    if (rows, cols) == shape or leaf.array is None:
        return leaf, None
    height, width = shape
    values = leaf.array[np.arange(height) % rows][:, np.arange(width) % cols]
    repeated = height > rows or width > cols
    ways = (["repeated"] if repeated else []) + (["cut"] if height < rows or width < cols else [])
    notice = f"its file holds {rows} × {cols} values, {' and '.join(ways)} to {height} × {width}."
    labels = leaf.cols[:width] if leaf.cols and width <= cols else None
    return matrix(values, cols=labels), notice


def _is_number(cell: str) -> bool:
    return (
        re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?|[+-]?(nan|inf)", cell, re.I) is not None
    )


def _text(data: bytes, where: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise PackError("the file is no text", where=where, remedy="Save it as UTF-8") from None


def _npy(data: bytes, where: str, key: str) -> dict[str, Any]:
    stream = io.BytesIO(data)
    try:
        version = np.lib.format.read_magic(stream)
        header = (
            np.lib.format.read_array_header_1_0
            if version == (1, 0)
            else np.lib.format.read_array_header_2_0
        )
        shape, _, dtype = header(stream)
        if math.prod(shape) * dtype.itemsize > len(data):
            raise ValueError("its end is missing")
        array = np.lib.format.read_array(io.BytesIO(data), allow_pickle=False)
    except (ValueError, EOFError, SyntaxError) as error:
        problem = "this is no array as numpy saves one"
        raise PackError(problem, given=str(error).split("\n")[0], where=where) from None
    return {key: _real(array, where)}


def _npz(data: bytes, where: str, _stem: str) -> dict[str, Any]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if entry.filename.endswith(".npy")]
            if len(entries) > MAX_ARRAYS:
                raise PackError("the file holds too many arrays", possible=f"{MAX_ARRAYS}")
            found: dict[str, Any] = {}
            for entry in entries:
                key = entry.filename.removesuffix(".npy")
                with archive.open(entry) as stream:
                    content = stream.read(MAX_BYTES + 4096)
                found |= _npy(content, f"{where}, {key}", key)
            return found
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise PackError("this is no .npz archive", given=str(error), where=where) from None


def _safetensors(data: bytes, where: str, _stem: str) -> dict[str, Any]:
    start = 8 + int.from_bytes(data[:8], "little")
    try:
        header = json.loads(data[8:start]) if 8 < start <= len(data) else None
    except (ValueError, RecursionError):
        header = None
    if not isinstance(header, dict) or len(header) > MAX_ARRAYS:
        raise PackError("this is no safetensors file: its header is damaged", where=where)
    found = {}
    for key, entry in header.items():
        if key == "__metadata__":
            continue
        try:
            kind, shape = entry["dtype"], [int(size) for size in entry["shape"]]
            begin, end = (start + int(offset) for offset in entry["data_offsets"])
        except (KeyError, TypeError, ValueError):
            problem = "the file's header is damaged"
            raise PackError(problem, given=key, where=where) from None
        if not start <= begin <= end <= len(data) or min(shape, default=0) < 0:
            raise PackError("the file's end is missing", given=key, where=where)
        found[key] = _tensor(kind, shape, data[begin:end], f"{where}, {key}")
    return found


def _tensor(kind: str, shape: list[int], content: bytes, where: str) -> Any:
    half = kind == "BF16"  # the upper half of a float32
    if not half and kind not in _SAFE_TYPES:
        possible = (*_SAFE_TYPES, "BF16")
        raise PackError("the numbers are of another type", given=kind, possible=possible)
    dtype = np.dtype("<u2" if half else _SAFE_TYPES[kind])
    if math.prod(shape) * dtype.itemsize != len(content):
        raise PackError("the values do not fill their shape", given=str(shape), where=where)
    values = np.frombuffer(content, dtype).reshape(shape)
    return (values.astype("<u4") << 16).view("<f4") if half else values


def _real(array: Any, where: str) -> Any:
    if array.dtype.kind not in "biuf":
        raise LeafError("a matrix is made of real numbers", given=str(array.dtype), where=where)
    return array
