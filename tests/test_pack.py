"""Packs keep names and values, come out byte for byte the same, and are opened without trust."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from typing import TYPE_CHECKING

import make_fixtures
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from mmbook import pack
from mmbook.errors import PackError
from mmbook.pack import read_about, read_pack, write_pack

if TYPE_CHECKING:
    from pathlib import Path

NAMES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)
MATRICES = hnp.arrays(
    np.float32,
    hnp.array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=4),
    elements=st.floats(width=32),
)


def packed(arrays: object, about: object = None) -> bytes:
    buffer = io.BytesIO()
    write_pack(buffer, arrays, about)  # type: ignore[arg-type]
    return buffer.getvalue()


def zipped(*entries: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return buffer.getvalue()


@given(st.dictionaries(NAMES, MATRICES, max_size=4))
def test_names_values_and_order_survive(arrays: dict[str, np.ndarray]) -> None:
    data = packed(arrays)
    read = read_pack(data)
    assert list(read) == list(arrays)
    for name, array in arrays.items():
        np.testing.assert_array_equal(read[name], array)
    assert packed(read) == data


@pytest.mark.parametrize(
    "name",
    ["A @ B", "file", "about.json", "a/b", "../a", "a\\b", "a.npy", ".npy", "Wᵀ", "注意", "🧊"],
)
def test_any_name_will_do_and_numpy_agrees(name: str) -> None:
    data = packed({name: [[1.0]], "x": [[2.0]]}, {"source": "here"})
    assert read_pack(data)[name].tolist() == [[1.0]]
    with np.load(io.BytesIO(data)) as archive:
        assert f"{name}.npy" in archive.zip.namelist()
        assert archive["x"].tolist() == [[2.0]]


def test_the_time_of_writing_leaves_no_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    before = packed({"x": np.eye(3)}, {"a": 1})
    monkeypatch.setattr("time.time", lambda: 2e9)
    assert packed({"x": np.eye(3)}, {"a": 1}) == before


def test_a_file_is_replaced_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "p.npz"
    write_pack(path, {"x": [[1.0]]})
    write_pack(path, {"x": [[2.0]]})
    assert read_pack(path)["x"].tolist() == [[2.0]]
    assert list(tmp_path.iterdir()) == [path]


def test_a_pack_says_where_it_comes_from() -> None:
    about = {"source": "Größe", "tokens": [" Smith"], "error": 0.001}
    assert read_about(packed({"x": [[1.0]]}, about)) == about
    assert read_about(packed({"x": [[1.0]]})) == {}


@pytest.mark.parametrize(
    ("name", "message"),
    [("", "no name"), ("a\0b", "zero character"), ("\ud800", "not Unicode"), ("é" * 2049, "long")],
)
def test_names_that_a_zip_cannot_hold_are_refused(name: str, message: str) -> None:
    with pytest.raises(PackError, match=message):
        packed({name: [[1.0]]})


def test_a_matrix_that_cannot_be_written_is_named() -> None:
    with pytest.raises(PackError, match=r"matrix W: .*no real numbers"):
        packed({"x": [[1.0]], "W": [["a"]]})


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(PackError, match=r"missing\.npz: there is no such file"):
        read_pack(tmp_path / "missing.npz")
    with pytest.raises(PackError, match="cannot be read"):
        read_pack(tmp_path)
    (tmp_path / "file").touch()
    with pytest.raises(PackError, match="cannot be written"):
        write_pack(tmp_path / "file" / "p.npz", {"x": [[1.0]]})


def test_a_pack_cut_off_anywhere_raises_one_error_that_names_it() -> None:
    data = packed({"x": np.arange(50.0).reshape(5, 10), "y": [[1.0]]})
    for length in range(len(data)):
        with pytest.raises(PackError, match=r"head\.npz"):
            read_pack(data[:length], name="head.npz")


@given(st.data())
def test_damaged_packs_raise_only_our_error(draw: st.DataObject) -> None:
    data = bytearray(packed({"x": np.arange(6.0).reshape(2, 3), "y": [[0.1]]}, {"a": "b"}))
    for _ in range(draw.draw(st.integers(1, 4))):
        data[draw.draw(st.integers(0, len(data) - 1))] = draw.draw(st.integers(0, 255))
    for read in (read_pack, read_about):
        try:
            read(bytes(data))
        except PackError as error:
            assert "\n" not in str(error)  # noqa: PT017 - most damage raises, some goes unseen


def test_a_flipped_bit_of_a_value_is_noticed() -> None:
    data = zipped(("x.npy", entry := _npy(np.ones((4, 4), np.float32))), method=zipfile.ZIP_STORED)
    at = data.index(entry) + len(entry) - 1
    damaged = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
    with pytest.raises(PackError, match=r"entry x\.npy: the entry is damaged.*CRC"):
        read_pack(damaged)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "damaged or cut off"),
        (b"not a zip", "damaged or cut off"),
        (zipped(("readme.txt", b"hello")), r"readme\.txt: an entry is no array"),
        (zipped(("x.npy", b"\x80\x04K\x01.")), r"x\.npy: the entry is no \.npy array"),
        (zipped(("x.npy", b""), method=zipfile.ZIP_BZIP2), "another way.*x.npy, method 12"),
        (zipped(("x.npy", b""), method=zipfile.ZIP_LZMA), "another way.*x.npy, method 14"),
    ],
)
def test_what_is_no_pack_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(PackError, match=f"p.npz.*{message}"):
        read_pack(data, name="p.npz")


def test_a_name_written_twice_is_refused() -> None:
    entry = _npy(np.ones((1, 1), np.float32))
    with pytest.warns(UserWarning, match="Duplicate"):
        data = zipped(("x.npy", entry), ("x.npy", entry))
    with pytest.raises(PackError, match=r"same name \(given: x\.npy\)"):
        read_pack(data)


def test_an_encrypted_entry_is_refused() -> None:
    data = bytearray(zipped(("x.npy", b"secret")))
    for signature, offset in ((b"PK\1\2", 8), (b"PK\3\4", 6)):
        data[data.index(signature) + offset] |= 1
    with pytest.raises(PackError, match=r"x\.npy: the entry is encrypted"):
        read_pack(bytes(data))


def test_a_bomb_is_refused_before_it_inflates() -> None:
    data = zipped(*((f"{n}.npy", bytes(1 << 20)) for n in range(2)))
    assert len(data) < 4096
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pack, "MAX_BYTES", (2 << 20) - 1)
        patch.setattr(zipfile.ZipFile, "open", lambda *_: pytest.fail("inflated"))
        with pytest.raises(PackError, match="too many bytes"):
            read_pack(data)


def test_a_bomb_that_lies_about_its_size_gives_no_more_than_it_announced() -> None:
    data = bytearray(zipped(("x.npy", bytes(1 << 20))))
    struct.pack_into("<I", data, data.index(b"PK\1\2") + 24, 64)
    with pytest.raises(PackError, match=r"x\.npy: .*(damaged|another length)"):
        read_pack(bytes(data))


def test_too_many_entries_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pack, "MAX_ENTRIES", 2)
    with pytest.raises(PackError, match=r"too many entries \(given: 3\)"):
        read_pack(packed({name: [[1.0]] for name in "abc"}))


def test_what_a_pack_says_about_itself_must_be_a_json_object() -> None:
    for text in (b"{", b"[1]", b"\xff", b"[" * 100_000):
        with pytest.raises(PackError, match=r"about\.json: the entry is no"):
            read_about(zipped(("about.json", text)))


def _npy(array: np.ndarray) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, array)
    return buffer.getvalue()


def test_the_fixture_s_values_are_those_the_page_is_told_to_expect() -> None:
    data = (make_fixtures.FOLDER / "pack.npz").read_bytes()
    expected = json.loads((make_fixtures.FOLDER / "pack.json").read_text("ascii"))
    assert expected == make_fixtures.expected()
    read, again = read_pack(data), read_pack(make_fixtures.pack())
    assert list(read) == list(again) == list(expected)
    assert read_about(data) == {"title": "Fixture", "language": "ü"}
    for name, entry in expected.items():
        values = np.array([float(value) for value in entry["values"]]).reshape(entry["shape"])
        for array in (read[name], again[name]):
            np.testing.assert_array_equal(array, values)
            np.testing.assert_array_equal(
                np.signbit(array[array == 0]), np.signbit(values[values == 0])
            )
        kind = np.load(io.BytesIO(zipfile.ZipFile(io.BytesIO(data)).read(f"{name}.npy"))).dtype
        assert str(kind) == entry["stored"]
