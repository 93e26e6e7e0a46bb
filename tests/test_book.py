"""The book says what is so: figures evaluate, cells run, and every number is measured again."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray
from prose import (
    DOCS,
    PAGES,
    ROOT,
    cells,
    figures,
    items,
    numbers,
    prose,
    run,
    sections,
    sentences,
    source,
)
from prose import HEAD as CHAPTER

import mmbook as mm
from mmbook.markdown.page import Bad
from mmbook.markdown.spec import FigureSpec
from mmbook.session import Session

Array = NDArray[np.float64]


# What the numbers are.


@cache
def head(layer: int, number: int) -> dict[str, Array]:
    """Return the head's matrices in float64, from its pack, by numpy alone."""
    pack = mm.gpt2.head(layer, number)
    m = {name: np.asarray(_values(pack[name]), dtype=np.float64) for name in pack}
    m["Q"], m["K"], m["V"] = m["x"] @ m["wQ"], (m["wK_t"] @ m["x_t"]).T, m["x"] @ m["wV"]
    m["attn"] = attention(m["Q"], m["K"])
    return m


def _values(leaf: object) -> object:
    return getattr(leaf, "array", leaf)


def softmax(scores: Array) -> Array:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def attention(q: Array, k: Array, *, causal: bool = True) -> Array:
    scores = q @ k.T / np.sqrt(64)
    return softmax(np.where(np.tri(len(q)), scores, -np.inf) if causal else scores)


EVEN = np.tri(9) / np.arange(1, 10)[:, None]


def on_first(a: Array) -> float:
    return float(a[1:, 0].mean())


def on_band(a: Array) -> float:
    shares = [a[i, i - 2 : i + 1].sum() / a[i, 1 : i + 1].sum() for i in range(4, 9)]
    return float(np.mean(shares))


def tokens_seen(row: Array) -> float:
    row = row[row > 0]
    return float(2 ** -(row * np.log2(row)).sum())


def first_share(m: Array) -> float:
    squares = np.linalg.svd(m, compute_uv=False) ** 2
    return float(squares[0] / squares.sum())


def centred(m: Array) -> Array:
    return m - m.mean(axis=0)


def without_bias(of: str) -> float:
    """Return how far one attention weight moves when the bias of queries or keys is left out."""
    m = head(5, 4)
    q = m["x"][:, :-1] @ m["wQ"][:-1] if of == "Q" else m["Q"]
    k = (m["wK_t"][:, :-1] @ m["x_t"][:-1]).T if of == "K" else m["K"]
    return float(abs(attention(q, k) - m["attn"]).max())


def ahead() -> Array:
    m = head(5, 4)
    return np.triu(attention(m["Q"], m["K"], causal=False), 1).sum(axis=1)


def counts(tokens: int) -> list[int]:
    projection, hub = tokens * 768 * 64, tokens * tokens * 64
    return [projection, projection, hub, projection, hub, projection]


def hub_share(tokens: int) -> float:
    return (counts(tokens)[2] + counts(tokens)[4]) / sum(counts(tokens))


def two(value: float) -> str:
    return f"{value:.2f}"


def introduction() -> list[str]:
    width, length = head(5, 4)["wQ"].shape[::-1]
    # 12 layers of 12 heads, layer 5, head 4, counted from 0; a row adds up to 1
    assert np.allclose(head(5, 4)["attn"].sum(axis=1), 1)
    return ["12", "12", "5", "4", "0", str(width), str(length), "1"]


def products() -> list[str]:
    shapes = [["9", "768", "768", "64"], ["64", "768", "768", "9"], ["9", "64", "64", "9"]]
    shapes += [["9", "768", "768", "64"], ["9", "9", "9", "64"], ["9", "64", "64", "768"]]
    rows = zip(shapes, counts(9), counts(256), strict=True)
    table = [n for s, a, b in rows for n in (*s, f"{a:,}", f"{b:,}")]
    return ["9", "256", *table, f"{hub_share(9):.1%}", "256", f"{hub_share(256):.1%}"]


def bias() -> list[str]:
    return [
        str(head(5, 4)["x"].shape[1]),
        str(head(5, 4)["x"].shape[1] - 1),
        two(without_bias("Q")),
    ]


def hub() -> list[str]:
    assert ahead()[-1] == 0
    return [two(ahead()[0]), two(ahead().mean())]


def first_token() -> list[str]:
    sizes = np.linalg.norm(head(5, 4)["V"], axis=1)
    others = sorted(sizes[1:])
    means = [on_first(a) for a in (head(5, 4)["attn"], head(0, 2)["attn"], EVEN)]
    ends = [f"{others[0]:.1f}", f"{others[-1]:.1f}"]
    return [two(means[0]), "5.4", two(means[1]), "0.2", two(means[2]), two(sizes[0]), *ends]


def neighbourhood() -> list[str]:
    a, other = head(5, 4)["attn"], head(0, 2)["attn"]
    steps = [a[8, 6], a[6, 5], a[7, 6]]
    for (row, column), weight in zip(((8, 6), (6, 5), (7, 6)), steps, strict=True):
        assert a[row, 1:].argmax() + 1 == column
        assert weight == a[row, 1:].max()
    shares = ["5.4", two(on_band(a)), two(on_band(EVEN)), "0.2", two(on_band(other))]
    return [*shares, "4", "8", *map(two, steps)]


def spread() -> list[str]:
    last = [tokens_seen(head(*h)["attn"][-1]) for h in ((5, 4), (0, 2))]
    return ["5.4", f"{last[0]:.1f}", "0.2", f"{last[1]:.1f}"]


def directions() -> list[str]:
    m = head(5, 4)
    raw = [two(first_share(m[name])) for name in "QKV"]
    return raw + [two(first_share(centred(m[name]))) for name in "QKV"]


def exercises() -> list[str]:
    equal = 2 * 768
    assert hub_share(equal) == 0.5
    assert np.allclose(head(5, 4)["attn"][0], np.eye(9)[0])
    assert without_bias("K") < 1e-12
    first, third = ["1", "1"], ["1"]
    fourth, fifth = ["0", "1"], ["4", "768", "64", "2", "64", "2", "768", str(equal), "1024"]
    return [*first, *third, *fourth, *fifth]


SAYS: dict[str, dict[str, Callable[[], list[str]]]] = {
    CHAPTER: {
        "Inside an attention head": introduction,
        "Six products": products,
        "A column of ones": bias,
        "The hub": hub,
        "Two heads": lambda: ["5", "4", "0", "2"],
        "The first token": first_token,
        "The neighbourhood": neighbourhood,
        "How many tokens a row looks at": spread,
        "Few directions": directions,
        "Exercises": exercises,
    },
    "index.md": {
        # the depth of the first figure, and its only two results
        "How to read a cube": lambda: ["24", "24", "−24"],
    },
    "about.md": {
        "The idea": lambda: ["2023"],
        # 12 heads of 64 queries and 64 keys, for the width of the model
        "The numbers": lambda: [str(12 * 2 * 64), str(12 * 64)],
        "What the numbers cannot show": lambda: ["64", "32", "32", "16"],
    },
}


@pytest.mark.parametrize("page", ["index.md", CHAPTER, "about.md"])
def test_every_number_in_the_prose_is_the_measured_one(page: str) -> None:
    said = {title: numbers(text) for title, text in sections(page).items() if numbers(text)}
    measured = {title: numbers_of() for title, numbers_of in SAYS.get(page, {}).items()}
    assert said == measured


def test_results_of_the_first_figure_are_the_two_that_the_text_names() -> None:
    hero = next(figure for figure in figures("index.md") if figure.id == "hero")
    assert set(np.unique(hero.figure.evaluate()["L @ R"])) == {-24.0, 24.0}


def test_values_of_the_other_head_are_smallest_at_the_first_token_too() -> None:
    for which in ((5, 4), (0, 2)):
        assert np.linalg.norm(head(*which)["V"], axis=1).argmin() == 0


# Figures and cells.


@pytest.mark.parametrize("page", PAGES)
def test_no_fence_is_bad(page: str) -> None:
    assert [str(item.why) for item in items(page) if isinstance(item, Bad)] == []


@pytest.mark.parametrize(
    "spec", [spec for page in PAGES for spec in figures(page)], ids=lambda spec: spec.id
)
def test_every_figure_evaluates_to_numbers_and_has_a_caption(spec: FigureSpec) -> None:
    values = spec.figure.evaluate()
    assert all(np.isfinite(array).all() for array in values.values())
    assert spec.caption
    assert spec.height


@pytest.mark.parametrize("spec", figures(CHAPTER), ids=lambda spec: spec.id)
def test_every_figure_of_the_chapter_is_the_head_it_says(spec: FigureSpec) -> None:
    which = (0, 2) if spec.id == "head-0-2" else (5, 4)
    assert np.abs(spec.figure.evaluate()["attn"] - head(*which)["attn"]).max() < 1e-6


# What a cell promises in the text around it.
DRAWS = {"load", "mask"}
PRINTS: dict[str, Callable[[], list[str]]] = {
    "count": lambda: [str(sum(counts(9))), f"{hub_share(256):.1%}"],
    "bias": lambda: [two(without_bias("Q"))],
    "first-token": lambda: [first_token()[0], first_token()[2], first_token()[4]],
    "values": lambda: [first_token()[5]],
    "band": lambda: [neighbourhood()[1], neighbourhood()[2], neighbourhood()[4]],
    "entropy": lambda: [spread()[1], spread()[3]],
    "spectra": directions,
}


def test_every_cell_runs_in_order_and_keeps_its_promise() -> None:
    code = cells(CHAPTER)
    for cell, (outcome, printed) in zip(code, run(code), strict=True):
        assert outcome.error is None, f"{cell.id}: {outcome.error}"
        assert (outcome.scene is not None) == (cell.id in DRAWS), cell.id
        assert printed.strip(), cell.id
        for number in PRINTS.get(cell.id, list)():
            # numpy prints 0.50 as 0.5
            assert number in printed or number.rstrip("0") in printed, (cell.id, number, printed)


def test_the_mask_cell_fills_the_upper_triangle_when_edited_as_told() -> None:
    mask = next(cell for cell in cells(CHAPTER) if cell.id == "mask")
    old, new = "softmax(tril(x/sqrt(k)))", "softmax(x/sqrt(k))"
    assert mask.code.count(old) == 1
    session = Session(lambda _stream, _text: None)
    session.run(cells(CHAPTER)[0].code, "load")
    before = session.run(mask.code, "mask").arrays["attn"]
    after = session.run(mask.code.replace(old, new), "mask").arrays["attn"]
    upper = np.triu_indices(9, 1)
    assert np.all(before[upper] == 0)
    assert np.all(after[upper] > 0)
    assert np.abs(before[-1] - after[-1]).max() < 1e-6


def test_the_reference_cell_prints_a_difference_below_what_the_text_grants() -> None:
    code = cells(CHAPTER)
    printed = dict(zip((cell.id for cell in code), (text for _, text in run(code)), strict=True))
    differences = [float(line.split()[-1]) for line in printed["reference"].splitlines()]
    assert len(differences) == 2
    assert max(differences) < 0.005


@pytest.mark.parametrize("page", PAGES)
def test_cells_are_short_and_narrow_enough_to_read(page: str) -> None:
    for cell in cells(page):
        lines = cell.code.splitlines()
        assert len(lines) <= 12, cell.id
        assert max(map(len, lines)) <= 72, cell.id


# The writing.


@pytest.mark.parametrize("page", PAGES)
def test_sentences_are_short(page: str) -> None:
    lengths = {sentence: len(re.findall(r"\w+", sentence)) for sentence in sentences(page)}
    too_long = {sentence: n for sentence, n in lengths.items() if n > 32}
    assert not too_long
    assert np.mean(list(lengths.values())) < 15


@pytest.mark.parametrize("page", PAGES)
def test_paragraphs_are_short(page: str) -> None:
    paragraphs = re.split(r"\n\s*\n|\n(?=[-*|] |\d+\. )", prose(page))
    assert [p for p in paragraphs if len(p.split()) > 80] == []


@pytest.mark.parametrize("page", PAGES)
def test_nothing_recalled_is_printed_as_fact(page: str) -> None:
    text = source(page)
    assert not re.search(r"\[[RSV]\]|\bTODO\b|\bTBD\b", text)


@pytest.mark.parametrize("page", PAGES)
def test_headings_descend_one_level_at_a_time(page: str) -> None:
    levels = [len(marks) for marks in re.findall(r"^(#+) ", source(page), flags=re.MULTILINE)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))


@pytest.mark.parametrize("page", PAGES)
def test_links_between_pages_lead_somewhere(page: str) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", source(page)):
        assert ((DOCS / page).parent / target).is_file(), target


def test_the_readme_s_tree_is_the_tree() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    tree = readme.split("## The tree")[1].split("```")[1]
    folders = re.findall(r"^( *)([a-z0-9_]+)/ ", tree, flags=re.MULTILINE)
    for indent, folder in folders:
        assert (ROOT / ("mmbook" if indent else "") / folder).is_dir(), folder
    for image in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", readme):
        assert (ROOT / image).is_file(), image


# The style sheets.


def colours(scheme: str) -> dict[str, str]:
    css = (DOCS / "stylesheets" / "palette.css").read_text(encoding="utf-8")
    css = css.split("@media")[0]
    found: dict[str, str] = {}
    for selector, body in re.findall(r"^([^{}/]+)\{([^}]*)\}", css, flags=re.MULTILINE):
        if selector.strip() in ("[data-md-color-scheme]", scheme):
            found |= dict(re.findall(r"--mm-([a-z]+): (#[0-9a-f]{6});", body))
    return found


def luminance(colour: str) -> float:
    channels = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


@pytest.mark.parametrize("scheme", ["[data-md-color-scheme]", '[data-md-color-scheme="slate"]'])
@pytest.mark.parametrize("ink", ["ink", "muted", "positive", "negative"])
@pytest.mark.parametrize("paper", ["paper", "raised", "sunk"])
def test_every_ink_can_be_read_on_every_paper(scheme: str, ink: str, paper: str) -> None:
    palette = colours(scheme)
    low, high = sorted((luminance(palette[ink]), luminance(palette[paper])))
    assert (high + 0.05) / (low + 0.05) >= 4.5
