from __future__ import annotations

import json
import pickle
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown import Markdown

from mmbook.errors import FenceError
from mmbook.markdown import MmbookExtension, scenes
from mmbook.pack import read_pack

FIGURE = (
    '```mm id="one" height="300" caption="a < b & c"\nA @ B\nA: eye(2, 3)\nB: gaussian(3, 4)\n```'
)
CELL = '```mm-cell id="two"\nif 1 < 2:\n    print("<b>&amp;")\n```'
BAD = "```mm\nA @\n```"
ENGINES = [[], ["pymdownx.superfences"], ["fenced_code"], ["pymdownx.superfences", "md_in_html"]]


def render(text: str, docs: Path, extensions: list[object] = ENGINES[1], **config: str) -> str:
    extension = MmbookExtension(docs=str(docs), **config)
    return Markdown(extensions=[extension, "admonition", *extensions]).convert(text)  # type: ignore[list-item]


class Text(HTMLParser):
    """Collects the text inside one element, as a browser would show it."""

    def __init__(self, tag: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tag, self.depth, self.text = tag, 0, ""

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        self.depth += tag == self.tag

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag == self.tag

    def handle_data(self, data: str) -> None:
        self.text += data if self.depth else ""


def text_of(html: str, tag: str) -> str:
    parser = Text(tag)
    parser.feed(html)
    return parser.text


@pytest.mark.parametrize("extensions", ENGINES)
def test_a_figure_is_the_documented_html(tmp_path: Path, extensions: list[object]) -> None:
    html = render(f"before\n\n{FIGURE}\n\nafter", tmp_path, extensions)
    found = re.search(
        r'<figure class="mm" id="fig-one">\s*'
        r'<mm-figure id="one" scene="([0-9a-f]+)" style="--mm-height:300px">'
        r'<div class="mm-alt">([^<]+)</div></mm-figure>\s*'
        r"<figcaption>a &lt; b &amp; c</figcaption>\s*</figure>",
        html,
    )
    assert found, html
    assert "<p><figure" not in html
    assert html.startswith("<p>before</p>")
    assert html.endswith("<p>after</p>")
    scene = json.loads((tmp_path / scenes.FOLDER / f"{found[1]}.json").read_text("utf-8"))
    assert scene["figure"]["expr"] == "A @ B"
    arrays = read_pack(tmp_path / scenes.FOLDER / scene["pack"])
    assert arrays["A @ B"].shape == (2, 4)


@pytest.mark.parametrize("extensions", ENGINES)
def test_a_cell_shows_its_code_and_gives_it_back(tmp_path: Path, extensions: list[object]) -> None:
    html = render(f"{FIGURE}\n\n{CELL}", tmp_path, extensions)
    assert '<mm-cell id="two" figure="one"><div class="highlight"><pre><code>' in html
    assert '<span class="k">if</span>' in html
    assert "pyodide" not in html
    assert text_of(html, "code") == 'if 1 < 2:\n    print("<b>&amp;")'


def test_a_cell_may_begin_with_blank_or_indented_lines(tmp_path: Path) -> None:
    html = render('```mm-cell\n\n"""\n  text\n"""\n```', tmp_path)
    assert text_of(html, "code") == '\n"""\n  text\n"""'


@pytest.mark.parametrize("extensions", ENGINES)
def test_fences_stand_inside_containers(tmp_path: Path, extensions: list[object]) -> None:
    indented = "\n".join(f"    {line}" for line in FIGURE.split("\n"))
    html = render(f"!!! note\n    Words\n\n{indented}\n\n    more", tmp_path, extensions)
    note = html[html.index("<div") : html.rindex("</div>")]
    assert note.index("Words") < note.index("<mm-figure") < note.index("more")


@pytest.mark.parametrize("extensions", ENGINES[1:])
def test_fences_in_examples_stay_text(tmp_path: Path, extensions: list[object]) -> None:
    indented = "\n".join(f"    {line}" for line in BAD.split("\n"))
    html = render(f"````markdown\n{BAD}\n````\n\nOr so:\n\n{indented}", tmp_path, extensions)
    assert "<mm-figure" not in html
    assert html.count("A @") == 2


def test_an_error_names_the_line_in_the_authors_file(tmp_path: Path) -> None:
    source = f"---\ntitle: front matter\n---\n\n# Title\n\n{BAD}\n"
    (tmp_path / "page.md").write_text(source, "utf-8")
    stripped = source.split("---\n", 2)[2]
    with pytest.raises(FenceError) as caught:
        render(stripped, tmp_path)
    assert (Path(caught.value.file).name, caught.value.line) == ("page.md", 8)
    assert "page.md:8:" in caught.value.summary


def test_while_writing_an_error_stands_in_the_page_and_in_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    html = render(f"{BAD}\n\n{FIGURE}", tmp_path, on_error="show")
    assert 'class="mm-error" role="alert"' in html
    assert "A @" in text_of(html, "code")
    assert "<mm-figure" in html
    assert [record.name for record in caplog.records] == ["mkdocs.plugins.mmbook"]


def test_a_figure_that_cannot_be_evaluated_is_an_error_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mmbook.errors import ValueTooLarge
    from mmbook.figure import Figure

    def too_large(_figure: Figure) -> None:
        raise ValueTooLarge("too many")

    monkeypatch.setattr(Figure, "scene", too_large)
    with pytest.raises(FenceError, match="too many"):
        render(FIGURE, tmp_path)


def test_text_of_an_author_cannot_become_markup(tmp_path: Path) -> None:
    html = render(
        '```mm caption="<script>alert(1)</script>" alt="<img src=x>" title="</figure>"\n'
        "`<i>` @ B\n`<i>`: eye(2)\nB: eye(2)\n```",
        tmp_path,
    )
    assert not re.search("<(script|img|i)[ >]", html)
    assert html.count("</figure>") == 1


def test_the_extension_goes_by_its_name_and_can_be_pickled(tmp_path: Path) -> None:
    config = {"mmbook": {"docs": str(tmp_path)}}
    for name in ("mmbook", "mmbook.markdown"):
        md = Markdown(extensions=[name], extension_configs={name: config["mmbook"]})
        assert "<mm-figure" in md.convert(FIGURE)
    assert pickle.loads(pickle.dumps(config)) == config


def test_a_scene_is_made_once_and_goes_when_nothing_uses_it(tmp_path: Path) -> None:
    render(FIGURE, tmp_path)
    folder = tmp_path / scenes.FOLDER
    before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    render(FIGURE.replace("300", "400").replace("one", "uno"), tmp_path)
    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == before
    assert len(before) == 2
    render(FIGURE.replace("gaussian(3, 4)", "gaussian(3, 5)"), tmp_path)
    assert len(list(folder.iterdir())) == 4
    keep = {name.removesuffix(".json") for name in before if name.endswith(".json")}
    assert scenes.prune(keep, tmp_path) == 2
    assert {path.name for path in folder.iterdir()} == set(before)
