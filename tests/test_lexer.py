"""Tokens and their columns."""

import pytest

from mmbook.errors import ExpressionError
from mmbook.lexer import MAX_NAME, quoted, tokenize


def test_columns_count_characters_from_one() -> None:
    tokens = [(token.kind, token.text, token.column) for token in tokenize("ψ @\n (`a b`=x)")]
    assert [token.kind for token in tokenize("[A|B;]")] == [*"[", "name", "|", "name", *";]", ""]
    assert tokens == [
        ("name", "ψ", 1),
        ("@", "@", 3),
        ("(", "(", 6),
        ("name", "a b", 7),
        ("=", "=", 12),
        ("name", "x", 13),
        (")", ")", 14),
        ("", "", 15),
    ]


@pytest.mark.parametrize(("text", "name"), [("𝐱", "x"), ("ﬁ", "fi"), ("e\u0301", "é"), ("Å", "Å")])
def test_bare_names_are_normalised_as_python_does(text: str, name: str) -> None:
    assert next(tokenize(text)).text == name
    namespace: dict[str, int] = {}
    exec(f"{text} = 1", namespace)
    assert name in namespace


def test_quoted_names_keep_their_spelling() -> None:
    assert next(tokenize("`x² ﬁ`")).text == "x² ﬁ"
    assert next(tokenize("`e\u0301`")).text == "é"


@pytest.mark.parametrize("name", ["A", "a b", "x²", "ﬁ", "2x", "A @ B", "in", "é"])
def test_quoted_reads_back(name: str) -> None:
    assert next(tokenize(quoted(name))).text == name


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        ("A + B", 3, "sum"),
        ("[A, B]", 3, "[A | B]"),
        ("A * B", 3, "Write @"),
        ("A.T", 2, "transpose"),
        ("A' @ B", 2, "transpose"),
        ("A @ 2x", 5, "back quotes"),
        ("A @ `B", 5, "never closed"),
        ("A @ ``", 5, "no name"),
        ("A @ ` `", 5, "no name"),
        ("`a\x00`", 1, "printed"),
        ("`a\nb`", 1, "printed"),
        ("A @ \ud800", 5, "does not belong"),
        ("x" * (MAX_NAME + 1), 1, "longer"),
    ],
)
def test_strangers_are_named_with_their_column(text: str, column: int, words: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        list(tokenize(text))
    assert caught.value.column == column
    assert words in str(caught.value)
