"""Figures in notebooks: HTML that needs nothing else, and a widget where anywidget is installed."""

from __future__ import annotations

import html
import importlib.util
import json
import re
import sys
import types
from typing import Any

import numpy as np
import pytest

import mmbook as mm
from mmbook.errors import MmError
from mmbook.notebook import page, script
from mmbook.pack import read_pack
from mmbook.site.core import core_files


@pytest.fixture(autouse=True)
def built(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests need no bundle: what it does is for the browser to show."""
    monkeypatch.setattr(script, "read", lambda name: f"/* {name} */")
    page._viewer.cache_clear()


@pytest.fixture
def figure() -> mm.Figure:
    given = np.arange(12, dtype=np.float32).reshape(3, 4)
    return mm.figure("C = A @ B", A=given, B=mm.gaussian(4, 2, seed=1), C="relu", title="a < 'b'")


def inside(shown: str) -> dict[str, str]:
    """Return the texts of the scripts in the frame's page, by id."""
    source = re.search(r"srcdoc='([^']*)'", shown)
    assert source
    text = html.unescape(source[1])
    return dict(re.findall(r'<script type="[^"]+" id="([^"]+)">(.*?)</script>', text, re.DOTALL))


def test_html_holds_scene_and_values(figure: mm.Figure) -> None:
    import base64

    parts = inside(figure._repr_html_())
    assert json.loads(parts["mm-scene"]) == figure.scene().to_dict()
    values = read_pack(base64.b64decode(parts["mm-values"]))
    for name, array in figure.evaluate().items():
        assert np.array_equal(values[name], array)


def test_html_fetches_nothing_and_cannot_reach_the_notebook(figure: mm.Figure) -> None:
    shown = figure._repr_html_()
    assert 'sandbox="allow-scripts allow-downloads"' in shown
    assert not re.search(r"https?://|<link|src=|@import", shown)
    assert html.escape(figure.scene().description) in shown


def test_a_text_cannot_leave_its_place() -> None:
    nasty = "</script><script>alert(1)</script>'\"><img>"
    figure = mm.figure("A @ B", A=mm.eye(2), B=mm.eye(2), title=nasty, alt=nasty)
    shown = figure._repr_html_()
    parts = inside(shown)
    assert json.loads(parts["mm-scene"])["figure"]["title"] == nasty
    outside = re.sub(r"srcdoc='[^']*'", "", shown)
    assert "<script" not in outside
    assert "<img" not in outside
    assert "<img" not in html.unescape(re.sub(r"(?s).*srcdoc='([^']*)'.*", r"\1", shown)).replace(
        parts["mm-scene"], ""
    )


def test_values_that_are_too_many_are_said_not_put_in(
    figure: mm.Figure, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "MOST_BYTES", 100)
    shown = figure._repr_html_()
    assert "<iframe" not in shown
    assert "too large" in shown
    assert html.escape(figure.scene().description) in shown


def test_without_anywidget_a_bundle_is_html_and_text(
    figure: mm.Figure, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    bundle = figure._repr_mimebundle_(include=None, exclude=None)
    assert bundle == {"text/plain": repr(figure), "text/html": figure._repr_html_()}
    with pytest.raises(MmError, match=r"mmbook\[notebook\]"):
        figure.widget()


def test_a_viewer_that_is_not_built_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    with pytest.raises(MmError, match=r"not built.*make site"):
        script.read("nothing.js")


def test_the_page_does_not_carry_what_only_notebooks_need() -> None:
    names = [name for name, _ in core_files()]
    assert "mmbook/figure.py" in names
    assert not [name for name in names if "notebook" in name]


# -- the widget; a stand-in for anywidget where it is not installed ------------------------------


class _Trait:
    def __init__(self, default: Any = None, **_: Any) -> None:
        self.default = default

    def tag(self, **_: Any) -> Any:
        return self.default


class _Widget:
    def __init__(self, **values: Any) -> None:
        vars(self).update(values)
        self.sent: list[tuple[dict[str, Any], list[bytes]]] = []

    def on_msg(self, act: Any) -> None:
        self.heard = act

    def send(self, content: dict[str, Any], buffers: list[bytes] | None = None) -> None:
        self.sent.append((content, buffers or []))

    def hold_sync(self) -> Any:
        import contextlib

        return contextlib.nullcontext()

    def _repr_mimebundle_(self) -> Any:
        return {"application/vnd.jupyter.widget-view+json": {"model_id": "7"}}, {}


@pytest.fixture
def anywidget(monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = dict.fromkeys(("Unicode", "Bytes", "Int"), _Trait)
    modules = {
        "anywidget": types.SimpleNamespace(AnyWidget=_Widget),
        "traitlets": types.SimpleNamespace(**kinds, Dict=lambda: _Trait({})),
    }
    for name, module in modules.items():
        monkeypatch.setitem(sys.modules, name, module)
    monkeypatch.delitem(sys.modules, "mmbook.notebook.widget", raising=False)
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: object())
    yield
    sys.modules.pop("mmbook.notebook.widget", None)


@pytest.mark.usefixtures("anywidget")
class TestWidget:
    def test_is_what_a_bundle_shows_and_words_are_its_html(self, figure: mm.Figure) -> None:
        bundle = figure._repr_mimebundle_()
        assert bundle["application/vnd.jupyter.widget-view+json"] == {"model_id": "7"}
        assert figure.scene().description in html.unescape(bundle["text/html"])
        assert "<iframe" not in bundle["text/html"]

    def test_carries_scene_values_and_state(self, figure: mm.Figure) -> None:
        widget = figure.widget(height=300)
        assert json.loads(widget.scene) == figure.scene().to_dict()
        assert np.array_equal(read_pack(widget.pack)["C"], figure.evaluate()["C"])
        assert widget.state == figure.to_dict()
        assert widget.figure == figure
        assert widget.height == 300

    def test_what_the_reader_did_comes_back_as_a_figure(self, figure: mm.Figure) -> None:
        widget = figure.widget()
        camera = {"position": [1.0, 2.0, 3.0], "target": [0.0, 0.0, 0.0]}
        widget.state = {**figure.to_dict(), "camera": camera, "layout": {"gap": 9}}
        assert widget.figure.layout["gap"] == 9
        assert widget.figure.to_dict()["camera"] == camera
        assert np.array_equal(widget.figure.evaluate()["A"], figure.evaluate()["A"])

    def test_set_sends_values_only_where_they_are_others(self, figure: mm.Figure) -> None:
        widget = figure.widget()
        scene = widget.scene
        widget.set(gap=11, sensitivity="local")
        assert widget.state["layout"]["gap"] == 11
        assert widget.scene is scene
        widget.set(B=mm.eye(4, 2))
        assert json.loads(widget.scene)["figure"]["leaves"]["B"]["init"] == "eye"
        assert np.array_equal(read_pack(widget.pack)["B"], np.eye(4, 2))
        assert widget.state["layout"]["gap"] == 11
        widget.set(C="none")
        assert (read_pack(widget.pack)["C"] == np.arange(12).reshape(3, 4) @ np.eye(4, 2)).all()

    def test_computes_what_the_page_asks_for(self, figure: mm.Figure) -> None:
        widget = figure.widget()
        wanted = figure.with_(B=mm.eye(4, 2))
        widget.heard(widget, {"do": "evaluate", "id": 3, "figure": wanted.to_json()}, [])
        content, (pack,) = widget.sent.pop()
        assert content["re"] == 3
        assert json.loads(content["scene"]) == wanted.scene().to_dict()
        assert np.array_equal(read_pack(pack)["C"], wanted.evaluate()["C"])

    def test_answers_nonsense_with_one_error(self, figure: mm.Figure) -> None:
        widget = figure.widget()
        nonsense = ["{", "3", "{}", '{"mm": 1, "expr": "A @", "leaves": {}}']
        for at, text in enumerate(nonsense):
            widget.heard(widget, {"do": "evaluate", "id": at, "figure": text}, [])
        assert [content["re"] for content, _ in widget.sent] == [0, 1, 2, 3]
        assert all(content["error"] for content, _ in widget.sent)
        for message in (None, "x", {}, {"do": "exec", "code": "1"}):
            widget.heard(widget, message, [])
        assert len(widget.sent) == 4


def test_with_the_real_anywidget(figure: mm.Figure) -> None:
    pytest.importorskip("anywidget", reason="the extra 'notebook' is not installed")
    widget = figure.widget()
    heard: list[dict[str, Any]] = []
    widget.observe(lambda change: heard.append(change["new"]), "state")
    widget.set(gap=11)
    assert [state["layout"]["gap"] for state in heard] == [11]
    assert widget.get_state(["scene", "step"]) == {"scene": widget.scene, "step": None}
    bundle = figure._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert "<iframe" not in bundle["text/html"]
