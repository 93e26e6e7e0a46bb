"""What ``import mmbook as mm`` offers, and what the import costs."""

import subprocess
import sys

import pytest

import mmbook as mm

NAMES = [
    *("Chart", "Figure", "MmError", "chart", "col_major", "cols", "diff", "elementwise", "eye"),
    *(
        "figure",
        "gaussian",
        "gpt2",
        "lora",
        "matrix",
        "missing",
        "parse",
        "pocket",
        "pt_linear",
        "result",
    ),
    *("row_major", "rows", "show", "tril_mask", "triu_mask", "uniform"),
]


def fresh(code: str) -> str:
    """Run code in an interpreter that has imported nothing yet."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_public_names() -> None:
    assert mm.__all__ == NAMES
    for name in NAMES:
        assert getattr(mm, name).__doc__


def test_functions_hide_the_modules_of_their_names() -> None:
    for name in ("chart", "figure", "elementwise", "matrix"):
        assert callable(getattr(mm, name))


def test_names_that_do_not_exist_are_attribute_errors() -> None:
    with pytest.raises(AttributeError, match="sofmax"):
        mm.sofmax  # noqa: B018


def test_import_needs_numpy_only_and_loads_no_model() -> None:
    loaded = fresh(
        "import sys; standard = set(sys.modules) | set(sys.stdlib_module_names); import mmbook; "
        "print(*sorted({m.split('.')[0] for m in sys.modules} - standard), "
        "any(m.startswith(('mmbook.gpt2', 'mmbook.lora', 'mmbook.plot')) for m in sys.modules))"
    )
    assert loaded == "mmbook numpy False"
