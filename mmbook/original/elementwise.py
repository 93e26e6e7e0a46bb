"""Our elementwise expressions as JavaScript ones, for the original tool."""

from __future__ import annotations

import ast

from mmbook.elementwise import compile_elementwise
from mmbook.errors import ElementwiseError

__all__ = ["javascript"]

_MAX_LENGTH = 10_000
# How tightly JavaScript binds.
_CHOICE, _OR, _AND, _EQUALITY, _ORDER, _SUM, _PRODUCT, _POWER, _SIGN, _ATOM = range(10)
_NAMES = {**{name: name for name in "ijhw"}, "pi": "Math.PI", "e": "Math.E"}
# Of numbers that are not negative they make another one.
_KEEPING = {ast.Add, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod}
_COMPARISONS: dict[type[ast.cmpop], tuple[str, int]] = {
    # Not ===: here a comparison is a number, there a truth value.
    ast.Eq: ("==", _EQUALITY),
    ast.NotEq: ("!=", _EQUALITY),
    ast.Lt: ("<", _ORDER),
    ast.LtE: ("<=", _ORDER),
    ast.Gt: (">", _ORDER),
    ast.GtE: (">=", _ORDER),
}
_ARITHMETIC: dict[type[ast.operator], tuple[str, int]] = {
    ast.Add: ("+", _SUM),
    ast.Sub: ("-", _SUM),
    ast.Mult: ("*", _PRODUCT),
    ast.Div: ("/", _PRODUCT),
}


def javascript(text: str) -> str:
    """Return the JavaScript expression with the values of an elementwise expression.

    Raises
    ------
    ElementwiseError
        It uses something JavaScript has no word for.

    """
    compile_elementwise(text)
    return _Writer(text).written(ast.parse(" ".join(text.split()), mode="eval").body)[0]


class _Writer:
    """Writes terms with the level at which they bind; the text was checked before."""

    def __init__(self, text: str) -> None:
        self.text = text

    def refused(self, problem: str) -> ElementwiseError:
        return ElementwiseError(problem, given=self.text)

    def within(self, node: ast.expr, level: int) -> str:
        text, own = self.written(node)
        if len(text) > _MAX_LENGTH:
            raise self.refused("the expression becomes too long in JavaScript")
        return text if own >= level else f"({text})"

    def written(self, node: ast.expr) -> tuple[str, int]:
        match node:
            case ast.Constant(value=value):
                return ("Infinity" if value == float("inf") else repr(value)), _ATOM
            case ast.Name(id=name):
                return _NAMES[name], _ATOM
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return f"!{self.within(operand, _SIGN)}", _SIGN
            case ast.UnaryOp(op=op, operand=operand):
                inner = self.within(operand, _SIGN)
                sign = "-" if isinstance(op, ast.USub) else "+"
                # -- and ++ are other operators there.
                return f"{sign}({inner})" if inner[0] == sign else f"{sign}{inner}", _SIGN
            case ast.BinOp(left=left, op=op, right=right):
                return self.arithmetic(left, op, right)
            case ast.BoolOp(op=op, values=values):
                sign, level = ("&&", _AND) if isinstance(op, ast.And) else ("||", _OR)
                return f" {sign} ".join(self.within(x, level + 1) for x in values), level
            case ast.Compare(left=left, ops=ops, comparators=others):
                return self.comparison([left, *others], ops)
            case ast.IfExp(test=test, body=body, orelse=orelse):
                parts = (self.within(test, _OR), self.within(body, _OR))
                return f"{parts[0]} ? {parts[1]} : {self.within(orelse, _CHOICE)}", _CHOICE
            case ast.Call(func=ast.Name(id=name), args=args) if name != "round":
                arguments = ", ".join(self.within(argument, _CHOICE) for argument in args)
                return f"Math.{name}({arguments})", _ATOM
        raise self.refused("JavaScript rounds halves up, not to the even neighbour")

    def arithmetic(self, left: ast.expr, op: ast.operator, right: ast.expr) -> tuple[str, int]:
        if isinstance(op, ast.Pow):
            return f"{self.within(left, _ATOM)} ** {self.within(right, _POWER)}", _POWER
        if isinstance(op, ast.FloorDiv):
            if not (_integral(left) and _integral(right)):
                raise self.refused("JavaScript has no // for broken numbers")
            return f"Math.floor({self.quotient(left, '/', right)})", _ATOM
        if isinstance(op, ast.Mod):
            remainder = self.quotient(left, "%", right)
            if _nonnegative(left) and _nonnegative(right):
                return remainder, _PRODUCT
            divisor = self.within(right, _PRODUCT + 1)
            return f"(({remainder}) + {divisor}) % {divisor}", _PRODUCT
        sign, level = _ARITHMETIC[type(op)]
        return f"{self.within(left, level)} {sign} {self.within(right, level + 1)}", level

    def quotient(self, left: ast.expr, sign: str, right: ast.expr) -> str:
        return f"{self.within(left, _PRODUCT)} {sign} {self.within(right, _PRODUCT + 1)}"

    def comparison(self, terms: list[ast.expr], ops: list[ast.cmpop]) -> tuple[str, int]:
        pairs = []
        for left, op, right in zip(terms, ops, terms[1:], strict=False):
            sign, level = _COMPARISONS[type(op)]
            pairs.append(f"{self.within(left, level + 1)} {sign} {self.within(right, level + 1)}")
        if len(pairs) == 1:
            return pairs[0], _COMPARISONS[type(ops[0])][1]
        return " && ".join(pairs), _AND


def _integral(node: ast.expr) -> bool:
    match node:
        case ast.Constant(value=value):
            return isinstance(value, int)
        case ast.Name(id=name):
            return name in "ijhw"
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub() | ast.Mult(), right=right):
            return _integral(left) and _integral(right)
        case ast.UnaryOp(op=ast.USub() | ast.UAdd(), operand=operand):
            return _integral(operand)
        case ast.Call(func=ast.Name(id="floor" | "ceil" | "trunc" | "sign")):
            return True
    return False


def _nonnegative(node: ast.expr) -> bool:
    match node:
        case ast.Constant() | ast.Name() | ast.Compare():
            return True
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _KEEPING:
            signs = (_nonnegative(left), _nonnegative(right))
            return all(signs) or (isinstance(op, ast.Mod) and signs[1])
        case ast.Call(func=ast.Name(id="abs" | "sqrt" | "exp")):
            return True
        case ast.Call(func=ast.Name(id="floor" | "ceil" | "trunc" | "sign" | "min"), args=args):
            return all(map(_nonnegative, args))
    return False
