"""Errors say where, what, the value given, what was possible, and the remedy."""

import inspect
import pickle

import pytest

from mmbook import errors
from mmbook.errors import ExpressionError, FenceError, MmError, ShapeError, TextError, ValueTooLarge

CLASSES = [
    member
    for _, member in inspect.getmembers(errors, inspect.isclass)
    if issubclass(member, MmError)
]


def test_every_class_stands_in_the_drawing_with_a_docstring() -> None:
    drawing = (errors.__doc__ or "").split("::", 1)[1]
    drawn = {line.split("──")[-1].split()[0] for line in drawing.splitlines() if line.strip()}
    for cls in CLASSES:
        assert cls.__name__ in drawn
        assert cls.__doc__


def test_message_holds_every_part_in_order() -> None:
    error = MmError(
        "no such epilog", given="softmx", possible=["none", "softmax"], remedy="Fix it", where="C"
    )
    assert str(error) == ("C: no such epilog (given: softmx). Possible: none, softmax. Fix it.")


def test_message_leaves_out_what_is_unknown() -> None:
    assert str(MmError("it is wrong")) == "it is wrong."


@pytest.mark.parametrize(
    ("given", "shown"), [("", "''"), (" x", "' x'"), ("a\nb", r"'a\nb'"), (3, "3"), ([1], "[1]")]
)
def test_given_values_are_shown_so_that_they_can_be_told_apart(given: object, shown: str) -> None:
    assert f"(given: {shown})" in str(MmError("bad", given=given))


def test_long_values_are_shortened() -> None:
    assert len(str(MmError("bad", given="x" * 10_000))) < 200


def test_caret_points_at_the_column_of_the_right_line() -> None:
    error = ExpressionError("bad", text="A @ B\n  @ C.T", column=12)
    summary, line, caret = str(error).splitlines()
    assert "column 12" in summary
    assert line[caret.index("^")] == "."


def test_caret_counts_wide_characters_twice_and_marks_never() -> None:
    wide = str(ExpressionError("bad", text="名+", column=2)).splitlines()
    assert wide[2].index("^") == 2 + 2
    marked = str(ExpressionError("bad", text="e\u0301+", column=3)).splitlines()
    assert marked[2].index("^") == 2 + 1


def test_long_lines_are_cut_around_the_column() -> None:
    text = "a" * 5000 + "!" + "b" * 5000
    _, line, caret = str(TextError("bad", text=text, column=5001)).splitlines()
    assert len(line) < 130
    assert line[caret.index("^")] == "!"


def test_summary_is_one_line() -> None:
    error = ShapeError("no fit", text="A @\nB", column=3, left="A", right="B")
    assert "\n" not in error.summary


@pytest.mark.parametrize("cls", CLASSES)
def test_errors_survive_pickling(cls: type[MmError]) -> None:
    error = cls("bad", given=[1], possible=["a", "b"], remedy="Mend it")
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is cls
    assert str(copy) == str(error)
    assert vars(copy) == vars(error)


def test_fields_of_their_own_survive_too() -> None:
    large = pickle.loads(pickle.dumps(ValueTooLarge("big", size=5, limit=4)))
    assert (large.size, large.limit) == (5, 4)


def test_fence_error_names_file_and_line() -> None:
    assert str(FenceError("bad option", file="docs/a.md", line=7)).startswith("docs/a.md:7: ")
