"""The reference says what the language has: no more, no less."""

import re
from pathlib import Path

import pytest

import mmbook as mm
from mmbook import expr, formulas, shapes
from mmbook.elementwise import _POSSIBLE, MAX_LENGTH
from mmbook.epilog import EPILOGS

REFERENCE = Path(__file__).parent.parent / "docs" / "reference"
PAGE, INITIALIZERS, EPILOGS_PAGE = (
    (REFERENCE / f"{name}.md").read_text("utf-8")
    for name in ("language", "initializers", "epilogs")
)


def section(title: str, page: str = PAGE) -> str:
    """Return the part of a page under a heading."""
    return page.split(f"\n## {title}\n")[1].split("\n## ")[0]


def first_cells(text: str) -> list[str]:
    """Return the code in the first column of a table."""
    cells = [line.split(" | ")[0] for line in text.splitlines() if line.startswith("| `")]
    return [code for cell in cells for code in re.findall(r"`([^`]+)`", cell)]


def test_every_epilog_has_a_row() -> None:
    assert first_cells(section("Formulas", EPILOGS_PAGE)) == list(EPILOGS)


def test_every_initializer_has_a_row_and_exists() -> None:
    names = [call.split("(")[0] for call in first_cells(section("Formulas", INITIALIZERS))]
    kinds = {kind.replace(" ", "_") for kind in formulas.FORMULAS}
    assert set(names) == kinds | {"elementwise", "matrix", "missing"}
    for name in names:
        assert callable(getattr(mm, name))


def test_every_word_of_elementwise_expressions_is_on_the_page() -> None:
    words = set(
        re.findall(
            r"[a-z]\w*",
            " ".join(re.findall(r"`([^`]+)`", section("Elementwise expressions", INITIALIZERS))),
        )
    )
    named = set(re.findall(r"[a-z]\w*", _POSSIBLE)) - {"numbers", "comparisons"}
    assert named <= words


@pytest.mark.parametrize(
    "limit",
    [
        *(shapes.MAX_ELEMENTS, shapes.MAX_FIGURE_ELEMENTS, shapes.MAX_MULTIPLICATIONS),
        *(MAX_LENGTH, expr.MAX_DEPTH, expr.MAX_PRODUCTS, expr.MAX_PARTS),
    ],
)
def test_limits_are_those_of_the_code(limit: int) -> None:
    assert re.search(rf"\b{limit:,}\b".replace(",", " "), PAGE + INITIALIZERS)


def test_the_example_runs() -> None:
    code = PAGE.split("```python\n")[1].split("```")[0]
    *setup, call = code.split("\n\n")
    namespace: dict[str, object] = {}
    exec("\n".join(setup), namespace)
    figure = eval(call, namespace)
    assert isinstance(figure, mm.Figure)
    assert figure.evaluate()["attn"].sum(axis=1) == pytest.approx([1, 1])


def test_the_mistake_is_shown_as_it_is_reported() -> None:
    shown = section("Expressions").split("Mistakes are reported")[1].split("```text\n")[1]
    with pytest.raises(mm.MmError) as caught:
        mm.parse("A @ B = C")
    assert str(caught.value) == shown.split("\n```")[0]


def test_the_update_of_a_weight_is_the_product_the_page_says() -> None:
    shown = "[x | u = x @ A] @ [W ; B]"
    assert f"`{shown}`" in section("Joined matrices")
    x, A, W, B = mm.rows(3, 4), mm.cols(4, 2), mm.row_major(4, 5), mm.col_major(2, 5)
    values = mm.figure(f"y = {shown}", x=x, A=A, W=W, B=B).evaluate()
    expected = values["x"] @ (values["W"] + values["A"] @ values["B"])
    assert values["y"] == pytest.approx(expected, abs=1e-5)


def test_equal_names_of_the_page_are_errors() -> None:
    for text in ("A = A @ B", "(Q = A @ B) @ (Q = B @ A)"):
        assert f"`{text}`" in PAGE
        with pytest.raises(mm.MmError):
            mm.parse(text)
