"""What holds for the repository as a whole: versions, locks, licences, sizes, what is not said."""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from conftest import ROOT

import mmbook
from mmbook.site import licences

# Modules longer than this hold more than one concern.
MODULE_LINES = 300
# Names of hosts, written so that this file does not name one.
REGISTRIES = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("deb", "debian", "org"),
        ("security", "debian", "org"),
    )
]


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def texts() -> dict[str, str]:
    found = {}
    for path in tracked():
        data = path.read_bytes()
        if b"\0" not in data:
            found[path.relative_to(ROOT).as_posix()] = data.decode("utf-8")
    return found


def project() -> dict[str, object]:
    table: dict[str, object] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return table


def package() -> dict[str, dict[str, str]]:
    loaded: dict[str, dict[str, str]] = json.loads(
        (ROOT / "mmbook/viewer/package.json").read_text("utf-8")
    )
    return loaded


def lock() -> dict[str, dict[str, dict[str, object]]]:
    loaded: dict[str, dict[str, dict[str, object]]] = json.loads(
        (ROOT / "mmbook/viewer/package-lock.json").read_text("utf-8")
    )
    return loaded


def test_one_version_everywhere() -> None:
    versions = {
        project()["project"]["version"],  # type: ignore[index]
        package()["version"],
        lock()["version"],
        lock()["packages"][""]["version"],
        mmbook.__version__,
    }
    assert versions == {mmbook.__version__}


@pytest.mark.parametrize("host", REGISTRIES)
def test_no_file_names_a_registrys_host(host: str) -> None:
    assert [name for name, text in texts().items() if host in text] == []


def test_no_file_holds_a_path_of_somebodys_machine() -> None:
    private = re.compile(r"(?<![\w.])/(?:home/\w|Users/\w|root/|work/main|work/shared)")
    found = [name for name, text in texts().items() if private.search(text)]
    assert [name for name in found if name != "tests/test_repository.py"] == []


def test_nothing_that_is_made_is_checked_in() -> None:
    made = re.compile(
        r"(^|/)(node_modules|__pycache__|dist|\.venv|\.cache)/|^site/|^docs/assets/(mm|fonts)/"
        r"|viewer/src/schema/"
    )
    assert [name for name in texts() if made.search(name)] == []


def names(requirements: str) -> dict[str, str]:
    pins = re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", requirements, re.MULTILINE)
    return {re.sub(r"[-_.]+", "-", name).lower(): version for name, version in pins}


def test_the_python_lock_pins_what_the_project_asks_for_with_checksums() -> None:
    text = (ROOT / "requirements.txt").read_text("utf-8")
    pinned = names(text)
    table = project()["project"]
    wanted = list(table["dependencies"])  # type: ignore[index]
    for extra in ("site", "gpt2", "dev"):
        wanted += table["optional-dependencies"][extra]  # type: ignore[index]
    for requirement in wanted:
        name, bounds = re.fullmatch(r"([\w.-]+)(.*)", requirement).groups()  # type: ignore[union-attr]
        version = pinned[re.sub(r"[-_.]+", "-", name).lower()]
        for operator, bound in re.findall(r"(>=|<)([\d.]+)", bounds):
            there, limit = (tuple(map(int, re.findall(r"\d+", v))) for v in (version, bound))
            assert there >= limit if operator == ">=" else there < limit, requirement
    pins = re.split(r"^(?=\S+==)", text, flags=re.MULTILINE)[1:]
    assert len(pins) == len(pinned)
    assert all("--hash=sha256:" in pin for pin in pins)


def test_the_python_lock_names_no_place_it_was_made_at() -> None:
    text = (ROOT / "requirements.txt").read_text("utf-8")
    assert "make lock" in text
    assert not re.search(r"https?:|file:|--(extra-)?index-url|--find-links", text)


def test_the_node_lock_belongs_to_its_package_and_names_no_host() -> None:
    root = lock()["packages"][""]
    for group in ("dependencies", "devDependencies"):
        assert root[group] == package()[group]
    for name, entry in lock()["packages"].items():
        assert "resolved" not in entry, name
        if "integrity" in entry:
            assert str(entry["integrity"]).startswith("sha512-"), name
        else:  # scripts/lock.mjs tells why packages for other systems may have none
            assert not name or (entry["optional"] and entry["os"]), name


def test_the_node_lock_names_the_packages_of_every_platform() -> None:
    """Newer versions of ``npm ci`` refuse a lock that leaves some out."""
    packages = lock()["packages"]
    for path, entry in packages.items():
        for name in entry.get("optionalDependencies", {}):  # type: ignore[attr-defined]
            assert {f"{path}/node_modules/{name}", f"node_modules/{name}"} & set(packages), name


def test_the_notices_list_everything_that_is_published_with_its_licence() -> None:
    notices = (ROOT / "THIRD_PARTY_NOTICES.md").read_text("utf-8")
    rows = {
        cells[0].split(",")[0]: cells[1]
        for cells in (
            [cell.strip() for cell in line.strip("| ").split("|")]
            for line in notices.splitlines()
            if line.startswith("|")
        )
        if len(cells) == 3
    }
    for name, licence in licences.packages().items():
        assert rows.get(name) == licence, name
    for name in ("NumPy", "CPython", "Material for MkDocs: templates"):
        assert name in rows


def test_every_page_of_the_navigation_exists_and_no_page_is_left_out() -> None:
    config = (ROOT / "mkdocs.yml").read_text("utf-8")
    listed = set(re.findall(r"([\w/.-]+\.md)$", config, re.MULTILINE))
    there = {path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md")}
    assert listed == there


def test_style_sheets_and_scripts_of_the_configuration_exist_or_are_made() -> None:
    config = (ROOT / "mkdocs.yml").read_text("utf-8")
    for name in re.findall(r"- (stylesheets/\S+\.css)$", config, re.MULTILINE):
        assert (ROOT / "docs" / name).is_file()


def test_no_module_is_too_long() -> None:
    code = re.compile(r"^mmbook/(?!viewer/tests/).*\.(py|ts|mjs)$")
    long = {
        name: text.count("\n")
        for name, text in texts().items()
        if code.match(name) and text.count("\n") > MODULE_LINES
    }
    assert long == {}


def test_ci_runs_the_two_commands_and_installs_nothing_itself() -> None:
    script = (ROOT / ".ci/run").read_text("utf-8")
    lines = [line for line in script.splitlines() if line and not line.startswith("#")]
    assert lines[-2:] == ["make check", "make test"]
    assert not re.search(r"\b(pip|npm|apt-get)\b", script)


def test_the_documented_make_commands_are_there() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for page in ("CONTRIBUTING.md", "docs/reference/commands.md", "README.md"):
        for command in re.findall(r"`make (\w+)", (ROOT / page).read_text("utf-8")):
            assert re.search(rf"^{command}:", makefile, re.MULTILINE), f"{page}: {command}"
