"""Packs the part of mmbook that runs in the page into a wheel, the same bytes for the same code."""

from __future__ import annotations

import base64
import hashlib
import io
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import mmbook
from mmbook.errors import VendorError
from mmbook.site.core import core_files

# The page's Python; only the same version can compile for it.
PAGE_PYTHON = (3, 12)
_EPOCH = (1980, 1, 1, 0, 0, 0)
_INFO = f"mmbook-{mmbook.__version__}.dist-info"


def build() -> tuple[str, bytes]:
    """Return name and content of the wheel.

    It holds bytecode where this Python is the page's and ``pyodide-build`` (the extra ``page``) is
    installed beside it; elsewhere sources, which do the same and take longer to import.
    """
    compiler = Path(sys.executable).with_name("pyodide")
    sources = plain()
    if sys.version_info[:2] != PAGE_PYTHON or not compiler.is_file():
        return sources
    return _compiled(compiler, *sources)


def plain() -> tuple[str, bytes]:
    """Return name and content of the wheel that holds sources."""
    return _wheel("py3", {name: path.read_bytes() for name, path in core_files()})


def _compiled(compiler: Path, name: str, sources: bytes) -> tuple[str, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, name).write_bytes(sources)
        done = subprocess.run(
            [str(compiler), "py-compile", "--silent", "--no-keep", str(Path(folder, name))],
            # Python then stamps bytecode with digests, not dates.
            env={**os.environ, "SOURCE_DATE_EPOCH": "315532800"},
            capture_output=True,
            text=True,
            check=False,
        )
        wheels = list(Path(folder).glob("*.whl"))
        if done.returncode or len(wheels) != 1:
            reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
            raise VendorError("mmbook could not be compiled for the page", given=reason)
        with zipfile.ZipFile(wheels[0]) as archive:
            code = {
                entry: archive.read(entry)
                for entry in archive.namelist()
                if not entry.startswith(_INFO)
            }
    return _wheel("cp" + "".join(map(str, PAGE_PYTHON)), code)


def _wheel(python: str, code: dict[str, bytes]) -> tuple[str, bytes]:
    tag = f"{python}-none-any"
    metadata = (
        f"Metadata-Version: 2.1\nName: mmbook\nVersion: {mmbook.__version__}\n"
        "License: MIT\nRequires-Dist: numpy\n"
    )
    wheel = f"Wheel-Version: 1.0\nGenerator: mmbook\nRoot-Is-Purelib: true\nTag: {tag}\n"
    files = dict(sorted(code.items()))
    files |= {f"{_INFO}/METADATA": metadata.encode(), f"{_INFO}/WHEEL": wheel.encode()}
    record = "".join(f"{name},sha256={_digest(data)},{len(data)}\n" for name, data in files.items())
    files[f"{_INFO}/RECORD"] = f"{record}{_INFO}/RECORD,,\n".encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return f"mmbook-{mmbook.__version__}-{tag}.whl", buffer.getvalue()


def _digest(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).decode().rstrip("=")
