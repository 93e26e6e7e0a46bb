"""The description says in words what is multiplied, how large it is, and what comes out."""

from typing import Any

import numpy as np
import pytest

import mmbook as mm
from mmbook.epilog import EPILOGS


def words(expr: str, **keywords: Any) -> str:
    return mm.figure(expr, **keywords).scene().description


def test_every_product_has_a_sentence_in_the_order_of_computation() -> None:
    text = words(
        "out = (Q = x @ wQ) @ K_t",
        x=mm.rows(3, 4, min=0, max=1),
        wQ=mm.eye(4, 2),
        K_t=mm.eye(2, 3),
    )
    assert text == (
        "2 matrix products. "
        "Q, 3 by 2, is x (3 by 4) times wQ (4 by 2); values from 0 to 1. "
        "out, 3 by 3, is Q times K_t (2 by 3); values from 0 to 1."
    )


def test_joined_matrices_are_told_in_the_order_of_computation() -> None:
    text = words(
        "y = [x | u = x @ A] @ [W ; B]",
        x=mm.eye(3),
        A=mm.eye(3, 2),
        W=mm.eye(3),
        B=mm.eye(2, 3),
    )
    assert text == (
        "2 matrix products. "
        "u, 3 by 2, is x (3 by 3) times A (3 by 2); values from 0 to 1. "
        "[x | u], 3 by 5, is x beside u; values from 0 to 1. "
        "[W ; B], 5 by 3, is W (3 by 3) above B (2 by 3); values from 0 to 1. "
        "y, 3 by 3, is [x | u] times [W ; B]; values from 0 to 2."
    )
    assert words("X = [A | A | B]", A=mm.eye(2), B=mm.eye(2)) == (
        "X, 2 by 6, is A (2 by 2) beside A beside B (2 by 2); values from 0 to 1."
    )


def test_titles_and_the_authors_words_come_first() -> None:
    text = words("A", A=mm.eye(2), title="A mirror", alt="A bright diagonal.\n Nothing else!")
    assert text.startswith("A mirror. A bright diagonal. Nothing else! One matrix, A, 2 by 2")


@pytest.mark.parametrize("epilog", EPILOGS)
def test_epilogs_are_told_in_words(epilog: str) -> None:
    plain = words("C = A @ B", A=mm.rows(3, 5), B=mm.rows(5, 2))
    text = words("C = A @ B", A=mm.rows(3, 5), B=mm.rows(5, 2), C=epilog)
    assert "A (3 by 5) times B (5 by 2)" in text
    assert "sqrt" not in text
    if epilog != "none":
        assert text.split(";")[0] != plain.split(";")[0]
    if "/k" in epilog or "(k" in epilog:
        assert "depth 5" in text


def test_products_that_occur_twice_are_told_once() -> None:
    text = words("(Q = A @ A) @ (Q = A @ A)", A=mm.eye(2))
    assert text.startswith("2 matrix products.")
    assert text.count(" Q, 2 by 2, is A") == 1


def test_missing_and_constant_values_are_told() -> None:
    assert "no finite values, 1 without a value" in words("A", A=[[np.nan]])
    assert "values from 1 to 2, 1 without a value" in words("A", A=[[np.nan, 1, 2]])
    assert "every value 3." in words("A", A=[[3, 3]])
