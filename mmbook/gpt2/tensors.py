"""One safetensors file: names, shapes, metadata, and tensors as float32."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from mmbook.errors import CheckpointError

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["TensorFile"]

_DTYPES = ("F32", "F16", "BF16")


class TensorFile:
    """A safetensors file, whose header is read and checked at once and its tensors on demand.

    Raises
    ------
    CheckpointError
        The file is missing, cut off or no safetensors file, or the package that reads it is not
        installed.

    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        with self._open() as file:
            self.names: tuple[str, ...] = tuple(file.keys())
            self.metadata: dict[str, str] = file.metadata() or {}

    def shape(self, name: str) -> tuple[int, ...]:
        """Return a tensor's shape without reading its values."""
        with self._open() as file:
            return tuple(file.get_slice(name).get_shape())

    def read(self, name: str, shape: tuple[int, ...] | None = None) -> NDArray[np.float32]:
        """Return a tensor as float32; with ``shape``, it must have exactly that one.

        Raises
        ------
        CheckpointError
            The tensor is missing, has another shape, is of a type other than float32, float16 or
            bfloat16, or holds a number that is not finite.

        """
        where = f"{self.path}, tensor {name}"
        if name not in self.names:
            raise CheckpointError("the tensor is missing", where=where)
        with self._open() as file:
            part = file.get_slice(name)
            found, dtype = tuple(part.get_shape()), part.get_dtype()
            if shape is not None and found != shape:
                raise CheckpointError(
                    "the tensor has another shape", given=found, possible=str(shape), where=where
                )
            if dtype not in _DTYPES:
                raise CheckpointError(
                    "the tensor is of another type", given=dtype, possible=_DTYPES, where=where
                )
            values = self._bfloat16(name, found) if dtype == "BF16" else file.get_tensor(name)
        single = np.asarray(values, dtype=np.float32)
        if not np.isfinite(single).all():
            raise CheckpointError("the tensor holds numbers that are not finite", where=where)
        return single

    def _bfloat16(self, name: str, shape: tuple[int, ...]) -> NDArray[np.float32]:
        # numpy has no bfloat16, so safetensors cannot hand it over: it is the upper half of a
        # float32, and the header (already checked) tells where it lies.
        with self.path.open("rb") as file:
            size = int.from_bytes(file.read(8), "little")
            start, end = json.loads(file.read(size))[name]["data_offsets"]
            file.seek(8 + size + start)
            upper = np.frombuffer(file.read(end - start), "<u2")
        return (upper.astype(np.uint32) << 16).view(np.float32).reshape(shape)

    def _open(self) -> Any:
        try:
            from safetensors import SafetensorError, safe_open
        except ModuleNotFoundError as error:
            raise CheckpointError(
                "reading checkpoints needs the package safetensors",
                remedy="Install it: pip install 'mmbook[gpt2]'.",
            ) from error
        try:
            return safe_open(self.path, framework="numpy")
        except FileNotFoundError as error:
            raise CheckpointError("there is no such file", where=str(self.path)) from error
        except (OSError, SafetensorError) as error:
            raise CheckpointError(
                "this is no whole safetensors file",
                given=str(error),
                remedy="Fetch it again; files of other formats must be converted first.",
                where=str(self.path),
            ) from error
