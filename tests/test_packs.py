"""Named packs are found where they should be, in CPython and behind a page's host module."""

from __future__ import annotations

import io
import sys
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

from mmbook import packs
from mmbook.errors import PackError
from mmbook.pack import write_pack

if TYPE_CHECKING:
    from pathlib import Path


def packed(value: float) -> bytes:
    buffer = io.BytesIO()
    write_pack(buffer, {"x": [[value]]}, {"value": value})
    return buffer.getvalue()


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package that runs from a checkout with an empty ``data/``."""
    (tmp_path / "mmbook").mkdir()
    (tmp_path / "data").mkdir()
    (tmp_path / "pyproject.toml").touch()
    monkeypatch.setattr(packs, "_PACKAGE", tmp_path / "mmbook")
    monkeypatch.delenv("MMBOOK_DATA", raising=False)
    return tmp_path


def put(folder: Path, name: str, value: float) -> None:
    path = folder / f"{name}.npz"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(packed(value))


def test_a_pack_of_the_checkout_is_loaded_with_what_it_says(checkout: Path) -> None:
    put(checkout / "data", "a/b-1", 1.0)
    assert packs.source("a/b-1") == packed(1.0)
    assert packs.load("a/b-1")["x"].tolist() == [[1.0]]
    assert packs.about("a/b-1") == {"value": 1.0}


def test_a_chosen_folder_wins_and_the_installed_one_comes_last(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(checkout / "mmbook" / "data", "p", 3.0)
    assert packs.load("p")["x"].item() == 3.0
    put(checkout / "data", "p", 2.0)
    assert packs.load("p")["x"].item() == 2.0
    put(checkout / "own", "p", 1.0)
    monkeypatch.setenv("MMBOOK_DATA", str(checkout / "own"))
    assert packs.load("p")["x"].item() == 1.0


def test_a_folder_called_data_beside_an_installed_package_is_left_alone(checkout: Path) -> None:
    put(checkout / "data", "p", 1.0)
    (checkout / "pyproject.toml").unlink()
    assert packs.source("p") is None


def test_a_missing_pack_lists_those_there_are(checkout: Path) -> None:
    with pytest.raises(PackError, match=r"given: c.*none was found"):
        packs.load("c")
    put(checkout / "data", "b", 1.0)
    put(checkout / "data", "a/z", 1.0)
    assert packs.source("c") is None
    assert packs.available() == ["a/z", "b"]
    assert packs.available("a/") == ["a/z"]
    for wanted in (packs.load, packs.about):
        with pytest.raises(PackError, match=r"no such pack \(given: c\)\. Possible: a/z, b\."):
            wanted("c")


@pytest.mark.parametrize("name", ["../secret", "/etc/p", "a//b", "a\\b", "", "A", "a/..", "a\n"])
def test_names_that_lead_elsewhere_are_refused(checkout: Path, name: str) -> None:
    put(checkout, "secret", 1.0)
    with pytest.raises(PackError, match="no name of a pack"):
        packs.source(name)


def test_a_damaged_pack_is_named(checkout: Path) -> None:
    (checkout / "data" / "p.npz").write_bytes(packed(1.0)[:-9])
    with pytest.raises(PackError, match=r"^p: the pack is damaged"):
        packs.load("p")


def test_in_a_page_the_host_is_asked_and_no_folder(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(checkout / "data", "p", 1.0)
    host = ModuleType("mmbook_host")
    published = {"q": packed(2.0)}
    host.read_pack = published.get  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "mmbook_host", host)
    assert packs.load("q")["x"].item() == 2.0
    assert packs.source("p") is None
    assert packs.available() == []
    host.pack_names = lambda: list(published)  # type: ignore[attr-defined]
    with pytest.raises(PackError, match=r"given: p.*Possible: q\.$"):
        packs.load("p")


class TypedArray:
    """What Pyodide hands over for a Uint8Array."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def to_bytes(self) -> bytes:
        return self.data


def test_a_page_hands_over_typed_arrays_and_its_own_errors(monkeypatch: pytest.MonkeyPatch) -> None:
    host = ModuleType("mmbook_host")
    host.read_pack = lambda _: TypedArray(packed(4.0))  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "mmbook_host", host)
    assert packs.load("q")["x"].item() == 4.0

    def fail(name: str) -> bytes:
        raise RuntimeError(f"{name}: the server said 500")

    host.read_pack = fail  # type: ignore[attr-defined]
    with pytest.raises(PackError, match=r"^q: the page could not fetch.*server said 500"):
        packs.load("q")
