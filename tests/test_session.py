import json
import warnings

import numpy as np
import pytest

import mmbook
from mmbook.figure import Figure
from mmbook.session import MOST_OF_A_VALUE, Session


@pytest.fixture
def printed():
    return []


@pytest.fixture
def session(printed):
    return Session(lambda stream, text: printed.append((stream, text)))


def test_names_live_on_from_cell_to_cell(session):
    assert session.run("x = 20", "a").text is None
    assert session.run("x + 1", "b").text == "21"


def test_mm_and_np_are_there_in_every_cell(session):
    assert session.run("np.float64(2) * len(mm.__all__) > 0", "a").text == "np.True_"


@pytest.mark.parametrize("value", ["0", "False", "''", "[]"])
def test_values_that_count_as_false_are_shown(session, value):
    assert session.run(value, "a").text == value


@pytest.mark.parametrize("code", ["", "# nothing", "x = 1", "None", "print('x')"])
def test_no_value_shows_nothing(session, code):
    outcome = session.run(code, "a")
    assert (outcome.text, outcome.error, outcome.scene) == (None, None, None)


def test_long_values_are_cut(session):
    text = session.run("'x' * 100_000", "a").text
    assert len(text) < MOST_OF_A_VALUE + 100
    assert "more characters" in text


def test_a_figure_becomes_its_scene(session):
    code = "L = np.arange(6.).reshape(2, 3); R = np.ones((3, 4))\nmm.figure('L @ R', L=L, R=R)"
    outcome = session.run(code, "a")
    assert outcome.error is None
    scene = json.loads(outcome.scene)
    name = scene["tree"]["name"]
    assert scene["tree"]["shape"] == [2, 4]
    expected = np.arange(6.0).reshape(2, 3) @ np.ones((3, 4))
    np.testing.assert_array_equal(outcome.arrays[name], expected)
    assert all(array.dtype == np.dtype("<f4") for array in outcome.arrays.values())
    assert all(array.flags.c_contiguous for array in outcome.arrays.values())


def test_a_figure_that_is_not_last_is_not_drawn(session):
    assert session.run("f = mm.figure('L @ R', L=np.eye(2), R=np.eye(2))", "a").scene is None
    assert session.run("f", "b").scene is not None


def test_an_error_names_the_readers_line(session):
    outcome = session.run("x = 1\n\nmm.figure('L @ R', L=np.eye(2), R=np.eye(3))\n", "wrong")
    assert outcome.line == 3
    assert "2 × 2" in outcome.error
    assert "3 × 3" in outcome.error
    assert 'Cell "wrong", line 3' in outcome.error
    assert "mmbook/" not in outcome.error


def test_an_error_in_a_function_of_another_cell_shows_both(session):
    session.run("def half(x):\n    return x / 0\n", "first")
    outcome = session.run("\nhalf(3)", "second")
    assert outcome.line == 2
    assert 'Cell "first", line 2, in half' in outcome.error
    assert "return x / 0" in outcome.error


def test_after_an_edit_the_traceback_shows_the_new_lines(session):
    session.run("1 / 0", "a")
    assert "2 / 0" in session.run("2 / 0", "a").error


@pytest.mark.parametrize("code", ["raise SystemExit(3)", "raise KeyboardInterrupt", "exit()"])
def test_leaving_python_is_an_error_like_any_other(session, code):
    assert session.run(code, "a").error
    assert session.run("1", "b").text == "1"


def test_what_was_printed_before_an_error_is_kept(session, printed):
    session.run("print('so far')\n1 / 0", "a")
    assert ("stdout", "so far\n") in [(printed[0][0], "".join(text for _, text in printed))]


def test_a_value_that_cannot_be_shown_is_an_error(session):
    code = "class Bad:\n    def __repr__(self): return 1 / 0\n\nBad()"
    assert "ZeroDivisionError" in session.run(code, "a").error


@pytest.mark.parametrize("code", ["input('name? ')", "import sys\nsys.stdin.read()"])
def test_asking_for_input_is_refused_at_once(session, code):
    assert "cannot ask for input" in session.run(code, "a").error


def test_a_syntax_error_runs_nothing(session, printed):
    outcome = session.run("print('x')\nif True\n", "a")
    assert outcome.line == 2
    assert "SyntaxError" in outcome.error
    assert printed == []


def test_a_warning_is_given_again_in_the_next_run(session):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("default")
        session.run("np.array([1.0]) / 0", "a")
        session.run("np.array([1.0]) / 0", "a")
    assert [str(warning.message) for warning in caught] == [
        "divide by zero encountered in divide"
    ] * 2
    assert {warning.filename for warning in caught} == {"cell a"}


def test_features_of_this_package_do_not_reach_the_readers_code(session):
    # `from __future__ import annotations` would make it a text.
    assert session.run("def f(x: 1 + 1): pass\nf.__annotations__['x']", "a").text == "2"


def test_sessions_share_no_names(session):
    session.run("x = 1", "a")
    assert "NameError" in Session(lambda *_: None).run("x", "a").error


def test_a_figure_from_json_is_evaluated(session):
    identity = np.eye(2, dtype=np.float32)
    text = Figure.to_json(mmbook.figure("L @ R", L=identity, R=identity))
    outcome = session.evaluate(text, {"L": identity, "R": identity})
    assert outcome.error is None
    assert json.loads(outcome.scene)["figure"] == json.loads(text)


def test_json_that_is_no_figure_is_an_error(session):
    assert "FigureError" in session.evaluate("{", {}).error


@pytest.fixture
def frames():
    return []


@pytest.fixture
def screen(frames, printed):
    return Session(
        lambda stream, text: printed.append((stream, text)), lambda *frame: frames.append(frame)
    )


def test_what_is_shown_comes_while_the_cell_runs(screen, frames, printed):
    code = """
for n in range(3):
    mm.show(mm.figure("L @ R", L=np.eye(2) * n, R=np.eye(2)), label=f"step {n}")
    print(n)
    if n == 1:
        1 / 0
"""
    outcome = screen.run(code, "a")
    assert outcome.line == 6
    assert [label for label, *_ in frames] == ["step 0", "step 1"]
    np.testing.assert_array_equal(frames[1][2]["L @ R"], np.eye(2))
    assert json.loads(frames[1][1])["tree"]["name"] == "L @ R"
    assert "".join(text for _, text in printed) == "0\n1\n"


def test_a_frame_may_hold_charts_alone_or_beside_a_figure(screen, frames):
    code = "c = mm.chart([1, 2])\nmm.show(c, c)\nmm.show(mm.figure('A', A=np.eye(2)), c)"
    assert screen.run(code, "a").error is None
    (_, nothing, empty, two), (_, scene, arrays, one) = frames
    assert (nothing, empty, len(two), len(one)) == (None, {}, 2, 1)
    assert two[0].startswith("<svg")
    assert scene is not None
    assert set(arrays) == {"A"}


def test_a_chart_is_a_value(screen):
    outcome = screen.run("mm.chart({'loss': [2, 1]})", "a")
    assert len(outcome.charts) == 1
    assert (outcome.text, outcome.scene) == (None, None)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ("", "given: nothing"),
        ("3", "given: int"),
        ("mm.figure('A', A=np.eye(2)), mm.figure('A', A=np.eye(2))", "too much for one frame"),
        ("*[mm.chart([1])] * 9", "up to 8 charts"),
    ],
)
def test_what_cannot_be_shown_is_an_error(screen, frames, arguments, words):
    assert words in screen.run(f"mm.show({arguments})", "a").error
    assert frames == []


def test_what_cannot_be_shown_is_an_error_at_its_line(screen):
    outcome = screen.run("f = mm.figure('A @ B', A=np.eye(2), B=np.eye(2))\nmm.show(f, 1)", "a")
    assert outcome.line == 2


def test_nobody_looks_outside_a_cell(frames):
    mmbook.show(mmbook.chart([1, 2]), label="unseen")
    assert frames == []


def test_a_session_without_a_screen_runs_all_the_same(session):
    assert session.run("mm.show(mm.chart([1, 2]))\n1", "a").text == "1"
