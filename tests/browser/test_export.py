"""What can be taken away, made in the browser and read here."""

from __future__ import annotations

import io
import json
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Locator

from .conftest import Visit
from .picture import decode, ink, project

PAGE = "playground/"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def desk(visit: Visit) -> Locator:
    visit.open(PAGE, figure="playground")
    visit.until(
        "() => Boolean(document.querySelector('mm-playground')?.shadowRoot?.querySelector('.take-away'))"
    )
    panel = visit.page.locator("mm-playground")
    for title in ("Matrices", "Share"):
        button = panel.get_by_role("button", name=title, exact=True)
        if button.get_attribute("aria-expanded") != "true":
            button.click()
    return panel.locator(".take-away")


def taken(visit: Visit, desk: Locator, button: str) -> bytes:
    with visit.page.expect_download() as download:
        desk.get_by_role("button", name=button).click()
    return Path(download.value.path()).read_bytes()


def change(visit: Visit, patch: str) -> None:
    visit.page.evaluate(
        f"""() => {{ const f = document.getElementById('playground'); const s = f.state;
                     f.state = {{ ...s, {patch} }}; }}"""
    )
    visit.settle("playground")


def stand(visit: Visit) -> tuple[Any, dict[str, Any]]:
    state = visit.page.evaluate("document.getElementById('playground').state")
    described = visit.describe("playground")
    described["renderer"].pop("lastFrameMs")
    return state, described


def test_a_picture_is_painted_anew_at_its_scale(visit: Visit, desk: Locator) -> None:
    visit.settle("playground")
    before = stand(visit)
    _, _, width, height = visit.canvas("playground")
    desk.get_by_label("Size", exact=True).select_option("3")
    large = taken(visit, desk, "Picture, PNG")
    with Image.open(io.BytesIO(large)) as image:
        assert image.size == (round(3 * width), round(3 * height))
        assert image.mode == "RGB"
        assert "matrix products" in image.info["Description"]
    desk.get_by_label("Size", exact=True).select_option("1")
    small = taken(visit, desk, "Picture, PNG")
    share = ink(decode(small))
    assert share > 0.01
    # The same picture, not an enlarged one: its ink is the same, its lines are sharper.
    assert abs(ink(decode(large)) - share) < 0.3 * share
    fine = decode(large).astype(int)
    coarse = np.asarray(
        Image.open(io.BytesIO(small))
        .convert("RGB")
        .resize(fine.shape[1::-1], Image.Resampling.BICUBIC)
    ).astype(int)
    edges = [np.abs(np.diff(image.sum(axis=2), axis=1)) for image in (fine, coarse)]
    assert np.percentile(edges[0], 99.9) > 1.3 * np.percentile(edges[1], 99.9)

    desk.get_by_label("Size", exact=True).select_option("own")
    desk.get_by_label("Pixels wide", exact=True).fill("701")
    desk.get_by_label("Ground").select_option("clear-dark")
    with Image.open(io.BytesIO(taken(visit, desk, "Picture, PNG"))) as image:
        assert (image.mode, image.width) == ("RGBA", 701)
        alpha = np.asarray(image)[:, :, 3]
        assert alpha[-1, 0] == 0
        assert alpha.max() == 255
    desk.get_by_label("Pixels wide", exact=True).fill("40000")
    desk.get_by_role("button", name="Picture, PNG").click()
    visit.until(
        "() => /Possible: 1 to \\d+ pixels/.test(document.querySelector('mm-playground').shadowRoot.textContent)"
    )
    assert stand(visit) == before


def test_a_drawing_has_the_figure_s_geometry(visit: Visit, desk: Locator) -> None:
    visit.settle("playground")
    described = visit.describe("playground")
    _, _, width, height = visit.canvas("playground")
    text = taken(visit, desk, "Drawing, SVG").decode("utf-8")
    root = ElementTree.fromstring(text)
    assert root.tag == f"{SVG}svg"
    assert root.findtext(f"{SVG}title", "").startswith("out = ")
    assert "matrix products" in root.findtext(f"{SVG}desc", "")
    assert not re.search(r"""(href|src)=["'](?!data:)|url\((?!#)|<script|@import""", text)
    shown = {node.text for node in root.iter(f"{SVG}text")}
    assert {"x", "16 × 24", "attn", "out"} <= shown
    for matrix in described["matrices"]:
        faces = corners(root, matrix["path"])
        for corner in outer(matrix):
            at = project(corner, described["camera"], width, height)
            assert np.hypot(*(faces - at).T).min() < 1, matrix["name"]
        if matrix["name"] == "x":
            discs = centres(root, matrix["path"])
            at = project(matrix["last_col"], described["camera"], width, height)
            assert np.hypot(*(discs - at).T).min() < 1
    # Seen by itself, it looks like the picture.
    desk.get_by_label("Size", exact=True).select_option("1")
    picture = decode(taken(visit, desk, "Picture, PNG"))
    page = visit.context.new_page()
    page.set_viewport_size({"width": round(width), "height": round(height)})
    page.set_content(f"<style>body{{margin:0}}svg{{display:block}}</style>{text}")
    drawing = decode(page.screenshot())
    page.close()
    assert drawing.shape == picture.shape
    assert np.abs(blurred(drawing) - blurred(picture)).mean() < 2.5


def test_elements_of_large_matrices_are_embedded(visit: Visit, desk: Locator) -> None:
    visit.page.evaluate(
        """() => { const f = document.getElementById('playground');
             const leaf = shape => ({ shape, init: 'gaussian' });
             f.state = { mm: 1, expr: 'A @ B', leaves: { A: leaf([300, 8]), B: leaf([8, 200]) } }; }"""
    )
    visit.until("() => document.getElementById('playground').describe().matrices.length === 3")
    visit.settle("playground")
    root = ElementTree.fromstring(taken(visit, desk, "Drawing, SVG"))
    (image,) = root.iter(f"{SVG}image")
    assert image.get("data-path") == "root"
    assert image.get("href", "").startswith("data:image/png;base64,")
    assert "A @ B are embedded" in root.findtext(f"{SVG}desc", "")
    assert len(list(root.iter(f"{SVG}circle"))) > 1000


def test_a_cycle_is_filmed_frame_by_frame(visit: Visit, desk: Locator) -> None:
    change(visit, "animation: { ...s.animation, alg: 'vmprod', step: 5, playing: false }")
    before = stand(visit)
    steps = before[1]["animation"]["steps"]
    desk.get_by_label("Film, pixels wide").fill("320")
    desk.get_by_label("One frame every … steps").fill("4")
    desk.get_by_label("Pause at the end, seconds").fill("2")
    frames = -(-steps // 4) + 1
    with Image.open(io.BytesIO(taken(visit, desk, "Film, GIF"))) as gif:
        assert (gif.width, gif.n_frames) == (320, frames)  # type: ignore[attr-defined]
        pictures = []
        for n in (0, frames - 1):
            gif.seek(n)
            pictures.append(np.asarray(gif.convert("RGB")).astype(int))
        assert gif.info["duration"] == 2000
    assert np.abs(pictures[0] - pictures[1]).max() > 60
    film = taken(visit, desk, "Film, WebM")
    blocks = [content for name, content in ebml(film) if name == 0xA3]
    assert len(blocks) == frames
    (duration,) = [content for name, content in ebml(film) if name == 0x4489]
    assert np.frombuffer(duration, ">f8")[0] == pytest.approx(1000 * ((frames - 1) / 10 + 2))
    desk.get_by_label("One frame every … steps").fill("0")
    desk.get_by_role("button", name="Film, GIF").click()
    visit.until(
        "() => /distance between steps is out of range/.test(document.querySelector('mm-playground').shadowRoot.textContent)"
    )
    assert stand(visit) == before


def test_values_and_program_give_the_same_arrays(
    visit: Visit, desk: Locator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = io.BytesIO()
    np.save(stream, np.arange(48, dtype=np.float32).reshape(2, 24) / 7)
    leaf = visit.page.locator("mm-playground .leaf").first
    leaf.locator("input[type=file]").set_input_files(
        {"name": "mine.npy", "mimeType": "application/octet-stream", "buffer": stream.getvalue()}
    )
    visit.until("() => document.getElementById('playground').describe().matrices[0].shape[0] === 2")
    (tmp_path / "figure.npz").write_bytes(taken(visit, desk, "Values, .npz"))
    program = taken(visit, desk, "Python, .py").decode("utf-8")
    state = json.loads(taken(visit, desk, "Figure, JSON"))
    assert "figure.npz" in program
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    exec(compile(program, "figure.py", "exec"), names)
    assert names["figure"].expr == state["expr"]
    with np.load("figure.npz") as pack:
        made = names["figure"].evaluate()
        assert sorted(pack.files) == sorted(made)
        for name, values in made.items():
            np.testing.assert_allclose(pack[name], values, rtol=0, atol=1e-5)


def corners(root: ElementTree.Element, path: str) -> Any:
    """Corners of everything that is drawn of a matrix's sheet; its parts may be several."""
    polygons = (p for p in root.iter(f"{SVG}polygon") if p.get("data-path") == path)
    points = [pair.split(",") for p in polygons for pair in p.get("points", "").split()]
    return np.array(points, dtype=float)


def centres(root: ElementTree.Element, path: str) -> Any:
    groups = (g for g in root.iter(f"{SVG}g") if g.get("data-path") == path)
    discs = [disc for group in groups for disc in group.iter(f"{SVG}circle")]
    return np.array([[float(disc.get("cx", "")), float(disc.get("cy", ""))] for disc in discs])


def outer(matrix: dict[str, Any]) -> list[list[float]]:
    """The corners of a matrix's frame, 0.85 beyond the middles of its outermost elements."""
    first, down, along = (np.array(matrix[at]) for at in ("first", "last_row", "last_col"))
    rows, cols = (down - first, along - first)
    beyond = [0.85 * way / np.linalg.norm(way) for way in (rows, cols)]
    return [
        (first + r * rows + c * cols + (2 * r - 1) * beyond[0] + (2 * c - 1) * beyond[1]).tolist()
        for r in (0, 1)
        for c in (0, 1)
    ]


def blurred(image: Any, side: int = 8) -> Any:
    """Means of squares: what two ways of smoothing edges agree on."""
    height, width = (size // side * side for size in image.shape[:2])
    squares = (
        image[:height, :width].astype(float).reshape(height // side, side, width // side, side, 3)
    )
    return squares.mean(axis=(1, 3))


def ebml(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Elements of a Matroska file, those within others after them."""
    at = 0

    def number(keep: bool) -> int:
        nonlocal at
        length = 9 - data[at].bit_length()
        value = data[at] if keep else data[at] & ((1 << (8 - length)) - 1)
        for byte in data[at + 1 : at + length]:
            value = value << 8 | byte
        at += length
        return value

    parents = {0x18538067, 0x1549A966, 0x1F43B675}
    while at < len(data):
        name, size = number(True), number(False)
        yield name, data[at : at + size]
        if name not in parents:
            at += size
