"""The expression language: text to tree and back.

::

    expression = [ name "=" ] chain
    chain      = operand { "@" operand }          (left associative)
    operand    = name | "(" expression ")"
    name       = a Unicode identifier, or anything between back quotes

An unnamed product is named by its own text, written with its operands' names: in
``(Q = x @ wQ) @ K_t`` the root is called ``Q @ K_t``. The same name is the same matrix everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NoReturn, TypeAlias

from mmbook.errors import ExpressionError
from mmbook.lexer import LANGUAGE, Token, quoted, tokenize

if TYPE_CHECKING:
    from collections.abc import Iterator

# Deeper trees are no longer legible, and every walk below may recurse: 64 levels stay far away
# from the interpreter's limit, also in the page.
MAX_DEPTH = 64
MAX_PRODUCTS = 256


@dataclass(frozen=True)
class Leaf:
    """A matrix that is given. ``column`` is where its name starts, counted from 1."""

    name: str
    column: int = field(default=1, compare=False)

    def text(self) -> str:
        """Return the expression that parses to this leaf."""
        return quoted(self.name)

    def walk(self) -> Iterator[Expr]:
        """Yield this leaf."""
        yield self


@dataclass(frozen=True)
class Product:
    """``left @ right``. ``named`` tells whether the name was given; ``column`` is that of the @."""

    name: str
    left: Expr
    right: Expr
    named: bool = False
    column: int = field(default=1, compare=False)

    def text(self) -> str:
        """Return the expression that parses to this product, names included."""
        left, right = self.left.text(), self.right.text()
        if isinstance(self.left, Product) and self.left.named:
            left = f"({left})"
        if isinstance(self.right, Product):
            right = f"({right})"
        return f"{quoted(self.name)} = {left} @ {right}" if self.named else f"{left} @ {right}"

    def walk(self) -> Iterator[Expr]:
        """Yield every node: the left subtree, the right subtree, then this product."""
        yield from self.left.walk()
        yield from self.right.walk()
        yield self


Expr: TypeAlias = Leaf | Product


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


def product_name(left: Expr, right: Expr) -> str:
    """Return the name of an unnamed product of two nodes."""
    before, after = (
        node.name if isinstance(node, Product) and not node.named else quoted(node.name)
        for node in (left, right)
    )
    grouped = isinstance(right, Product) and not right.named
    return f"{before} @ {f'({after})' if grouped else after}"


class _Parser:
    """Recursive descent over the tokens; one token is looked ahead."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = tokenize(text)
        self.token = next(self.tokens)
        self.depth = 0
        self.products = 0
        self.names_at: dict[int, int] = {}  # column of a product's @ to that of its given name

    def fail(self, problem: str, column: int, **fields: Any) -> NoReturn:
        raise ExpressionError(problem, text=self.text, column=column, **fields)

    def advance(self) -> Token:
        token, self.token = self.token, next(self.tokens, self.token)
        return token

    def whole(self) -> Expr:
        if not self.token.kind:
            remedy = "Write a product, such as A @ B"
            self.fail("the expression is empty", 1, possible=LANGUAGE, remedy=remedy)
        tree = self.expression()
        if self.token.kind:
            self.fail("this parenthesis closes nothing", self.token.column, remedy="Remove it")
        self.meanings(tree)
        return tree

    def expression(self) -> Expr:
        first = self.operand("after the parenthesis")
        return self.definition(first) if self.token.kind == "=" else self.chain(first)

    def definition(self, target: Expr | Token) -> Expr:
        equals = self.advance()
        if not isinstance(target, Token):
            self.fail("only a name can stand to the left of =", equals.column)
        value = self.chain(self.operand("to the right of ="))
        if self.token.kind == "=":
            remedy = "Keep one name"
            self.fail("a product gets only one name", self.token.column, remedy=remedy)
        name, column = target.text, target.column
        if isinstance(value, Leaf):
            remedy = f"Write {quoted(value.name)} alone, or name a product"
            self.fail(f"{name} would only be another name for {value.name}", column, remedy=remedy)
        if value.named:
            problem = f"the product {value.name} gets a second name, {name}"
            self.fail(problem, column, remedy="Keep one name")
        self.names_at[value.column] = column
        return Product(name, value.left, value.right, name != value.name, value.column)

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
            if _depth(tree) > MAX_DEPTH:
                self.fail(f"products are nested more than {MAX_DEPTH} deep", at.column)
        following = self.token
        if following.kind == "=" and tree is not start:
            remedy = "Write the name first, as in C = A @ B"
            self.fail("only a name can stand to the left of =", following.column, remedy=remedy)
        if following.kind in ("name", "("):
            remedy = "Write @ between them, or put a name that contains a space between back quotes"
            self.fail("two matrices stand side by side", following.column, remedy=remedy)
        if following.kind == "" and self.depth:
            self.fail("a parenthesis is still open at the end", following.column, remedy="Close it")
        return tree

    def operand(self, place: str) -> Expr | Token:
        token = self.token
        if token.kind == "name":
            return self.advance()
        if token.kind != "(":
            where = f"before {token.kind}" if token.kind else place
            remedy = "Write a name or a product in parentheses there"
            self.fail(f"a matrix is missing {where}", token.column, remedy=remedy)
        if self.depth == MAX_DEPTH:
            self.fail(f"parentheses are nested more than {MAX_DEPTH} deep", token.column)
        self.advance()
        self.depth += 1
        tree = self.expression()
        self.depth -= 1
        self.advance()  # chain() leaves nothing but a closing parenthesis
        return tree

    def meanings(self, tree: Expr) -> None:
        """Check that every name stands for one matrix."""
        known: dict[str, Expr] = {}
        for node in tree.walk():
            first = known.setdefault(node.name, node)
            if first == node:
                continue
            column = self.names_at.get(node.column, node.column)
            if isinstance(node, Product) and any(part == first for part in node.walk()):
                problem = f"{node.name} is the name of a product and of a matrix inside it"
            elif isinstance(node, Product) and isinstance(first, Product):
                problem = f"{node.name} is the name of two different products"
            else:
                problem = f"{node.name} is the name of a product and of a given matrix"
            self.fail(problem, column, remedy="Give one of the two another name")


def _depth(tree: Expr) -> int:
    return 0 if isinstance(tree, Leaf) else 1 + max(_depth(tree.left), _depth(tree.right))
