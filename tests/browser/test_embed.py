"""A figure in a page of another site: both sites on loopback, at ports of their own."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Frame, Page

from .conftest import Visit

HEAD = "chapters/attention-head/head"


class _Pages(http.server.BaseHTTPRequestHandler):
    """Serves pages by name, and nothing else."""

    pages: dict[str, str] = {}  # noqa: RUF012 - filled by tests

    def do_GET(self) -> None:
        text = self.pages.get(self.path.partition("?")[0])
        body = (text or "").encode()
        self.send_response(200 if text else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        pass


def _blog() -> Iterator[Callable[[str], str]]:
    handler = type("Pages", (_Pages,), {"pages": {}})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def publish(body: str) -> str:
        name = f"/{len(handler.pages)}.html"
        handler.pages[name] = f"<!doctype html><meta charset=utf-8><title>Blog</title>{body}"
        return f"http://127.0.0.1:{server.server_port}{name}"

    yield publish
    server.shutdown()


blog = pytest.fixture(_blog)
stranger = pytest.fixture(_blog)


@pytest.fixture
def reader(visit: Visit) -> Visit:
    """Its pages are of several sites, so every loopback request may pass."""
    visit.context.unroute("**/*")
    return visit


def framed(page: Page, reader: Visit) -> Frame:
    """Return the book's page inside the blog's."""
    frame = next(frame for frame in page.frames if frame.url.startswith(f"{reader.site}embed/"))
    frame.wait_for_selector("mm-figure", state="attached")
    return frame


def opened(reader: Visit, address: str) -> Page:
    reader.page.goto(address, wait_until="load")
    reader.page.evaluate("document.querySelector('mm-embed').ready")
    return reader.page


def element(reader: Visit, *, script: str = "async", attributes: str = f'figure="{HEAD}"') -> str:
    return (
        f'<script {script} src="{reader.site}assets/mm/embed.js"></script>'
        f"<mm-embed {attributes}></mm-embed>"
    )


CALL = """([name, ...given]) => document.querySelector('mm-embed')[name](...given)"""


def call(page: Page, name: str, *given: Any) -> Any:
    return page.evaluate(CALL, [name, *given])


def test_a_page_of_another_site_drives_a_figure(reader: Visit, blog: Callable[[str], str]) -> None:
    page = opened(reader, blog(element(reader)))
    frame = framed(page, reader)
    described = call(page, "getDescription")
    inside = frame.evaluate("document.querySelector('mm-figure').describe()")
    assert described["matrices"] == inside["matrices"]
    assert described["expr"].startswith("out =")
    before = described["matrices"][0]["first"]
    gap = call(page, "getState")["layout"]["gap"]
    call(page, "setOption", "layout", "gap", gap + 7)
    after = call(page, "getDescription")["matrices"][0]["first"]
    assert after != before
    assert frame.evaluate("document.querySelector('mm-figure').state.layout.gap") == gap + 7
    call(page, "setState", {"layout": {"gap": None}, "look": {"hue_spread": 0.2}})
    state = call(page, "getState")
    assert state["look"]["hue_spread"] == 0.2
    assert state["layout"]["gap"] != gap + 7

    values = page.evaluate(
        """async () => { const { shape, data } =
             await document.querySelector('mm-embed').getArray('left.left.left.left');
             return [shape, data.constructor.name, Array.from(data.slice(0, 5))]; }"""
    )
    own = frame.evaluate(
        """() => { const { shape, data } =
             document.querySelector('mm-figure').array('left.left.left.left');
             return [shape, data.constructor.name, Array.from(data.slice(0, 5))]; }"""
    )
    assert values == own
    links = call(page, "link")
    assert links["page"].startswith(f"{reader.site}chapters/attention-head/#mm=1.")
    assert links["frame"].startswith(f"{reader.site}embed/?figure=")
    assert page.evaluate("history.length") == 2  # the blank page and the blog's own
    assert frame.title() == page.evaluate(
        "document.querySelector('mm-embed').shadowRoot.querySelector('iframe').title"
    )


def test_the_animation_is_driven_and_its_steps_are_told(
    reader: Visit, blog: Callable[[str], str]
) -> None:
    page = opened(
        reader, blog(element(reader, attributes='figure="chapters/attention-head/sweep"'))
    )
    page.evaluate(
        """() => { window.heard = []; const e = document.querySelector('mm-embed');
             for (const type of ['mm-step', 'mm-state'])
               e.addEventListener(type, (event) => heard.push([type, event.detail])); }"""
    )
    call(page, "pause")
    sought = call(page, "seek", 3)
    assert sought["step"] == 3
    assert not sought["playing"]
    assert call(page, "step")["step"] == 4
    assert call(page, "step", -2)["step"] == 2
    assert call(page, "play")["playing"]
    reader.until("() => heard.filter(([, d]) => d.playing && d.step > 2).length > 1")
    assert not call(page, "pause")["playing"]
    assert call(page, "getDescription")["animation"]["playing"] is False


def test_a_bad_request_gets_one_clear_answer(reader: Visit, blog: Callable[[str], str]) -> None:
    page = opened(reader, blog(element(reader)))
    refused = page.evaluate(
        """() => document.querySelector('mm-embed').setOption('look', 'min_size', 7)
             .then(() => null, (error) => error.message)"""
    )
    assert "look.min_size" in refused
    assert "7" in refused
    answers = page.evaluate(
        """async () => {
             const frame = document.querySelector('mm-embed').shadowRoot.querySelector('iframe');
             const answers = [];
             const hear = ({ data }) => { if (data.error) answers.push([data.re, data.error]); };
             addEventListener('message', hear);
             for (const bad of [null, 'x', 7, {mm: 2, id: 1, do: 'hello'}, {mm: 1, do: 'getState'},
                                {mm: 1, id: 'a', do: 'eval'}, {mm: 1, id: 'b', do: 'toString'},
                                {mm: 1, id: 'c', do: 'setState', patch: {expr: 3}},
                                {mm: 1, id: 'd', do: 'getArray', path: 'nowhere'}])
               frame.contentWindow.postMessage(bad, '*');
             await document.querySelector('mm-embed').getState();
             await new Promise((done) => setTimeout(done, 300));
             removeEventListener('message', hear);
             return answers; }"""
    )
    assert [re for re, _ in answers] == [None, None, None, 1, None, "a", "b", "c", "d"]
    assert all(text for _, text in answers)
    assert not [text for text in reader.problems if "rror" in text and "favicon" not in text]


def test_another_origin_gets_nothing(
    reader: Visit, blog: Callable[[str], str], stranger: Callable[[str], str]
) -> None:
    """A sibling frame knocks in vain, and so does a page that takes the book for another site."""
    spy = stranger(
        """<script>
             window.got = [];
             addEventListener('message', ({ data }) => got.push(data));
             setInterval(() => { for (let i = 0; i < parent.frames.length; i += 1)
               if (parent.frames[i] !== window)
                 for (const what of ['hello', 'getState'])
                   parent.frames[i].postMessage({mm: 1, id: 1, do: what}, '*'); }, 50);
           </script>"""
    )
    page = opened(reader, blog(f'<iframe src="{spy}"></iframe>{element(reader)}'))
    call(page, "setOption", "look", "hue_spread", 0.15)
    page.wait_for_timeout(500)
    sibling = next(frame for frame in page.frames if frame.url == spy)
    assert sibling.evaluate("got") == []

    wrong = spy.rpartition("/")[0]
    told = page.evaluate(
        """async ([wrong, right]) => {
             const frame = document.createElement('iframe');
             frame.src = wrong;
             document.body.append(frame);
             const heard = [];
             const remote = customElements.get('mm-embed').connect(frame, (news) => heard.push(news));
             frame.src = right;
             await new Promise((done) => setTimeout(done, 3000));
             const answered = await Promise.race([
               remote.ask('getState', {}).then(() => true),
               new Promise((done) => setTimeout(() => done(false), 300)),
             ]);
             return [heard, answered]; }""",
        [wrong, f"{reader.site}embed/?figure=hero"],
    )
    assert told == [[], False]


@pytest.mark.parametrize("script", ["async", 'async data-figure="hero" data-ratio="2"'])
def test_one_line_is_enough(reader: Visit, blog: Callable[[str], str], script: str) -> None:
    body = f'<body style="width:600px"><script {script} src="{reader.site}assets/mm/embed.js"></script>'
    if "data-figure" not in script:
        body += '<mm-embed figure="hero" theme="dark"></mm-embed>'
    reader.page.goto(blog(body), wait_until="load")
    reader.until("() => document.querySelector('mm-embed')")
    reader.page.evaluate("document.querySelector('mm-embed').ready")
    box = reader.page.locator("mm-embed").bounding_box()
    assert box
    ratio = float(
        reader.page.evaluate(
            "document.querySelector('mm-embed').style.getPropertyValue('--mm-embed-ratio')"
        )
    )
    assert box["width"] / box["height"] == pytest.approx(ratio, rel=0.02)
    frame = framed(reader.page, reader)
    dark = frame.evaluate("document.querySelector('mm-figure').dataset.scheme")
    assert dark == ("light" if "data-figure" in script else "dark")


def test_the_page_alone_by_link_scene_and_name(visit: Visit) -> None:
    visit.open(f"embed/?figure={HEAD}", figure="head")
    assert visit.page.evaluate("document.querySelector('header, nav, footer')") is None
    box = visit.page.locator("mm-figure").bounding_box()
    assert box == {"x": 0, "y": 0, "width": 1280, "height": 900}
    scene = visit.page.locator("mm-figure").get_attribute("scene")
    visit.page.evaluate(
        """() => { const f = document.querySelector('mm-figure');
             f.state = { ...f.state, look: { ...f.state.look, hue_spread: 0.3 } }; }"""
    )
    visit.until("() => location.hash.startsWith('#mm=1.')")
    fragment = visit.page.evaluate("location.hash")
    visit.open(f"embed/?theme=dark{fragment}", figure="head")
    assert visit.page.evaluate("document.querySelector('mm-figure').state.look.hue_spread") == 0.3
    visit.open(f"embed/?scene={scene}", figure="figure")
    visit.open("embed/?figure=chapters/nowhere/head")
    alert = visit.page.get_by_role("alert")
    alert.wait_for()
    assert HEAD in alert.inner_text()
    assert not [text for text in visit.problems if "404" not in text]


def test_the_address_of_a_scene_that_is_gone_says_so(visit: Visit) -> None:
    visit.open("embed/?scene=0123456789abcdef0123")
    alert = visit.page.get_by_role("alert")
    alert.wait_for()
    assert "not on this site" in alert.inner_text()


def test_the_page_of_the_reference_drives_its_own_figure(visit: Visit) -> None:
    page = visit.open("reference/embedding/")
    page.locator("mm-embed").scroll_into_view_if_needed()
    page.evaluate("document.querySelector('mm-embed').ready")
    said = page.locator("#embedded-said")
    gap = page.evaluate(
        "document.querySelector('mm-embed').getState().then(({layout}) => layout.gap)"
    )
    page.get_by_role("button", name="Wider gaps").click()
    visit.until("() => document.getElementById('embedded-said').textContent !== ''")
    assert said.inner_text() == f"The gap was {gap}."
    page.get_by_role("button", name="Describe").click()
    visit.until("() => document.getElementById('embedded-said').textContent.includes('×')")
    wider = page.evaluate(
        "document.querySelector('mm-embed').getState().then(({layout}) => layout.gap)"
    )
    assert wider != gap
    assert visit.problems == []


def test_every_figure_of_the_book_has_a_name(site_dir: Path) -> None:
    import json

    names = json.loads((site_dir / "assets/mm/figures.json").read_text("utf-8"))
    for name, scene in names.items():
        folder = site_dir / Path(name).parent
        page = (folder / "index.html").read_text("utf-8")
        assert f'id="{Path(name).name}" scene="{scene}"' in page
