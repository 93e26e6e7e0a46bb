"""The original's tree becomes an expression: names, shared matrices, options, values in range."""

from __future__ import annotations

import copy
import json
from typing import Any

import numpy as np
import pytest

import mmbook as mm
from mmbook.errors import LinkError, ShapeError, ValueTooLarge
from mmbook.original import Imported, import_link


def leaf(name: Any, h: int = 2, w: int = 2, **options: Any) -> dict[str, Any]:
    return {"name": name, "matmul": False, "h": h, "w": w, "init": "eye", **options}


def product(left: Any, right: Any, name: Any = None, **options: Any) -> dict[str, Any]:
    named = {} if name is None else {"name": name}
    return {**named, "matmul": True, "left": left, "right": right, **options}


def imported(*matrices: Any, **options: Any) -> Imported:
    return import_link(json.dumps(product(*matrices, **options)))


@pytest.mark.parametrize(
    ("name", "expected", "noticed"),
    [
        ("A", "A", False),
        ("A.T", "`A.T`", False),
        ("2x", "`2x`", False),
        ("my x", "`my x`", False),
        ("ﬁ", "`ﬁ`", False),
        ("名前", "名前", False),
        ("a`b", "`a'b`", True),
        ("a\u1fefb", "`a'b`", True),
        ("a\nb", "`a b`", True),
        (" A ", "A", False),
        ("<img src=x onerror=alert(1)>", "`<img src=x onerror=alert(1)>`", False),
        ("\ud800", "L", True),
        ("", "L", False),
        (None, "L", False),
        (7, "L", False),
        ("x" * 500, "x" * 150, True),
    ],
)
def test_any_name_can_stand_in_an_expression(name: Any, expected: str, noticed: bool) -> None:
    result = imported(leaf(name), leaf("B"))
    assert result.figure.expr == f"{expected} @ B"
    assert bool(result.notices) == noticed


def test_products_named_by_their_own_text_stay_unnamed() -> None:
    inner = product(leaf("A.T"), leaf("B"), name="A.T @ B")
    right = product(leaf("C"), leaf("D"), name="C @ D")
    figure = imported(inner, right, name="A.T @ B @ (C @ D)").figure
    assert figure.expr == "`A.T` @ B @ (C @ D)"
    assert not figure.tree.named  # type: ignore[union-attr]
    stale = imported(leaf("X"), leaf("R"), name="L @ R").figure
    assert stale.expr == "`L @ R` = X @ R"


def test_equal_matrices_of_one_name_are_one_matrix() -> None:
    assert imported(leaf("A"), leaf("A")).figure.expr == "A @ A"
    result = imported(leaf("A", init="uniform"), leaf("A", init="uniform"))
    assert result.figure.expr == "A @ A"
    assert result.notices == ("right: A is drawn once, and is the same matrix everywhere.",)


def test_different_matrices_of_one_name_are_told_apart() -> None:
    inner = product(leaf("A", init="diff"), leaf("A.T", init="diff"))
    result = imported(product(leaf("A"), leaf("A.T")), product(inner, leaf("A_2")))
    assert result.figure.expr == "A @ `A.T` @ (A_3 @ `A.T (2)` @ A_2)"
    assert np.array_equal(result.figure.evaluate()["A"], np.eye(2))
    assert np.array_equal(result.figure.evaluate()["A_3"], [[1, 0], [-1, 1]])
    assert [notice.split(":")[0] for notice in result.notices] == [
        "right.left.left",
        "right.left.right",
    ]
    assert result.figure.labels == {"A_3": {"title": "A"}, "A.T (2)": {"title": "A.T"}}


def test_a_leaf_of_other_limits_is_another_matrix() -> None:
    one, two = leaf("A", init="rows"), leaf("A", init="rows", max=0.5)
    assert imported(one, two).figure.expr == "A @ A_2"
    same = leaf("A", init="rows", min=-1, url="https://host/old.csv", expr="i")
    assert imported(one, same).figure.expr == "A @ A"


def test_products_share_a_name_only_if_they_are_the_same() -> None:
    def twin(**options: Any) -> dict[str, Any]:
        return product(leaf("A"), leaf("B"), name="P", **options)

    assert imported(twin(), twin()).figure.expr == "(P = A @ B) @ (P = A @ B)"
    other = imported(twin(), twin(epilog="relu"))
    assert other.figure.expr == "(P = A @ B) @ (P_2 = A @ B)"
    assert other.figure.results["P_2"]["epilog"] == "relu"
    assert "P" not in other.figure.results
    auto = product(leaf("A"), leaf("B"))
    unnamed = imported(auto, {**auto, "anim": {"alg": "none"}})
    assert unnamed.figure.expr == "A @ B @ (`A @ B (2)` = A @ B)"


def test_a_product_named_like_a_matrix_inside_it() -> None:
    assert imported(leaf("A"), leaf("B"), name="A").figure.expr == "A_2 = A @ B"
    clash = imported(leaf("B @ C"), product(leaf("B"), leaf("C")))
    assert clash.figure.expr == "`B @ C` @ (`B @ C (2)` = B @ C)"


def test_custom_placements_are_kept_and_others_follow_the_scheme() -> None:
    sides = {"polarity": "positive", "left placement": "left", "right placement": "bottom"}
    tree = product(product(leaf("A"), leaf("B"), layout=sides), leaf("C"))
    custom = import_link(json.dumps({**tree, "layout": {"scheme": "custom", **sides}})).figure
    assert custom.results["A @ B"]["layout"] == {
        "polarity": "positive",
        "left": "left",
        "right": "bottom",
    }
    assert dict(custom.layout) == {"scheme": "custom", "polarity": "positive", "right": "bottom"}
    assert not import_link(json.dumps(tree)).figure.results


def test_blocks_below_the_root_are_those_of_the_depth() -> None:
    counts = {"i blocks": 2, "j blocks": 3, "k blocks": 4}
    inner = product(leaf("A"), leaf("B"), block=counts)
    figure = imported(inner, leaf("C"), name="out", block=counts).figure
    assert figure.results["out"]["blocks"] == {"i": 2, "j": 3, "k": 4}
    assert figure.results["A @ B"]["blocks"] == {"k": 4}


def test_stale_and_foreign_parameters_mean_nothing() -> None:
    plain = imported(leaf("A"), leaf("B"), name="out")
    junk = {"h": 99, "w": "x", "init": "url", "i blocks": 7, "folder": "open", "__proto__": {}}
    stale = imported(
        {**leaf("A"), "left": leaf("X", 9, 9), "right": 3, "block": {"i blocks": 9}},
        {**leaf("B"), "matmul": "false", "viz": {"sensitivity": "local"}},
        name="out",
        anim={"i blocks": 3, "alg": "none"},
        **junk,
    )
    assert stale.figure == plain.figure
    assert stale.notices == ()


def test_a_product_hands_its_own_look_and_marks_down() -> None:
    innermost = product(leaf("A"), leaf("B"), viz={"sensitivity": "local"}, deco={"legends": 4})
    inner = product(innermost, leaf("C"), name="P", viz={"sensitivity": "local"}, deco={})
    result = imported(inner, leaf("D"), viz={"sensitivity": "global", "elem scale": 1})
    # Inside P local is nothing new.
    assert result.figure.results["P"] == {"look": {"sensitivity": "local"}}
    assert result.figure.results["A @ B"] == {"marks": {"legends": 4}}
    assert result.notices == ()
    values = {"viz": {"min size": "0.5", "hue gap": 7}, "deco": 3}
    result = imported(product(leaf("A"), leaf("B"), **values), leaf("C"))
    assert result.figure.results["A @ B"]["look"] == {"min_size": 0.5, "hue_gap": 1}
    assert result.notices == ("left.viz.hue gap: 7 is out of range, taken as 1.",)


def test_what_only_the_whole_figure_has_is_noticed_where_a_product_sets_it() -> None:
    own = {"elem scale": 2, "lens size": 0.25, "magnification": 9, "spotlight": 2}
    inner = product(leaf("A"), leaf("B"), viz={"elem scale": 2}, deco=own)
    result = imported(inner, leaf("C"), deco={"lens size": 0.25})
    assert result.notices == ("left.deco: magnification of the whole figure counts.",)


def test_initializers() -> None:
    kinds = ["rows", "cols", "row major", "col major", "pt linear", "uniform", "gaussian"]
    kinds += ["tril mask", "triu mask", "eye", "diff"]
    for kind in kinds:
        init = imported(leaf("A", init=kind, min=-0.5, max=0.25, dropout=0.5), leaf("B"))
        found = init.figure.leaves["A"].to_dict()
        record = {"shape": [2, 2], "init": kind}
        if kind not in ("pt linear", "tril mask", "triu mask", "eye", "diff"):
            record |= {"min": -0.5, "max": 0.25}
        if kind not in ("tril mask", "triu mask", "eye", "diff"):
            record |= {"dropout": 0.5}
        assert found == record
        assert init.notices == ()


def test_a_matrix_that_says_nothing_is_the_default_one() -> None:
    figure = imported({}, {}).figure
    assert figure == mm.figure("L @ R", L=mm.row_major(32, 32), R=mm.col_major(32, 32))
    assert import_link("params={}").figure == figure


def test_an_empty_range_gives_its_lower_end() -> None:
    figure = imported(leaf("A", init="rows", min=0.5, max=0), leaf("B")).figure
    assert np.array_equal(figure.evaluate()["A"], np.full((2, 2), 0.5, np.float32))


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"init": "expr", "expr": "alert(1)"}, "alert has no meaning"),
        ({"init": "expr"}, "empty"),
        ({"init": "expr", "expr": 3}, "empty"),
        ({"init": "spherical"}, "no initializer 'spherical'"),
        ({"init": None}, "no initializer None"),
        ({"init": "url"}, "no usable address"),
        ({"init": "url", "url": "javascript:alert(1)"}, "no usable address"),
        ({"init": "url", "url": "file:///etc/passwd"}, "no usable address"),
        ({"init": "url", "url": "data.csv"}, "no usable address"),
        ({"init": "url", "url": "http://[bad"}, "no usable address"),
    ],
)
def test_values_that_cannot_be_had_are_missing(options: dict[str, Any], words: str) -> None:
    result = imported(leaf("A", **options), leaf("B"))
    (notice,) = result.notices
    assert words in notice
    assert "missing" in notice
    assert result.downloads == {}
    assert np.isnan(result.figure.evaluate()["A @ B"]).all()


def test_data_elsewhere_are_named_and_not_fetched() -> None:
    result = imported(leaf("A", init="url", url="https://host/a.csv"), leaf("B"))
    assert result.downloads == {"A": "https://host/a.csv"}
    assert result.figure.leaves["A"].to_dict() == {"shape": [2, 2], "init": "data"}
    assert "not fetched" in result.notices[0]


@pytest.mark.parametrize(
    ("path", "value", "group", "option", "taken"),
    [
        ("layout.gap", 0, "layout", "gap", 1),
        ("layout.gap", "1e9", "layout", "gap", 64),
        ("layout.molecule", 2.5, "layout", "molecule", 3),
        ("layout.blast", -3, "layout", "blast", -2),
        ("layout.scheme", "spiral", "layout", "scheme", "blocks"),
        ("anim.speed", 1000, "animation", "speed", 100),
        ("anim.spin", "nan", "animation", "spin", 0),
        ("anim.alg", "inherit", "animation", "alg", "none"),
        ("deco.legends", True, "marks", "legends", 6),
        ("deco.shape", "maybe", "marks", "shape", True),
        ("deco.axes", 1, "marks", "axes", False),
        ("viz.min size", {}, "look", "min_size", 0.2),
        ("viz.hue gap", "1_000", "look", "hue_gap", 0.74),
        ("viz.elem scale", 10**400, "look", "elem_scale", 1.25),
        ("block.i blocks", -4, "blocks", "i", 1),
        ("epilog", "sigmod", "result", "epilog", "none"),
    ],
)
def test_values_out_of_range_move_into_it(
    path: str, value: Any, group: str, option: str, taken: Any
) -> None:
    *groups, name = path.split(".")
    tree: dict[str, Any] = product(leaf("A"), leaf("B"))
    inner = tree
    for part in groups:
        inner = inner.setdefault(part, {"shape": True} if part == "deco" else {})
    inner[name] = value
    result = import_link(json.dumps(tree))
    (notice,) = result.notices
    assert notice.startswith(f"{path}: ")
    own = {"result": {}, "blocks": {}}.get(group)
    found = getattr(result.figure, group) if own is None else own
    assert found.get(option, mm.schema.defaults(group)[option]) == taken
    assert result.figure.results == {}


def test_texts_are_taken_for_the_values_they_spell() -> None:
    tree = product(leaf("A"), leaf("B"), layout={"gap": "8.0", "molecule": "2"})
    tree["anim"] = {"hide inputs": "true", "speed": " 5"}
    result = import_link(json.dumps(tree))
    assert dict(result.figure.layout) == {"gap": 8, "molecule": 2}
    assert dict(result.figure.animation) == {"hide_inputs": True}
    assert len(result.notices) == 1


@pytest.mark.parametrize(
    "camera",
    [3, {"x": 1, "y": "north", "z": 2}, {"x": 0}, {"x": 1, "target": 3}, {"x": "Infinity"}],
)
def test_a_camera_that_is_none_shows_the_whole_figure(camera: Any) -> None:
    result = imported(leaf("A"), leaf("B"), cam=camera)
    assert not result.figure.camera
    assert result.notices[0].startswith("cam: ")


def test_a_camera_looks_at_the_origin_by_itself() -> None:
    camera = imported(leaf("A"), leaf("B"), cam={"x": 1, "y": -2.5, "z": "3"}).figure.camera
    assert camera == {"position": (1, -2.5, 3), "target": (0, 0, 0)}


def test_what_can_move_plays() -> None:
    assert imported(leaf("A"), leaf("B"), anim={"alg": "axpy"}).figure.animation["playing"]
    assert not imported(leaf("A"), leaf("B")).figure.animation


def test_operands_that_do_not_fit_are_an_error() -> None:
    with pytest.raises(ShapeError, match="2 columns, but B has 3 rows"):
        imported(leaf("A"), leaf("B", 3, 2))


@pytest.mark.parametrize("size", [10**6, 1e300, "1e300"])
def test_matrices_that_are_too_large_are_an_error(size: Any) -> None:
    with pytest.raises(ValueTooLarge) as caught:
        imported(leaf("A", size, size), leaf("B", size, size))
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize(("size", "taken"), [(0, 1), (-3, 1), (1.5, 1), ("x", 32), (None, 32)])
def test_sizes_that_are_none(size: Any, taken: int) -> None:
    result = imported(leaf("A", size, 1), leaf("B", 1, 1))
    assert result.figure.shapes["A"] == (taken, 1)
    assert len(result.notices) == 1


@pytest.mark.parametrize("child", [None, 3, "A", []])
def test_a_tree_that_lacks_a_matrix_is_an_error(child: Any) -> None:
    with pytest.raises(LinkError, match=r"^left\.right: the link misses a matrix"):
        imported(product(leaf("A"), child), leaf("B"))


def test_trees_that_are_too_large_are_an_error() -> None:
    deep: Any = leaf("A")
    wide: Any = leaf("A")
    for _ in range(70):
        deep = product(deep, leaf("A"))
    for _ in range(8):
        wide = product(copy.deepcopy(wide), copy.deepcopy(wide))
    for tree in (deep, product(product(wide, leaf("A")), leaf("A"))):
        with pytest.raises(LinkError, match="more products than a figure may"):
            import_link(json.dumps(tree))


def test_the_deepest_and_the_widest_tree() -> None:
    for side in ("left", "right"):
        tree: Any = leaf("A")
        for _ in range(64):
            tree = product(tree, leaf("A")) if side == "left" else product(leaf("A"), tree)
        assert import_link(json.dumps(tree)).figure.shapes["A"] == (2, 2)
    wide: Any = leaf("A")
    for _ in range(8):
        wide = product(wide, wide)
    assert import_link(json.dumps(wide)).figure.expr.count("@") == 255
