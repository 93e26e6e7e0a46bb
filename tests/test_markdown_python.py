"""Figures that the author's Python makes while the book is built."""

from __future__ import annotations

import numpy as np

from mmbook.markdown.page import Bad, read_page
from mmbook.markdown.spec import FigureSpec


def read(body: str, info: str = "") -> FigureSpec | Bad:
    (item,) = read_page(f"text\n\n```mm-python {info}\n{body}\n```\n")
    assert isinstance(item, FigureSpec | Bad)
    return item


def test_the_last_line_is_the_figure() -> None:
    item = read(
        'A = np.arange(6.0).reshape(2, 3)\nmm.figure("C = A @ B", A=A, B=A.T.copy(), gap=9)',
        'id="made" height="300" caption="c" title="t" alt="a"',
    )
    assert isinstance(item, FigureSpec)
    assert (item.id, item.height, item.caption) == ("made", 300, "c")
    assert (item.figure.title, item.figure.alt) == ("t", "a")
    assert item.figure.layout["gap"] == 9
    A = np.arange(6.0).reshape(2, 3)
    assert np.array_equal(item.figure.evaluate()["C"], A @ A.T)


def error(body: str, info: str = "") -> tuple[int, str]:
    item = read(body, info)
    assert isinstance(item, Bad)
    made = item.error("page.md", item.fence.line)
    return made.line, str(made)


def test_errors_name_the_line() -> None:
    line, message = error("A = 1\nB = 1 / 0\nmm.figure('A @ B')")
    assert line == 5
    assert "ZeroDivisionError" in message
    line, message = error("x = 1\nmm.figure('A @')")
    assert line == 5
    line, message = error("x = (")
    assert line == 4
    assert "SyntaxError" in message


def test_what_is_no_figure_is_refused() -> None:
    assert "neither figure nor chart" in error("1 + 1")[1]
    assert "no value" in error("x = 1")[1]
    assert "no value" in error("")[1]


def test_options_are_few() -> None:
    assert "gap" in error("mm.figure('A @ B')", 'gap="9"')[1]


def test_a_cell_finds_it() -> None:
    figure, cell = read_page(
        "```mm-python id=made\nmm.figure('A @ B', A=mm.eye(2, 2), B=mm.eye(2, 2))\n```\n\n"
        "```mm-cell figure=made\n1\n```\n"
    )
    assert isinstance(figure, FigureSpec)
    assert not isinstance(cell, Bad)
