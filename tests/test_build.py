"""``mmbook build`` on a small book, and ``make`` on its own stamps."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

from conftest import ROOT

GOOD = '```mm id="{id}"\nA @ B\nA: gaussian(3, {n})\nB: eye({n}, 2)\n```\n'


def build(book: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mmbook.cli", "build", *options],
        capture_output=True,
        text=True,
        check=False,
        cwd=book,
        stdin=subprocess.DEVNULL,
    )


def write(book: Path, text: str) -> None:
    (book / "docs" / "index.md").write_text(text, encoding="utf-8")


def scenes(folder: Path) -> dict[str, int]:
    figures = folder / "assets" / "mm" / "figures"
    return {path.name: path.stat().st_mtime_ns for path in figures.glob("*")}


def test_a_book_is_built_once_and_then_only_what_changed(book: Path) -> None:
    write(book, f"# Title\n\n{GOOD.format(id='a', n=4)}\n{GOOD.format(id='b', n=5)}")
    done = build(book, "--strict")
    assert done.returncode == 0, done.stderr
    site = book / "site"
    page = (site / "index.html").read_text("utf-8")
    for address in re.findall(r'<mm-figure id="\w" scene="(\w+)"', page):
        scene = json.loads((site / "assets/mm/figures" / f"{address}.json").read_text("utf-8"))
        assert (site / "assets/mm/figures" / scene["pack"]).is_file()
    assert (site / "assets/mm/mm.js").is_file()
    assert (site / "assets/mm/worker.js").is_file()
    assert (site / "assets/mm/python/index.json").is_file()
    assert 'http-equiv="Content-Security-Policy"' in page
    before = scenes(book / "docs")
    assert len(before) == 4
    assert "2 computed" in done.stdout

    write(book, f"# Title\n\n{GOOD.format(id='a', n=4)}\n{GOOD.format(id='b', n=6)}")
    done = build(book)
    assert "1 computed, 2 stale files removed" in done.stdout
    assert "bundling" not in done.stdout
    after = scenes(book / "docs")
    assert len(after) == 4
    assert len({*before.items()} & {*after.items()}) == 2
    assert scenes(site).keys() == after.keys()


def test_a_bad_fence_ends_the_build_with_one_line_that_says_where(book: Path) -> None:
    write(
        book, f"---\ntitle: x\n---\n\n{GOOD.format(id='a', n=4)}\n\n```mm\nA @ B\nA: eye(2)\n```\n"
    )
    done = build(book)
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert line.startswith("mmbook: docs/index.md:12: ")
    assert "B" in line
    assert not (book / "site").exists()


def test_an_engines_warning_ends_a_strict_build(book: Path) -> None:
    write(book, "# Title\n\n[nowhere](missing.md)\n")
    assert build(book, "--strict").returncode == 2
    assert build(book).returncode == 0


def test_a_folder_that_is_no_site_is_never_emptied(book: Path, tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "thesis.txt").write_text("years of work")
    for engine in ("mkdocs", "zensical"):
        done = build(book, "--engine", engine, "--site", str(precious))
        assert done.returncode == 2
        assert "no built site" in done.stderr
    assert (precious / "thesis.txt").is_file()


def test_what_others_keep_in_the_cache_folder_survives_zensical(book: Path) -> None:
    other = book / ".cache" / "other" / "file"
    other.parent.mkdir(parents=True)
    other.write_text("mine")
    done = build(book, "--engine", "zensical", "--strict")
    assert done.returncode == 0, done.stderr
    assert (book / "site" / "index.html").is_file()
    assert other.read_text() == "mine"


def test_make_lists_its_commands_and_skips_a_python_that_is_too_old(tmp_path: Path) -> None:
    listed = subprocess.run(
        ["make", "-s", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    for command in ("serve", "site", "test", "check", "bench"):
        assert f"make {command}" in listed
    for name in ("python3.11", "python3.12", "python3.13", "python3"):
        fake = tmp_path / "bin" / name
        fake.parent.mkdir(exist_ok=True)
        fake.write_text("#!/bin/sh\nexit 127\n")
        fake.chmod(0o755)
    done = subprocess.run(
        ["make", "-f", str(ROOT / "Makefile"), ".venv/.made"],
        cwd=tmp_path,
        env={"PATH": f"{tmp_path / 'bin'}:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "no Python 3.11 or newer" in done.stderr
    assert not (tmp_path / ".venv").exists()
