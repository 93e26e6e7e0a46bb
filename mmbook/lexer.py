"""Text to tokens: names, ``@``, ``=``, parentheses and brackets, each with its column.

Bare names are Unicode identifiers, normalised as Python normalises its own (NFKC), so that a name
can be a keyword argument; names between back quotes keep their spelling (NFC).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mmbook.errors import ExpressionError

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_NAME = 200
LANGUAGE = "names, @, parentheses, [A | B], [A ; B] and name = …"

_REMEDIES = {
    "*": "Write @ for the matrix product",
    "×": "Write @ for the matrix product",
    "·": "Write @ for the matrix product",
    "+": "Only products are drawn; give the sum as a matrix of its own",
    "-": "Only products are drawn; put a name that contains - between back quotes",
    ".": "Give a transpose its own name, such as A_t; a name with a dot goes between back quotes",
    "'": "Give a transpose its own name, such as A_t",
    "^": "Give a transpose or a power its own name, such as A_t",
    ":": "Name a product with =",
    ",": "Join matrices as [A | B], beside each other, or as [A ; B], below each other",
}


@dataclass(frozen=True)
class Token:
    """One token. ``kind`` is "name", one of ``@ = ( ) [ ] | ;``, or empty at the end."""

    kind: str
    text: str
    column: int


def tokenize(text: str) -> Iterator[Token]:
    """Yield the tokens of an expression; the last one marks the end.

    Raises
    ------
    ExpressionError
        For a character that is not part of the language, or a name that cannot be one.

    """
    at = 0
    while at < len(text):
        start, character = at, text[at]
        column = start + 1
        at += 1
        if character.isspace():
            continue
        if character in "@=()[]|;":
            yield Token(character, character, column)
        elif character == "`":
            end = text.find("`", at)
            if end < 0:
                raise ExpressionError("this back quote is never closed", text=text, column=column)
            name = unicodedata.normalize("NFC", text[at:end].strip())
            at = end + 1
            yield _name(name, text, column)
        elif character.isidentifier():
            while at < len(text) and f"a{text[at]}".isidentifier():
                at += 1
            yield _name(unicodedata.normalize("NFKC", text[start:at]), text, column)
        else:
            raise _stranger(character, text, column)
    yield Token("", "", len(text.rstrip()) + 1)


def quoted(name: str) -> str:
    """Return a name as it is written in an expression: bare where possible."""
    bare = name.isidentifier() and unicodedata.normalize("NFKC", name) == name
    return name if bare else f"`{name}`"


def _name(name: str, text: str, column: int) -> Token:
    if not name:
        problem = "there is no name between these back quotes"
    elif not name.isprintable():
        problem = "a name holds a character that cannot be printed"
    elif len(name) > MAX_NAME:
        problem = f"a name is longer than {MAX_NAME} characters"
    else:
        return Token("name", name, column)
    raise ExpressionError(problem, text=text, column=column, remedy="Choose another name")


def _stranger(character: str, text: str, column: int) -> ExpressionError:
    if character.isdigit():
        problem = "a name cannot start with a digit"
        remedy = "Put the name between back quotes"
    else:
        problem = f"{character!r} does not belong to an expression"
        remedy = _REMEDIES.get(character, "Put a name that contains it between back quotes")
    return ExpressionError(problem, text=text, column=column, possible=LANGUAGE, remedy=remedy)
