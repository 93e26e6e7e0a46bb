"""What the playground asks of Python, through the session that the page calls."""

from __future__ import annotations

import io
import json
from typing import Any

import numpy as np

import mmbook as mm
from mmbook.session import Outcome, Session

FIGURE = mm.figure("L @ R", L=mm.eye(3, 4), R=np.ones((4, 2)), results={"L @ R": "relu"})


def ask(data: bytes = b"", **request: Any) -> tuple[dict[str, Any], Outcome]:
    asked = {"figure": FIGURE.to_dict(), **request}
    outcome = Session(lambda *_: None).play(json.dumps(asked), FIGURE.arrays, memoryview(data))
    assert outcome.error is None
    assert outcome.text is not None
    return json.loads(outcome.text), outcome


def test_an_edit_is_a_scene() -> None:
    said, outcome = ask(do="edit", text="out = L @ R @ Z")
    assert said == {"notices": [], "downloads": {}}
    assert outcome.scene is not None
    assert json.loads(outcome.scene)["figure"]["expr"] == "out = L @ R @ Z"
    assert outcome.arrays["Z"].shape == (2, 32)


def test_a_wrong_expression_names_its_column() -> None:
    said, outcome = ask(do="edit", text="L @ @ R")
    assert outcome.scene is None
    assert said["error"]["column"] == 5
    assert "missing" in said["error"]["message"]


def test_a_leaf_changes_and_given_values_must_still_fit() -> None:
    leaf = {"shape": [7, 4], "init": "diff"}
    _, outcome = ask(do="leaf", name="L", leaf=leaf)
    assert outcome.arrays["L @ R"].shape == (7, 2)
    said, _ = ask(do="leaf", name="L", leaf={"shape": [7, 5], "init": "diff"})
    assert "5 columns" in said["error"]["message"]


def test_a_file_gives_its_shape_to_the_matrix() -> None:
    said, outcome = ask(b"1,2,3,4\n5,6,7,8\n", do="file", name="L", file="x.csv")
    assert said["notices"] == ["L is now 2 × 4."]
    assert outcome.arrays["L"].tolist() == [[1, 2, 3, 4], [5, 6, 7, 8]]


def test_matrices_of_an_archive_go_where_their_names_are() -> None:
    stream = io.BytesIO()
    np.savez(stream, R=np.zeros((5, 2)), L=np.ones((2, 5)), other=np.ones((9, 9)))
    _, outcome = ask(stream.getvalue(), do="file", name="L", file="x.npz")
    assert outcome.arrays["R"].shape == (5, 2)
    assert outcome.arrays["L"].shape == (2, 5)
    stream = io.BytesIO()
    np.savez(stream, first=np.ones((2, 5)), second=np.ones((9, 9)))
    said, _ = ask(stream.getvalue(), do="file", name="L", file="x.npz")
    assert "Possible: first, second" in said["error"]["message"]


def test_a_link_of_the_original_tool() -> None:
    leaf = {"matmul": False, "h": 2, "w": 2, "init": "url", "url": "https://host/x.csv"}
    tree = {"left": {"name": "A", **leaf}, "right": {"name": "B", **leaf, "init": "eye"}}
    said, outcome = ask(do="import", query=f"params={json.dumps(tree)}&utm_source=x")
    assert said["downloads"] == {"A": "https://host/x.csv"}
    assert any("A" in notice for notice in said["notices"])
    assert np.isnan(outcome.arrays["A"]).all()
    assert outcome.arrays["B"].tolist() == [[1, 0], [0, 1]]
    said, _ = ask(do="import", query="params={")
    assert "damaged" in said["error"]["message"]
