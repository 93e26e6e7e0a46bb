"""The same ``mkdocs.yml`` builds the same pages with MkDocs and with Zensical."""

from __future__ import annotations

import difflib
from html.parser import HTMLParser
from pathlib import Path

import pytest
from conftest import ROOT

from mmbook.site import engine, precompute
from mmbook.site.project import find


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    project = find(ROOT / "mkdocs.yml")
    precompute.precompute(project)
    folder = tmp_path_factory.mktemp("sites")
    for name in engine.ENGINES:
        engine.run(project, name, folder / name, strict=True)
    return {name: folder / name for name in engine.ENGINES}


class Article(HTMLParser):
    """The article of a page as a list of tags and texts; white space between them is no matter."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.inside = False
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "article":
            self.inside = True
        elif self.inside and values.get("id") != "__skip":
            written = "".join(f' {name}="{values[name]}"' for name in sorted(values))
            self.parts.append(f"<{tag}{written}>")

    def handle_endtag(self, tag: str) -> None:
        if tag == "article":
            self.inside = False
        elif self.inside:
            self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if self.inside and data.strip():
            self.parts.append(" ".join(data.split()))


def article(page: Path) -> list[str]:
    parser = Article()
    parser.feed(page.read_text(encoding="utf-8"))
    # Zensical begins every article with an empty target for its link "skip to content".
    return parser.parts[1:] if parser.parts[:1] == ["</a>"] else parser.parts


def pages(site: Path) -> set[str]:
    return {path.relative_to(site).as_posix() for path in site.rglob("*.html")}


def test_both_engines_make_the_same_pages(sites: dict[str, Path]) -> None:
    assert pages(sites["mkdocs"]) == pages(sites["zensical"])
    assert "chapters/attention-head/index.html" in pages(sites["mkdocs"])


def test_the_articles_are_the_same(sites: dict[str, Path]) -> None:
    for page in sorted(pages(sites["mkdocs"])):
        one, other = (article(sites[name] / page) for name in engine.ENGINES)
        assert one, page
        difference = list(difflib.unified_diff(one, other, *engine.ENGINES, n=1, lineterm=""))
        assert not difference, f"{page}\n" + "\n".join(difference[:40])


def test_both_load_the_viewer_as_a_module_and_ship_the_same_assets(sites: dict[str, Path]) -> None:
    own = ("assets/mm/figures", "assets/fonts", "stylesheets")
    shipped = []
    for site in sites.values():
        page = (site / "index.html").read_text(encoding="utf-8")
        (script,) = [tag for tag in page.split("<script")[1:] if "assets/mm/mm.js" in tag]
        assert 'type="module"' in script.split(">")[0]
        shipped.append(
            {
                path.relative_to(site).as_posix(): path.read_bytes()
                for folder in own
                for path in (site / folder).rglob("*")
                if path.is_file()
            }
        )
    assert shipped[0] == shipped[1]
    assert len(shipped[0]) > 20
