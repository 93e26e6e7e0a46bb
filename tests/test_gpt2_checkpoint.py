"""Checkpoints are read in every usual layout, and what is wrong with one is said."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest
import synthetic_gpt2 as synthetic

from mmbook.errors import CheckpointError
from mmbook.gpt2.activations import Activations
from mmbook.gpt2.checkpoint import Checkpoint

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def tensors() -> dict[str, np.ndarray]:
    return synthetic.weights()


@pytest.mark.parametrize("prefix", ["", "transformer."])
@pytest.mark.parametrize(
    ("dtype", "relative"), [("F32", 0.0), ("F16", 2.0**-11), ("BF16", 2.0**-7)]
)
def test_weights_are_read_in_every_type_and_naming(
    tmp_path: Path, tensors: dict[str, np.ndarray], prefix: str, dtype: str, relative: float
) -> None:
    named = {prefix + name: array for name, array in tensors.items()}
    checkpoint = Checkpoint(synthetic.write_safetensors(tmp_path / "m", named, dtype=dtype))
    assert checkpoint.layers == [0, 1]
    assert checkpoint.width == synthetic.WIDTH
    read = checkpoint.attention(1)
    for name, array in (("c_attn.weight", read.in_weight), ("c_proj.bias", read.out_bias)):
        assert array.dtype == np.float32
        expected = tensors[f"h.1.attn.{name}"]
        assert np.all(np.abs(array - expected) <= relative * np.abs(expected) + relative * 1e-4)
        assert (relative == 0) == np.array_equal(array, expected)


def test_a_head_is_its_columns_with_the_bias_below(
    tmp_path: Path, tensors: dict[str, np.ndarray]
) -> None:
    layer = Checkpoint(synthetic.write_safetensors(tmp_path / "m", tensors)).attention(1)
    x = synthetic.inputs()[1].astype(np.float64)
    extended = np.hstack([x, np.ones((len(x), 1))])
    whole = x @ tensors["h.1.attn.c_attn.weight"] + tensors["h.1.attn.c_attn.bias"]
    q, k, v = np.split(whole, 3, axis=1)
    assert layer.heads == synthetic.HEADS
    for head in range(synthetic.HEADS):
        own = slice(64 * head, 64 * head + 64)
        part = layer.head(head)
        np.testing.assert_allclose(extended @ part["wQ"], q[:, own], atol=1e-12)
        np.testing.assert_allclose(part["wK_t"] @ extended.T, k[:, own].T, atol=1e-12)
        np.testing.assert_allclose(extended @ part["wV"], v[:, own], atol=1e-12)
        np.testing.assert_array_equal(part["wO"], tensors["h.1.attn.c_proj.weight"][own])
    with pytest.raises(CheckpointError, match=r"no such head \(given: 2\)\. Possible: 0 to 1"):
        layer.head(2)


def test_a_sharded_checkpoint_is_read_through_its_index(
    tmp_path: Path, tensors: dict[str, np.ndarray]
) -> None:
    index = tmp_path / "model.safetensors.index.json"
    shards = {name: f"part-{name[2]}.safetensors" for name in tensors}
    for shard in set(shards.values()):
        part = {name: array for name, array in tensors.items() if shards[name] == shard}
        synthetic.write_safetensors(tmp_path / shard, part)
    index.write_text(json.dumps({"weight_map": shards}))
    checkpoint = Checkpoint(index)
    for layer in (0, 1):
        np.testing.assert_array_equal(
            checkpoint.attention(layer).in_weight, tensors[f"h.{layer}.attn.c_attn.weight"]
        )
    (tmp_path / "part-1.safetensors").unlink()
    with pytest.raises(CheckpointError, match=r"part-1\.safetensors: there is no such file"):
        Checkpoint(index)


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        "{}",
        '{"weight_map": 1}',
        '{"weight_map": {"a": "../b"}}',
        '{"weight_map": {"a": 1}}',
    ],
)
def test_what_is_no_index_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "index.json").write_text(text)
    with pytest.raises(CheckpointError, match="no index of a sharded checkpoint"):
        Checkpoint(tmp_path / "index.json")


def test_a_partial_checkpoint_gives_what_it_holds(
    tmp_path: Path, tensors: dict[str, np.ndarray]
) -> None:
    del tensors["h.0.attn.c_attn.weight"], tensors["h.1.attn.c_proj.bias"]
    checkpoint = Checkpoint(synthetic.write_safetensors(tmp_path / "m", tensors))
    with pytest.raises(CheckpointError, match=r"no such layer \(given: 0\)\. Possible: 1\."):
        checkpoint.attention(0)
    with pytest.raises(CheckpointError, match=r"missing \(given: h\.1\.attn\.c_proj\.bias\)"):
        checkpoint.attention(1)


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        ("h.0.attn.c_attn.bias", np.zeros(128), r"another shape \(given: \(128,\)\).*\(384,\)"),
        (
            "h.0.attn.c_proj.weight",
            np.zeros((128, 64)),
            r"another shape .*\(128, 64\).*\(128, 128\)",
        ),
        ("h.0.attn.c_proj.bias", np.full(128, np.nan), "not finite"),
    ],
)
def test_a_tensor_that_does_not_fit_is_named(
    tmp_path: Path, tensors: dict[str, np.ndarray], name: str, values: np.ndarray, message: str
) -> None:
    checkpoint = Checkpoint(synthetic.write_safetensors(tmp_path / "m", {**tensors, name: values}))
    with pytest.raises(CheckpointError, match=f"tensor {name}: .*{message}"):
        checkpoint.attention(0)


def test_weights_that_lie_output_by_input_are_noticed(
    tmp_path: Path, tensors: dict[str, np.ndarray]
) -> None:
    turned = {name: array.T for name, array in tensors.items()}
    checkpoint = Checkpoint(synthetic.write_safetensors(tmp_path / "m", turned))
    with pytest.raises(CheckpointError, match=r"another shape \(given: \(384, 128\)\)"):
        checkpoint.attention(0)


def test_integers_are_no_weights(tmp_path: Path, tensors: dict[str, np.ndarray]) -> None:
    checkpoint = Checkpoint(synthetic.write_safetensors(tmp_path / "m", tensors, dtype="I64"))
    with pytest.raises(CheckpointError, match=r"another type \(given: I64\)"):
        checkpoint.attention(0)


def test_files_that_are_no_checkpoint(tmp_path: Path, tensors: dict[str, np.ndarray]) -> None:
    path = synthetic.write_safetensors(tmp_path / "m", tensors)
    data = path.read_bytes()
    for length in (0, 4, 100, len(data) - 1):
        path.write_bytes(data[:length])
        with pytest.raises(CheckpointError, match="no whole safetensors file"):
            Checkpoint(path)
    path.write_bytes(b"PK\3\4" + bytes(1000))
    with pytest.raises(CheckpointError, match="no whole safetensors file"):
        Checkpoint(path)
    with pytest.raises(CheckpointError, match="no whole safetensors file"):
        Checkpoint(tmp_path)
    with pytest.raises(CheckpointError, match="missing: there is no such file"):
        Checkpoint(tmp_path / "missing")
    other = synthetic.write_safetensors(tmp_path / "other", {"lm_head.weight": np.ones((4, 4))})
    with pytest.raises(CheckpointError, match="other: this file holds no GPT-2 attention"):
        Checkpoint(other)
    odd = {"h.0.attn.c_attn.weight": np.ones((100, 300))}
    with pytest.raises(CheckpointError, match="no multiple of 64"):
        Checkpoint(synthetic.write_safetensors(tmp_path / "odd", odd))


def test_a_missing_package_is_named_with_what_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = synthetic.write_checkpoint(tmp_path / "m")
    monkeypatch.setitem(sys.modules, "safetensors", None)
    with pytest.raises(CheckpointError, match=r"needs the package safetensors.*mmbook\[gpt2\]"):
        Checkpoint(path)


def test_a_forward_pass_is_read_with_its_tokens(tmp_path: Path) -> None:
    recorded = Activations(synthetic.write_activations(tmp_path / "a"))
    assert recorded.tokens == synthetic.TOKENS
    assert recorded.text == "One two three zwölf"
    np.testing.assert_array_equal(recorded.ln_1_output, synthetic.inputs())
    assert (recorded.heads, recorded.width) == (synthetic.HEADS, synthetic.WIDTH)


@pytest.mark.parametrize("tokens", [None, "One two", "[]", "{}", "[1, 2, 3, 4]", "["])
def test_a_forward_pass_without_tokens_is_refused(tmp_path: Path, tokens: str | None) -> None:
    arrays = {"ln_1_output": np.ones((1, 4, 64)), "attention": np.ones((1, 1, 4, 4))}
    metadata = None if tokens is None else {"tokens": tokens}
    path = synthetic.write_safetensors(tmp_path / "a", arrays, metadata=metadata)
    with pytest.raises(CheckpointError, match="metadata has no tokens"):
        Activations(path)


@pytest.mark.parametrize(
    ("given", "attention"),
    [
        ((1, 3, 64), (1, 1, 4, 4)),
        ((2, 4, 64), (1, 1, 4, 4)),
        ((1, 4, 64), (1, 4, 4)),
        ((4, 64), (1, 1, 4, 4)),
    ],
)
def test_a_forward_pass_whose_shapes_disagree_is_refused(
    tmp_path: Path, given: tuple[int, ...], attention: tuple[int, ...]
) -> None:
    arrays = {"ln_1_output": np.ones(given), "attention": np.ones(attention)}
    metadata = {"tokens": json.dumps(synthetic.TOKENS)}
    path = synthetic.write_safetensors(tmp_path / "a", arrays, metadata=metadata)
    with pytest.raises(CheckpointError, match="shapes do not agree"):
        Activations(path)


def test_a_forward_pass_without_attention_is_refused(tmp_path: Path) -> None:
    metadata = {"tokens": json.dumps(synthetic.TOKENS)}
    arrays = {"ln_1_output": synthetic.inputs()}
    path = synthetic.write_safetensors(tmp_path / "a", arrays, metadata=metadata)
    with pytest.raises(CheckpointError, match="tensor attention: the tensor is missing"):
        Activations(path)
