"""Pocket GPT: its tokens, its forward pass against PyTorch's, its cache, its heads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmbook.pocket import Cache, Pocket, Trained, load
from mmbook.pocket.heads import induction, previous_token
from mmbook.pocket.tokenizer import BYTES, train

PACK = Path(__file__).parents[1] / "data" / "pocket" / "gpt.npz"


@pytest.fixture(scope="module")
def trained() -> Trained:
    return load()


@pytest.fixture(scope="module")
def about(trained: Trained) -> dict[str, Any]:
    return trained.about


@pytest.fixture(scope="module")
def model(trained: Trained) -> Pocket:
    return trained.model


def test_merges_of_the_textbook_example() -> None:
    counts = {"hug": 10, "pug": 5, "pun": 12, "bun": 4, "hugs": 5}
    text = "\n".join(word for word, n in counts.items() for _ in range(n))
    learned = train(text, 3)
    assert [learned.text_of(BYTES + n) for n in range(3)] == ["ug", "un", "hug"]


@given(st.text())
def test_every_text_survives(text: str) -> None:
    words = train("the cat sat on the mat; the mat sat still. " * 3, 20)
    encodable = text.encode("utf-8", "ignore").decode()
    assert words.decode(words.encode(encodable)) == encodable


def test_committed_weights_are_small_and_complete(model: Pocket) -> None:
    assert PACK.stat().st_size <= 3_000_000
    assert sum(w.size for w in model.weights.values()) == 924_416


def test_forward_pass_agrees_with_pytorch(trained: Trained) -> None:
    logits = trained.model.logits(trained.about["reference_tokens"])
    assert np.abs(logits - trained.reference).max() < 1e-3


def test_a_cache_changes_nothing(model: Pocket, about: dict[str, Any]) -> None:
    tokens = about["reference_tokens"]
    whole = model.logits(tokens)
    for cuts in ([1] * len(tokens), [10, 1, 30, len(tokens) - 41]):
        cache, parts, at = Cache(), [], 0
        for size in cuts:
            parts.append(model.logits(tokens[at : at + size], cache))
            at += size
        assert np.abs(np.concatenate(parts) - whole).max() < 1e-4


def test_attention_is_causal_and_sums_to_one(model: Pocket, about: dict[str, Any]) -> None:
    seen = model.attentions(about["reference_tokens"][:20])
    assert seen.shape == (4, 4, 20, 20)
    assert not np.triu(seen, 1).any()
    assert np.allclose(seen.sum(axis=-1), 1, atol=1e-5)


def test_it_learned_more_than_chance(model: Pocket, about: dict[str, Any]) -> None:
    held_out = about["curve"][-1][2]
    assert held_out < 3.3 < np.log(model.config.vocabulary)
    assert model.loss(about["reference_tokens"]) < 5


def test_too_long_or_empty_is_refused(model: Pocket) -> None:
    for tokens in ([], [0] * 257):
        with pytest.raises(ValueError, match="1 to 256"):
            model.logits(tokens)


def test_head_scores_of_perfect_heads() -> None:
    n, period = 12, 6
    before = np.eye(n, k=-1)[None, None]
    assert previous_token(before)[0, 0] == 1
    finder = np.zeros((1, 1, n, n))
    for i in range(period, n):
        finder[0, 0, i, i - period + 1] = 1
    assert induction(finder, period)[0, 0] == 1
    assert induction(before, period)[0, 0] == 0
