"""Elementwise expressions: a value for each element from i, j, h and w.

The text is read by Python's own parser and nothing of it is executed: every node of the syntax tree
must be on the list below, and becomes a numpy operation on float64. Expressions arrive in links, so
length and depth are bounded, and powers are floating point and cannot grow without end.
"""

from __future__ import annotations

import ast
import math
import operator
import warnings
from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from mmbook.errors import ElementwiseError

Array: TypeAlias = NDArray[np.float64]
Names: TypeAlias = dict[str, Any]
Term: TypeAlias = Callable[[Names], Any]

MAX_LENGTH = 500
MAX_DEPTH = 100
# Rows are computed in strips of about this many elements: intermediate values stay in the cache.
_STRIP = 2**16

_VARIABLES = ("i", "j", "h", "w")
_CONSTANTS = {"pi": math.pi, "e": math.e}
_FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    "sin": np.sin,
    "cos": np.cos,
    "tan": np.tan,
    "asin": np.arcsin,
    "acos": np.arccos,
    "atan": np.arctan,
    "sinh": np.sinh,
    "cosh": np.cosh,
    "tanh": np.tanh,
    "exp": np.exp,
    "expm1": np.expm1,
    "log": np.log,
    "log1p": np.log1p,
    "log2": np.log2,
    "log10": np.log10,
    "sqrt": np.sqrt,
    "cbrt": np.cbrt,
    "abs": np.abs,
    "floor": np.floor,
    "ceil": np.ceil,
    "trunc": np.trunc,
    "round": np.rint,
    "sign": np.sign,
}
_PAIRS: dict[str, Callable[[Any, Any], Any]] = {"atan2": np.arctan2, "hypot": np.hypot}
_CHOOSERS: dict[str, Callable[[Any, Any], Any]] = {"min": np.minimum, "max": np.maximum}
_ARITHMETIC: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: np.add,
    ast.Sub: np.subtract,
    ast.Mult: np.multiply,
    ast.Div: np.divide,
    ast.FloorDiv: np.floor_divide,
    ast.Mod: np.mod,
    ast.Pow: np.power,
}
_SIGNS: dict[type[ast.unaryop], Callable[[Any], Any]] = {
    ast.USub: np.negative,
    ast.UAdd: np.positive,
    # numpy's own booleans cannot be added or negated as numbers.
    ast.Not: lambda x: np.where(np.equal(x, 0.0), 1.0, 0.0),
}
_COMPARISONS: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
_POSSIBLE = (
    "i, j, h, w, pi, e, numbers, + - * / // % **, comparisons, and, or, not, a if c else b, "
    + ", ".join((*_FUNCTIONS, *_PAIRS, *_CHOOSERS))
)


def compile_elementwise(text: str) -> Callable[[int, int], Array]:
    """Return the function (h, w) → float64 array of shape (h, w) that an expression describes.

    i is the row and j the column of the element, from 0; h and w are the numbers of rows and
    columns. Operators mean what they mean in Python; comparisons give 1 and 0; ``round`` takes
    halves to the even neighbour. Division by zero and other values outside a function's domain
    give NaN or infinity, without a warning.

    Raises
    ------
    ElementwiseError
        With the column of what is not allowed.

    """
    term = _Compiler(text).whole()

    def values(h: int, w: int) -> Array:
        result = np.empty((h, w))
        names: Names = {"j": np.arange(float(w))[None, :], "h": float(h), "w": float(w)}
        step = max(1, _STRIP // w)
        with np.errstate(all="ignore"):
            for start in range(0, h, step):
                stop = min(start + step, h)
                names["i"] = np.arange(float(start), float(stop))[:, None]
                result[start:stop] = term(names)
        return result

    return values


class _Compiler:
    """Turns a syntax tree into nested functions of the names' values."""

    def __init__(self, text: str) -> None:
        if not isinstance(text, str):
            raise ElementwiseError("an elementwise expression is a text", given=text)
        self.text = text
        # Only tabs and line ends differ from blanks here, and every column stays where it was.
        self.source = "".join(" " if character.isspace() else character for character in text)
        self.indent = len(self.source) - len(self.source.lstrip())

    def error(self, problem: str, column: int, **fields: Any) -> ElementwiseError:
        fields.setdefault("possible", _POSSIBLE)
        return ElementwiseError(problem, text=self.text, column=column, **fields)

    def error_at(self, node: ast.AST, problem: str, **fields: Any) -> ElementwiseError:
        # Python counts bytes.
        before = self.source[self.indent :].encode()[: getattr(node, "col_offset", 0)]
        return self.error(problem, self.indent + len(before.decode()) + 1, **fields)

    def whole(self) -> Term:
        if not self.source.strip():
            raise self.error("the elementwise expression is empty", 1)
        if len(self.text) > MAX_LENGTH:
            problem = f"an elementwise expression has at most {MAX_LENGTH} characters"
            raise self.error(problem, MAX_LENGTH + 1, possible=None)
        for column, character in enumerate(self.source, 1):
            if character == "#" or not character.isprintable():
                raise self.error(f"{character!r} does not belong to an expression", column)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # such as "1in x": what it means is checked below
                tree = ast.parse(self.source.strip(), mode="eval")
        except SyntaxError as error:
            end = len(self.source.rstrip()) + 1
            # Python gives no offset where the text ends too early.
            column = min(self.indent + error.offset, end) if error.offset else end
            remedy = "Compare with ==" if self.source[column - 1 : column] == "=" else None
            problem = f"the expression does not parse: {error.msg}"
            raise self.error(problem, column, remedy=remedy) from None
        except (ValueError, MemoryError, RecursionError) as error:
            raise self.error(f"the expression does not parse: {error}", 1) from None
        return self.term(tree.body, 0)

    def term(self, node: ast.expr, depth: int) -> Term:
        if depth > MAX_DEPTH:
            raise self.error_at(node, f"the expression is nested more than {MAX_DEPTH} deep")
        depth += 1
        match node:
            case ast.Constant(value=value):
                return self.number(node, value)
            case ast.Name(id=name):
                return self.variable(node, name)
            case ast.UnaryOp(op=sign, operand=operand) if type(sign) in _SIGNS:
                apply, inner = _SIGNS[type(sign)], self.term(operand, depth)
                return lambda names: apply(inner(names))
            case ast.BinOp(left=left, op=op, right=right) if type(op) in _ARITHMETIC:
                combine = _ARITHMETIC[type(op)]
                before, after = self.term(left, depth), self.term(right, depth)
                return lambda names: combine(before(names), after(names))
            case ast.BinOp(op=ast.BitXor()):
                raise self.error_at(node, "^ is not a power here", remedy="Write ** for a power")
            case ast.BoolOp(op=op, values=values):
                return _logic(
                    isinstance(op, ast.And), [self.term(value, depth) for value in values]
                )
            case ast.Compare(left=left, ops=ops, comparators=others):
                return self.comparison(node, ops, [self.term(x, depth) for x in (left, *others)])
            case ast.IfExp(test=test, body=body, orelse=orelse):
                condition, yes, no = (self.term(part, depth) for part in (test, body, orelse))
                return lambda names: np.where(_truth(condition(names)), yes(names), no(names))
            case ast.Call(func=ast.Name(id=name), args=args, keywords=[]):
                return self.call(node, name, [self.term(argument, depth) for argument in args])
            case ast.Attribute(attr=name):
                raise self.error_at(node, "a dot has no meaning here", remedy=f"Write {name} alone")
        raise self.error_at(node, "this is not allowed in an elementwise expression")

    def number(self, node: ast.expr, value: object) -> Term:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.error_at(node, "this is not a real number", given=repr(value))
        try:
            number = np.float64(value)
        except OverflowError:
            raise self.error_at(node, "this number is too large") from None
        return lambda _: number

    def variable(self, node: ast.expr, name: str) -> Term:
        if name in _VARIABLES:
            return lambda names: names[name]
        if name in _CONSTANTS:
            number = np.float64(_CONSTANTS[name])
            return lambda _: number
        raise self.error_at(node, f"{name} has no meaning here")

    def comparison(self, node: ast.expr, ops: list[ast.cmpop], terms: list[Term]) -> Term:
        if any(type(op) not in _COMPARISONS for op in ops):
            raise self.error_at(node, "only < <= > >= == != compare numbers")
        compare = [_COMPARISONS[type(op)] for op in ops]

        def chained(names: Names) -> Any:
            values = [term(names) for term in terms]
            holds: Any = 1.0
            for test, left, right in zip(compare, values, values[1:], strict=False):
                holds = np.multiply(holds, test(left, right))
            return holds

        return chained

    def call(self, node: ast.expr, name: str, terms: list[Term]) -> Term:
        if name in _FUNCTIONS and len(terms) == 1:
            apply, inner = _FUNCTIONS[name], terms[0]
            return lambda names: apply(inner(names))
        if name in _PAIRS and len(terms) == 2:
            pair, (first, second) = _PAIRS[name], terms
            return lambda names: pair(first(names), second(names))
        if name in _CHOOSERS and len(terms) > 1:
            choose = _CHOOSERS[name]

            def chosen(names: Names) -> Any:
                best = terms[0](names)
                for term in terms[1:]:
                    best = choose(best, term(names))
                return best

            return chosen
        if name in _FUNCTIONS:
            raise self.error_at(node, f"{name} takes one number", given=f"{len(terms)} numbers")
        if name in _PAIRS:
            raise self.error_at(node, f"{name} takes two numbers", given=f"{len(terms)} numbers")
        if name in _CHOOSERS:
            raise self.error_at(
                node, f"{name} takes two or more numbers", given=f"{len(terms)} numbers"
            )
        raise self.error_at(node, f"there is no function {name}")


def _truth(value: Any) -> Any:
    return np.not_equal(value, 0.0)


def _logic(all_of: bool, terms: list[Term]) -> Term:
    """Return ``and`` or ``or``, which give one of their operands as Python's do."""

    def decided(names: Names) -> Any:
        value = terms[0](names)
        for term in terms[1:]:
            following = term(names)
            if_true, if_false = (following, value) if all_of else (value, following)
            value = np.where(_truth(value), if_true, if_false)
        return value

    return decided
