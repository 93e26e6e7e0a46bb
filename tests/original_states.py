"""The published states of the original tool, and a decoder that knows nothing of the importer.

``python tests/original_states.py`` condenses the states beside the checkout into the fixture.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

FIXTURE = Path(__file__).parent / "fixtures" / "original-states.json"
MEASURED = Path(__file__).parents[1] / "mmbook/viewer/tests/fixtures/states.json"
SHARED = Path(__file__).parents[2] / "shared" / "mm-states"


def condensed() -> list[dict[str, Any]]:
    """Return what the fixture holds of every state: its link, and names and shapes as measured."""
    states = []
    for path in sorted(SHARED.glob("*.json")):
        state = json.loads(path.read_text("utf-8"))
        matrices = [[m["path"], m["name"], m["shape"]] for m in state["matrices"]]
        kept = {name: state[name] for name in ("query", "expr", "camera", "target")}
        states.append({"state": path.stem, **kept, "matrices": matrices})
    return states


def corners() -> dict[str, list[dict[str, Any]]]:
    """Return the corners that were measured, as the viewer's tests have them, by state."""
    ends = ("first", "last_row", "last_col")
    return {
        path.stem: [
            {
                "path": m["path"],
                "name": m["name"],
                "shape": m["shape"],
                "corners": [m[end] for end in ends],
            }
            for m in json.loads(path.read_text("utf-8"))["matrices"]
        ]
        for path in sorted(SHARED.glob("*.json"))
    }


def states() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(FIXTURE.read_text("utf-8"))
    return found


def measured() -> list[dict[str, Any]]:
    """Return where the corners of every matrix were measured: elements (0, 0), (-1, 0), (0, -1)."""
    found: list[dict[str, Any]] = json.loads(MEASURED.read_text("utf-8"))
    return found


def parameters(query: str) -> dict[str, Any]:
    """Return the parameters of an undamaged link; texts that look like values become them."""
    pairs = parse_qsl(query, keep_blank_values=True)
    if pairs[0][0] == "params":
        tree: dict[str, Any] = json.loads(pairs[0][1])
        return tree
    words = {value: key for key, value in pairs if not re.fullmatch(r"[\d.]+", key)}
    tree = {}
    for key, value in pairs:
        if re.fullmatch(r"[\d.]+", key):
            *groups, name = ".".join(words[number] for number in key.split(".")).split(".")
            inner = tree
            for group in groups:
                inner = inner.setdefault(group, {})
            inner[name] = value if name in ("expr", "url", "name", "epilog") else typed(value)
    return tree


def typed(value: str) -> Any:
    if value in ("true", "false"):
        return value == "true"
    try:
        return float(value)
    except ValueError:
        return value


def flattened(tree: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the fields of the original's flattened form."""
    words: dict[str, str] = {}
    values = []

    def number(word: str) -> str:
        return words.setdefault(word, str(len(words)))

    def visit(group: dict[str, Any], path: str) -> None:
        for name, value in group.items():
            if isinstance(value, dict):
                visit(value, f"{path}.{name}".strip("."))
            else:
                prefix = f"{number(path)}." if path else ""
                text = str(value).lower() if isinstance(value, bool) else str(value)
                values.append((f"{prefix}{number(name)}", text))

    visit(tree, "")
    return values + list(words.items())


if __name__ == "__main__":
    lines = ",\n".join(json.dumps(state, ensure_ascii=False) for state in condensed())
    FIXTURE.write_text(f"[\n{lines}\n]\n", encoding="utf-8")
