"""``mmbook serve``: what an author saves appears, mistakes included."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

PATIENCE = 60.0
FIGURE = "# Title\n\n```mm\nA @ B\nA: eye({n})\nB: eye({n})\n```\n"


class Served:
    def __init__(self, book: Path) -> None:
        self.page = book / "docs" / "index.md"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.process = subprocess.Popen(
            [sys.executable, "-u", "-m", "mmbook.cli", "serve", "--port", str(self.port)],
            cwd=book,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            # Tests that run in the background of a shell inherit that interrupts are ignored.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )

    def get(self, path: str = "") -> str:
        address = f"http://127.0.0.1:{self.port}/{path}"
        with urllib.request.urlopen(address, timeout=5) as response:
            text: str = response.read().decode("utf-8", errors="replace")
        return text

    def until(self, pattern: str) -> str:
        """The front page once it shows the pattern."""
        end = time.monotonic() + PATIENCE
        seen = ""
        while time.monotonic() < end and self.process.poll() is None:
            try:
                seen = self.get()
            except OSError as error:
                seen = str(error)
            if re.search(pattern, seen):
                return seen
            time.sleep(0.2)
        self.process.kill()
        raise AssertionError(f"no {pattern} in\n{seen}\n{self.process.communicate()[0]}")


@pytest.fixture
def served(book: Path) -> Iterator[Served]:
    served = Served(book)
    yield served
    served.process.kill()
    served.process.communicate()


def test_edits_appear_and_mistakes_are_shown_until_they_are_mended(served: Served) -> None:
    served.until("<h1[^>]*>A book")
    for size in (2, 3):
        served.page.write_text(FIGURE.format(n=size), "utf-8")
        page = served.until(rf"values from 0 to 1[^<]*|{size} by {size}")
        (address,) = re.findall(r'scene="(\w+)"', served.until(f"{size} by {size}"))
        assert '"A @ B"' in served.get(f"assets/mm/figures/{address}.json")
        assert "mm-error" not in page
    served.page.write_text(FIGURE.replace("@ B", "@").format(n=2), "utf-8")
    assert "index.md:4" in served.until('class="mm-error"')
    served.page.write_text(FIGURE.format(n=4), "utf-8")
    served.until("4 by 4")
    served.process.send_signal(signal.SIGINT)
    output, _ = served.process.communicate(timeout=60)
    assert f"http://127.0.0.1:{served.port}/" in output
    assert "Traceback" not in output
    assert served.process.returncode == 0


def test_a_port_in_use_is_one_line(book: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = subprocess.run(
            [sys.executable, "-m", "mmbook.cli", "serve", "--port", str(taken.getsockname()[1])],
            cwd=book,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert "--port" in line
