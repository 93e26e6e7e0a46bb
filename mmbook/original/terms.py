"""Terms of our elementwise language as they are built from JavaScript's operators and functions.

A term knows what the two languages see differently in it: whether it can be NaN (which JavaScript
takes for false), whether it can be negative (% then differs), and whether it is a truth value.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "OPERATORS", "SIGNS", "VARIABLES", "Term", "choice", "function", "literal", "number", "power",
    "total",
]  # fmt: skip

# How tightly our language binds, as in Python.
_CHOICE, _OR, _AND, _COMPARISON, _SUM, _PRODUCT, _SIGN, _POWER, _ATOM = range(9)


@dataclass(frozen=True)
class Term:
    """A text of our language and what is known of its value.

    ``level`` says how tightly it binds; ``finite`` that it is neither NaN nor infinite,
    ``nonnegative`` and ``nonzero`` what they say wherever it is not NaN; ``kind`` is ``number``,
    ``truth``, or ``either``.
    """

    text: str
    level: int = _ATOM
    finite: bool = False
    nonnegative: bool = False
    nonzero: bool = False
    kind: str = "number"

    def within(self, level: int) -> str:
        """Return the text, in parentheses where it binds more loosely than ``level``."""
        return self.text if self.level >= level else f"({self.text})"

    @property
    def enclosed(self) -> str:
        """The text as it can stand anywhere."""
        return self.within(_ATOM)


def literal(text: str) -> Term:
    """Return a number as JavaScript writes it."""
    if text[:2].lower() in ("0x", "0b", "0o"):
        text = str(int(text, 0))
    value = float(text)
    if not text.isdigit():
        text = repr(value) if math.isfinite(value) else "1e999"
    return Term(text, finite=math.isfinite(value), nonnegative=True, nonzero=value != 0)


def choice(test: Term, yes: Term, no: Term) -> Term:
    """Return JavaScript's ``test ? yes : no``."""
    text = f"{yes.within(_OR)} if {_truth(test).within(_OR)} else {no.within(_CHOICE)}"
    return _either(text, _CHOICE, yes, no)


def _either(text: str, level: int, a: Term, b: Term) -> Term:
    return Term(
        text,
        level,
        finite=a.finite and b.finite,
        nonnegative=a.nonnegative and b.nonnegative,
        nonzero=a.nonzero and b.nonzero,
        kind=a.kind if a.kind == b.kind else "either",
    )


def _truth(term: Term) -> Term:
    """Return a term that is true here where the given one is true there: NaN is not."""
    if term.finite:
        return term
    operand = term.within(_SUM)
    return Term(f"{operand} == {operand} and {operand} != 0", _AND, finite=True)


def _and(a: Term, b: Term) -> Term:
    if not a.finite:
        return choice(a, b, a)
    return _either(f"{a.within(_AND)} and {b.within(_COMPARISON)}", _AND, a, b)


def _or(a: Term, b: Term) -> Term:
    if not a.finite:
        return choice(a, a, b)
    return _either(f"{a.within(_OR)} or {b.within(_AND)}", _OR, a, b)


def _comparison(sign: str) -> Callable[[Term, Term], Term]:
    def compared(a: Term, b: Term) -> Term:
        text = f"{a.within(_SUM)} {sign} {b.within(_SUM)}"
        return Term(text, _COMPARISON, finite=True, nonnegative=True, kind="truth")

    return compared


def _identity(sign: str) -> Callable[[Term, Term], Term | None]:
    """Return ``===`` or ``!==``, which also compare the kinds: None where those may differ."""
    compare = _comparison(sign)

    def compared(a: Term, b: Term) -> Term | None:
        return compare(a, b) if a.kind == b.kind != "either" else None

    return compared


def total(a: Term, b: Term) -> Term:
    """Return the sum."""
    return Term(
        f"{a.within(_SUM)} + {b.within(_PRODUCT)}",
        _SUM,
        finite=a.finite and b.finite,
        nonnegative=a.nonnegative and b.nonnegative,
        nonzero=a.nonnegative and b.nonnegative and (a.nonzero or b.nonzero),
    )


def _difference(a: Term, b: Term) -> Term:
    return Term(f"{a.within(_SUM)} - {b.within(_PRODUCT)}", _SUM, finite=a.finite and b.finite)


def _product(a: Term, b: Term) -> Term:
    return Term(
        f"{a.within(_PRODUCT)} * {b.within(_SIGN)}",
        _PRODUCT,
        finite=a.finite and b.finite,
        nonnegative=a.nonnegative and b.nonnegative,
    )


def _quotient(a: Term, b: Term) -> Term:
    return Term(
        f"{a.within(_PRODUCT)} / {b.within(_SIGN)}",
        _PRODUCT,
        finite=a.finite and b.finite and b.nonzero,
        nonnegative=a.nonnegative and b.nonnegative,
    )


def _remainder(a: Term, b: Term) -> Term:
    """Return JavaScript's ``%``, which takes the sign of the dividend; ours takes the divisor's."""
    size = b if b.nonnegative else function("abs", b)
    finite = a.finite and b.finite and b.nonzero
    if a.nonnegative:
        text = f"{a.within(_PRODUCT)} % {size.within(_SIGN)}"
        return Term(text, _PRODUCT, finite=finite, nonnegative=True)
    text = f"sign({a.text}) * (abs({a.text}) % {size.within(_SIGN)})"
    return Term(text, _PRODUCT, finite=finite)


def power(a: Term, b: Term) -> Term:
    """Return the first term to the power of the second."""
    raised = f"{a.within(_ATOM)} ** {b.within(_SIGN)}"
    if b.finite or _is_never_one(a):
        return Term(raised, _POWER, nonnegative=a.nonnegative)
    # Of 1 and an infinite or undefined exponent JavaScript makes NaN, numpy makes 1.
    exponent = f"{b.within(_SUM)} - {b.within(_PRODUCT)}"
    text = f"0 / 0 if abs({a.text}) == 1 and {exponent} != 0 else {raised}"
    return Term(text, _CHOICE, nonnegative=a.nonnegative)


def _is_never_one(term: Term) -> bool:
    try:
        return float(term.text) != 1
    except ValueError:
        return term.text in ("pi", "e")


def function(name: str, *arguments: Term, finite: bool = True, nonnegative: bool = True) -> Term:
    """Return one of our functions; ``finite`` says that it is so for finite arguments."""
    return Term(
        f"{name}({', '.join(argument.text for argument in arguments)})",
        finite=finite and all(argument.finite for argument in arguments),
        nonnegative=nonnegative,
    )


def _minus(x: Term) -> Term:
    return Term(f"-{x.within(_SIGN)}", _SIGN, finite=x.finite, nonzero=x.nonzero)


def number(x: Term) -> Term:
    """Return the term as a number, as JavaScript's sign + does."""
    # Truth values are 1 and 0 here already, so the sign says nothing.
    return replace(x, kind="number")


def _not(x: Term) -> Term:
    if x.finite:
        text = f"{x.within(_SUM)} == 0"
        return Term(text, _COMPARISON, finite=True, nonnegative=True, kind="truth")
    return replace(choice(x, literal("0"), literal("1")), kind="truth")


VARIABLES = {
    "i": Term("i", finite=True, nonnegative=True),
    "j": Term("j", finite=True, nonnegative=True),
    "h": Term("h", finite=True, nonnegative=True, nonzero=True),
    "w": Term("w", finite=True, nonnegative=True, nonzero=True),
    "Infinity": Term("1e999", nonnegative=True, nonzero=True),
    "true": Term("1", finite=True, nonnegative=True, nonzero=True, kind="truth"),
    "false": Term("0", finite=True, nonnegative=True, kind="truth"),
}
SIGNS: dict[str, Callable[[Term], Term]] = {"-": _minus, "+": number, "!": _not}
OPERATORS: dict[str, Callable[[Term, Term], Term | None]] = {
    "||": _or,
    "&&": _and,
    "===": _identity("=="),
    "!==": _identity("!="),
    **{sign: _comparison(sign) for sign in ("==", "!=", "<", ">", "<=", ">=")},
    "+": total,
    "-": _difference,
    "*": _product,
    "/": _quotient,
    "%": _remainder,
    "**": power,
}
