"""Sums that grow: values and pixels of a result while it is added up.

The sums are made on the GPU: the floats it draws are read back and held to numpy, and the picture to
that of a browser that cannot draw to textures of floats, where the sums are computed in float64.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Browser

import mmbook as mm
from mmbook.epilog import EPILOGS

from .conftest import Visit
from .picture import decode, ink

SHOW = """async ([id, scene, arrays]) => {
  const figure = document.getElementById(id);
  const filled = Object.entries(arrays).map(([name, {shape, data}]) =>
    [name, {shape, data: Float32Array.from(data)}]);
  figure.show({scene, arrays: Object.fromEntries(filled)});
  await figure.ready;
}"""
STEP = """([id, step]) => {
  const figure = document.getElementById(id);
  const {state} = figure;
  figure.state = {...state, animation: {...state.animation, playing: false, step}};
}"""
SHOWN = """([id, path]) => {
  const {shape, data} = document.getElementById(id).shown(path);
  return {shape, data: Array.from(data, (value) => Number.isNaN(value) ? null : value)};
}"""
NO_FLOATS = """
  const get = WebGL2RenderingContext.prototype.getExtension;
  WebGL2RenderingContext.prototype.getExtension = function (name) {
    return name === "EXT_color_buffer_float" ? null : get.call(this, name);
  };
"""
LOSE = """id => {
  const canvas = document.getElementById(id).shadowRoot.querySelector("canvas");
  const context = canvas.getContext("webgl2").getExtension("WEBGL_lose_context");
  context.loseContext();
  setTimeout(() => context.restoreContext(), 200);
}"""
# Keeps the floats of every texture that is drawn to, by its width and height.
KEEP_FLOATS = """
  const draw = WebGL2RenderingContext.prototype.drawArrays;
  window.painted = {};
  WebGL2RenderingContext.prototype.drawArrays = function (...given) {
    draw.apply(this, given);
    if (!this.getParameter(this.FRAMEBUFFER_BINDING)) return;
    const type = this.getFramebufferAttachmentParameter(
      this.FRAMEBUFFER, this.COLOR_ATTACHMENT0, this.FRAMEBUFFER_ATTACHMENT_COMPONENT_TYPE);
    if (type !== this.FLOAT) return;
    const [, , width, height] = this.getParameter(this.VIEWPORT);
    const texels = new Float32Array(4 * width * height);
    this.readPixels(0, 0, width, height, this.RGBA, this.FLOAT, texels);
    window.painted[`${width}x${height}`] = Array.from(texels.filter((_, n) => n % 4 === 0));
  };
"""
DEPTH = 9


def given(
    alg: str, epilog: str, blocks: int = 1, shape: tuple[int, int, int] = (12, DEPTH, 10)
) -> mm.Figure:
    rows, depth, cols = shape
    figure = mm.figure(
        "C = A @ B",
        A=mm.gaussian(rows, depth, seed=1),
        B=mm.gaussian(depth, cols, seed=2),
        C=epilog,
        alg=alg,
        # Names keep the side on which they stood before; only elements are compared here.
        legends=0,
    )
    return figure.with_(results={"C": {"epilog": epilog, "blocks": {"k": blocks}}})


class Shown:
    """A figure in the place of a chapter's, with its animation at rest."""

    def __init__(self, visit: Visit, chapter: str, figure: mm.Figure) -> None:
        self.visit = visit
        page = visit.open(chapter)
        self.name = str(page.evaluate("document.querySelector('mm-figure').id"))
        visit.ready(self.name)
        self.show(figure)

    def show(self, figure: mm.Figure) -> None:
        scene = figure.scene()
        arrays = {
            name: {"shape": list(values.shape), "data": values.ravel().tolist()}
            for name, values in scene.arrays.items()
        }
        self.arrays = scene.arrays
        self.visit.page.evaluate(SHOW, [self.name, scene.to_dict(), arrays])

    def step(self, step: int) -> None:
        self.visit.page.evaluate(STEP, [self.name, step])
        self.visit.settle(self.name)

    def values(self) -> NDArray[np.float64]:
        got: dict[str, Any] = self.visit.page.evaluate(SHOWN, [self.name, "root"])
        return np.array(got["data"], dtype=np.float64).reshape(got["shape"])

    def painted(self, rows: int, cols: int) -> NDArray[np.float64]:
        texels = self.visit.page.evaluate("size => window.painted[size]", f"{cols}x{rows}")
        return np.array(texels, dtype=np.float64).reshape(rows, cols)

    def operands(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        return self.arrays["A"].astype(np.float64), self.arrays["B"].astype(np.float64)

    def picture(self) -> NDArray[np.uint8]:
        canvas = self.visit.page.locator(f"mm-figure#{self.name} canvas").first
        return decode(canvas.screenshot(animations="disabled"))


def differing(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> float:
    """Share of pixels whose colours differ by more than the rounding of a sum can make them."""
    return float((np.abs(one.astype(int) - other.astype(int)).max(axis=2) > 12).mean())


@pytest.mark.parametrize(
    ("alg", "epilog", "middle"), [("vvprod", "relu", 4), ("axpy", "softmax", 4 * DEPTH + 5)]
)
def test_the_gpu_paints_the_sum_so_far(
    browser: Browser, site: str, visit: Visit, chapter: str, alg: str, epilog: str, middle: int
) -> None:
    figure = given(alg, epilog)
    drawn = Shown(visit, chapter, figure)
    drawn.step(0)
    first = drawn.picture()
    # Summand by summand, then back from the end: what was added up must equal what is added anew.
    for step in range(middle - 3, middle + 1):
        drawn.step(step)
    grown = drawn.picture()
    assert ink(grown) > 0.01
    assert differing(first, grown) > 0.01
    a, b = drawn.operands()
    if alg == "vvprod":
        expected = np.maximum(a[:, : middle + 1] @ b[: middle + 1], 0)
    else:
        sums = a @ b[:, :5]
        sums[:, 4] = a[:, : middle % DEPTH + 1] @ b[: middle % DEPTH + 1, 4]
        expected = np.hstack([EPILOGS["softmax"](sums, DEPTH), np.full((12, 5), np.nan)])
    np.testing.assert_allclose(drawn.values(), expected, atol=1e-6)
    drawn.step(10_000)
    np.testing.assert_array_equal(drawn.values(), drawn.arrays["C"])
    drawn.step(middle)
    assert differing(drawn.picture(), grown) == 0
    frames = visit.describe(drawn.name)["renderer"]["frames"]
    visit.page.evaluate(LOSE, drawn.name)
    visit.until(
        "([id, n]) => document.getElementById(id).describe().renderer.frames > n",
        [drawn.name, frames],
    )
    visit.settle(drawn.name)
    assert differing(drawn.picture(), grown) == 0

    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(NO_FLOATS)
    computed = Shown(Visit(context, site), chapter, figure)
    computed.step(middle)
    assert differing(computed.picture(), grown) < 0.0001
    context.close()


def test_floats_of_the_gpu_are_numpys(visit: Visit, chapter: str) -> None:
    visit.page.add_init_script(KEEP_FLOATS)
    drawn = Shown(visit, chapter, given("vvprod", "none"))
    middle = 5
    for epilog, function in EPILOGS.items():
        drawn.show(given("vvprod", epilog))
        drawn.step(middle)
        a, b = drawn.operands()
        expected = function(a[:, : middle + 1] @ b[: middle + 1], DEPTH)
        painted = drawn.painted(12, 10)
        np.testing.assert_allclose(painted, expected, atol=2e-5, rtol=2e-5, err_msg=epilog)
    # The row function takes the columns that have begun, and no others.
    drawn.show(given("axpy", "layernorm"))
    drawn.step(4 * DEPTH - 1)
    a, b = drawn.operands()
    expected = EPILOGS["layernorm"](a @ b[:, :4], DEPTH)
    np.testing.assert_allclose(drawn.painted(12, 10)[:, :4], expected, atol=2e-5)


def test_sums_and_rows_cross_the_borders_of_textures(visit: Visit, chapter: str) -> None:
    visit.page.add_init_script(KEEP_FLOATS)
    wide, side = 2100, 2048
    drawn = Shown(visit, chapter, given("vvprod", "softmax", shape=(3, 5, wide)))
    drawn.step(2)
    a, b = drawn.operands()
    expected = EPILOGS["softmax"](a[:, :3] @ b[:3], 5)
    halves = [drawn.painted(3, side), drawn.painted(3, wide - side)]
    np.testing.assert_allclose(np.hstack(halves), expected, atol=1e-7, rtol=1e-4)
    drawn.show(given("vvprod", "none", shape=(4, wide, 3)))
    drawn.step(wide - 10)
    a, b = drawn.operands()
    expected = a[:, : wide - 9] @ b[: wide - 9]
    np.testing.assert_allclose(drawn.painted(4, 3), expected, atol=2e-4)


def test_split_k_stands_in_the_cube_as_sums_of_its_blocks(visit: Visit, chapter: str) -> None:
    shown = Shown(visit, chapter, given("vmprod", "none", blocks=3))
    shown.step(11)
    split = shown.picture()
    assert visit.describe(shown.name)["animation"]["steps"] == 12
    shown.step(12)
    # At rest the planes of the blocks are gone.
    assert differing(shown.picture(), split) > 0.01
