"""Keywords find their place: matrices by name, epilogs on products, options in their groups."""

from collections import UserDict
from typing import Any

import numpy as np
import pytest

from mmbook import init
from mmbook.errors import LeafError, MmError, OptionError
from mmbook.expr import parse
from mmbook.keywords import result, sort
from mmbook.matrix import matrix

TREE = parse("C = A @ B")
LEAVES = {"A": [[1.0, 2.0]], "B": init.eye(2)}


def test_matrices_become_initializers() -> None:
    fields = sort(TREE, LEAVES)
    assert fields["leaves"]["A"].array.tolist() == [[1, 2]]
    assert fields["leaves"]["B"].kind == "eye"


def test_products_take_an_epilog_or_a_result() -> None:
    assert sort(TREE, {"C": "softmax"})["results"] == {"C": {"epilog": "softmax"}}
    blocks = result("relu", alg="vmprod", blocks=(2, 1, 3))
    assert sort(TREE, {"C": blocks})["results"] == {
        "C": {"epilog": "relu", "alg": "vmprod", "blocks": {"i": 2, "j": 1, "k": 3}}
    }


def test_options_go_into_their_groups() -> None:
    fields = sort(TREE, {"gap": 10, "look": {"min_size": 0}, "min_light": 0.1, "alg": "axpy"})
    assert fields["layout"] == {"gap": 10}
    assert fields["look"] == {"min_size": 0, "min_light": 0.1}
    assert fields["animation"] == {"alg": "axpy"}


def test_a_matrix_goes_before_an_option_of_its_name() -> None:
    fields = sort(parse("left @ gap"), {"left": [[1]], "gap": [[2]], "layout": {"gap": 3}})
    assert set(fields["leaves"]) == {"left", "gap"}
    assert fields["layout"] == {"gap": 3}


def test_leaves_and_results_are_never_matrices() -> None:
    fields = sort(parse("leaves @ B"), {"leaves": {"leaves": [[1]], "B": [[2]]}})
    assert set(fields["leaves"]) == {"leaves", "B"}


def test_a_joined_matrix_takes_nothing() -> None:
    tree = parse("(X = [A | B]) @ C")
    matrices = {"A": [[1]], "B": [[2]], "C": init.eye(2)}
    for keywords in ({"X": "relu"}, {"X": [[1, 2]]}, {"results": {"X": "relu"}}):
        with pytest.raises(OptionError, match="X is joined from its parts"):
            sort(tree, {**matrices, **keywords})
    # Where an option has the same name, the keyword can only mean the option.
    assert sort(parse("gap = [A | B]"), {**LEAVES, "gap": 3})["layout"] == {"gap": 3}


def test_names_python_cannot_spell() -> None:
    tree = parse("`A 1` @ in")
    fields = sort(tree, {"leaves": {"A 1": [[1]], "in": [[2]]}, "results": {"`A 1` @ in": "relu"}})
    assert set(fields["leaves"]) == {"A 1", "in"}
    assert fields["results"] == {"`A 1` @ in": {"epilog": "relu"}}


def test_a_mapping_may_offer_more_than_is_used() -> None:
    offer = UserDict({**LEAVES, "unused": "anything"})
    assert set(sort(TREE, {"leaves": offer})["leaves"]) == {"A", "B"}


def test_a_keyword_goes_before_leaves_before_the_pool() -> None:
    pool = {"A": init.rows(2, 2), "B": init.rows(2, 2)}
    leaves = sort(TREE, {"A": init.eye(2), "leaves": {"A": init.diff(2)}}, pool)["leaves"]
    assert (leaves["A"].kind, leaves["B"].kind) == ("eye", "rows")


def test_numpy_numbers_become_pythons() -> None:
    fields = sort(
        TREE, {"gap": np.int64(3), "camera": {"position": np.ones(3), "target": (0, 0, 0)}}
    )
    assert type(fields["layout"]["gap"]) is int
    assert fields["camera"] == {"position": [1.0, 1.0, 1.0], "target": [0, 0, 0]}


def test_labels_come_with_values_and_by_themselves() -> None:
    labelled = matrix([[1, 2]], rows=["r"], cols=["a", "b"])
    fields = sort(
        TREE, {"A": labelled, "labels": {"A": {"cols": ["x", "y"]}, "C": {"rows": ["z"]}}}
    )
    assert fields["labels"] == {"A": {"rows": ["r"], "cols": ["x", "y"]}, "C": {"rows": ["z"]}}
    assert fields["leaves"]["A"].rows is None


@pytest.mark.parametrize(
    ("keywords", "error", "words"),
    [
        ({"gep": 3}, OptionError, "Did you mean gap?"),
        ({"Q": [[1]]}, OptionError, "neither a matrix of the expression nor an option"),
        ({"A": "softmax"}, LeafError, "takes no epilog"),
        ({"A": [1, 2]}, LeafError, "A: a matrix has two dimensions"),
        ({"C": "softmx"}, OptionError, "Did you mean softmax?"),
        ({"C": [[1]]}, OptionError, "its values are computed"),
        ({"C": {"blocks": {"k": 0}}}, OptionError, "C.blocks.k: "),
        ({"results": {"A": "relu"}}, OptionError, "no product"),
        ({"results": "relu"}, OptionError, "a dict"),
        ({"leaves": [[1]]}, OptionError, "a dict"),
        ({"labels": {"A": {"row": []}}}, OptionError, "Did you mean rows?"),
        ({"gap": 0}, OptionError, "1 to 64"),
        ({"gap": "wide"}, OptionError, "a finite number"),
        ({"layout": 3}, OptionError, "an object"),
        ({"layout": {"gep": 3}}, OptionError, "Did you mean gap?"),
        ({"camera": {"position": [1, 2, 3]}}, OptionError, "target is missing"),
        ({"title": 3}, OptionError, "title: this has the wrong type (given: 3). Possible: a text"),
        ({"alt": "\ud800"}, OptionError, "alt: this has the wrong type"),
    ],
)
def test_mistakes(keywords: dict[str, Any], error: type[MmError], words: str) -> None:
    with pytest.raises(error) as caught:
        sort(TREE, keywords)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    "options",
    [
        {"epilog": "softmx"},
        {"alg": "fast"},
        {"blocks": (1, 2)},
        {"blocks": {"x": 1}},
        {"layout": {"gap": 1}},
    ],
)
def test_results_are_checked_at_once(options: dict[str, Any]) -> None:
    with pytest.raises(OptionError):
        result(**options)
