"""27 published states of the original tool, opened in the playground as links: all they say is there.

What a link says is read by a decoder of the tests' own; where matrices stand was measured in the
original. Python starts once for each page, so most links are opened in one page after another.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

import numpy as np
import original_states
import pytest
from original_states import flattened, parameters
from playwright.sync_api import Browser

import mmbook as mm
from mmbook.expr import Expr, Product
from mmbook.schema import defaults

from .conftest import Visit
from .picture import decode, saturation

PAGE = "playground/"
STATES = original_states.states()
MEASURED = {state["state"]: state["matrices"] for state in original_states.measured()}
GROUPS = {"layout": "layout", "viz": "look", "deco": "marks", "anim": "animation"}
SIDES = {f"{name} placement": name for name in ("left", "right", "result")}
# Here matrices of one name and different shapes are told apart, in the expression alone.
TOLD_APART = {"31": ("(V = input_0_5 ", "(V = input_0_5_2 ")}
# What a fresh page is opened with: either encoding, and keys that sites add to links.
STRANGERS = {
    "04": "utm_source=news&{}&fbclid=abc",
    "31": "{}&7=7&utm_medium=x",
    "38": "gclid=1&{}",
}

# The query changes and the desk comes anew, as on a fresh page; Python stays.
OPEN = """query => {
    const figure = document.getElementById('playground');
    figure.reset();
    history.replaceState(history.state, '', `?${query}`);
    const desk = document.querySelector('mm-playground');
    const next = desk.cloneNode();
    desk.replaceWith(next);
}"""


@pytest.fixture(scope="module")
def warm(browser: Browser, site: str) -> Iterator[Visit]:
    # Small, since the pictures are not looked at.
    context = browser.new_context(viewport={"width": 480, "height": 400})
    visit = Visit(context, site)
    visit.open(PAGE, figure="playground")
    yield visit
    assert visit.problems == []
    context.close()
    assert visit.foreign == [], "the page asked another origin for something"


def encodings(state: dict[str, Any]) -> tuple[str, str]:
    """Return the query of a state as JSON and flattened; the published one is one of them."""
    link, query = parameters(state["query"]), state["query"]
    if query.startswith("params="):
        return query, urlencode(flattened(link), quote_via=quote)
    return f"params={quote(json.dumps(link))}", query


def until_open(visit: Visit, state: dict[str, Any]) -> None:
    paths = [path for path, _, _ in state["matrices"]]
    script = """([expr, paths]) => {
        const figure = document.getElementById('playground');
        const desk = document.querySelector('mm-playground').shadowRoot;
        const said = desk?.querySelector('.error')?.textContent;
        if (said) throw new Error(said);
        return Boolean(desk?.querySelector('.notices')) && figure.state?.expr === expr
            && figure.describe().matrices.map(({path}) => path).join() === paths.join();
    }"""
    visit.until(script, [expression(state), paths])


def expression(state: dict[str, Any]) -> str:
    theirs, ours = TOLD_APART.get(state["state"], ("", ""))
    return str(state["expr"]).replace(theirs, ours)


def at(link: dict[str, Any], path: str) -> dict[str, Any]:
    for side in [] if path == "root" else path.split("."):
        link = link[side]
    return link


def check(visit: Visit, state: dict[str, Any]) -> None:
    described = visit.describe("playground")
    shown = visit.page.evaluate("document.getElementById('playground').state")
    link, measured = parameters(state["query"]), MEASURED[state["state"]]
    matrices = described["matrices"]
    assert described["expr"] == expression(state)
    found = [[m["path"], m["name"], m["shape"]] for m in matrices]
    assert found == state["matrices"]
    for matrix in matrices:
        product = matrix["path"] == "root" or at(link, matrix["path"])["matmul"] is True
        assert matrix["role"] == ("result" if product else "leaf")
    check_corners(matrices, measured)
    check_camera(described["camera"], state)
    check_groups(described["animation"], shown, link)
    check_products(shown, link, described["expr"])


def check_corners(matrices: list[dict[str, Any]], measured: list[dict[str, Any]]) -> None:
    assert [m["path"] for m in matrices] == [m["path"] for m in measured]
    for matrix, theirs in zip(matrices, measured, strict=True):
        corners = [matrix[name] for name in ("first", "last_row", "last_col")]
        np.testing.assert_allclose(corners, theirs["corners"], atol=0.01, err_msg=matrix["path"])


def check_camera(camera: dict[str, Any], state: dict[str, Any]) -> None:
    position = [state["camera"][axis] for axis in "xyz"]
    np.testing.assert_allclose(camera["position"], position, atol=1e-6)
    np.testing.assert_allclose(camera["target"], state["target"], atol=1e-6)


def check_groups(animation: dict[str, Any], shown: dict[str, Any], link: dict[str, Any]) -> None:
    for theirs, ours in GROUPS.items():
        given = {
            SIDES.get(name, name.replace(" ", "_")): value
            for name, value in link[theirs].items()
            if name != "folder" and not name.endswith("blocks")
        }
        found = {**defaults(ours), **shown[ours]}
        assert {name: found[name] for name in given} == given
    moves = link["anim"]["alg"] != "none"
    assert animation["alg"] == link["anim"]["alg"]
    assert animation["playing"] == moves
    assert (animation["steps"] > 0) == moves


def check_products(shown: dict[str, Any], link: dict[str, Any], expr: str) -> None:
    for path, name in names(mm.parse(expr), "root"):
        given = at(link, path)
        found = {**defaults("result"), **(shown.get("results") or {}).get(name, {})}
        assert found["epilog"] == given["epilog"]
        blocks = {**defaults("blocks"), **found.get("blocks", {})}
        assert blocks["k"] == given["block"]["k blocks"]
        if path == "root":
            assert [blocks["i"], blocks["j"]] == [given["block"][f"{x} blocks"] for x in "ij"]
        else:
            assert found["alg"] == given["anim"]["alg"]


def names(tree: Expr, path: str) -> Iterator[tuple[str, str]]:
    """Yield the products of an expression: where each is and what it is called."""
    if isinstance(tree, Product):
        yield path, tree.name
        for side in ("left", "right"):
            below = side if path == "root" else f"{path}.{side}"
            yield from names(getattr(tree, side), below)


@pytest.mark.parametrize("state", STATES, ids=[state["state"] for state in STATES])
def test_what_a_link_says_is_shown(warm: Visit, state: dict[str, Any]) -> None:
    for query in encodings(state):
        warm.page.evaluate(OPEN, query)
        until_open(warm, state)
        check(warm, state)


def test_values_that_are_missing_have_no_colour_from_afar_either(warm: Visit) -> None:
    (state,) = (state for state in STATES if state["state"] == "16")
    warm.page.evaluate(OPEN, state["query"])
    until_open(warm, state)
    assert np.isnan(warm.array("playground", "left")["data"]).any()
    # The arrows of the flow have colours of their own.
    warm.page.evaluate(
        """() => { const figure = document.getElementById('playground');
            figure.change({marks: {flow_guides: 0}}); }"""
    )
    warm.settle("playground")
    x, y, width, height = warm.canvas("playground")
    clip = {"x": x, "y": y, "width": width, "height": height}
    image = decode(warm.page.screenshot(clip=clip))
    assert (np.abs(image.astype(int) - image[0, 0]).max(axis=2) > 24).mean() > 0.05
    assert saturation(image).max() < 40


@pytest.mark.parametrize("number", STRANGERS)
def test_a_fresh_page_opens_a_link_with_keys_that_sites_add(visit: Visit, number: str) -> None:
    (state,) = (state for state in STATES if state["state"] == number)
    visit.open(f"{PAGE}?{STRANGERS[number].format(state['query'])}", figure="playground")
    until_open(visit, state)
    check(visit, state)
    assert visit.problems == []
