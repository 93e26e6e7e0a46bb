// @vitest-environment happy-dom
/** The playground's pure parts: marks, links, packs, the expression's text. */
import { describe, expect, test, vi } from "vitest";
import { zipped } from "../src/export/values.ts";
import { whole } from "../src/figure/store.ts";
import { decode } from "../src/link.ts";
import { readPack } from "../src/pack.ts";
import { stateFrom } from "../src/page/state.ts";
import { createExpression, pointer } from "../src/panel/expression.ts";
import { isOriginal } from "../src/playground/desk.ts";
import { STARTS, startLink } from "../src/playground/gallery.ts";
import type { Matrix } from "../src/scene.ts";
import type { Figure } from "../src/schema/figure.ts";
import { check, figureRule } from "../src/settings.ts";

const range = { min: 0, max: 1, smallest: 0, largest: 1, missing: 0 };
const matrix = (name: string, rows: number, cols: number): Matrix => ({
  name,
  rows,
  cols,
  data: Float32Array.from({ length: rows * cols }, (_, at) => at / 3),
  range,
});

test("the values come back as they went into the archive", () => {
  const given = [matrix("x", 2, 3), matrix("`odd` @ (B)", 1, 7), matrix("名前", 40, 1)];
  const found = readPack(zipped(given), "figure.npz");
  expect([...found.keys()].sort()).toEqual(given.map(({ name }) => name).sort());
  for (const { name, rows, cols, data } of given) {
    expect(found.get(name)).toEqual({ shape: [rows, cols], data });
  }
});

test.each([
  ["?params=%7B%7D", true],
  ["?0=L&1=R&0.1=x&utm_source=y", true],
  ["?3.1=L", true],
  ["?mm=params%3D%7B%7D", true],
  ["?utm_source=5", false],
  ["", false],
])("the query %s is the original's: %s", (query, is) => {
  expect(isOriginal(query)).toBe(is);
});

describe("starting points", () => {
  const published: Figure = {
    mm: 1,
    expr: "A @ B",
    leaves: { A: { shape: [2, 2], init: "eye" }, B: { shape: [2, 2], init: "eye" } },
    results: { "A @ B": { epilog: "relu" } },
    camera: { position: [1, 2, 3], target: [0, 0, 0] },
  };
  test.each(STARTS)("$title is sound, and its link is all of it", ({ figure }) => {
    expect(check(figure, figureRule).problems).toEqual([]);
    const patch = decode(startLink("playground", published, figure)).figures.playground ?? {};
    expect(stateFrom(whole(published), whole(published), patch)).toEqual(whole(figure));
  });
});

describe("the expression", () => {
  test("the mark stands under the column, also after wide signs", () => {
    expect(pointer("A @ @ B", 5)).toBe("    ^");
    expect(pointer("名 @ B", 3)).toBe("   ^");
    expect(pointer("A", 2)).toBe(" ^");
  });

  test("what is being typed stays when the figure changes, and errors leave it", () => {
    const submit = vi.fn();
    const editor = createExpression(submit);
    document.body.append(editor.element);
    const field = editor.element.querySelector("input") as HTMLInputElement;
    editor.show("A @ B");
    expect(field.value).toBe("A @ B");
    field.value = "A @ @ B";
    editor.show("A @ C");
    expect(field.value).toBe("A @ @ B");
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter" }));
    expect(submit).toHaveBeenCalledWith("A @ @ B");
    editor.fail("a matrix is missing", 5);
    expect(field.value).toBe("A @ @ B");
    expect(editor.element.querySelector("pre")?.textContent).toBe("A @ @ B\n    ^");
    expect(editor.element.querySelector("[role=alert]")?.textContent).toContain("Column 5");
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
    expect(field.value).toBe("A @ C");
  });
});
