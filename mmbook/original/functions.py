"""The constants and functions of JavaScript's Math that have a counterpart in our language."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from mmbook.original.terms import Term, function, literal, number, power, total

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["CONSTANTS", "FUNCTIONS"]

_ANY = 1000


def _keeping(name: str) -> Callable[[Term], Term]:
    """Return a function that keeps signs and finite values."""
    return lambda x: function(name, x, nonnegative=x.nonnegative)


def _signed(name: str) -> Callable[[Term], Term]:
    return lambda x: function(name, x, nonnegative=False)


def _plain(name: str) -> Callable[[Term], Term]:
    """Return a function of which nothing is known."""
    return lambda x: function(name, x, finite=False, nonnegative=False)


def _extreme(name: str, decide: Callable[[list[bool]], bool]) -> Callable[..., Term]:
    def chosen(*numbers: Term) -> Term:
        if len(numbers) == 1:
            return number(numbers[0])
        return function(name, *numbers, nonnegative=decide([x.nonnegative for x in numbers]))

    return chosen


def _least(decisions: list[bool]) -> bool:
    return all(decisions)


def _greatest(decisions: list[bool]) -> bool:
    return any(decisions)


CONSTANTS = {
    "PI": Term("pi", finite=True, nonnegative=True, nonzero=True),
    "E": Term("e", finite=True, nonnegative=True, nonzero=True),
    **{
        name: literal(repr(value))
        for name, value in {
            "LN2": math.log(2),
            "LN10": math.log(10),
            "LOG2E": math.log2(math.e),
            "LOG10E": math.log10(math.e),
            "SQRT2": math.sqrt(2),
            "SQRT1_2": math.sqrt(0.5),
        }.items()
    },
}
FUNCTIONS: dict[str, tuple[int, int, Callable[..., Term]]] = {
    **{name: (1, 1, _keeping(name)) for name in ("floor", "ceil", "trunc", "sign", "cbrt", "tanh")},
    "abs": (1, 1, lambda x: function("abs", x)),
    "round": (1, 1, lambda x: _keeping("floor")(total(x, literal("0.5")))),
    "sqrt": (1, 1, lambda x: function("sqrt", x, finite=x.nonnegative)),
    "exp": (1, 1, lambda x: function("exp", x, finite=False)),
    "cosh": (1, 1, lambda x: function("cosh", x, finite=False)),
    **{name: (1, 1, _signed(name)) for name in ("sin", "cos", "tan", "atan")},
    **{
        name: (1, 1, _plain(name))
        for name in ("asin", "acos", "sinh", "expm1", "log", "log1p", "log2", "log10")
    },
    "atan2": (2, 2, lambda y, x: function("atan2", y, x, nonnegative=False)),
    "hypot": (2, 2, lambda a, b: function("hypot", a, b, finite=False)),
    "pow": (2, 2, power),
    "min": (1, _ANY, _extreme("min", _least)),
    "max": (1, _ANY, _extreme("max", _greatest)),
}
