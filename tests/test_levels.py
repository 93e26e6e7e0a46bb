"""Matrices drawn by level: what is read, what is refused, and that values must stand on levels."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import mmbook as mm
from mmbook.code import python, variables
from mmbook.errors import MmError, OptionError
from mmbook.lora import nf4_codebook, quantize
from mmbook.markdown.page import Bad, read_page
from mmbook.markdown.spec import FigureSpec

GAUSS = np.random.default_rng(0).normal(size=(8, 128))
QUANTIZED = quantize(GAUSS).dequantize()


def slab(levels: Any, values: Any = QUANTIZED) -> mm.Figure:
    return mm.figure("y = x @ W", x=mm.gaussian(4, 8), W=values, levels={"W": levels})


def test_a_codebook_by_name_is_the_levels_themselves() -> None:
    made = slab({"values": "nf4", "block": 64})
    record = made.to_dict()["levels"]["W"]
    assert record["block"] == 64
    assert np.allclose(record["values"], nf4_codebook(), atol=0)
    assert made == slab({"values": nf4_codebook(), "block": 64})
    assert mm.Figure.from_json(made.to_json(), made.arrays) == made


def test_quantized_values_stand_on_levels_in_float16_too() -> None:
    slab({"values": "nf4", "block": 64}).scene()
    slab({"values": "nf4", "block": 64}, QUANTIZED.astype(np.float16)).scene()
    zeros = QUANTIZED.copy()
    zeros[0, :64] = 0
    assert slab({"values": "nf4", "block": 64}, zeros).scene().description


def test_values_between_levels_are_refused_rather_than_painted_as_the_nearest() -> None:
    with pytest.raises(OptionError, match="stand on no level"):
        slab({"values": "nf4", "block": 64}, GAUSS).scene()
    with pytest.raises(OptionError, match="stand on no level"):
        slab({"values": "nf4", "block": 32}, QUANTIZED).scene()


def test_no_value_has_no_level() -> None:
    values = QUANTIZED.copy()
    values[0, 1] = np.nan
    slab({"values": "nf4", "block": 64}, values).scene()


@pytest.mark.parametrize(
    ("levels", "says"),
    [
        ({"values": "nf4", "block": 48}, "do not lie evenly"),
        ({"values": "nf4", "block": 384}, "do not lie evenly"),
        ("fp8", "no codebook"),
        ([1.0], "2 to 16"),
        ([0.5, -1.0], "ascending"),
        ([-0.5, 0.5], "the scale itself"),
        (3, "no levels"),
        ({"values": "nf4", "blok": 64}, "no such option"),
    ],
)
def test_what_is_wrong_is_said(levels: Any, says: str) -> None:
    with pytest.raises(OptionError) as caught:
        slab(levels)
    assert says in str(caught.value)


def test_only_given_matrices_have_levels() -> None:
    with pytest.raises(MmError, match="y does not occur"):
        mm.figure("y = x @ W", x=mm.eye(2), W=mm.eye(2), levels={"y": [-1, 1]})


def test_words_and_python_have_them() -> None:
    made = slab({"values": "nf4", "block": 64})
    assert "W is drawn in one colour for each of its 16 levels" in made.scene().description
    names = variables(made.arrays)
    values = {names[name]: array for name, array in made.arrays.items()}
    assert eval(python(made), {"mm": mm, **values}) == made


def test_a_fence_names_codebook_and_block() -> None:
    fence = "```mm\nx @ W\nx: eye(2)\nW: [[1, -1], [0, 1]]\nlevels: W = nf4, 2\n```\n"
    (item,) = read_page(fence)
    assert isinstance(item, FigureSpec)
    assert item.figure.to_dict()["levels"]["W"]["block"] == 2
    item.figure.scene()
    (bad,) = read_page(fence.replace("nf4, 2", "nf5, 2"))
    assert isinstance(bad, Bad)
    assert bad.error("page.md", 1).line == 5
    (unknown,) = read_page(fence.replace("levels: W", "levels: Q"))
    assert isinstance(unknown, Bad)
