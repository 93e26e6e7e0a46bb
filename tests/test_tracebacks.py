import pytest

from mmbook.errors import MmError, ShapeError
from mmbook.tracebacks import describe, filename, line_of


def raised(code, cell="a"):
    """Run a cell's code as the session does and return what it raises."""
    try:
        exec(compile(code, filename(cell), "exec"), {"raise_outside": raise_outside})
    except BaseException as error:
        return error
    pytest.fail("the code raised nothing")


def raise_outside(error):
    raise error


FILES = {filename("a")}


def test_only_the_readers_frames_are_shown():
    error = raised("def f():\n    raise_outside(ValueError('no'))\nf()\n")
    text = describe(error, FILES)
    assert "raise_outside(error)" not in text
    assert 'Cell "a", line 3' in text
    assert 'Cell "a", line 2, in f' in text
    assert text.endswith("ValueError: no")
    assert line_of(error, FILES) == 2


def test_our_errors_hide_what_caused_them():
    error = raised(
        "try:\n    1 / 0\nexcept ZeroDivisionError as cause:\n"
        "    raise_outside(ShapeError('they do not fit'))\n".replace(
            "ShapeError", "__import__('mmbook.errors').errors.ShapeError"
        )
    )
    assert isinstance(error, ShapeError)
    text = describe(error, FILES)
    assert "ZeroDivisionError" not in text
    assert text.endswith("ShapeError: they do not fit.")


def test_causes_of_other_errors_are_shown_first():
    error = raised("try:\n    1 / 0\nexcept Exception as e:\n    raise ValueError('no') from e\n")
    text = describe(error, FILES)
    assert text.index("ZeroDivisionError: division by zero") < text.index("ValueError: no")


def test_a_circle_of_causes_ends():
    error = ValueError("a")
    error.__cause__ = KeyError("b")
    error.__cause__.__context__ = error
    assert describe(error, FILES).count("ValueError") == 1


def test_syntax_errors_point_at_the_column():
    error = raised("x = 1\n    y = (2 +\n")
    text = describe(error, FILES)
    assert 'Cell "a", line 2' in text
    assert "Error: unexpected indent" in text
    assert line_of(error, FILES) == 2


def test_the_caret_stands_under_the_fault():
    lines = describe(raised("total = 1 +* 2\n"), FILES).split("\n")
    assert lines[1][lines[2].index("^")] == "*"


def test_deep_recursion_is_shortened():
    text = describe(raised("def f(n):\n    return f(n + 1)\nf(0)\n"), FILES)
    assert "RecursionError" in text
    assert "earlier calls" in text
    assert text.count("\n") < 60


def test_absent_modules_say_what_there_is():
    text = describe(raised("import nosuchmodule.part\n"), FILES)
    assert "No module named 'nosuchmodule'" in text
    assert "numpy" in text
    assert "standard library" in text


def test_a_misspelt_part_of_a_present_module_says_nothing_of_installing():
    assert "installed" not in describe(raised("import numpy.nosuchpart\n"), FILES)


def test_an_error_that_cannot_say_what_it_is_is_still_shown():
    code = "class Mute(Exception):\n    def __str__(self): return 1 / 0\nraise Mute\n"
    assert "Mute: (its message could not be made)" in describe(raised(code), FILES)


def test_an_error_from_outside_has_no_line():
    error = MmError("it does not work")
    assert line_of(error, FILES) is None
    assert describe(error, FILES) == "MmError: it does not work."
