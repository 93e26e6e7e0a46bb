from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

import mmbook
from mmbook import cli


def run(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mmbook.cli", *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
        stdin=subprocess.DEVNULL,
    )


def commands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """Every command and subcommand by its words."""
    found: dict[str, argparse.ArgumentParser] = {}
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, sub in action.choices.items():
                found[name] = sub
                found |= {f"{name} {word}": deep for word, deep in commands(sub).items()}
    return found


def test_the_version_is_the_packages() -> None:
    done = run("--version")
    assert (done.returncode, done.stdout.strip()) == (0, f"mmbook {mmbook.__version__}")


def test_the_documented_commands_are_there() -> None:
    assert {"build", "serve", "vendor", "pack gpt2", "link"} <= set(commands(cli.parser()))


def test_help_explains_every_command_and_every_option() -> None:
    for words, parser in {"": cli.parser(), **commands(cli.parser())}.items():
        assert parser.description, words
        for action in parser._actions:
            if not isinstance(action, argparse._SubParsersAction):
                assert action.help, f"{words} {action.dest}"


def test_the_reference_names_every_command() -> None:
    text = (ROOT / "docs/reference/commands.md").read_text("utf-8")
    for words in commands(cli.parser()):
        assert f"mmbook {words}" in text


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["bild"],
        ["build", "--engine", "hugo"],
        ["build", "--config", "nowhere.yml"],
        ["serve", "--port", "many"],
        ["serve", "--port", "70000"],
        ["vendor", "--config", "nowhere.yml"],
        ["pack"],
        ["pack", "gpt2", "--checkpoint", "no.safetensors", "--activations", "no", "--head", "0,0"],
    ],
)
def test_an_error_is_one_line_and_status_2(arguments: list[str], tmp_path: Path) -> None:
    done = run(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert done.stderr.startswith("mmbook")
    assert "Traceback" not in done.stderr


def test_a_file_that_cannot_be_read_is_one_line_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(_arguments: argparse.Namespace) -> None:
        raise PermissionError(13, "Permission denied", "mkdocs.yml")

    monkeypatch.setattr("mmbook.site.command._vendor", refuse)
    assert cli.main(["vendor"]) == 2
    assert capsys.readouterr().err == "mmbook: mkdocs.yml: Permission denied\n"


def test_help_and_version_load_neither_numpy_nor_an_engine() -> None:
    code = "import sys; from mmbook import cli; cli.parser(); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in done.stdout.split()}
    assert not loaded & {"mkdocs", "jinja2", "pooch", "requests", "safetensors", "pygments"}
