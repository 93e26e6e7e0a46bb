"""Options inside options: laid over each other, closed to changes, and open again."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any


def laid_over(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """Return old settings under new ones; an option that only one of them has stays."""
    both = {**old, **new}
    for name in old.keys() & new.keys():
        if isinstance(old[name], dict):
            both[name] = laid_over(old[name], new[name])
    return both


def frozen(value: Any) -> Any:
    """Return a value with every mapping in it closed to changes, and every list a tuple."""
    if isinstance(value, Mapping):
        return MappingProxyType({name: frozen(member) for name, member in value.items()})
    return tuple(map(frozen, value)) if isinstance(value, list | tuple) else value


def thawed(value: Any) -> Any:
    """Return a frozen value as dicts and lists, which JSON can be made of."""
    if isinstance(value, Mapping):
        return {name: thawed(member) for name, member in value.items()}
    return [thawed(member) for member in value] if isinstance(value, tuple) else value
