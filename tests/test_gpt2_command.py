"""``mmbook pack gpt2`` writes the same bytes every time, and refuses what does not fit together."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import pytest
import synthetic_gpt2 as synthetic

from mmbook.errors import CheckpointError, PackError
from mmbook.gpt2.command import register
from mmbook.pack import read_about, read_pack

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "gpt2"


def run(*words: object) -> None:
    parser = argparse.ArgumentParser()
    register(parser.add_subparsers())
    arguments = parser.parse_args(["pack", "gpt2", *map(str, words)])
    assert arguments.run(arguments) == 0


@pytest.fixture
def files(tmp_path: Path) -> list[object]:
    checkpoint = synthetic.write_checkpoint(tmp_path / "m.safetensors")
    activations = synthetic.write_activations(tmp_path / "a.safetensors")
    return ["--checkpoint", checkpoint, "--activations", activations]


def test_a_pack_computes_the_model_s_own_attention(tmp_path: Path, files: list[object]) -> None:
    run(*files, "--head", "1,1", "--out", tmp_path / "data")
    pack = read_pack(tmp_path / "data" / "gpt2" / "head-01-01.npz")
    assert {name: array.shape for name, array in pack.items()} == {
        "x": (4, 129),
        "wQ": (129, 64),
        "wK_t": (64, 129),
        "wV": (129, 64),
        "wO": (64, 128),
        "reference": (4, 4),
    }
    expected = synthetic.attention(synthetic.weights(), synthetic.inputs()[1], 1)[0][1]
    np.testing.assert_allclose(pack["reference"], expected, atol=1e-7)
    scores = (pack["x"] @ pack["wQ"]) @ (pack["wK_t"] @ pack["x"].T) / 8
    powers = np.exp(scores) * np.tri(4)
    computed = powers / powers.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(computed, expected, atol=0.005)


def test_a_pack_says_how_it_came_about(tmp_path: Path, files: list[object]) -> None:
    run(*files, "--head", "0,1", "--out", tmp_path / "data", "--note", "made up")
    about = read_about(tmp_path / "data" / "gpt2" / "head-00-01.npz")
    assert about["command"] == (
        "mmbook pack gpt2 --checkpoint m.safetensors --activations a.safetensors "
        "--head 0,1 --note 'made up'"
    )
    assert about["tokens"] == list(synthetic.TOKENS)
    assert (about["layer"], about["head"], about["note"]) == (0, 1, "made up")
    assert about["shapes"]["wK_t"] == [64, 129]
    assert "MIT" in about["licence"]
    assert len(about["sources"]["checkpoint"]["sha256"]) == 64
    assert about["stored"] == "float16"
    errors = about["attention_error"]
    assert errors["float32"] < 1e-5 < errors["float16"] < 0.005 < errors["without biases"]


def test_all_heads_are_written_once_and_the_same_each_time(
    tmp_path: Path, files: list[object], capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    run(*files, "--all", "--out", first)
    said = capsys.readouterr()
    assert said.out == ""
    assert [line.split()[0] for line in said.err.splitlines()] == [
        "[1/4]",
        "[2/4]",
        "[3/4]",
        "[4/4]",
    ]
    assert said.err.count(": written,") == 4
    names = sorted(path.name for path in (first / "gpt2").iterdir())
    assert names == ["head-00-00.npz", "head-00-01.npz", "head-01-00.npz", "head-01-01.npz"]

    times = {path.name: path.stat().st_mtime_ns for path in (first / "gpt2").iterdir()}
    run(*files, "--all", "--out", first)
    assert capsys.readouterr().err.count(": unchanged,") == 4
    assert times == {path.name: path.stat().st_mtime_ns for path in (first / "gpt2").iterdir()}

    run(*files, "--head", "1,0", "0,1", "0,1", "--out", second)
    for path in (second / "gpt2").iterdir():
        assert path.read_bytes() == (first / "gpt2" / path.name).read_bytes()
    assert len(list((second / "gpt2").iterdir())) == 2


def test_where_float16_would_move_the_attention_float32_is_kept(tmp_path: Path) -> None:
    # A large number that all inputs share, and that the weights cancel: float16 keeps the large
    # number and loses what differs.
    x = synthetic.inputs() + np.float32(500)
    tensors = synthetic.weights()
    for name in ("h.0.attn.c_attn.weight", "h.1.attn.c_attn.weight"):
        tensors[name] -= tensors[name].mean(axis=0)
    checkpoint = synthetic.write_safetensors(tmp_path / "m", tensors)
    activations = synthetic.write_activations(tmp_path / "a", tensors, x)
    run("--checkpoint", checkpoint, "--activations", activations, "--all", "--out", tmp_path)
    for layer, head in ((0, 0), (0, 1), (1, 0), (1, 1)):
        path = tmp_path / "gpt2" / f"head-{layer:02d}-{head:02d}.npz"
        about, pack = read_about(path), read_pack(path)
        assert about["stored"] == "float32"
        errors = about["attention_error"]
        assert errors["float32"] < 0.005 < errors["float16"]
        np.testing.assert_array_equal(pack["x"][:, :-1], x[layer])
        own = slice(64 * head, 64 * head + 64)
        np.testing.assert_array_equal(pack["wO"], tensors[f"h.{layer}.attn.c_proj.weight"][own])


def test_a_record_of_another_model_is_refused_and_nothing_is_written(
    tmp_path: Path, files: list[object]
) -> None:
    # The second layer's recorded input is turned around, its recorded attention is not.
    x = synthetic.inputs()
    given = [synthetic.attention(synthetic.weights(), x[layer], layer)[0] for layer in (0, 1)]
    x[1] = x[1, ::-1].copy()
    files[3] = synthetic.write_safetensors(
        tmp_path / "other",
        {"ln_1_output": x, "attention": np.stack(given)},
        metadata={"tokens": json.dumps(synthetic.TOKENS)},
    )
    run(*files, "--head", "0,0", "--out", tmp_path / "data")
    with pytest.raises(CheckpointError, match=r"does not give the attention.*layer 1, head 0"):
        run(*files, "--head", "1,0", "--out", tmp_path / "data")
    assert not (tmp_path / "data" / "gpt2" / "head-01-00.npz").exists()


def test_heads_that_do_not_exist_are_named(tmp_path: Path, files: list[object]) -> None:
    with pytest.raises(CheckpointError, match=r"no such layer \(given: 2\)\. Possible: 0, 1"):
        run(*files, "--head", "2,0", "--out", tmp_path)
    with pytest.raises(CheckpointError, match=r"no such head.*layer 0, head 2.*heads 0 to 1"):
        run(*files, "--head", "0,2", "--out", tmp_path)


def test_widths_that_differ_are_named(tmp_path: Path, files: list[object]) -> None:
    tensors = {"ln_1_output": np.ones((1, 1, 64)), "attention": np.ones((1, 1, 1, 1))}
    files[3] = synthetic.write_safetensors(tmp_path / "b", tensors, metadata={"tokens": '["a"]'})
    with pytest.raises(CheckpointError, match=r"different widths .*128 and 64"):
        run(*files, "--head", "0,0", "--out", tmp_path)


def test_a_folder_that_cannot_be_written_to_is_named(tmp_path: Path, files: list[object]) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(PackError, match=r"file/gpt2/head-00-00\.npz: the pack cannot be written"):
        run(*files, "--head", "0,0", "--out", tmp_path / "file")


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--head"],
        ["--head", "5"],
        ["--head", "-1,0"],
        ["--head", "a,b"],
        ["--all", "--head", "0,0"],
    ],
)
def test_bad_arguments_end_with_status_2(
    files: list[object], words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        run(*files, *words)
    assert caught.value.code == 2
    assert "--head" in capsys.readouterr().err


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared beside the checkout")
def test_the_committed_packs_are_what_their_command_makes(tmp_path: Path) -> None:
    committed = sorted((ROOT / "data" / "gpt2").glob("*.npz"))
    assert {path.stem for path in committed} >= {"head-05-04", "head-00-02"}
    note = read_about(committed[0])["note"]
    words = ["--checkpoint", SHARED / "gpt2-small-partial.safetensors"]
    words += ["--activations", SHARED / "john-smith.safetensors", "--note", note, "--head"]
    words += [f"{about['layer']},{about['head']}" for about in map(read_about, committed)]
    for folder in ("once", "twice"):
        run(*words, "--out", tmp_path / folder)
    for path in committed:
        made = tmp_path / "once" / "gpt2" / path.name
        assert made.read_bytes() == (tmp_path / "twice" / "gpt2" / path.name).read_bytes()
        # Compared by content: another zlib may squeeze the same values differently.
        assert read_about(made) == read_about(path)
        for name, array in read_pack(path).items():
            np.testing.assert_array_equal(read_pack(made)[name], array)
