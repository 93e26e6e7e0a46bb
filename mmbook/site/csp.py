"""Gives every page a Content-Security-Policy: nothing is loaded or run but what the site ships.

The themes of both engines hold small inline scripts. Each is allowed by its checksum. Instant
navigation keeps the first page's policy, so every page allows the scripts of all.
"""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from mmbook.errors import MmError, OptionError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_HEAD = re.compile(r"<head(?:\s[^>]*)?>", re.IGNORECASE)
_CHARSET = re.compile(r"<meta\s+charset=[^>]*>", re.IGNORECASE)
_ORIGIN = re.compile(r"https?://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?", re.IGNORECASE)
_JAVASCRIPT = ("", "module", "text/javascript", "application/javascript")


def apply(site: Path, connect: Sequence[str] = ()) -> int:
    """Write the policy into every page of a built site; return how many pages there are.

    ``connect`` names origins that pages may fetch data from when the reader says so.
    """
    pages = sorted(site.rglob("*.html"))
    if not pages:
        raise MmError("the built site has no pages", given=str(site))
    texts = {page: page.read_text(encoding="utf-8") for page in pages}
    scripts = sorted({script for text in texts.values() for script in inline_scripts(text)})
    meta = (
        f'<meta http-equiv="Content-Security-Policy" content="{policy(scripts, origins(connect))}">'
    )
    for page, text in texts.items():
        if meta in text:
            continue
        # After the charset, which must come first, and before anything that loads.
        place = _CHARSET.search(text) or _HEAD.search(text)
        if place is None:
            raise MmError("a page has no head", given=str(page.relative_to(site)))
        page.write_text(text[: place.end()] + meta + text[place.end() :], encoding="utf-8")
    return len(pages)


def origins(given: Sequence[str]) -> list[str]:
    """Return origins as a policy names them, each once.

    Raises
    ------
    OptionError
        One is no origin: a scheme, a host and maybe a port, without a path.

    """
    for text in given:
        if not _ORIGIN.fullmatch(text):
            possible = "https://data.example.org, http://127.0.0.1:8001"
            problem = "this is no origin that pages may fetch data from"
            raise OptionError(problem, given=text, possible=possible)
    return sorted(set(given))


def policy(scripts: list[str], connect: Sequence[str] = ()) -> str:
    """Return the policy that allows these inline scripts, and data from these origins."""
    allowed = " ".join(f"'sha256-{_digest(script)}'" for script in scripts)
    return "; ".join(
        [
            "default-src 'self'",
            f"script-src 'self' 'wasm-unsafe-eval' {allowed}".rstrip(),
            "style-src 'self' 'unsafe-inline'",
            "worker-src 'self'",
            " ".join(["connect-src 'self'", *connect]),
            "img-src 'self' data: blob:",
            "object-src 'none'",
            "base-uri 'self'",
        ]
    )


def inline_scripts(page: str) -> list[str]:
    """Return the text of every script of a page that runs and has no address."""
    parser = _Scripts()
    parser.feed(page)
    parser.close()
    return parser.scripts


class _Scripts(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.scripts: list[str] = []
        self._open: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "script" and "src" not in values and values.get("type", "") in _JAVASCRIPT:
            self._open = []

    def handle_data(self, data: str) -> None:
        if self._open is not None:
            self._open.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._open is not None:
            self.scripts.append("".join(self._open))
            self._open = None


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
