"""A matrix keeps its values on the way through ``.npy`` bytes, and nothing else gets through."""

from __future__ import annotations

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from mmbook.errors import PackError
from mmbook.npy import dump_matrix, load_matrix

SHAPES = hnp.array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=6)
SINGLE = hnp.arrays(np.float32, SHAPES, elements=st.floats(width=32))
HALF = hnp.arrays(np.float16, SHAPES, elements=st.floats(width=16))


def saved(array: np.ndarray, **options: object) -> bytes:
    """What numpy itself writes."""
    buffer = io.BytesIO()
    np.save(buffer, array, **options)  # type: ignore[arg-type]
    return buffer.getvalue()


def assert_same(values: np.ndarray, expected: np.ndarray) -> None:
    assert values.dtype == np.float32
    assert values.flags.c_contiguous
    assert values.flags.writeable
    np.testing.assert_array_equal(values, expected)
    np.testing.assert_array_equal(
        np.signbit(values[values == 0]), np.signbit(expected[expected == 0])
    )


@given(SINGLE | HALF)
def test_every_value_survives_and_numpy_reads_it_too(array: np.ndarray) -> None:
    data = dump_matrix(array)
    assert_same(load_matrix(data), array.astype(np.float32))
    assert_same(np.load(io.BytesIO(data)).astype(np.float32), array.astype(np.float32))


@given(HALF)
def test_values_exact_in_float16_take_two_bytes_each(array: np.ndarray) -> None:
    assert np.load(io.BytesIO(dump_matrix(array.astype(np.float32)))).dtype == np.float16


def test_one_value_inexact_in_float16_keeps_the_matrix_in_float32() -> None:
    assert np.load(io.BytesIO(dump_matrix([[1, 2049]]))).dtype == np.float32


@given(SINGLE | HALF)
def test_what_numpy_saves_is_read_in_either_memory_order(array: np.ndarray) -> None:
    assert_same(load_matrix(saved(array)), array.astype(np.float32))
    assert_same(load_matrix(saved(np.asfortranarray(array))), array.astype(np.float32))


def test_integers_and_booleans_become_numbers() -> None:
    assert load_matrix(dump_matrix([[True, False]])).tolist() == [[1, 0]]
    assert load_matrix(dump_matrix(np.eye(2, dtype=np.int8))).tolist() == [[1, 0], [0, 1]]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ([1.0, 2.0], r"no matrix .*\(2,\)"),
        ([[[1.0]]], r"no matrix .*\(1, 1, 1\)"),
        (np.zeros((0, 3)), r"no matrix .*\(0, 3\)"),
        ([["a"]], "no real numbers"),
        ([[1j]], "no real numbers .*complex128"),
        ([[object()]], "no real numbers .*object"),
        ([[1, 2], [3]], "differ in length"),
        ([[1.0, -1e39]], r"too large for float32 .*-1e\+39"),
    ],
)
def test_what_no_figure_can_show_is_not_written(values: object, message: str) -> None:
    with pytest.raises(PackError, match=f"matrix W: .*{message}"):
        dump_matrix(values, where="matrix W")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "no .npy array"),
        (b"\x80\x04K\x01.", "no .npy array"),
        (saved(np.zeros((2, 2), np.float32))[:20], "no .npy array"),
        (saved(np.zeros((2, 2), np.float32))[:-1], r"15 bytes for shape \(2, 2\)"),
        (saved(np.zeros((2, 2), np.float32)) + b"\0", r"17 bytes for shape \(2, 2\)"),
        (saved(np.zeros((2, 2))), "<f8"),
        (saved(np.zeros((2, 2), ">f4")), ">f4"),
        (saved(np.zeros((2, 2), np.int32)), "<i4"),
        (saved(np.array([[{}]], object), allow_pickle=True), r"\|O"),
        (saved(np.zeros(4, np.float32)), r"shape \(4,\)"),
        (saved(np.zeros((), np.float32)), r"shape \(\)"),
        (saved(np.zeros((0, 4), np.float32)), r"shape \(0, 4\)"),
        (saved(np.zeros((2, 2), np.float32)).replace(b"(2, 2)", b"(-2,2)"), "no .npy array"),
        (saved(np.zeros((2, 2), [("a", "<f4")])), "no .npy array"),
    ],
)
def test_anything_else_is_refused_by_name(data: bytes, message: str) -> None:
    with pytest.raises(PackError, match=f"entry W.npy: .*{message}"):
        load_matrix(data, where="entry W.npy")


@given(st.binary(max_size=200), st.integers(0, 220))
def test_damaged_bytes_raise_only_our_error(noise: bytes, position: int) -> None:
    data = saved(np.arange(6, dtype=np.float32).reshape(2, 3))
    for damaged in (noise, data[:position] + noise + data[position + len(noise) :]):
        try:
            array = load_matrix(damaged)
        except PackError:
            continue
        assert array.ndim == 2
