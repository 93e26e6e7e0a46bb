"""Figures become links of the original, come back as they were, or are refused with the reason."""

from __future__ import annotations

import argparse
import io
import json
import math
import sys
from typing import TYPE_CHECKING, Any

import numpy as np
import original_states
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from original_states import parameters

import mmbook as mm
from mmbook import cli, link_command
from mmbook.errors import LinkError
from mmbook.expr import Expr, Leaf, Product, product_name
from mmbook.init import Init
from mmbook.link import decode
from mmbook.original import export, import_link
from mmbook.schema import GROUPS, definition

if TYPE_CHECKING:
    from pathlib import Path

    from hypothesis.strategies import DrawFn

EXPRESSIONS = ["i - j", "-2 * (trunc(i / 8) % 2) + 1", "1 if i == j else 0.5", "e ** -i * sin(j)"]
RANGED = ["rows", "cols", "row major", "col major", "uniform", "gaussian"]
MASKS = ["tril mask", "triu mask", "eye", "diff"]
ADDRESS = "https://host/values.csv"


def numbers(low: float, high: float) -> st.SearchStrategy[float]:
    return st.floats(low, high, allow_nan=False) | st.integers(math.ceil(low), math.floor(high))


def option(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Draw a value other than the default: an importer leaves defaults out."""
    if "enum" in schema:
        values: st.SearchStrategy[Any] = st.sampled_from(schema["enum"])
    elif schema["type"] == "boolean":
        values = st.booleans()
    elif schema["type"] == "integer":
        values = st.integers(schema["minimum"], schema.get("maximum", 20))
    else:
        values = numbers(schema["minimum"], schema["maximum"])
    return values.filter(lambda value: value != schema["default"])


def options(name: str, *without: str) -> st.SearchStrategy[dict[str, Any]]:
    members = definition(name)["properties"].items()
    return st.fixed_dictionaries(
        {}, optional={key: option(schema) for key, schema in members if key not in without}
    )


def placements() -> st.SearchStrategy[dict[str, Any]]:
    sides = definition("placement")["properties"].items()
    return st.fixed_dictionaries({side: st.sampled_from(schema["enum"]) for side, schema in sides})


@st.composite
def leaves(draw: DrawFn, shape: tuple[int, int]) -> Init:
    kind = draw(st.sampled_from([*RANGED, *MASKS, "pt linear", "expr", "data"]))
    given: dict[str, Any] = {}
    if kind in RANGED:
        given["min"], given["max"] = sorted([draw(numbers(-3, 3)), draw(numbers(-3, 3))])
    if kind in (*RANGED, "pt linear"):
        given["dropout"] = draw(st.sampled_from([0, 0.25, 1]))
    if kind == "expr":
        given["expr"] = draw(st.sampled_from(EXPRESSIONS))
    return Init(kind, shape, **given)


@st.composite
def trees(draw: DrawFn) -> tuple[Product, dict[str, tuple[int, int]]]:
    """Draw products whose operands fit, some named, with the shapes of leaves that may recur."""
    sides = st.integers(1, 4)
    shapes: dict[str, tuple[int, int]] = {}
    names = iter(range(1000))

    def matrix(rows: int, cols: int, level: int) -> Expr:
        if level and draw(st.booleans()):
            return product(rows, cols, level - 1)
        same = [name for name, shape in shapes.items() if shape == (rows, cols)]
        if same and draw(st.booleans()):
            return Leaf(draw(st.sampled_from(same)))
        name = f"{draw(st.sampled_from(['A', 'wQ', 'x.T', 'µ 1']))}{next(names)}"
        shapes[name] = (rows, cols)
        return Leaf(name)

    def product(rows: int, cols: int, level: int) -> Product:
        inner = draw(sides)
        left, right = matrix(rows, inner, level), matrix(inner, cols, level)
        if draw(st.booleans()):
            return Product(f"P{next(names)}", left, right, named=True)
        return Product(product_name(left, right), left, right)

    return product(draw(sides), draw(sides), 3), shapes


@st.composite
def figures(draw: DrawFn) -> mm.Figure:
    """Draw a figure made of what the original has, without anything at its default."""
    tree, shapes = draw(trees())
    groups = {name: draw(options(name, "tokens", "step", "playing", "loop")) for name in GROUPS}
    if "alg" in groups["animation"]:
        groups["animation"]["playing"] = True
    results = {}
    for node in tree.walk():
        if isinstance(node, Product):
            root = node == tree
            parts = ["blocks", "layout", "look", "marks"]
            result = draw(options("result", *parts, *(["alg"] if root else [])))
            blocks = draw(options("blocks", *([] if root else ["i", "j"])))
            result |= {"blocks": blocks} if blocks else {}
            if groups["layout"].get("scheme") == "custom" and not root:
                result |= {"layout": draw(placements())}
            results[node.name] = result
    points = st.lists(numbers(-1e4, 1e4), min_size=3, max_size=3)
    camera = draw(st.none() | st.fixed_dictionaries({"position": points, "target": points}))
    if camera and camera["position"] == camera["target"]:
        camera = None
    return mm.Figure(
        tree.text(),
        leaves={name: draw(leaves(shape)) for name, shape in shapes.items()},
        results={name: result for name, result in results.items() if result},
        camera=camera or {},
        **groups,
    )


@settings(deadline=None, max_examples=100)
@given(figures())
def test_what_is_exported_comes_back(figure: mm.Figure) -> None:
    downloads = {name: ADDRESS for name, leaf in figure.leaves.items() if leaf.kind == "data"}
    exported = export(figure, downloads=downloads)
    assert exported.left_out == ()
    assert exported.query.isascii()
    imported = import_link(f"https://host/mm/?{exported.query}&utm_source=x")
    assert imported.figure == figure
    assert imported.downloads == downloads
    drawn = [n for n in imported.notices if "drawn once" not in n and "not fetched" not in n]
    assert drawn == []


def test_own_looks_and_marks_come_back() -> None:
    own = {"look": {"sensitivity": "local", "zero_hue": 0.5}, "marks": {"shape": False}}
    results = {"P": own, "Q": {"marks": {"legends": 2, "flow_guides": 0}, "epilog": "relu"}}
    made = mm.figure("(P = (Q = A @ B) @ C) @ D", **{n: mm.eye(2) for n in "ABCD"}, results=results)
    assert import_link(export(made).query).figure == made
    whole = made.with_(results={made.tree.name: {"look": {"min_size": 0.9}}})
    found = parameters(export(whole).query)
    assert found["viz"]["min size"] == 0.9
    assert found["left"]["viz"] == {"sensitivity": "local", "zero hue": 0.5}
    assert "viz" not in found["left"]["left"]
    assert found["left"]["left"]["deco"] == {"legends": 2, "flow guides": 0}


@pytest.mark.parametrize("given", [{"look": {"elem_scale": 1}}, {"marks": {"tokens": False}}])
def test_what_one_product_cannot_have_there_is_left_out_on_request(given: dict[str, Any]) -> None:
    made = mm.figure("(P = A @ B) @ C", **{n: mm.eye(2) for n in "ABC"}, results={"P": given})
    (option,) = next(iter(given.values()))
    assert export(made, leave_out=True).left_out == (f"{option} of P alone",)
    with pytest.raises(LinkError, match=f"{option} of P alone"):
        export(made)


def test_sides_that_are_not_given_are_written_as_blocks_has_them() -> None:
    results = {"P": {"layout": {"right": "top"}}}
    leaves = {n: mm.eye(2) for n in "ABC"}
    made = mm.figure("(P = A @ B) @ C", **leaves, results=results, scheme="custom")
    sides = parameters(export(made).query)["left"]["layout"]
    # Of -LTF blocks makes +LBB.
    assert list(sides.values()) == ["positive", "left", "top", "back"]


def test_names_come_back() -> None:
    expr = "`a b` = (Q = `A.T` @ B) @ (`x-1` @ `名 前`)"
    names = ["A.T", "B", "x-1", "名 前"]
    figure = mm.figure(expr, leaves={name: mm.eye(2) for name in names})
    assert import_link(export(figure).query).figure == figure


def test_nested_products_are_placed_as_published_links_place_them() -> None:
    """The rule for all schemes is the layout's; the published links state that of blocks."""
    for state in original_states.states():
        given = parameters(state["query"])
        imported = import_link(state["query"])
        found = parameters(export(imported.figure, downloads=imported.downloads).query)
        waiting = [(given, found)]
        while waiting:
            before, after = waiting.pop()
            sides = {name: before["layout"][name] for name in after["layout"]}
            assert sides == after["layout"]
            for side in ("left", "right"):
                if after[side]["matmul"]:
                    waiting.append((before[side], after[side]))


@pytest.mark.parametrize(
    ("scheme", "left", "right"),
    [
        # Rows of the table of schemes in the description of the original: -LTF and -LTB.
        (("blocks", "front"), "+LBB", "+RTB"),
        (("zigzag", "front"), "+LTB", "+LTB"),
        (("wheel", "front"), "-LTF", "-LTF"),
        (("blocks", "back"), "+RBB", "+RBB"),
        (("zigzag", "back"), "+RTB", "+LBB"),
    ],
)
def test_schemes(scheme: tuple[str, str], left: str, right: str) -> None:
    leaves = {name: mm.eye(2) for name in "ABCD"}
    layout = {"scheme": scheme[0], "result": scheme[1]}
    figure = mm.figure("A @ B @ (C @ D)", layout=layout, **leaves)
    tree = parameters(export(figure).query)
    for side, code in (("left", left), ("right", right)):
        sides = tree[side]["layout"]
        sign = {"negative": "-", "positive": "+"}[sides["polarity"]]
        letters = [sides[f"{name} placement"][0].upper() for name in ("left", "right", "result")]
        assert "".join([sign, *letters]) == code


def figure(**keywords: Any) -> mm.Figure:
    return mm.figure("C = A @ B", **{"A": mm.eye(2), "B": mm.eye(2), **keywords})


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (figure(A=[[1, 2], [3, 4]]), "the values of A, which lie at no address"),
        (figure(A=mm.elementwise("round(i)", 2, 2)), r"round\(i\) \(JavaScript"),
        (mm.figure("`<b>` @ B", leaves={"<b>": mm.eye(2), "B": mm.eye(2)}), "take for HTML"),
        (mm.figure("A", A=mm.eye(2)), "nothing but products"),
    ],
)
def test_what_the_original_cannot_say_is_refused(made: mm.Figure, words: str) -> None:
    for leave_out in (False, True):
        with pytest.raises(LinkError, match=words):
            export(made, leave_out=leave_out)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"title": "T"}, "title"),
        ({"alt": "T"}, "alt"),
        ({"labels": {"A": {"rows": ["x", "y"]}}}, "labels"),
        ({"tokens": False}, "marks.tokens"),
        ({"step": 3}, "animation.step"),
        ({"alg": "axpy"}, "an animation that waits"),
        ({"playing": True}, "playing without an algorithm"),
        ({"A": mm.uniform(2, 2, seed=3)}, "the seed of A"),
        ({"A": mm.rows(2, 2, dropout=0.5, seed=3)}, "the seed of A"),
    ],
)
def test_what_can_be_left_out_is_only_left_out_on_request(
    options: dict[str, Any], words: str
) -> None:
    made = figure(**options)
    with pytest.raises(LinkError, match=f"{words}.*leave_out"):
        export(made)
    exported = export(made, leave_out=True)
    assert exported.left_out == (words,)
    assert import_link(exported.query).figure.shapes == made.shapes


def test_all_that_is_missing_is_listed_at_once() -> None:
    with pytest.raises(LinkError, match=r"values of A.*values of B.*title"):
        export(figure(A=[[1, 2], [3, 4]], B=[[1, 2], [3, 4]], title="T"))


def test_a_shared_matrix_is_written_wherever_it_stands() -> None:
    tree = parameters(export(mm.figure("A @ A", A=mm.eye(3))).query)
    assert tree["left"] == tree["right"]
    assert isinstance(import_link(json.dumps(tree)).figure.tree.right, Leaf)  # type: ignore[union-attr]


def command(*words: str) -> int:
    parser = argparse.ArgumentParser()
    link_command.register(parser.add_subparsers())
    arguments = parser.parse_args(["link", *words])
    return int(arguments.run(arguments))


def test_the_commands_undo_each_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    query = {state["state"]: state["query"] for state in original_states.states()}["16"]
    assert command("import", f"https://host/mm/?{query}") == 0
    printed = capsys.readouterr()
    assert "input: https://" in printed.err
    assert "not fetched" in printed.err
    figure = import_link(query).figure
    assert mm.Figure.from_json(printed.out) == figure
    (tmp_path / "f.json").write_text(printed.out, encoding="utf-8")
    downloads = import_link(query).downloads.items()
    data = [word for name, address in downloads for word in ("--data", f"{name}={address}")]
    assert command("export", str(tmp_path / "f.json"), *data) == 0
    query = capsys.readouterr().out
    for name in ("--fragment=playground", ""):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(query.encode())))
        assert command("import", "-", *filter(None, [name])) == 0
        out = capsys.readouterr().out
        found = decode(out)["figures"]["playground"] if name else json.loads(out)
        assert mm.Figure.from_json(found) == figure


def test_the_command_reads_values_beside_a_figure_and_says_what_it_leaves_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = figure(A=np.ones((2, 2)), title="T")
    made.save(tmp_path / "f.json")
    path = str(tmp_path / "f.json")
    assert command("export", path, "--data", f"A={ADDRESS}", "--leave-out") == 0
    printed = capsys.readouterr()
    assert printed.err == "left out: title\n"
    assert import_link(printed.out).downloads == {"A": ADDRESS}


def test_the_commands_fail_with_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["link", "import", "https://host/"]) == 2
    assert cli.main(["link", "export", "missing.json"]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2
    assert "no link of the original tool" in lines[0]
    assert "missing.json" in lines[1]
