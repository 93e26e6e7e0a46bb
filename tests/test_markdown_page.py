"""What the fences of a page mean, and the message for everything that can be wrong in them."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import numpy as np
import pytest
from conftest import ROOT

from mmbook.figure import Figure
from mmbook.markdown.page import Bad, CellSpec, Item, read_page
from mmbook.markdown.spec import FigureSpec


def read(text: str) -> list[Item]:
    return read_page(dedent(text).strip("\n"))


def mm(body: str, info: str = "") -> str:
    return f"```mm {info}\n{body}\n```\n"


def figure(body: str, info: str = "") -> Figure:
    (item,) = read_page(mm(body, info))
    assert isinstance(item, FigureSpec), str(item.why)
    return item.figure


def message(text: str) -> str:
    bad = [item for item in read_page(text) if isinstance(item, Bad)]
    assert len(bad) == 1
    return bad[0].error("page.md", bad[0].fence.line).summary


def test_leaves_products_and_options_reach_the_figure() -> None:
    made = figure(
        "S = Q @ K_t\nQ: gaussian(3, 4, seed=1)\nK_t: [[1, 2], [3, 4], [5, 6], [7, 8]]\n"
        "S: softmax(x/sqrt(k)); alg=vmprod; blocks=3,2,1",
        'gap="10" sensitivity="local" axes="true" speed="2.5" spotlight="3" title="T" '
        'camera="1,2,3 0,0,-0.5"',
    )
    values = made.evaluate()
    K_t = np.arange(1.0, 9).reshape(4, 2)
    scores = values["Q"].astype(float) @ K_t / 2
    weights = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    np.testing.assert_allclose(values["S"], weights, atol=1e-6)
    assert made.to_dict()["results"]["S"] == {
        "epilog": "softmax(x/sqrt(k))",
        "alg": "vmprod",
        "blocks": {"i": 3, "j": 2, "k": 1},
    }
    assert made.layout == {"gap": 10}
    assert made.look == {"sensitivity": "local"}
    assert made.marks == {"axes": True, "spotlight": 3}
    assert made.animation == {"speed": 2.5}
    assert made.title == "T"
    assert made.to_dict()["camera"] == {"position": [1, 2, 3], "target": [0, 0, -0.5]}


def test_use_supplies_what_the_expression_names_with_its_labels() -> None:
    made = figure("Q = x @ wQ\nuse: gpt2(5, 4)")
    assert set(made.leaves) == {"x", "wQ"}
    assert len(made.labels["x"]["rows"]) == made.shapes["x"][0] == 9


def test_a_setting_wins_over_use() -> None:
    made = figure("Q = x @ wQ\nuse: gpt2(5, 4)\nwQ: eye(769, 2)")
    assert made.shapes["Q"] == (9, 2)


def test_an_expression_may_run_over_lines_and_name_anything() -> None:
    made = figure("(P = `x'`\n  @ B)\n  @ C\n# a comment\n`x'`: eye(2)\nB: eye(2)\nC: eye(2)")
    assert set(made.leaves) == {"x'", "B", "C"}


def test_joined_matrices_may_stand_in_a_fence() -> None:
    body = "y = [x | u = x @ A]\n  @ (M = [W ; B])\nx: eye(2)\nA: eye(2, 1)\nW: eye(2)\nB: [[3, 4]]"
    assert figure(f"{body}\ny: relu").evaluate()["y"].tolist() == [[4, 4], [0, 1]]
    assert "M is joined from its parts" in message(mm(f"{body}\nM: relu"))
    assert "page.md:3:6: | and ; stand" in message(mm("[A\n | B ; C] @ D"))


def test_figures_and_cells_without_an_id_are_numbered_by_kind() -> None:
    items = read(f"""
{mm("A @ A" + chr(10) + "A: eye(2)")}
```mm-cell
1
```
{mm("A @ A" + chr(10) + "A: eye(2)")}
```mm-cell figure="figure-1" session="other" readonly hidden height="200"
2
```
""")
    assert [item.id for item in items if not isinstance(item, Bad)] == [
        "figure-1",
        "cell-1",
        "figure-2",
        "cell-2",
    ]
    first, second = (item for item in items if isinstance(item, CellSpec))
    assert (first.figure, first.session, first.readonly, first.hidden) == (
        "figure-1",
        "",
        False,
        False,
    )
    assert (second.figure, second.session, second.readonly, second.hidden, second.height) == (
        "figure-1",
        "other",
        True,
        True,
        200,
    )


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (mm("A @ B\nA: eye(2)\nB: eye(3)"), ["page.md:2:3", "A", "B", "2", "3"]),
        (mm("A @"), ["page.md:2:"]),
        (mm(""), ["page.md:2", "empty"]),
        (mm("A @ B\nA: eye(2)"), ["page.md", "B"]),
        (mm("A @\n  (B C)"), ["page.md:3:6"]),
        (mm("A @ A\nA: eye(2)\nC: eye(2)"), ["page.md:4", "C", "Possible: A"]),
        (mm("A @ A\nA: eye(2)\nA: eye(3)"), ["twice", "A"]),
        (mm("A @ A\nA: eyes(2)"), ["page.md:3", "eyes", "eye(…)"]),
        (mm("A @ A\nA: eye(two)"), ["page.md:3", "literal"]),
        (mm("A @ A\nA: eye(__import__('os').getpid())"), ["page.md:3", "literal"]),
        (mm("A @ A\nA: gaussian(2, 2, sedd=3)"), ["page.md:3", "sedd"]),
        (mm("A @ A\nA: [[1, 2], [3]]"), ["page.md:3"]),
        (mm("A @ A\nA: [[1, x]]"), ["page.md:3", "nested lists"]),
        (mm('A @ A\nA: pack("none", "A")'), ["page.md:3", "none"]),
        (mm("A @ A\nuse: gpt2(5, 4)"), ["page.md:3", "none of", "wQ"]),
        (mm("A @ A\nuse: gpt2(99, 4)"), ["page.md:3", "99"]),
        (mm("A @ A\nuse: something"), ["page.md:3"]),
        (mm("A @ A\nA: elementwise('os', 2, 2)"), ["page.md:3"]),
        (mm("A @ A\nA: eye(2)\n`A @ A`: softmaks"), ["page.md:4", "softmaks", "softmax"]),
        (mm("A @ A\nA: eye(2)\n`A @ A`: relu; blocks=1,2"), ["page.md:4", "blocks"]),
        (mm("A @ A\nA: eye(2)\n`A @ A`: relu; speed=3"), ["page.md:4", "speed=3", "alg="]),
        (mm("A @ A\nA: eye(2)", 'gapp="3"'), ["page.md:1", "gapp", "Did you mean gap?"]),
        (mm("A @ A\nA: eye(2)", 'gap="wide"'), ["page.md:1", "wide", "number"]),
        (mm("A @ A\nA: eye(2)", 'gap="1000"'), ["page.md:1", "1000", "64"]),
        (mm("A @ A\nA: eye(2)", 'sensitivity="loud"'), ["page.md:1", "loud", "superlocal"]),
        (mm("A @ A\nA: eye(2)", 'axes="maybe"'), ["page.md:1", "maybe"]),
        (mm("A @ A\nA: eye(2)", 'camera="1,2,3"'), ["page.md:1", "camera"]),
        (mm("A @ A\nA: eye(2)", 'height="tall"'), ["page.md:1", "tall"]),
        (mm("A @ A\nA: eye(2)", 'id="a b"'), ["page.md:1", "a b"]),
        (mm("A @ A\nA: eye(2)", 'gap="3" gap="4"'), ["page.md:1", "twice", "gap"]),
        (mm("A @ A\nA: eye(2)", 'gap="3'), ["page.md:1", 'gap="3']),
        (mm("A @ A\nA: eye(2)", 'id="x"') + mm("A @ A\nA: eye(2)", 'id="x"'), ["page.md:5", "x"]),
        (mm("A @ A\nA: eye(100000)"), ["page.md", "100"]),
        ("```mm-cell autorun\n1\n```", ["page.md:1", "autorun", "readonly"]),
        ("```mm-cell\na = 1\nb = = 2\n```", ["page.md:3", "b = = 2"]),
        ('```mm-cell figure="no"\n1\n```', ["page.md:1", "no"]),
        ("text\n\n```mm\nA @ B\n", ["page.md:3", "never closed"]),
    ],
)
def test_what_is_wrong_is_one_message_with_its_place(text: str, parts: list[str]) -> None:
    said = message(text)
    assert "\n" not in said
    for part in parts:
        assert part in said


def test_one_bad_fence_leaves_the_others_as_they_are() -> None:
    items = read_page(mm("A @") + mm("A @ A\nA: eye(2)"))
    assert [type(item) for item in items] == [Bad, FigureSpec]


def test_the_book_itself_has_no_bad_fence() -> None:
    for path in sorted(Path(ROOT, "docs").rglob("*.md")):
        for item in read_page(path.read_text(encoding="utf-8")):
            assert not isinstance(item, Bad), item.error(path.name, item.fence.line).summary
