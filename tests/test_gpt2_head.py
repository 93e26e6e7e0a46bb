"""The committed heads compute the attention that the original model computed."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

import mmbook as mm
from mmbook import packs
from mmbook.errors import MmError, PackError
from mmbook.evaluate import evaluate
from mmbook.expr import parse
from mmbook.gpt2 import EPILOG, EXPRESSION, Head, head, heads
from mmbook.pack import write_pack

if TYPE_CHECKING:
    from numpy.typing import NDArray

COMMITTED = [(5, 4), (0, 2)]
DATA = Path(__file__).parents[1] / "data" / "gpt2"


@pytest.fixture(params=COMMITTED, ids=lambda pair: f"layer {pair[0]} head {pair[1]}")
def real(request: pytest.FixtureRequest) -> Head:
    return head(*request.param)


def values(real: Head, **changed: NDArray[np.float32]) -> dict[str, NDArray[np.float32]]:
    leaves = {name: np.asarray(matrix) for name, matrix in real.items()}
    return evaluate(parse(EXPRESSION), leaves | changed, {"attn": EPILOG})


def test_attention_is_the_original_model_s(real: Head) -> None:
    attention = values(real)["attn"]
    assert np.abs(attention - real.reference).max() <= 0.005


def test_without_biases_it_is_not(real: Head) -> None:
    x = np.array(real["x"])
    x[:, -1] = 0
    attention = values(real, x=x, x_t=x.T)["attn"]
    assert np.abs(attention - real.reference).max() > 0.05


def test_another_head_s_queries_do_not_give_it_either(real: Head) -> None:
    (other,) = (head(*pair) for pair in COMMITTED if pair != (real.layer, real.head))
    attention = values(real, wQ=np.asarray(other["wQ"]))["attn"]
    assert np.abs(attention - real.reference).max() > 0.05


def test_attention_is_causal_and_its_rows_are_shares_of_one(real: Head) -> None:
    attention = values(real)["attn"]
    np.testing.assert_allclose(attention.sum(axis=1, dtype=np.float64), 1, atol=1e-6)
    assert np.all(attention[np.triu_indices_from(attention, 1)] == 0)
    assert attention[0].tolist() == [1] + [0] * 8
    assert np.all(attention >= 0)


def test_every_product_is_numpy_s_in_float64(real: Head) -> None:
    m = {name: np.asarray(matrix, np.float64) for name, matrix in real.items()}
    assert m["x"].shape == (9, 769)
    np.testing.assert_array_equal(m["x"][:, -1], 1)
    np.testing.assert_array_equal(m["x"].T, m["x_t"])
    # The bias taken out of the product again: an affine map, as the model states it.
    q = m["x"][:, :-1] @ m["wQ"][:-1] + m["wQ"][-1]
    k = m["x"][:, :-1] @ m["wK_t"][:, :-1].T + m["wK_t"][:, -1]
    v = m["x"][:, :-1] @ m["wV"][:-1] + m["wV"][-1]
    powers = np.exp(q @ k.T / 8) * np.tri(9)
    attention = powers / powers.sum(axis=1, keepdims=True)
    expected = {"Q": q, "K_t": k.T, "V": v, "attn": attention, "out": attention @ v @ m["wO"]}
    computed = values(real)
    for name, array in expected.items():
        np.testing.assert_allclose(computed[name], array, atol=2e-5, err_msg=name)


def test_the_tokens_are_those_of_the_sentence(real: Head) -> None:
    words = ["John", "Smith", "is", "also", "the", "son", "of", "Fred", "Smith"]
    assert [token.strip() for token in real.tokens] == words
    assert "".join(real.tokens) == real.about["text"] == " ".join(words)


def test_the_recorded_error_is_the_one_measured(real: Head) -> None:
    error = float(np.abs(values(real)["attn"] - real.reference).max())
    stored = real.about["stored"]
    assert real.about["attention_error"][stored] == pytest.approx(error, rel=0.06)
    assert {name: list(np.asarray(m).shape) for name, m in real.items() if name != "x_t"} == {
        name: shape for name, shape in real.about["shapes"].items() if name != "reference"
    }


def test_a_head_is_a_mapping_that_makes_a_figure(real: Head) -> None:
    assert list(real) == ["x", "wQ", "wK_t", "x_t", "wV", "wO"]
    figure = mm.figure(EXPRESSION, **real, attn=EPILOG)
    own = real.figure()
    for made in (figure, own):
        np.testing.assert_array_equal(made.evaluate()["attn"], values(real)["attn"])
        assert json.loads(made.to_json())["labels"] == real.labels
    assert real.labels["x"]["rows"] == real.labels["x_t"]["cols"] == list(real.tokens)


def test_tokens_flow_to_the_rows_and_columns_of_the_attention(real: Head) -> None:
    tree = json.loads(real.figure().scene().to_json())["tree"]
    attention = tree["left"]["left"]
    assert attention["name"] == "attn"
    assert attention["rows"] == attention["cols"] == tree["rows"] == list(real.tokens)
    assert "cols" not in tree


def test_options_and_matrices_given_to_the_figure_win(real: Head) -> None:
    open_ended = real.figure(attn="softmax(x/sqrt(k))", gap=3).evaluate()["attn"]
    assert np.all(open_ended > 0)
    changed = np.array(real["wQ"])
    changed[:] = 0
    attention = real.figure(wQ=changed).evaluate()["attn"]
    np.testing.assert_allclose(attention, np.tri(9) / np.arange(1, 10)[:, None], atol=1e-6)
    with pytest.raises(MmError, match="gapp"):
        real.figure(gapp=3)


def test_what_a_head_holds_cannot_be_changed_by_accident(real: Head) -> None:
    with pytest.raises(ValueError, match="read-only"):
        np.asarray(real["wQ"])[0, 0] = 1
    with pytest.raises(ValueError, match="read-only"):
        real.reference[0, 0] = 1
    copy = np.array(real["wQ"])
    copy[0, 0] = 1
    assert np.asarray(real["wQ"], dtype=np.float64).dtype == np.float64


def test_heads_lists_the_committed_ones() -> None:
    assert set(heads()) >= set(COMMITTED)
    assert heads() == sorted(heads())


@pytest.mark.parametrize(("layer", "number"), [(99, 4), (-1, 0), (5, -4), (0, 1000)])
def test_a_head_without_a_pack_says_which_there_are_and_how_to_make_others(
    layer: int, number: int
) -> None:
    with pytest.raises(PackError) as caught:
        head(layer, number)
    message = str(caught.value)
    assert f"layer {layer}, head {number}" in message
    assert "layer 0, head 2; layer 5, head 4" in message
    assert "mmbook pack gpt2 --checkpoint" in message


@pytest.mark.parametrize("entry", ["wQ", "reference", "tokens"])
def test_a_pack_that_holds_no_head_is_named(
    entry: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrays = packs.load("gpt2/head-05-04")
    about = packs.about("gpt2/head-05-04")
    arrays.pop(entry, None)
    about.pop(entry, None)
    write_pack(tmp_path / "gpt2" / "head-05-04.npz", arrays, about)
    monkeypatch.setenv("MMBOOK_DATA", str(tmp_path))
    with pytest.raises(PackError, match=r"gpt2/head-05-04: the pack holds no head"):
        head(5, 4)


def test_a_truncated_pack_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = (DATA / "head-05-04.npz").read_bytes()
    (tmp_path / "gpt2").mkdir()
    (tmp_path / "gpt2" / "head-05-04.npz").write_bytes(data[: len(data) // 2])
    monkeypatch.setenv("MMBOOK_DATA", str(tmp_path))
    with pytest.raises(PackError, match=r"gpt2/head-05-04: the pack is damaged or cut off"):
        head(5, 4)


def test_a_head_s_pack_is_small_enough_for_a_page() -> None:
    for path in DATA.glob("*.npz"):
        assert path.stat().st_size < 400_000
        with np.load(io.BytesIO(path.read_bytes())) as stored:
            assert stored["wQ"].dtype == np.float16
