"""Values printed on elements, the lens, the keys, what moves by itself: as the page has them."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Browser

import mmbook as mm

from .conftest import Visit
from .picture import decode

SHOW = """async ([id, scene, arrays]) => {
  const figure = document.getElementById(id);
  const filled = Object.entries(arrays).map(([name, {shape, data}]) =>
    [name, {shape, data: Float32Array.from(data, (x) => x ?? NaN)}]);
  figure.show({scene, arrays: Object.fromEntries(filled)});
  await figure.ready;
}"""
SET = """([id, group, options]) => {
  const figure = document.getElementById(id);
  const {state} = figure;
  figure.state = {...state, [group]: {...state[group], ...options}};
}"""
FOCUS = "id => document.getElementById(id).shadowRoot.querySelector('.stage').focus()"
ID = "hero"
MISSING = (3, 4)
VALUES: NDArray[np.float32] = np.float32(np.arange(80).reshape(8, 10) - 33) / np.float32(7)


def open_matrix(visit: Visit, distance: float = 14, **options: Any) -> NDArray[np.float32]:
    """Show V @ I face on, with a zero and a missing value; what the result holds."""
    visit.open("", figure=ID)
    values = VALUES.copy()
    figure = mm.figure("V @ I", V=values, I=np.eye(10, dtype=np.float32), **options)
    scene = figure.scene()
    values[MISSING] = np.nan
    arrays = {name: np.asarray(array) for name, array in scene.arrays.items()} | {"V @ I": values}
    plain = {
        name: {
            "shape": list(array.shape),
            "data": [None if math.isnan(x) else x for x in array.ravel().tolist()],
        }
        for name, array in arrays.items()
    }
    visit.page.evaluate(SHOW, [ID, json.loads(scene.to_json()), plain])
    result = matrix(visit)
    x, y, z = np.mean([result["first"], corner(result)], axis=0)
    state = {"position": [x, y, z + distance], "target": [x, y, z]}
    visit.page.evaluate(
        "([id, camera]) => { const f = document.getElementById(id); f.state = {...f.state, camera}; }",
        [ID, state],
    )
    visit.settle(ID)
    return values


def matrix(visit: Visit) -> dict[str, Any]:
    matrices = visit.describe(ID)["matrices"]
    return next(one for one in matrices if one["path"] == "root")


def corner(result: dict[str, Any]) -> NDArray[np.float64]:
    first, down, along = (np.array(result[key]) for key in ("first", "last_row", "last_col"))
    return np.asarray(down + along - first)


def pixel(visit: Visit, row: int, col: int) -> tuple[float, float, float]:
    """Where an element of the result stands in the picture, and how many pixels it spans."""
    result = matrix(visit)
    first, down, along = (np.array(result[key]) for key in ("first", "last_row", "last_col"))
    rows, cols = result["shape"]
    at = first + (down - first) * row / (rows - 1) + (along - first) * col / (cols - 1)
    eye = np.array(visit.describe(ID)["camera"]["position"])
    _, _, width, height = visit.canvas(ID)
    span = height / (2 * math.tan(math.pi / 8 / min(1, width / height)) * (eye[2] - at[2]))
    return width / 2 + (at[0] - eye[0]) * span, height / 2 - (at[1] - eye[1]) * span, span


def point(visit: Visit, row: int, col: int) -> None:
    left, top, _, _ = visit.canvas(ID)
    x, y, _ = pixel(visit, row, col)
    visit.page.mouse.move(left + x, top + y)
    visit.page.wait_for_timeout(300)
    visit.settle(ID)


def printed(visit: Visit, lens: bool = False) -> list[dict[str, Any]]:
    return [p for p in visit.describe(ID)["inspection"]["printed"] if p["lens"] is lens]


def number(text: str) -> float:
    return float(text.replace("−", "-"))


def around(row: int, col: int, radius: float) -> set[tuple[int, int]]:
    rows, cols = VALUES.shape
    return {
        (r, c) for r in range(rows) for c in range(cols) if math.hypot(r - row, c - col) <= radius
    }


def test_values_stand_on_their_elements_and_never_over_each_other(visit: Visit) -> None:
    values = open_matrix(visit)
    assert printed(visit) == []
    point(visit, 4, 4)
    texts = printed(visit)
    assert {(p["row"], p["col"]) for p in texts} == around(4, 4, 2)
    for p in texts:
        assert p["path"] == "root"
        x, y, _ = pixel(visit, p["row"], p["col"])
        box = p["box"]
        assert box["left"] < x < box["right"]
        assert box["top"] < y < box["bottom"]
        expected = values[p["row"], p["col"]]
        if math.isnan(expected):
            assert p["text"] == "no value"
        else:
            assert number(p["text"]) == pytest.approx(expected, rel=0.05)
    for n, p in enumerate(texts):
        for q in texts[n + 1 :]:
            a, b = p["box"], q["box"]
            apart = a["right"] <= b["left"] or b["right"] <= a["left"]
            assert apart or a["bottom"] <= b["top"] or b["bottom"] <= a["top"]
    zero = tuple(np.argwhere(values == 0)[0])
    assert zero in around(4, 4, 2)
    assert next(p["text"] for p in texts if (p["row"], p["col"]) == zero) == "0"
    frames = visit.describe(ID)["renderer"]["frames"]
    visit.page.wait_for_timeout(1000)
    assert visit.describe(ID)["renderer"]["frames"] == frames
    visit.page.mouse.move(2, 2)
    visit.until(f"() => document.getElementById('{ID}').describe().inspection.printed.length === 0")


def test_without_room_values_stand_in_the_lens_alone_and_a_radius_of_0_prints_none(
    visit: Visit,
) -> None:
    values = open_matrix(visit, distance=120)
    point(visit, 4, 4)
    assert printed(visit) == []
    visit.page.evaluate(FOCUS, ID)
    visit.page.keyboard.press("l")
    visit.settle(ID)
    texts = printed(visit, lens=True)
    assert texts
    for p in texts:
        expected = values[p["row"], p["col"]]
        if not math.isnan(expected):
            assert number(p["text"]) == pytest.approx(expected, rel=0.05)
    visit.page.evaluate(SET, [ID, "marks", {"spotlight": 0}])
    visit.settle(ID)
    assert printed(visit, lens=True) == []


def test_the_lens_shows_its_part_enlarged_and_goes_on_escape(visit: Visit) -> None:
    open_matrix(visit, distance=60, magnification=5, lens_size=0.5)
    page = visit.page
    point(visit, 4, 4)
    page.evaluate(FOCUS, ID)
    before = decode(page.locator(f"mm-figure#{ID}").screenshot()).astype(int)
    page.keyboard.press("l")
    visit.settle(ID)
    lens = visit.describe(ID)["inspection"]["lens"]
    x, y, span = pixel(visit, 4, 4)
    _, _, _, height = visit.canvas(ID)
    assert lens["right"] - lens["left"] == pytest.approx(height / 2, abs=1)
    assert (lens["left"] + lens["right"]) / 2 == pytest.approx(x, abs=1)
    assert (lens["top"] + lens["bottom"]) / 2 == pytest.approx(y, abs=1)
    # A neighbour stands as much farther away as the lens enlarges.
    boxes = {(p["row"], p["col"]): p["box"] for p in printed(visit, lens=True)}
    middle = {at: (box["left"] + box["right"]) / 2 for at, box in boxes.items()}
    assert middle[4, 5] - middle[4, 4] == pytest.approx(5 * span, rel=0.02)
    during = decode(page.locator(f"mm-figure#{ID}").screenshot()).astype(int)
    left, top, side = (int(lens[k]) for k in ("left", "top", "left"))
    side = int(lens["right"] - lens["left"])
    inner = (slice(top + 4, top + side - 4), slice(left + 4, left + side - 4))
    assert (np.abs(during[inner] - before[inner]).max(axis=2) > 40).mean() > 0.2
    # An element is a ball of that size: its colour fills the middle of the lens.
    frames = visit.describe(ID)["renderer"]["frames"]
    page.wait_for_timeout(1000)
    assert visit.describe(ID)["renderer"]["frames"] == frames, "a lens at rest draws frames"
    page.keyboard.press("Escape")
    visit.settle(ID)
    assert visit.describe(ID)["inspection"]["lens"] is None
    after = decode(page.locator(f"mm-figure#{ID}").screenshot()).astype(int)
    assert (np.abs(after - before).max(axis=2) > 40).mean() < 0.002
    page.keyboard.down("l")
    page.wait_for_timeout(600)
    assert visit.describe(ID)["inspection"]["lens"]
    page.keyboard.up("l")
    assert visit.describe(ID)["inspection"]["lens"] is None, "held keys open it only as long"
    assert visit.problems == []


def test_the_lens_follows_a_walk_and_the_value_is_said(visit: Visit) -> None:
    values = open_matrix(visit, distance=60)
    page = visit.page
    page.evaluate(FOCUS, ID)
    for key in ("Enter", "l", "ArrowDown", "ArrowDown", "ArrowRight"):
        page.keyboard.press(key)
    visit.settle(ID)
    seen = visit.describe(ID)["inspection"]
    assert seen["reading"].startswith("(V @ I)[2, 1]")
    x, y, _ = pixel(visit, 2, 1)
    assert (seen["lens"]["left"] + seen["lens"]["right"]) / 2 == pytest.approx(x, abs=1)
    assert (seen["lens"]["top"] + seen["lens"]["bottom"]) / 2 == pytest.approx(y, abs=1)
    said = page.evaluate(
        f"() => document.getElementById('{ID}').shadowRoot.querySelector('.readout .unseen').textContent"
    )
    assert number(said.split(" · ")[1]) == pytest.approx(values[2, 1], rel=1e-3)
    page.keyboard.press("n")
    visit.until(
        f"() => document.getElementById('{ID}').describe().inspection.reading.startsWith('V[')"
    )
    page.keyboard.press("Escape")
    visit.settle(ID)
    seen = visit.describe(ID)["inspection"]
    assert seen["lens"] is None
    assert seen["reading"], "the lens closes before the walk ends"


def test_a_resting_finger_opens_the_lens_and_lifting_it_closes_it(
    browser: Browser, site: str
) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 780}, has_touch=True, is_mobile=True
    )
    visit = Visit(context, site)
    open_matrix(visit, distance=60)
    left, top, _, _ = visit.canvas(ID)
    x, y, _ = pixel(visit, 4, 4)
    touch = context.new_cdp_session(visit.page)

    def send(kind: str, dx: float = 0) -> None:
        points = [] if kind == "touchEnd" else [{"x": left + x + dx, "y": top + y}]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    camera = visit.describe(ID)["camera"]
    send("touchStart")
    visit.until(f"() => document.getElementById('{ID}').describe().inspection.lens !== null")
    lens = visit.describe(ID)["inspection"]["lens"]
    assert not (lens["left"] < x < lens["right"] and lens["top"] < y < lens["bottom"])
    visit.until(f"() => document.getElementById('{ID}').describe().inspection.printed.length > 0")
    for dx in (4, 8, 12, 16, 20):
        send("touchMove", dx)
    visit.page.wait_for_timeout(500)
    assert visit.describe(ID)["camera"] == camera, "the finger moves the lens, not the figure"
    send("touchEnd")
    visit.until(f"() => document.getElementById('{ID}').describe().inspection.lens === null")
    context.close()
    assert visit.foreign == []


def animation(visit: Visit) -> dict[str, Any]:
    described: dict[str, Any] = visit.describe(ID)["animation"]
    return described


def test_keys_step_pause_restart_and_set_the_speed(visit: Visit) -> None:
    open_matrix(visit, alg="vmprod", speed=1)
    page = visit.page
    page.evaluate(SET, [ID, "animation", {"step": 3, "playing": False}])
    page.evaluate(FOCUS, ID)
    steps = []
    for key in (".", "s", ",", "r"):
        page.keyboard.press(key)
        steps.append(animation(visit)["step"])
    assert steps == [4, 5, 4, 0]
    page.keyboard.press("p")
    assert animation(visit)["playing"]
    page.keyboard.press("s")
    assert not animation(visit)["playing"]
    speeds = []
    for key in (">", ">", "<"):
        page.keyboard.press(key)
        speeds.append(page.evaluate("id => document.getElementById(id).state.animation.speed", ID))
    assert speeds == [2, 3, 2]


def test_without_a_loop_it_stops_on_the_finished_picture(visit: Visit) -> None:
    open_matrix(visit, alg="vmprod", speed=60, loop=False)
    page = visit.page
    page.evaluate(FOCUS, ID)
    page.keyboard.press("p")
    stopped = "id => { const a = document.getElementById(id).describe().animation; return !a.playing && a.step === a.steps; }"
    visit.until(stopped, ID)
    frames = visit.settle(ID)
    page.wait_for_timeout(2000)  # longer than the rest between two cycles
    assert page.evaluate(stopped, ID)
    assert visit.describe(ID)["renderer"]["frames"] == frames
    play = page.locator(f"mm-figure#{ID}").get_by_role("button", name="Play", exact=True)
    assert play.is_visible()


def test_hidden_inputs_come_back_with_the_finished_picture(visit: Visit) -> None:
    open_matrix(visit, alg="vmprod", hide_inputs=True)
    shown = "([id, path]) => [...document.getElementById(id).shown(path).data].some((x) => !Number.isNaN(x))"
    page = visit.page
    page.evaluate(SET, [ID, "animation", {"step": 2, "playing": False}])
    assert not page.evaluate(shown, [ID, "left"])
    assert page.evaluate(shown, [ID, "root"])
    page.evaluate(SET, [ID, "animation", {"step": 99}])
    assert page.evaluate(shown, [ID, "left"])


def test_a_spin_turns_about_the_target_and_rests_while_it_is_held_or_stopped(visit: Visit) -> None:
    open_matrix(visit)
    page = visit.page
    visit.page.evaluate(SET, [ID, "animation", {"spin": 10}])
    first = visit.describe(ID)["camera"]
    page.wait_for_timeout(2500)
    later = visit.describe(ID)["camera"]
    assert later["target"] == first["target"]
    away = [np.array(c["position"]) - np.array(c["target"]) for c in (first, later)]
    assert np.linalg.norm(away[0]) == pytest.approx(np.linalg.norm(away[1]), rel=1e-6)
    # Counter-clockwise from above: from the front toward the right.
    turned = math.atan2(away[1][0], away[1][2]) - math.atan2(away[0][0], away[0][2])
    assert 0.01 < turned % (2 * math.pi) < math.pi
    left, top, width, height = visit.canvas(ID)
    page.mouse.move(left + width / 2, top + height / 2)
    page.mouse.down()
    page.wait_for_timeout(300)
    held = visit.describe(ID)["camera"]
    page.wait_for_timeout(700)
    assert visit.describe(ID)["camera"] == held
    page.mouse.up()
    page.keyboard.press(" ")
    page.wait_for_timeout(300)
    still = visit.describe(ID)["camera"]
    frames = visit.settle(ID)
    assert visit.describe(ID)["camera"] == still
    page.wait_for_timeout(700)
    assert visit.describe(ID)["renderer"]["frames"] == frames
    page.locator(f"mm-figure#{ID}").get_by_role("button", name="Turn", exact=True).click()
    visit.until(
        "([id, z]) => document.getElementById(id).describe().camera.position[2] !== z",
        [ID, still["position"][2]],
    )


def test_who_wants_stillness_sees_no_figure_turn(browser: Browser, site: str) -> None:
    context = browser.new_context(reduced_motion="reduce", viewport={"width": 900, "height": 700})
    visit = Visit(context, site)
    open_matrix(visit)
    visit.page.evaluate(SET, [ID, "animation", {"spin": 10}])
    frames = visit.settle(ID)
    first = visit.describe(ID)["camera"]
    visit.page.wait_for_timeout(1000)
    assert visit.describe(ID)["camera"] == first
    assert visit.describe(ID)["renderer"]["frames"] == frames
    context.close()


@pytest.mark.parametrize("width", [320, 360, 412])
def test_on_a_phone_the_controls_stay_in_the_figure_and_are_large_enough(
    browser: Browser, site: str, width: int
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 740}, has_touch=True, is_mobile=True
    )
    visit = Visit(context, site)
    page = visit.open("", figure="row")
    boxes = page.evaluate(
        """() => { const f = document.getElementById('row'); const o = f.getBoundingClientRect();
             return [...f.shadowRoot.querySelectorAll('.transport > :is(button, select)')]
               .filter((e) => e.checkVisibility()).map((e) => { const r = e.getBoundingClientRect();
                 return [r.left - o.left, o.right - r.right, r.width, r.height]; }); }"""
    )
    assert len(boxes) == 5
    for left, right, wide, high in boxes:
        assert left >= 0
        assert right >= 0
        assert wide >= 44
        assert high >= 44
    context.close()
