"""What tests of every kind share: a small book of its own for tests that build one."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    absent = pytest.mark.skip(reason="needs ../shared beside the checkout, which is not there")
    for item in items:
        if item.get_closest_marker("shared") and not SHARED.is_dir():
            item.add_marker(absent)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A project of one page without figures, as an author begins one."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("# A book\n", encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: A book\n"
        "site_dir: !ENV [MMBOOK_SITE, site]\n"
        "theme: {name: material, font: false}\n"
        "markdown_extensions: [mmbook, admonition, pymdownx.superfences]\n",
        encoding="utf-8",
    )
    return tmp_path
