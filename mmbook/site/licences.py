"""Collects the licences of everything the page's scripts contain, to be published with them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from mmbook.errors import VendorError
from mmbook.site import files
from mmbook.site.project import VIEWER

if TYPE_CHECKING:
    from pathlib import Path


def packages() -> dict[str, str]:
    """Return every npm package that may be in the page, and its licence's name."""
    lock = json.loads((VIEWER / "package-lock.json").read_text(encoding="utf-8"))
    return {
        path.removeprefix("node_modules/"): str(package["license"])
        for path, package in lock["packages"].items()
        if path and not package.get("dev")
    }


def vendor(target: Path) -> int:
    """Write the licence texts into one file; return how many packages it names."""
    parts = []
    for name, licence in packages().items():
        folder = VIEWER / "node_modules" / name
        if not folder.is_dir():
            raise VendorError(f"{name} is not installed", remedy="Run npm ci in mmbook/viewer.")
        texts = sorted(path for path in folder.glob("LICEN[CS]E*") if path.is_file())
        text = texts[0].read_text(encoding="utf-8").strip() if texts else f"Licence: {licence}"
        parts.append(f"{name} ({licence})\n\n{text}\n")
    files.write(target, f"\n{'-' * 80}\n\n".join(parts).encode())
    return len(parts)
