"""Runs every benchmark, writes bench/results.json and prints a table."""

from __future__ import annotations

import json
from pathlib import Path

from bench import renderer

RESULTS = Path(__file__).parent / "results.json"


def main() -> None:
    """Each benchmark yields rows: what, value, unit."""
    rows = renderer.run()
    RESULTS.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")
    width = max(len(row["what"]) for row in rows)
    for row in rows:
        print(f"{row['what']:<{width}}  {row['value']:>10.2f} {row['unit']}")


main()
