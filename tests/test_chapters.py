"""What every chapter of the lab keeps to: figures, cells, numbers to check, exercises, sources."""

from __future__ import annotations

import re
from functools import cache

import numpy as np
import pytest
from prose import CHAPTERS, HEAD, cells, figures, numbers, prose, run, source

PAGES = tuple(page for page in CHAPTERS if page != HEAD)


@cache
def printed(page: str) -> dict[str, str]:
    """What each cell prints or shows, all run in order."""
    code = cells(page)
    said = {}
    for cell, (outcome, text) in zip(code, run(code), strict=True):
        assert outcome.error is None, f"{cell.id}: {outcome.error}"
        said[cell.id] = text + (outcome.text or "")
    return said


def values(text: str) -> set[float]:
    """Every number in a text, whatever its format."""
    return {float(n.replace(",", "").replace("−", "-")) for n in re.findall(NUMBER, text)}


NUMBER = r"[-−]?\d[\d,]*(?:\.\d+)?(?:e[-+]?\d+)?"


@pytest.mark.parametrize("page", PAGES)
def test_every_cell_runs_in_order(page: str) -> None:
    assert printed(page)


@pytest.mark.parametrize("page", PAGES)
def test_measured_numbers_in_the_prose_are_printed_by_a_cell_or_sourced(page: str) -> None:
    """A number with a decimal point, or of four digits and more, is computed on the page.

    Where it is another's result, its paragraph names the source.
    """
    outputs = values(" ".join(printed(page).values()))
    for paragraph in re.split(r"\n\s*\n", source_prose(page)):
        if "[^" in paragraph:
            continue
        for number in numbers(re.sub(r"\[\^\w+\]", "", paragraph)):
            plain = number.rstrip("%").replace(",", "").replace("−", "-")
            if "." not in plain and len(plain.lstrip("-")) < 4:
                continue
            digits = len(plain.partition(".")[2])
            share = 100 if number.endswith("%") else 1
            close = [v for v in outputs for s in {1, share} if round(v * s, digits) == float(plain)]
            assert close, f"{number} in: {paragraph.strip()[:120]}"


def source_prose(page: str) -> str:
    """The prose with its footnote marks, so that a sourced paragraph is known."""
    marked = re.sub(r"\[\^(\w+)\](?!:)", r"⟦^\1⟧", source(page))
    return _prose_of(marked)


def _prose_of(text: str) -> str:
    text = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)
    text = re.sub(r"^ *```.*?^ *```$", "", text, flags=re.DOTALL | re.MULTILINE)
    text = re.sub(r"^\[\^\w+\]:.*$", "", text, flags=re.MULTILINE)
    text = re.sub(r"`[^`\n]*`|<[^>\n]*>|\]\([^)\n]*\)|\$[^$]*\$", "", text)
    text = re.sub(r"^\?\?\?.*$", "", text, flags=re.MULTILINE)
    return text.replace("⟦^", "[^").replace("⟧", "]")


@pytest.mark.parametrize("page", PAGES)
def test_a_chapter_has_a_cube_a_cell_exercises_with_solutions_and_sources(page: str) -> None:
    text = source(page)
    assert figures(page)
    assert cells(page)
    exercises = text.split("## Exercises")[1]
    asked = len(re.findall(r"^\*\*\d+\.\*\*", exercises, flags=re.MULTILINE))
    solved = len(re.findall(r'^\?\?\? note "Solution"', exercises, flags=re.MULTILINE))
    assert asked == solved >= 3
    notes = set(re.findall(r"^\[\^(\w+)\]:", text, flags=re.MULTILINE))
    used = set(re.findall(r"\[\^(\w+)\](?!:)", text))
    assert notes == used
    assert notes


@pytest.mark.parametrize("page", PAGES)
def test_figures_are_finite_where_they_are_not_missing(page: str) -> None:
    for spec in figures(page):
        for name, array in spec.figure.evaluate().items():
            assert np.isfinite(array).all(), (spec.id, name)


@pytest.mark.parametrize("page", PAGES)
def test_the_lead_is_one_question(page: str) -> None:
    lead = re.search(r'<p class="lead">(.+?)</p>', source(page))
    assert lead
    assert lead[1].rstrip().endswith("?")
    assert prose(page)
