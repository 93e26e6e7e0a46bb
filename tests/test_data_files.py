"""A reader's own files: what numpy wrote comes back; damage and strangers are named."""

from __future__ import annotations

import contextlib
import io
import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmbook.data_files import read
from mmbook.errors import MmError, PackError

VALUES = np.array([[1.5, -2.0, 3.0], [0.0, 1e-3, 7.0]])


def saved(array: np.ndarray) -> bytes:  # type: ignore[type-arg]
    stream = io.BytesIO()
    np.save(stream, array)
    return stream.getvalue()


def safetensors(**tensors: tuple[str, list[int], bytes]) -> bytes:
    header, content = {}, b""
    for name, (kind, shape, data) in tensors.items():
        offsets = [len(content), len(content) + len(data)]
        header[name] = {"dtype": kind, "shape": shape, "data_offsets": offsets}
        content += data
    text = json.dumps(header).encode()
    return len(text).to_bytes(8, "little") + text + content


@pytest.mark.parametrize("separator", [",", ";", "\t", " "])
def test_csv_with_any_separator(separator: str) -> None:
    text = "\n".join(separator.join(map(str, row)) for row in VALUES.tolist())
    found = read("scores.csv", text.encode())
    assert [*found] == ["scores"]
    assert np.array_equal(found["scores"].array, VALUES.astype(np.float32))


def test_csv_headers_are_labels_and_gaps_are_no_value() -> None:
    leaf = read("a.csv", b"\xef\xbb\xbfcat,dog\r\n1,\r\nnan,4\r\n")["a"]
    assert leaf.cols == ("cat", "dog")
    assert np.array_equal(leaf.array, [[1, np.nan], [np.nan, 4]], equal_nan=True)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1,2\n3", "line 2 has 1 values, the first one has 2"),
        ("1,2\n3,x", "line 2, value 2 is no number"),
        ("1,0x10", "value 2 is no number"),
        ("1,1_000", "value 2 is no number"),
        ("\n\n", "no number"),
    ],
)
def test_csv_errors_name_the_place(text: str, said: str) -> None:
    with pytest.raises(PackError, match=said):
        read("a.csv", text.encode())


@pytest.mark.parametrize("dtype", ["f8", "f4", "f2", "i8", "u1", ">f4"])
def test_npy_of_any_real_type_and_order(dtype: str) -> None:
    array = np.asfortranarray(np.arange(6).reshape(2, 3).astype(dtype))
    assert np.array_equal(read("x.npy", saved(array))["x"].array, array)


def test_npz_holds_several_and_leaves_out_what_is_no_matrix() -> None:
    stream = io.BytesIO()
    np.savez_compressed(stream, A=VALUES, row=np.arange(3), cube=np.zeros((2, 2, 2)))
    found = read("all.npz", stream.getvalue())
    assert {name: leaf.shape for name, leaf in found.items()} == {"A": (2, 3), "row": (1, 3)}


def test_safetensors_of_each_type() -> None:
    half = (VALUES.astype("<f4").view("<u4") >> 16).astype("<u2").tobytes()
    data = safetensors(
        wide=("F32", [2, 3], VALUES.astype("<f4").tobytes()),
        half=("BF16", [2, 3], half),
        whole=("I8", [1, 2], b"\x01\xff"),
    )
    found = read("model.safetensors", data)
    assert np.array_equal(found["wide"].array, VALUES.astype(np.float32))
    assert np.allclose(found["half"].array, VALUES, rtol=1 / 128)
    assert np.array_equal(found["whole"].array, [[1, -1]])


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.png", b"\x89PNG"),
        ("x", b"1,2"),
        ("x.npy", b"not numpy"),
        ("x.npy", saved(VALUES)[:-4]),
        ("x.npy", saved(np.zeros((2, 2, 2)))),
        ("x.npy", saved(np.array([["a"]]))),
        ("x.npz", b"PK\x05\x06"),
        ("x.safetensors", b"\xff" * 20),
        ("x.safetensors", safetensors(a=("F32", [2, 2], b"\0" * 12))),
        ("x.safetensors", safetensors(a=("F8", [1, 1], b"\0"))),
        ("x.csv", b"\xff\xfe1"),
    ],
)
def test_damage_is_one_clear_message(name: str, data: bytes) -> None:
    with pytest.raises(MmError):
        read(name, data)


def test_objects_are_never_unpickled() -> None:
    stream = io.BytesIO()
    np.save(stream, np.array([[object()]], dtype=object), allow_pickle=True)
    with pytest.raises(MmError):
        read("x.npy", stream.getvalue())


@given(st.binary(max_size=200), st.sampled_from(["npy", "npz", "safetensors", "csv"]))
def test_no_bytes_get_past_our_own_errors(data: bytes, ending: str) -> None:
    start = {"npy": b"\x93NUMPY\x01\x00", "safetensors": b"\x10" + b"\0" * 7}.get(ending, b"")
    for content in (data, start + data):
        with contextlib.suppress(MmError):
            read(f"x.{ending}", content)
