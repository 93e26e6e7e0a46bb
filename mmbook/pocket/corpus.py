"""Two bodies of text that every CPython carries: its documentation and its source.

Documentation: the language reference's topics (`pydoc_data.topics`) and the docstrings of the
standard library. Source: the library's own modules without those docstrings.
"""

from __future__ import annotations

import ast
import hashlib
import sysconfig
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from pydoc_data.topics import topics

Documented = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
HELD_OUT = 10  # every tenth document is kept for measuring


@dataclass(frozen=True)
class Corpus:
    """Text to learn from and text to measure on."""

    train: str
    held_out: str

    @property
    def digest(self) -> str:
        """SHA-256 over both parts, to tell Python versions apart."""
        return hashlib.sha256((self.train + "\0" + self.held_out).encode()).hexdigest()


def documentation() -> Corpus:
    """Topics and docstrings, about two million characters."""
    documents = [text for _, text in sorted(topics.items())]
    for path in modules():
        found = [ast.get_docstring(node) for node in _documented(path)]
        joined = "\n\n".join(text for text in found if text)
        if joined:
            documents.append(joined)
    return _split(documents)


def source() -> Corpus:
    """The library's modules, docstrings taken out."""
    documents = []
    for path in modules():
        lines = path.read_text(encoding="utf-8").splitlines()
        for node in _documented(path):
            if ast.get_docstring(node) is not None:
                text = node.body[0]
                for at in range(text.lineno - 1, text.end_lineno or text.lineno):
                    lines[at] = "\0"
        documents.append("\n".join(line for line in lines if line != "\0"))
    return _split(documents)


def modules() -> list[Path]:
    """The standard library's top-level modules, by name."""
    return sorted(Path(sysconfig.get_paths()["stdlib"]).glob("*.py"))


def _documented(path: Path) -> Iterator[Documented]:
    """Everything in a module that may carry a docstring, the module first."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, Documented):
            yield node


def _split(documents: list[str]) -> Corpus:
    kept = [text for n, text in enumerate(documents) if n % HELD_OUT]
    held = [text for n, text in enumerate(documents) if n % HELD_OUT == 0]
    return Corpus("\n\n".join(kept), "\n\n".join(held))
