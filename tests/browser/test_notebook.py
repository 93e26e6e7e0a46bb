"""Figures in notebooks' outputs: HTML in a frame of its own, and the widget with a stand-in model."""

from __future__ import annotations

import base64
import io
import json
from pathlib import Path

import numpy as np
import pytest

import mmbook as mm
from mmbook.notebook import script
from mmbook.pack import write_pack

from .conftest import Visit

# What anywidget's model does, and a note of what was saved and sent.
MODEL = """
window.model = {
  traits: TRAITS, saved: [], sent: [], listeners: {},
  get(name) { return this.traits[name]; },
  set(name, value) { this.traits[name] = value; this.emit(`change:${name}`); },
  save_changes() { this.saved.push({ state: this.traits.state, step: this.traits.step }); },
  on(event, act) { (this.listeners[event] ??= new Set()).add(act); },
  off(event, act) { this.listeners[event]?.delete(act); },
  emit(event, ...given) { for (const act of [...(this.listeners[event] ?? [])]) act(...given); },
  send(message) { this.sent.push(message); },
};
const bytes = Uint8Array.from(atob(model.traits.pack), (letter) => letter.charCodeAt(0));
model.traits.pack = new DataView(bytes.buffer);
const code = document.getElementById("widget").textContent;
const address = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
import(address).then(({ default: widget }) => {
  window.dispose = widget.render({ model, el: document.getElementById("output") });
});
"""
FIGURE = "document.querySelector('mm-figure')"


@pytest.fixture
def figure() -> mm.Figure:
    given = np.arange(48, dtype=np.float32).reshape(8, 6) / 7
    return mm.figure("C = A @ B", A=given, B=mm.gaussian(6, 5, seed=1), alg="vmprod", title="a'b")


def pack(figure: mm.Figure) -> str:
    stream = io.BytesIO()
    write_pack(stream, figure.evaluate())
    return base64.b64encode(stream.getvalue()).decode()


def test_html_shows_the_figure_from_a_file_without_any_request(
    visit: Visit, figure: mm.Figure, tmp_path: Path
) -> None:
    path = tmp_path / "output.html"
    path.write_text(f"<!doctype html><meta charset=utf-8>{figure._repr_html_()}", "utf-8")
    visit.context.unroute("**/*")
    visit.page.goto(path.as_uri(), wait_until="load")
    frame = visit.page.frames[1]
    frame.wait_for_selector("mm-figure")
    frame.evaluate(f"{FIGURE}.ready")
    assert frame.evaluate(f"{FIGURE}.describe().renderer.frames") > 0
    shown = frame.evaluate(f"Array.from({FIGURE}.array('root').data)")
    assert np.array_equal(np.float32(shown), figure.evaluate()["C"].ravel())
    assert frame.evaluate("self.origin") == "null"
    assert [url for url in visit.requests if not url.startswith(("file:", "about:"))] == []
    refused = frame.evaluate(
        f"""() => new Promise((done) => {{
              addEventListener('mm-error', ({{detail}}) => done(detail.message));
              {FIGURE}.state = {{...{FIGURE}.state, expr: 'C = A @ A'}}; }})"""
    )
    assert "cannot compute" in refused
    # A picture with more than its background: many colours.
    assert len(set(visit.page.locator("iframe").screenshot())) > 100
    assert visit.problems == []


def test_the_widget_keeps_state_and_step_both_ways_and_leaves_nothing(
    visit: Visit, figure: mm.Figure
) -> None:
    traits = {
        "scene": figure.scene().to_json(),
        "pack": pack(figure),
        "state": figure.to_dict(),
        "step": 2,
        "height": 320,
    }
    page = visit.page
    given = json.dumps(traits).replace("<", "\\u003c")
    page.set_content(
        f"""<!doctype html><body data-jp-theme-light="false"><div id="output"></div>
            <script type="text/plain" id="widget">{script.read("widget.js")}</script>
            <script>{MODEL.replace("TRAITS", given)}</script>"""
    )
    visit.until(f"() => {FIGURE}?.dataset.state === 'ready' && model.saved.length > 0")
    assert page.evaluate(f"{FIGURE}.dataset.scheme") == "dark"
    assert page.evaluate(f"{FIGURE}.clientHeight") == 320
    assert page.evaluate(f"{FIGURE}.describe().animation.step") == 2
    assert page.evaluate("model.traits.state.layout.gap") > 0

    # Python → picture.
    page.evaluate("model.set('state', {...model.traits.state, layout: {gap: 13}})")
    assert page.evaluate(f"{FIGURE}.state.layout.gap") == 13
    page.evaluate("model.set('step', 5)")
    assert page.evaluate(f"{FIGURE}.describe().animation.step") == 5
    page.evaluate("model.set('step', null)")
    assert page.evaluate(f"(a => a.step === a.steps)({FIGURE}.describe().animation)")
    # Picture → Python.
    saved = page.evaluate("model.saved.length")
    page.evaluate(f"{FIGURE}.change({{look: {{hue_spread: 0.3}}}})")
    assert page.evaluate("model.saved.at(-1).state.look.hue_spread") == 0.3
    page.evaluate(f"{FIGURE}.actions.seek(4)")
    assert page.evaluate("model.saved.at(-1).step") == 4
    assert page.evaluate("model.saved.length") > saved
    box = page.locator("mm-figure").bounding_box()
    assert box
    page.mouse.move(box["x"] + 200, box["y"] + 150)
    page.mouse.down()
    page.mouse.move(box["x"] + 120, box["y"] + 190, steps=3)
    page.mouse.up()
    visit.until("() => model.saved.at(-1).state.camera")
    told = page.evaluate("model.saved.at(-1).state")
    assert mm.Figure.from_json(told, figure.arrays).camera["position"]

    # Other values: asked of Python, and shown.
    wanted = figure.with_(B=mm.eye(6, 5))
    page.evaluate(
        f"leaves => {FIGURE}.state = {{...{FIGURE}.state, leaves}}", wanted.to_dict()["leaves"]
    )
    visit.until("() => model.sent.length === 1")
    asked = page.evaluate("model.sent[0]")
    assert asked["do"] == "evaluate"
    computed = mm.Figure.from_json(asked["figure"], figure.arrays)
    assert computed.to_dict()["leaves"] == wanted.to_dict()["leaves"]
    page.evaluate(
        """([id, scene, values]) => {
             const bytes = Uint8Array.from(atob(values), (letter) => letter.charCodeAt(0));
             model.emit('msg:custom', {re: id, scene}, [new DataView(bytes.buffer)]); }""",
        [asked["id"], wanted.scene().to_json(), pack(wanted)],
    )
    visit.until(f"() => {FIGURE}.array('right').data[1] === 0")
    shown = page.evaluate(f"Array.from({FIGURE}.array('root').data)")
    assert np.array_equal(np.float32(shown), wanted.evaluate()["C"].ravel())

    page.evaluate("dispose()")
    assert page.locator("mm-figure").count() == 0
    assert page.evaluate("Object.values(model.listeners).every((acts) => acts.size === 0)")
    assert visit.problems == []
