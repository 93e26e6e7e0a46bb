"""Given values: what counts as a matrix, and what to do about what does not."""

import numpy as np
import pytest

from mmbook.errors import LeafError, MmError, ValueTooLarge
from mmbook.matrix import coerce, matrix


@pytest.mark.parametrize(
    "array",
    [
        [[1, 2], [3, 4]],
        ((1.0, 2.0), (3.0, 4.0)),
        np.array([[1, 2], [3, 4]], dtype=np.int8),
        np.array([[1, 3], [2, 4]], dtype=np.float16).T,
        np.array([[1, 2, 0], [3, 4, 0]], dtype=">f8")[:, :2],
    ],
)
def test_anything_two_dimensional_and_real_is_a_matrix(array: object) -> None:
    made = matrix(array)
    assert made.shape == (2, 2)
    assert made.array is not None
    assert made.array.dtype == np.float32
    assert made.array.tolist() == [[1, 2], [3, 4]]


def test_values_are_copied_and_cannot_change() -> None:
    source = np.ones((2, 2), np.float32)
    made = matrix(source)
    source[0, 0] = 5
    assert made.values("A")[0, 0] == 1
    with pytest.raises(ValueError, match="read-only"):
        made.values("A")[0, 0] = 2


def test_booleans_nan_and_infinity_are_kept() -> None:
    assert matrix([[True, False]]).values("A").tolist() == [[1, 0]]
    kept = matrix([[np.nan, np.inf, -np.inf]]).values("A")
    assert np.isnan(kept[0, 0])
    assert kept[0, 1:].tolist() == [np.inf, -np.inf]


@pytest.mark.parametrize(
    ("array", "words"),
    [
        ([1, 2, 3], "[[1, 2, 3]] for one row"),
        (np.arange(3), "[[1], [2], [3]] for one column"),
        (3, "two dimensions"),
        ([[[1]]], "two dimensions"),
        ([[]], "two dimensions"),
        (np.zeros((0, 3)), "at least 1"),
        ([[1, 2], [3]], "same number of values"),
        ([["a"]], "real numbers"),
        ([[1j]], "real numbers"),
        ([[None]], "real numbers"),
        ("eye", "initializer"),
        (None, "initializer"),
        ({"a": 1}, "initializer"),
        ([[1e39]], "float32"),
    ],
)
def test_what_is_no_matrix_is_refused_with_a_remedy(array: object, words: str) -> None:
    with pytest.raises(LeafError) as caught:
        matrix(array)
    assert words in str(caught.value)


def test_size_is_checked_before_anything_is_copied() -> None:
    huge = np.broadcast_to(np.float32(0), (100_000, 10_000))
    with pytest.raises(ValueTooLarge):
        matrix(huge)


def test_labels_become_texts() -> None:
    made = matrix([[1, 2]], rows=["a"], cols=[1, 2])
    assert (made.rows, made.cols) == (("a",), ("1", "2"))


@pytest.mark.parametrize("labels", [{"rows": ["a", "b"]}, {"cols": ["a"]}, {"rows": "a"}])
def test_there_is_one_label_for_each(labels: dict[str, list[str]]) -> None:
    with pytest.raises(LeafError, match="Give one for each"):
        matrix([[1, 2]], **labels)


def test_digest_tells_values_and_shapes_apart() -> None:
    digests = {matrix(array).digest for array in ([[1, 2]], [[1], [2]], [[2, 1]], [[1.0, 2.0]])}
    assert len(digests) == 3


def test_errors_name_the_matrix() -> None:
    with pytest.raises(MmError, match=r"^wQ: "):
        coerce("wQ", [1, 2])
