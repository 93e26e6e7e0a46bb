"""What browser tests share: the built site on loopback, Chromium, a page that may not leave."""

from __future__ import annotations

import functools
import http.server
import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, Route, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# SwiftShader on two shared cores: a first frame takes seconds, Python up to a minute.
PATIENCE = 60_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.browser)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    extensions_map = {  # noqa: RUF012 - the base class's own form
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".js": "text/javascript",
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
        ".json": "application/json",
    }

    def do_GET(self) -> None:
        """Answer as the published site would: instant navigation goes by the sitemap's addresses."""
        if self.path != "/sitemap.xml":
            return super().do_GET()
        text = (Path(self.directory) / "sitemap.xml").read_text()
        port = self.server.server_address[1]
        body = re.sub(r"(?<=<loc>)https?://[^/<]+", f"http://127.0.0.1:{port}", text).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        return None

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        pass


@pytest.fixture(scope="session")
def site_dir() -> Path:
    site = ROOT / "site"
    if not (site / "index.html").is_file():
        pytest.fail(f"no built site at {site.name}/: run `make site` first (`make test` does)")
    return site


@pytest.fixture(scope="session")
def site(site_dir: Path) -> Iterator[str]:
    handler = functools.partial(_Quiet, directory=str(site_dir))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


class Visit:
    """A page in a fresh profile; every request that leaves the site is blocked and noted."""

    def __init__(self, context: BrowserContext, site: str) -> None:
        self.site = site
        self.context = context
        self.foreign: list[str] = []
        self.requests: list[str] = []
        self.problems: list[str] = []
        context.route("**/*", self._route)
        self.page: Page = context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on(
            "console", lambda m: self.problems.append(m.text) if m.type == "error" else None
        )
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))

    def _route(self, route: Route, request: Request) -> None:
        if request.url.startswith((self.site, "data:", "blob:")):
            route.continue_()
        else:
            self.foreign.append(request.url)
            route.abort()

    def open(self, path: str = "", *, figure: str | None = None) -> Page:
        self.page.goto(self.site + path, wait_until="load")
        if figure:
            self.ready(figure)
        return self.page

    def ready(self, figure: str) -> None:
        self.until("id => Boolean(document.getElementById(id)?.ready)", figure)
        self.page.evaluate(
            "id => { const f = document.getElementById(id); f.scrollIntoView({block: 'center'}); return f.ready; }",
            figure,
        )

    def until(self, script: str, arg: object = None) -> None:
        """Poll from outside: the page's policy forbids the evaluation that waiting inside needs."""
        deadline = time.monotonic() + PATIENCE / 1000
        while not self.page.evaluate(script, arg):
            assert time.monotonic() < deadline, f"never true: {script}"
            self.page.wait_for_timeout(100)

    def describe(self, figure: str) -> dict[str, Any]:
        described: dict[str, Any] = self.page.evaluate(
            "id => document.getElementById(id).describe()", figure
        )
        return described

    def canvas(self, figure: str) -> tuple[float, float, float, float]:
        """Left, top, width and height of the picture in the window, in CSS pixels."""
        x, y, width, height = self.page.evaluate(
            """id => { const r = document.getElementById(id).shadowRoot.querySelector('canvas')
                 .getBoundingClientRect(); return [r.x, r.y, r.width, r.height]; }""",
            figure,
        )
        return x, y, width, height

    def array(self, figure: str, path: str) -> dict[str, Any]:
        array: dict[str, Any] = self.page.evaluate(
            """([id, path]) => {
                const a = document.getElementById(id).array(path);
                return {shape: a.shape, data: Array.from(a.data)};
            }""",
            [figure, path],
        )
        return array

    def settle(self, figure: str) -> int:
        """Wait until the figure draws no more; how many frames it has drawn.

        On a busy machine one frame of a movement can take half a second, so two pauses are asked.
        """
        frames, calm = -1, 0
        for _ in range(120):
            now = int(self.describe(figure)["renderer"]["frames"])
            calm = calm + 1 if now == frames and now > 0 else 0
            if calm == 2:
                return now
            frames = now
            self.page.wait_for_timeout(500)
        raise AssertionError(f"figure {figure} never came to rest")


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Visit]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    visit = Visit(context, site)
    yield visit
    context.close()
    assert visit.foreign == [], "the page asked another origin for something"


@pytest.fixture
def chapter() -> str:
    return "chapters/attention-head/"
