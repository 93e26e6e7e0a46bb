"""Arrays ⇄ ``.npz``: matrices by name in numpy's own compressed container.

A pack is a zip archive with one ``NAME.npy`` per matrix, and at most one further entry,
``about.json``, which says where the values come from. ``numpy.load`` opens it as well.

Values are kept exactly: a matrix is stored as float16 where that loses nothing, else as float32,
and reads back as float32. The same arrays give the same bytes, as far as the same zlib does.
Packs arrive from disk, from the network and in the page, so reading trusts nothing: sizes are
checked before anything is inflated, and no pickle is ever opened.
"""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from mmbook.errors import PackError
from mmbook.npy import SUFFIX, dump_matrix, load_matrix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import numpy as np
    from numpy.typing import ArrayLike, NDArray

__all__ = ["MAX_BYTES", "MAX_ENTRIES", "read_about", "read_pack", "write_pack"]

MAX_BYTES = 256 * 1024 * 1024
"""The most that a pack's entries may inflate to, together."""
MAX_ENTRIES = 4096

_ABOUT = "about.json"
_NAME_BYTES = 4096
# Whole seconds of the zip format begin here; any fixed date would do.
_EPOCH = (1980, 1, 1, 0, 0, 0)


def write_pack(
    path: str | Path | BinaryIO,
    arrays: Mapping[str, ArrayLike],
    about: Mapping[str, Any] | None = None,
) -> None:
    """Write matrices as a pack.

    Parameters
    ----------
    path
        A file to create or replace, with its folder, or a binary stream.
    arrays
        Name → matrix of real numbers, written in this order. Rounded to float32, and stored as
        float16 where that is exact.
    about
        JSON that says where the values come from; :func:`read_about` returns it.

    Raises
    ------
    PackError
        A name is empty, an array is no matrix of real numbers, a number exceeds float32, or the
        file cannot be written.

    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, values in arrays.items():
            _write(archive, _entry(name), dump_matrix(values, where=f"matrix {name}"))
        if about is not None:
            text = json.dumps(about, ensure_ascii=False, allow_nan=False, indent=1) + "\n"
            _write(archive, _ABOUT, text.encode())
    if isinstance(path, (str, Path)):
        # A reader at the same moment sees the old pack or the new one, never half of one.
        part = Path(f"{path}.part")
        try:
            part.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(buffer.getvalue())
            part.replace(path)
        except OSError as error:
            raise PackError(
                "the pack cannot be written", given=error.strerror, where=str(path)
            ) from error
    else:
        path.write(buffer.getvalue())


def read_pack(
    source: str | Path | bytes, *, name: str | None = None
) -> dict[str, NDArray[np.float32]]:
    """Read every matrix of a pack, in the order in which they were written.

    Parameters
    ----------
    source
        A file, or the bytes of one.
    name
        What messages call the pack; by default its path.

    Raises
    ------
    PackError
        The pack is missing, damaged, too large, or holds something that is no matrix of
        little-endian float16 or float32.

    """
    arrays = {}
    for where, entry, data in _entries(source, name):
        if entry == _ABOUT:
            continue
        if not entry.endswith(SUFFIX):
            raise PackError(
                "an entry is no array",
                given=entry,
                possible=f"names ending in {SUFFIX}, and {_ABOUT}",
                where=where,
            )
        arrays[entry.removesuffix(SUFFIX)] = load_matrix(data, where=where)
    return arrays


def read_about(source: str | Path | bytes, *, name: str | None = None) -> dict[str, Any]:
    """Read what a pack says about itself; an empty dict if it says nothing.

    Raises the same errors as :func:`read_pack`.
    """
    for where, _, data in _entries(source, name, only=_ABOUT):
        try:
            about = json.loads(data)
        except (ValueError, RecursionError) as error:
            raise PackError("the entry is not JSON", given=str(error), where=where) from error
        if not isinstance(about, dict):
            raise PackError("the entry is no JSON object", where=where)
        return about
    return {}


def _entry(name: str) -> str:
    if not name:
        raise PackError("a matrix has no name", given=name)
    if "\0" in name:
        raise PackError("a name holds a zero character, at which zip archives cut", given=name)
    try:
        size = len(name.encode())
    except UnicodeEncodeError as error:
        raise PackError("a name is not Unicode text", given=ascii(name)) from error
    if size > _NAME_BYTES:
        raise PackError("a name is too long", given=name, possible=f"{_NAME_BYTES} bytes")
    return name + SUFFIX


def _write(archive: zipfile.ZipFile, entry: str, data: bytes) -> None:
    info = zipfile.ZipInfo(date_time=_EPOCH)
    info.filename = entry  # the constructor would turn Windows' separators into slashes
    info.create_system = 3
    info.external_attr = 0o644 << 16
    info.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(info, data, compresslevel=9)


def _entries(
    source: str | Path | bytes, name: str | None, only: str | None = None
) -> Iterator[tuple[str, str, bytes]]:
    """Yield (what messages call the entry, its name, its bytes), all sizes checked before."""
    place = name or ("pack" if isinstance(source, bytes) else str(source))
    try:
        with zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source) as file:
            infos = file.infolist()
            _check(infos, place)
            for info in infos:
                if only in (None, info.filename):
                    where = f"{place}, entry {info.filename}"
                    yield where, info.filename, _inflate(file, info, where)
    except FileNotFoundError as error:
        raise PackError("there is no such file", where=place) from error
    except OSError as error:
        raise PackError("the file cannot be read", given=error.strerror, where=place) from error
    # What zipfile raises when the directory at the archive's end is damaged.
    except (zipfile.BadZipFile, NotImplementedError, ValueError, UnicodeError) as error:
        raise PackError(
            "the pack is damaged or cut off",
            given=str(error),
            remedy="Fetch or make it again.",
            where=place,
        ) from error


def _check(infos: list[zipfile.ZipInfo], place: str) -> None:
    if len(infos) > MAX_ENTRIES:
        raise PackError(
            "the pack holds too many entries",
            given=len(infos),
            possible=f"at most {MAX_ENTRIES}",
            where=place,
        )
    if (size := sum(info.file_size for info in infos)) > MAX_BYTES:
        raise PackError(
            "the pack inflates to too many bytes",
            given=size,
            possible=f"at most {MAX_BYTES}",
            where=place,
        )
    seen = set()
    for info in infos:
        # Python would undo other methods too, without a bound on what they give.
        if info.compress_type not in (zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED):
            raise PackError(
                "an entry is compressed in another way",
                given=f"{info.filename}, method {info.compress_type}",
                possible="deflated, stored",
                where=place,
            )
        if info.filename in seen:
            raise PackError("two entries have the same name", given=info.filename, where=place)
        seen.add(info.filename)


def _inflate(file: zipfile.ZipFile, info: zipfile.ZipInfo, place: str) -> bytes:
    try:
        # Never more than the directory announced, whatever the stream would give.
        with file.open(info) as stream:
            data = stream.read(info.file_size)
            if len(data) == info.file_size and not stream.read(1):
                return data
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        raise PackError("the entry is damaged", given=str(error), where=place) from error
    except (NotImplementedError, RuntimeError) as error:
        raise PackError(
            "the entry is encrypted or of a later zip version", given=str(error), where=place
        ) from error
    raise PackError("the entry has another length than announced", where=place)
