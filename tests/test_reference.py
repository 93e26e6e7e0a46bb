"""The reference documents what there is: every option with a live figure, every public name."""

from __future__ import annotations

import inspect
import json
import re
from functools import cache
from pathlib import Path

import pytest
from conftest import ROOT
from markdown.extensions.toc import slugify

import mmbook
from mmbook import schema
from mmbook.formulas import FORMULAS
from mmbook.markdown import options, python_api
from mmbook.markdown.docstring import markdown
from mmbook.markdown.fence import scan
from mmbook.markdown.page import Bad, CellSpec, Item, read_page
from mmbook.markdown.reference import ReferenceSpec
from mmbook.markdown.signature import signature
from mmbook.markdown.spec import FigureSpec
from mmbook.site import vendor
from mmbook.site.project import Project

PAGES = sorted((ROOT / "docs" / "reference").glob("*.md"))
# No control sets these: a figure on the page uses them.
SHOWN = {"leaf.shape", "leaf.init", "leaf.expr", "leaf.data"}


@cache
def items(page: str) -> list[Item]:
    return read_page((ROOT / "docs" / "reference" / f"{page}.md").read_text("utf-8"))


def figures(page: str) -> list[FigureSpec]:
    return [item for item in items(page) if isinstance(item, FigureSpec)]


def written(page: str) -> str:
    """Return what the build writes into a page."""
    parts = [item.lines for item in items(page) if isinstance(item, ReferenceSpec)]
    return "\n".join(line for lines in parts for line in lines)


def controlled() -> set[str]:
    """Return every option that a control of the reference sets, as ``group.key`` of the schema."""
    found = set()
    for page in PAGES:
        for figure in figures(page.stem):
            for control in figure.controls:
                group, *inner, key = control.path.split(".")
                if group in ("leaves", "results"):
                    group = {"blocks": "blocks", "layout": "placement"}.get(
                        inner[-1], {"leaves": "leaf", "results": "result"}[group]
                    )
                found.add(f"{group}.{key}")
    return found


def expected() -> list[str]:
    groups = (*schema.GROUPS, "leaf", "result", "blocks", "placement")
    return [
        f"{group}.{key}"
        for group in groups
        for key, option in schema.definition(group)["properties"].items()
        if "$ref" not in option and f"{group}.{key}" not in SHOWN
    ]


@pytest.mark.parametrize("page", [page.stem for page in PAGES])
def test_no_fence_of_the_reference_is_bad(page: str) -> None:
    assert [str(item.why) for item in items(page) if isinstance(item, Bad)] == []


@pytest.mark.parametrize("option", expected())
def test_every_option_has_a_figure_with_its_control(option: str) -> None:
    assert option in controlled()


@pytest.mark.parametrize("page", sorted((ROOT / "docs").rglob("*.md")), ids=lambda page: page.stem)
def test_no_figure_has_the_name_of_a_heading(page: Path) -> None:
    text = page.read_text("utf-8")
    lines = text.splitlines()
    for fence in scan(lines):
        lines[fence.line - 1 : fence.end] = [""] * (fence.end - fence.line + 1)
    headings = re.findall(r"^#+ +(.+?)(?: *\{ *#(\S+) *\})?$", "\n".join(lines), flags=re.MULTILINE)
    anchors = {given or slugify(title.replace("`", ""), "-") for title, given in headings}
    named = {item.id for item in read_page(text) if isinstance(item, FigureSpec | CellSpec)}
    assert not named & anchors


def test_every_initializer_has_a_figure() -> None:
    shown = {
        leaf.kind for figure in figures("initializers") for leaf in figure.figure.leaves.values()
    }
    assert shown == set(schema.definition("leaf")["properties"]["init"]["enum"])
    assert shown >= FORMULAS.keys()


def test_every_function_of_a_result_has_a_figure() -> None:
    shown = {
        options.get("epilog")
        for figure in figures("epilogs")
        for options in figure.figure.results.values()
    }
    assert shown == set(schema.definition("result")["properties"]["epilog"]["enum"])


def test_every_algorithm_has_a_figure_that_stands_in_the_middle_of_it() -> None:
    shown = {
        figure.figure.animation["alg"]
        for figure in figures("animation")
        if figure.figure.animation.get("step")
    }
    assert shown >= set(schema.definition("animation")["properties"]["alg"]["enum"]) - {"none"}


def test_highlights_have_a_figure() -> None:
    assert any(figure.figure.highlights for figure in figures("marks"))


def test_every_placement_has_a_button_that_sets_it() -> None:
    text = (ROOT / "docs/reference/geometry.md").read_text("utf-8")
    buttons = re.findall(r'<mm-setting figure="placement" set="([^"]+)"><code>(....)</code>', text)
    sides = schema.definition("placement")["properties"]
    letters = {"negative": "-", "positive": "+"}
    codes = set()
    for wishes, code in buttons:
        chosen = dict(wish.split("=") for wish in wishes.split(", "))
        assert list(chosen) == list(sides)
        assert all(chosen[side] in sides[side]["enum"] for side in sides)
        assert code == "".join(letters.get(value, value[0].upper()) for value in chosen.values())
        codes.add(code)
    assert len(codes) == len(buttons) == 16


@pytest.mark.parametrize("group", [*schema.GROUPS, "leaf", "result", "blocks"])
def test_every_option_stands_in_a_table_with_its_default_and_meaning(group: str) -> None:
    rows = {}
    for line in "\n".join(written(page.stem) for page in PAGES).splitlines():
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        if len(cells) == 4:
            rows.setdefault(cells[0].strip(" `"), []).append(cells[1:])
    for name, option in schema.definition(group)["properties"].items():
        if "$ref" in option:
            continue
        found = [row for row in rows[name] if row[2].rstrip(" |") == option["description"]]
        assert found, name
        values, default, _ = found[0]
        if option.get("default", "") != "":
            assert default == f"`{options.written(option['default'])}`"
        for choice in option.get("enum", ()):
            assert f"`{choice}`" in values
        for bound in ("minimum", "maximum"):
            if bound in option:
                assert str(option[bound]) in values.split()


@pytest.mark.parametrize("name", schema.NAMES)
def test_every_key_of_the_schemas_is_on_the_page(name: str) -> None:
    text = written("schema")
    parts = {name: schema.load(name), **schema.load(name)["$defs"]}
    for anchor, part in parts.items():
        assert f"{{ #{anchor} }}" in text
        for key in part.get("properties", {}):
            assert f"\n| `{key}` |" in text
    link = f"../assets/mm/schema/{name}.schema.json"
    assert f"({link})" in (ROOT / "docs/reference/schema.md").read_text("utf-8")


@pytest.mark.parametrize("module", python_api.MODULES)
def test_every_public_name_has_a_heading_and_words(module: str) -> None:
    text = written("python")
    found = __import__(module, fromlist=["__all__"])
    for name in found.__all__:
        value = getattr(found, name)
        if inspect.ismodule(value):
            assert f"{{ #{value.__name__} }}" in text
            continue
        after = text.split(f"{{ #{module}.{name} }}")[1]
        if callable(value):
            assert (value.__doc__ or "").strip().split("\n")[0].replace("``", "`") in after


def test_a_signature_stands_as_it_is_written() -> None:
    assert signature("eye", mmbook.eye) == ("eye(rows: int, cols: int | None = None) -> Init")
    assert signature("result", mmbook.result).split("\n") == [
        "result(",
        "    epilog: str | None = None,",
        "    *,",
        "    alg: str | None = None,",
        "    blocks: tuple[int, int, int] | Mapping[str, int] | None = None,",
        "    layout: Mapping[str, str] | None = None,",
        "    look: Mapping[str, Any] | None = None,",
        "    marks: Mapping[str, Any] | None = None,",
        ") -> dict[str, Any]",
    ]
    compile(signature("figure", mmbook.figure).join(("def ", ": ...")), "", "exec")


def test_docstrings_become_markdown() -> None:
    lines = markdown(
        """Return ``x`` as :func:`mmbook.parse` does.

        Like this::

            parse("A")

        Parameters
        ----------
        a, b
            Two things,
            in a row.

        Raises
        ------
        LeafError, OptionError
        """
    )
    assert [line for line in lines if line] == [
        "Return `x` as `mmbook.parse` does.",
        "Like this:",
        "```python",
        'parse("A")',
        "```",
        "**Parameters**",
        "- `a`, `b`: Two things, in a row.",
        "**Raises**",
        "- `LeafError`, `OptionError`",
    ]


@pytest.mark.parametrize(
    ("info", "said"),
    [
        ("", 'options="…"'),
        ('options="layout" schema="figure"', "one part"),
        ('options="layuot"', "Did you mean layout?"),
        ('python="numpy"', "mmbook.gpt2"),
        ('schema="leaf"', "figure, scene"),
    ],
)
def test_a_wrong_part_is_refused_with_what_was_possible(info: str, said: str) -> None:
    (item,) = read_page(f"```mm-reference {info}\n```")
    assert isinstance(item, Bad)
    assert said in item.why.summary


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ("gpa", "Did you mean gap?"),
        ("C.epilogue", "C.epilog"),
        ("L.expr", "L.dropout"),
        ("M.min", "L.…"),
    ],
)
def test_a_control_of_nothing_is_refused_with_what_was_possible(wanted: str, said: str) -> None:
    text = f'```mm settings="gap, {wanted}"\nC = L @ L\nL: eye(3)\n```'
    (item,) = read_page(text)
    assert isinstance(item, Bad)
    assert said in item.why.summary


def test_controls_say_where_their_option_stands() -> None:
    wanted = "gap, L @ R.blocks.k, L @ R.layout.left, R.seed"
    (item,) = read_page(f'```mm settings="{wanted}"\nL @ R\nL: eye(3)\nR: eye(3)\n```')
    assert isinstance(item, FigureSpec)
    assert [control.path for control in item.controls] == [
        "layout.gap",
        "results.L @ R.blocks.k",
        "results.L @ R.layout.left",
        "leaves.R.seed",
    ]
    assert item.controls[0].values == "numbers from 1 to 64; default 4"


def test_published_schemas_are_the_ones_that_count(tmp_path: Path) -> None:
    project = Project(tmp_path / "mkdocs.yml", tmp_path / "docs", tmp_path / "site")
    assert vendor.schemas(project) == len(schema.NAMES)
    for name in schema.NAMES:
        published = project.assets / "schema" / f"{name}.schema.json"
        assert json.loads(published.read_text("utf-8")) == schema.load(name)
