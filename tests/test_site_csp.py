from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest

from mmbook.errors import MmError, OptionError
from mmbook.site import csp

PAGE = (
    '<!doctype html><html><head><meta charset="utf-8"><title>t</title>'
    '<script>a = "</b>" && 1 < 2</script><script src="x.js"></script></head>'
    '<body><script type="application/json">{}</script><script type="module">b()</script></body>'
)


def allowed(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def policy_of(page: Path) -> dict[str, list[str]]:
    found = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page.read_text())
    (content,) = found
    return {part.split()[0]: part.split()[1:] for part in content.split("; ")}


def test_every_page_allows_the_inline_scripts_of_all_and_no_others(tmp_path: Path) -> None:
    one, two = tmp_path / "index.html", tmp_path / "sub" / "index.html"
    two.parent.mkdir()
    one.write_text(PAGE)
    two.write_text("<html><head><script>c()</script></head></html>")
    assert csp.apply(tmp_path) == 2
    scripts = {allowed('a = "</b>" && 1 < 2'), allowed("b()"), allowed("c()")}
    for page in (one, two):
        policy = policy_of(page)
        assert set(policy["script-src"]) == {"'self'", "'wasm-unsafe-eval'"} | scripts
        assert policy["default-src"] == policy["connect-src"] == policy["worker-src"] == ["'self'"]
        assert policy["object-src"] == ["'none'"]
    text = one.read_text()
    assert text.index("charset") < text.index("Content-Security-Policy") < text.index("<script")


def test_applying_twice_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(PAGE)
    csp.apply(tmp_path)
    once = (tmp_path / "index.html").read_text()
    csp.apply(tmp_path)
    assert (tmp_path / "index.html").read_text() == once


def test_nothing_to_protect_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(MmError, match="no pages"):
        csp.apply(tmp_path)
    (tmp_path / "index.html").write_text("<p>headless</p>")
    with pytest.raises(MmError, match="no head"):
        csp.apply(tmp_path)


def test_data_may_come_from_origins_that_the_operator_names(tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    page.write_text(PAGE)
    csp.apply(tmp_path, ["https://data.example.org", "http://127.0.0.1:8001"])
    policy = policy_of(page)
    allowed_origins = ["'self'", "http://127.0.0.1:8001", "https://data.example.org"]
    assert policy["connect-src"] == allowed_origins
    assert policy["default-src"] == ["'self'"]


@pytest.mark.parametrize(
    "origin",
    [
        "*",
        "https://*",
        "https://a.b/c",
        "a.b",
        "data:",
        "https://a.b; script-src *",
        "'unsafe-eval'",
    ],
)
def test_only_origins_are_taken(origin: str, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(PAGE)
    with pytest.raises(OptionError, match="no origin"):
        csp.apply(tmp_path, [origin])
