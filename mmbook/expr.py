"""The expression language: text to tree and back.

::

    expression = [ name "=" ] chain
    chain      = operand { "@" operand }          (left associative)
    operand    = name | "(" expression ")" | join
    join       = "[" expression "|" expression { "|" expression } "]"      (beside each other)
               | "[" expression ";" expression { ";" expression } "]"      (below each other)
    name       = a Unicode identifier, or anything between back quotes

An unnamed product or joined matrix is named by its own text, written with its operands' names: in
``(Q = x @ wQ) @ K_t`` the root is called ``Q @ K_t``. The same name is the same matrix everywhere.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NoReturn

from mmbook.errors import ExpressionError
from mmbook.lexer import LANGUAGE, Token, quoted, tokenize
from mmbook.tree import Axis, Expr, Join, Leaf, Product, depth, join_name, product_name

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["MAX_DEPTH", "MAX_PARTS", "MAX_PRODUCTS", "Expr", "Join", "Leaf", "Product", "parse"]
__all__ += ["join_name", "product_name"]

# Deeper trees are no longer legible, and every walk may recurse: 64 levels stay far away from the
# interpreter's limit, also in the page.
MAX_DEPTH = 64
MAX_PRODUCTS = 256
MAX_PARTS = 256

_AXES: dict[str, Axis] = {"|": "cols", ";": "rows"}
_OPENED = {"(": "parenthesis", "[": "bracket"}
_CLOSERS = {"(": ")", "[": "]"}
_KINDS = {Leaf: "a given matrix", Product: "a product", Join: "a joined matrix"}
_SEVERAL = {Product: "products", Join: "joined matrices"}


def parse(text: str) -> Expr:
    """Return the tree of an expression.

    Raises
    ------
    ExpressionError
        With the column (in characters, from 1) at which the text stops making sense, or at which a
        name gets a second meaning.

    """
    if not isinstance(text, str):
        raise ExpressionError("an expression is a text", given=type(text).__name__)
    return _Parser(text).whole()


class _Parser:
    """Recursive descent over the tokens; one token is looked ahead."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: Iterator[Token] = tokenize(text)
        self.token = next(self.tokens)
        self.open: list[str] = []  # parentheses and brackets that are not closed yet
        self.products = 0
        self.parts = 0
        self.names_at: dict[int, int] = {}  # column of a node to that of its given name

    def fail(self, problem: str, column: int, **fields: Any) -> NoReturn:
        raise ExpressionError(problem, text=self.text, column=column, **fields)

    def advance(self) -> Token:
        token, self.token = self.token, next(self.tokens, self.token)
        return token

    def whole(self) -> Expr:
        if not self.token.kind:
            remedy = "Write a product, such as A @ B"
            self.fail("the expression is empty", 1, possible=LANGUAGE, remedy=remedy)
        tree = self.expression("")
        if self.token.kind:
            what = "parenthesis" if self.token.kind == ")" else "bracket"
            self.fail(f"this {what} closes nothing", self.token.column, remedy="Remove it")
        self.meanings(tree)
        return tree

    def expression(self, place: str) -> Expr:
        first = self.operand(place)
        return self.definition(first) if self.token.kind == "=" else self.chain(first)

    def definition(self, target: Expr | Token) -> Expr:
        equals = self.advance()
        if not isinstance(target, Token):
            self.fail("only a name can stand to the left of =", equals.column)
        value = self.chain(self.operand("to the right of ="))
        if self.token.kind == "=":
            remedy = "Keep one name"
            self.fail("a matrix gets only one name", self.token.column, remedy=remedy)
        name, column = target.text, target.column
        if isinstance(value, Leaf):
            remedy = f"Write {quoted(value.name)} alone, or name a product"
            self.fail(f"{name} would only be another name for {value.name}", column, remedy=remedy)
        if value.named:
            problem = f"{value.name} gets a second name, {name}"
            self.fail(problem, column, remedy="Keep one name")
        self.names_at[value.column] = column
        return replace(value, name=name, named=name != value.name)

    def chain(self, first: Expr | Token) -> Expr:
        tree = first if not isinstance(first, Token) else Leaf(first.text, first.column)
        start = tree
        while self.token.kind == "@":
            at = self.advance()
            operand = self.operand("to the right of @")
            right = Leaf(operand.text, operand.column) if isinstance(operand, Token) else operand
            self.products += 1
            if self.products > MAX_PRODUCTS:
                self.fail(f"a figure holds at most {MAX_PRODUCTS} products", at.column)
            tree = Product(product_name(tree, right), tree, right, column=at.column)
            self.limit_depth(tree)
        if self.token.kind == "=" and tree is not start:
            remedy = "Write the name first, as in C = A @ B"
            self.fail("only a name can stand to the left of =", self.token.column, remedy=remedy)
        self.ending()
        return tree

    def ending(self) -> None:
        """Check that what follows a chain ends it; a closing sign too many is left to ``whole``."""
        kind, column = self.token.kind, self.token.column
        opened = self.open[-1] if self.open else ""
        if kind in ("name", "(", "["):
            between = "@, | or ;" if opened == "[" else "@"
            remedy = (
                f"Write {between} between them, or put a name that contains a space between back "
                "quotes"
            )
            self.fail("two matrices stand side by side", column, remedy=remedy)
        if kind in _AXES and opened != "[":
            remedy = f"Write [A {kind} B], with what is joined in brackets of its own"
            self.fail(f"{kind} joins matrices inside brackets only", column, remedy=remedy)
        if opened and kind == "":
            problem = f"a {_OPENED[opened]} is still open at the end"
            self.fail(problem, column, remedy="Close it")
        if opened and kind in (")", "]") and kind != _CLOSERS[opened]:
            remedy = f"Close it with {_CLOSERS[opened]} first"
            self.fail(f"a {_OPENED[opened]} is still open here", column, remedy=remedy)

    def operand(self, place: str) -> Expr | Token:
        token = self.token
        if token.kind == "name":
            return self.advance()
        if token.kind not in _OPENED:
            where = f"before {token.kind}" if token.kind else place
            remedy = "Write a name or a product in parentheses there"
            self.fail(f"a matrix is missing {where}", token.column, remedy=remedy)
        if len(self.open) == MAX_DEPTH:
            problem = f"parentheses and brackets are nested more than {MAX_DEPTH} deep"
            self.fail(problem, token.column)
        self.advance()
        self.open.append(token.kind)
        place = f"after the {_OPENED[token.kind]}"
        tree = self.expression(place) if token.kind == "(" else self.join(token, place)
        self.open.pop()
        self.advance()  # ending() leaves nothing but the sign that closes
        return tree

    def join(self, bracket: Token, place: str) -> Join:
        parts = [self.expression(place)]
        separator = self.token.kind
        if separator not in _AXES:
            remedy = "Remove the brackets, or add a part: [A | B] beside, [A ; B] below"
            self.fail("brackets join two matrices or more", bracket.column, remedy=remedy)
        while self.token.kind in _AXES:
            sign = self.advance()
            if sign.kind != separator:
                problem = "| and ; stand between the same brackets"
                remedy = "Put one of them into brackets of its own, as in [[A | B] ; C]"
                self.fail(problem, sign.column, remedy=remedy)
            parts.append(self.expression(f"to the right of {sign.kind}"))
        self.parts += len(parts)
        if self.parts > MAX_PARTS:
            self.fail(f"a figure joins at most {MAX_PARTS} parts", bracket.column)
        axis = _AXES[separator]
        tree = Join(join_name(parts, axis), tuple(parts), axis, column=bracket.column)
        self.limit_depth(tree)
        return tree

    def limit_depth(self, tree: Product | Join) -> None:
        if depth(tree) > MAX_DEPTH:
            self.fail(f"matrices are nested more than {MAX_DEPTH} deep", tree.column)

    def meanings(self, tree: Expr) -> None:
        """Check that every name stands for one matrix."""
        known: dict[str, Expr] = {}
        for node in tree.walk():
            first = known.setdefault(node.name, node)
            if first == node:
                continue
            column = self.names_at.get(node.column, node.column)
            made, other = (first, node) if isinstance(node, Leaf) else (node, first)
            if any(part == first for part in node.walk()):
                what = f"{_KINDS[type(node)]} and of a matrix inside it"
            elif type(made) is type(other):
                what = f"two different {_SEVERAL[type(made)]}"
            else:
                what = f"{_KINDS[type(made)]} and of {_KINDS[type(other)]}"
            problem = f"{node.name} is the name of {what}"
            self.fail(problem, column, remedy="Give one of the two another name")
