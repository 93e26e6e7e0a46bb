"""The original tool's elementwise initializers: JavaScript expressions to ours, never run.

What JavaScript shares with an elementwise expression is translated so that every element gets the
same value: numbers, i, j, h, w, arithmetic, comparisons, logic, ``c ? a : b`` and functions of
``Math`` that have a counterpart here. Anything else is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mmbook.elementwise import compile_elementwise
from mmbook.errors import ElementwiseError
from mmbook.original import terms
from mmbook.original.functions import CONSTANTS, FUNCTIONS
from mmbook.original.terms import OPERATORS, VARIABLES, Term

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["translate"]

MAX_LENGTH = 2000
MAX_DEPTH = 50

# 010 is 8 in some dialects and 10 in others, 3i is nothing in any: neither is a number here.
_TOKEN = re.compile(
    r"(?P<number>(?!0[0-9])(?>0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO][0-7]+"
    r"|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)(?![\w$]))"
    r"|(?P<name>[A-Za-z_$][\w$]*)"
    r"|(?P<sign>===|!==|==|!=|<=|>=|\*\*|&&|\|\||[-+*/%<>!?:(),.])",
    re.ASCII,
)
_LEVELS = {
    "||": 1,
    "&&": 2,
    **dict.fromkeys(("===", "!==", "==", "!="), 3),
    **dict.fromkeys(("<", ">", "<=", ">="), 4),
    **dict.fromkeys(("+", "-"), 5),
    **dict.fromkeys(("*", "/", "%"), 6),
    "**": 7,
}
_POSSIBLE = "i, j, h, w, numbers, + - * / % **, comparisons, && || !, a ? b : c, " + ", ".join(
    f"Math.{name}" for name in (*CONSTANTS, *FUNCTIONS)
)


def translate(text: str) -> str:
    """Return our elementwise expression for a JavaScript expression of i, j, h and w.

    Raises
    ------
    ElementwiseError
        It does not parse, or uses something that has no counterpart here.

    """
    if len(text) > MAX_LENGTH:
        given = f"{len(text)} characters"
        problem = "the expression is too long"
        raise ElementwiseError(problem, given=given, possible=f"at most {MAX_LENGTH}")
    translated = _Parser(text).whole()
    compile_elementwise(translated)
    return translated


@dataclass(frozen=True)
class _Token:
    kind: str  # number, name, sign, or empty at the end
    text: str
    column: int


class _Parser:
    """Precedence climbing over the tokens, each term translated as it is read."""

    def __init__(self, text: str) -> None:
        # One semicolon ends what the original takes for an expression.
        self.text = text
        self.source = text.rstrip().removesuffix(";").rstrip()
        self.tokens = self.tokenized()
        self.token = next(self.tokens)
        self.depth = 0

    def refused(self, problem: str, column: int | None = None) -> ElementwiseError:
        at = self.token.column if column is None else column
        return ElementwiseError(problem, text=self.text, column=at, possible=_POSSIBLE)

    def tokenized(self) -> Iterator[_Token]:
        at = 0
        while at < len(self.source):
            if self.source[at].isspace():
                at += 1
                continue
            match = _TOKEN.match(self.source, at)
            if match is None:
                problem = f"{self.source[at]!r} has no counterpart in an elementwise expression"
                raise self.refused(problem, at + 1)
            yield _Token(str(match.lastgroup), match[0], at + 1)
            at = match.end()
        yield _Token("", "", len(self.source) + 1)

    def advance(self) -> _Token:
        token, self.token = self.token, next(self.tokens, self.token)
        return token

    def takes(self, sign: str) -> bool:
        if self.token.kind != "sign" or self.token.text != sign:
            return False
        self.advance()
        return True

    def whole(self) -> str:
        if not self.token.kind:
            raise self.refused("the expression is empty")
        term = self.choice()
        if self.token.kind:
            raise self.refused(f"{self.token.text} is not expected here")
        return term.text

    def choice(self) -> Term:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.refused(f"the expression is nested more than {MAX_DEPTH} deep")
        term = self.binary(1)
        if self.takes("?"):
            yes = self.choice()
            if not self.takes(":"):
                raise self.refused("a : is missing here")
            term = self.sized(terms.choice(term, yes, self.choice()))
        self.depth -= 1
        return term

    def binary(self, lowest: int) -> Term:
        signed = self.token.text in ("-", "+", "!")
        left = self.unary()
        while self.token.kind == "sign" and _LEVELS.get(self.token.text, 0) >= lowest:
            token = self.advance()
            level = _LEVELS[token.text]
            if token.text == "**" and signed:
                raise self.refused("a signed base of a power needs parentheses", token.column)
            # Powers group from the right, everything else from the left.
            right = self.binary(level if token.text == "**" else level + 1)
            combined = OPERATORS[token.text](left, right)
            if combined is None:
                raise self.refused("a truth value and a number are never equal", token.column)
            left, signed = self.sized(combined), False
        return left

    def unary(self) -> Term:
        signs = []
        while self.token.kind == "sign" and self.token.text in ("-", "+", "!"):
            signs.append(self.advance().text)
            if len(signs) > MAX_DEPTH:
                raise self.refused("there are too many signs in a row")
        term = self.primary()
        for sign in reversed(signs):
            term = self.sized(terms.SIGNS[sign](term))
        return term

    def primary(self) -> Term:
        token = self.token
        if token.kind == "number":
            return terms.literal(self.advance().text)
        if token.kind == "name":
            return self.named(self.advance())
        if self.takes("("):
            term = self.choice()
            if not self.takes(")"):
                raise self.refused("a parenthesis is not closed here")
            return term
        raise self.refused(
            f"{token.text} is not expected here" if token.kind else "the expression ends"
        )

    def named(self, name: _Token) -> Term:
        if name.text == "Math":
            if not self.takes("."):
                raise self.refused("only members of Math are known")
            member = self.advance()
            if member.text in CONSTANTS:
                return CONSTANTS[member.text]
            if member.text in FUNCTIONS:
                return self.called(member)
            raise self.refused(f"Math.{member.text} has no counterpart here", member.column)
        if name.text in VARIABLES:
            return VARIABLES[name.text]
        raise self.refused(f"{name.text} has no meaning here", name.column)

    def called(self, function: _Token) -> Term:
        if not self.takes("("):
            raise self.refused(f"Math.{function.text} is a function")
        arguments: list[Term] = []
        while not self.takes(")"):
            if arguments and not self.takes(","):
                raise self.refused("a parenthesis is not closed here")
            arguments.append(self.choice())
        few, many, apply = FUNCTIONS[function.text]
        if not few <= len(arguments) <= many:
            raise self.refused(
                f"Math.{function.text} has another number of arguments", function.column
            )
        return self.sized(apply(*arguments))

    def sized(self, term: Term) -> Term:
        if len(term.text) > MAX_LENGTH:
            raise self.refused("the expression becomes too long here")
        return term
