"""Frames of a small and a large product in one browser: how cost grows with elements."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
VIEWER = HERE.parent / "mmbook" / "viewer"
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
# Three matrices of this side: 5e4 and 2e6 elements.
SMALL, LARGE = 129, 816
REPEATS = 9


def run() -> list[dict[str, Any]]:
    """Rows {what, value, unit}; milliseconds are medians, forced by reading a pixel back."""
    with tempfile.TemporaryDirectory() as folder:
        page_file = Path(folder) / "index.html"
        subprocess.run(
            [
                VIEWER / "node_modules" / ".bin" / "esbuild",
                HERE / "renderer.ts",
                "--bundle",
                "--log-level=warning",
                f"--outfile={folder}/bench.js",
            ],
            check=True,
        )
        page_file.write_text('<body><script src="bench.js"></script>', encoding="utf-8")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            page = browser.new_page(viewport={"width": 1280, "height": 720})
            page.goto(page_file.as_uri())
            measured = page.evaluate(f"bench([{SMALL}, {LARGE}], {REPEATS})")
            browser.close()
    return _rows(measured)


def _rows(measured: dict[str, Any]) -> list[dict[str, Any]]:
    def middle(key: str, side: int, view: str) -> float:
        results = measured["results"]
        return median(float(r[key]) for r in results if (r["side"], r["view"]) == (side, view))

    rows: list[dict[str, Any]] = []
    for view in ("over", "close"):
        small, large = (middle("ms", side, view) for side in (SMALL, LARGE))
        rows += [
            {"what": f"frame, {view}, 5e4 elements", "value": small, "unit": "ms"},
            {"what": f"frame, {view}, 2e6 elements", "value": large, "unit": "ms"},
            {"what": f"frame, {view}, 2e6 over 5e4", "value": large / small, "unit": "times"},
        ]
    cpu = middle("cpu", LARGE, "over")
    rows.append({"what": "animation step, 2e6 elements, CPU", "value": cpu, "unit": "ms"})
    for first, name in zip(measured["first"], ("5e4", "2e6"), strict=True):
        what = f"first frame, {name} elements, from nothing"
        rows.append({"what": what, "value": first["ms"], "unit": "ms"})
    return rows
