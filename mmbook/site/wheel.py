"""Packs the part of mmbook that runs in the page into a wheel, the same bytes for the same code."""

from __future__ import annotations

import base64
import hashlib
import io
import sys
import tempfile
import zipfile
from pathlib import Path

import mmbook
from mmbook.site.core import core_files
from mmbook.site.report import say

# The page's Python; only the same version can compile for it.
PAGE_PYTHON = (3, 12)
_EPOCH = (1980, 1, 1, 0, 0, 0)


def file_name() -> str:
    """Return the wheel's name; pip and Pyodide read version and platform from it."""
    return f"mmbook-{mmbook.__version__}-py3-none-any.whl"


def build() -> bytes:
    """Return the wheel: sources, or bytecode where this Python and pyodide-build can make it."""
    data = _zipped()
    return _compiled(data) if sys.version_info[:2] == PAGE_PYTHON else data


def _zipped() -> bytes:
    info = f"mmbook-{mmbook.__version__}.dist-info"
    entries = [(name, path.read_bytes()) for name, path in core_files()]
    entries.append(
        (
            f"{info}/METADATA",
            f"Metadata-Version: 2.1\nName: mmbook\nVersion: {mmbook.__version__}\n"
            "License: MIT\nRequires-Dist: numpy\n".encode(),
        )
    )
    entries.append(
        (
            f"{info}/WHEEL",
            b"Wheel-Version: 1.0\nGenerator: mmbook\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        )
    )
    record = "".join(f"{name},sha256={_digest(data)},{len(data)}\n" for name, data in entries)
    entries.append((f"{info}/RECORD", f"{record}{info}/RECORD,,\n".encode()))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in entries:
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return buffer.getvalue()


def _compiled(wheel: bytes) -> bytes:
    try:
        from pyodide_build._py_compile import _py_compile_wheel
    except ImportError:
        return wheel
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, file_name())
        path.write_bytes(wheel)
        compiled = _py_compile_wheel(path, keep=False, compression_level=9)
        say("vendor", "byte-compiled mmbook for the page")
        return Path(compiled).read_bytes()


def _digest(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).decode().rstrip("=")
