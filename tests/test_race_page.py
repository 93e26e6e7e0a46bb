"""The race in the book: its film, its sliders, and the numbers that it is known for."""

from __future__ import annotations

import json
from typing import Any

import pytest
from prose import cells, items, run

import mmbook as mm
from mmbook.markdown.chart import ChartSpec
from mmbook.session import Session

PAGE = "chapters/race.md"
CELLS = {cell.id: cell for cell in cells(PAGE)}
Frames = list[tuple[str, Any, Any, tuple[str, ...]]]


def film(code: str) -> tuple[Frames, str | None]:
    frames: Frames = []
    session = Session(lambda *_: None, lambda *frame: frames.append(frame))
    return frames, session.run(code, "watch").error


def test_the_known_step_counts_are_counted_on_the_page() -> None:
    ids = ["watch", "floors", "race", "count"]
    *_, (outcome, printed) = run([CELLS[name] for name in ids])
    assert outcome.error is None
    words = [line.split() for line in printed.splitlines()]
    assert {line[0]: int(line[1]) for line in words} == {
        "full": 1, "lora": 18, "ga": 4, "pro": 5, "ga+pro": 3,
    }  # fmt: skip


def test_every_step_is_a_frame_with_the_change_and_two_charts() -> None:
    frames, error = film(CELLS["watch"].code)
    assert error is None
    assert [label for label, *_ in frames] == [f"step {n}" for n in range(61)]
    assert {len(charts) for *_, charts in frames} == {2}
    trees = {json.loads(scene)["tree"]["name"] for _, scene, *_ in frames}
    assert trees == {"ΔW"}
    assert all("floor of rank 4" in charts[0] for *_, charts in frames)


@pytest.mark.parametrize("method", ["full", "ga", "pro", "ga+pro"])
def test_every_choice_runs(method: str) -> None:
    choice = CELLS["watch"].controls[0]
    assert f'"{method}"' in choice.choices
    code = CELLS["watch"].code.replace(choice.literal, f'"{method}"', 1).replace("0.3", "0.2", 1)
    frames, error = film(code)
    assert error is None
    assert len(frames) == 61


def test_every_slider_runs_at_both_of_its_ends() -> None:
    for control in CELLS["watch"].controls[1:]:
        for end in (control.low, control.high):
            line = f"{control.name} = {control.literal}"
            value = int(end) if control.whole else end
            code = CELLS["watch"].code.replace(line, f"{control.name} = {value}", 1)
            assert code.count(f"{control.name} = {value}") == 1
            frames, error = film(code)
            assert frames
            assert error is None or "stays bounded for 60 steps" in error


def test_a_rate_that_is_too_high_explains_itself_and_leaves_its_film() -> None:
    frames, error = film(CELLS["watch"].code.replace("lr = 0.3", "lr = 2.0", 1))
    assert 1 < len(frames) < 61
    assert error is not None
    assert "without bound at step" in error
    assert "stays bounded" in error


def test_the_curves_stand_in_the_page_itself() -> None:
    (curves,) = [item for item in items(PAGE) if isinstance(item, ChartSpec)]
    assert [one.name for one in curves.chart.series] == ["full", "lora", "ga", "pro", "ga+pro"]


def test_the_fastest_rate_is_not_a_safe_one() -> None:
    """What the text says of a rate of 0.467."""
    task, losses = mm.lora.example(), []
    running = mm.lora.race(task, "lora", lr=0.467)
    with pytest.raises(mm.MmError, match="without bound"):
        losses.extend(moment.loss for moment in running)
    assert next(n for n, loss in enumerate(losses) if loss < 1.1 * task.floor(4)) == 16
