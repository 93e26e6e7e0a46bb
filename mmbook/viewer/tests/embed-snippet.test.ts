// @vitest-environment happy-dom
/** What is copied for other pages leads back to the same figure in the same state. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { nameIn, nameOfIds, sceneOf } from "../src/embed/names.ts";
import { ratioOf } from "../src/embed/ratio.ts";
import { snippets } from "../src/embed/snippet.ts";
import type { FigureDescription } from "../src/figure/describe.ts";
import { MmFigure } from "../src/figure.ts";
import { decode } from "../src/link.ts";
import type { Figure } from "../src/schema/figure.ts";
import { apply } from "../src/settings.ts";

const ROOT = new URL("https://book.example/mm/");
const published: Figure = {
  mm: 1,
  expr: "A @ B",
  leaves: { A: { shape: [2, 2], init: "rows" }, B: { shape: [2, 2], init: "cols" } },
};
const described = (corners: [number, number, number][][]): FigureDescription =>
  ({
    camera: { position: [0, 0, 50], target: [0, 0, 0] },
    matrices: corners.map(([first, last_row, last_col]) => ({ first, last_row, last_col })),
  }) as unknown as FigureDescription;
const flat = described([
  [
    [0, 0, 0],
    [0, -9, 0],
    [14, 0, 0],
  ],
]);

const base = MmFigure.base;
beforeAll(() => {
  MmFigure.base = new URL("assets/mm/", ROOT);
});
afterAll(() => {
  MmFigure.base = base;
});

function copied(state: Figure, page: string) {
  const figure = { id: "head", published, state, describe: () => flat };
  const { iframe, script } = snippets(figure, new URL(page, ROOT));
  const host = document.createElement("div");
  host.innerHTML = iframe + script;
  return {
    frame: host.querySelector("iframe") as HTMLIFrameElement,
    script: host.querySelector("script") as HTMLScriptElement,
    element: host.querySelector("mm-embed") as HTMLElement,
    count: host.childElementCount,
  };
}

describe("snippets", () => {
  test("name the figure and carry what differs from it", () => {
    const state: Figure = { ...published, title: 'a "b" <c> & d', look: { hue_spread: 0.2 } };
    const { frame, script, element, count } = copied(state, "chapters/attention-head/?x=1");
    expect(count).toBe(3);
    const address = new URL(frame.getAttribute("src") ?? "");
    expect(address.href).toMatch(
      /^https:\/\/book\.example\/mm\/embed\/\?figure=chapters\/attention-head\/head#mm=1\./,
    );
    expect(apply(published, decode(address.hash).figures.head ?? {})).toEqual(state);
    expect(frame.title).toBe(state.title);
    expect(script.getAttribute("src")).toBe("https://book.example/mm/assets/mm/embed.js");
    expect(element.getAttribute("figure")).toBe("chapters/attention-head/head");
    expect(element.getAttribute("state")).toBe(address.hash);
    expect(element.getAttribute("ratio")).toBe("1.5");
  });
  test("say nothing of a state that is as published", () => {
    const { frame, element } = copied(published, "playground/");
    expect(new URL(frame.getAttribute("src") ?? "").hash).toBe("");
    expect(element.hasAttribute("state")).toBe(false);
  });
  test("of a figure that is embedded itself lead to the same", () => {
    const { element } = copied(published, "embed/?scene=0a1b&theme=dark");
    expect(element.getAttribute("scene")).toBe("0a1b");
    expect(element.hasAttribute("figure")).toBe(false);
  });
});

test.each([
  ["", "head"],
  ["index.html", "head"],
  ["chapters/x/", "chapters/x/head"],
  ["chapters/x/index.html", "chapters/x/head"],
  ["chapters/x.html", "chapters/x/head"],
  ["chapters/x", "chapters/x/head"],
  ["chapters/%C3%A9t%C3%A9/", "chapters/été/head"],
])("the name of a figure in %j is %j", (path, name) => {
  expect(nameIn(ROOT, new URL(path, ROOT), "head")).toBe(name);
});

describe("names", () => {
  const index = { "a/head": "1", "b/head": "2", hero: "3" };
  test("stand for scenes, and nothing inherited does", () => {
    expect(sceneOf(index, "b/head")).toBe("2");
    for (const name of ["constructor", "__proto__", "hea"])
      expect(() => sceneOf(index, name)).toThrow(/no figure of this name.*a\/head/);
  });
  test("that nearly fit are offered", () => {
    expect(() => sceneOf(index, "c/head")).toThrow(/Possible: a\/head, b\/head\./);
  });
  test("follow from a link's ids where one figure alone is meant", () => {
    expect(nameOfIds(index, ["hero"])).toBe("hero");
    expect(() => nameOfIds(index, ["head"])).toThrow(/a\/head, b\/head/);
    expect(() => nameOfIds(index, [])).toThrow(/\?figure=/);
  });
});

test("the shape of a frame follows the picture, within what a page can take", () => {
  expect(ratioOf(flat)).toBe(1.5);
  const tall = described([
    [
      [0, 0, 0],
      [0, -99, 0],
      [3, 0, 0],
    ],
  ]);
  expect(ratioOf(tall)).toBe(1.2);
  const wide = described([
    [
      [0, 0, 0],
      [0, -3, 0],
      [99, 0, 0],
    ],
  ]);
  expect(ratioOf(wide)).toBe(2.2);
});
