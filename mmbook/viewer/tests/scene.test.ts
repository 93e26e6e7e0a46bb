/** Scenes: from messages and from files, and what is said when a part is wrong. */
import { zipSync } from "fflate";
import { afterEach, describe, expect, test, vi } from "vitest";
import { MmError, PackError, SceneError } from "../src/errors.ts";
import { loadScene, matrixAt, nodeAt, sceneFromMessage, walk } from "../src/scene.ts";
import { npy } from "./support/npy.ts";

const RANGE = { min: 0, max: 1, smallest: 0, largest: 1, missing: 0 };

/** out = (S = A @ B) @ A: 2×3, 3×2, 2×3; A occurs twice. */
function parts() {
  const leafA = { name: "A", role: "leaf", shape: [2, 3], rows: ["When", " Mary"] };
  const tree = {
    name: "out",
    role: "result",
    shape: [2, 3],
    left: {
      name: "S",
      role: "result",
      shape: [2, 2],
      epilog: "softmax",
      left: leafA,
      right: { name: "B", role: "leaf", shape: [3, 2] },
    },
    right: leafA,
  };
  const scene: Record<string, unknown> = {
    mm: 1,
    figure: { mm: 1, expr: "out = (S = A @ B) @ A", leaves: {} },
    tree,
    ranges: { A: RANGE, B: RANGE, S: RANGE, out: RANGE },
    description: "Two products.",
  };
  const array = (rows: number, cols: number, first: number) => ({
    shape: [rows, cols] as const,
    data: Float32Array.from({ length: rows * cols }, (_, at) => first + at),
  });
  const arrays = {
    A: array(2, 3, 0),
    B: array(3, 2, 10),
    S: array(2, 2, 20),
    out: array(2, 3, 30),
  };
  return { scene, tree, arrays };
}

describe("a message", () => {
  test("gives titles where they are not the names", () => {
    const { scene, tree, arrays } = parts();
    const leaf = { ...tree.left.right, title: "A" };
    const titled = { ...tree, left: { ...tree.left, right: leaf } };
    const read = sceneFromMessage({ scene: { ...scene, tree: titled }, arrays });
    expect(walk(read.tree).map(({ title }) => title)).toEqual(["A", "A", "S", "A", "out"]);
    expect(matrixAt(read, "left.right").data[0]).toBe(10);
    for (const title of [7, "", null]) {
      const wrong = { ...tree, right: { ...tree.right, title } };
      expect(() => sceneFromMessage({ scene: { ...scene, tree: wrong }, arrays })).toThrow(
        SceneError,
      );
    }
  });

  test("becomes a tree with paths, in the order left, right, result", () => {
    const { scene, arrays } = parts();
    const { tree, python, description } = sceneFromMessage({ scene, arrays });
    expect(walk(tree).map(({ path, name }) => `${path} ${name}`)).toEqual([
      "left.left A",
      "left.right B",
      "left S",
      "right A",
      "root out",
    ]);
    expect(nodeAt(tree, "left")).toMatchObject({ depth: 3, epilog: "softmax", rows: 2, cols: 2 });
    expect(nodeAt(tree, "root")).toMatchObject({ epilog: "none" });
    expect(nodeAt(tree, "right").rowLabels).toEqual(["When", " Mary"]);
    expect(nodeAt(tree, "right").colLabels).toBeNull();
    expect([python, description]).toEqual(["", "Two products."]);
  });

  test("gives every matrix its own values; the same name is the same matrix", () => {
    const scene = sceneFromMessage(parts());
    expect([...matrixAt(scene, "left").data]).toEqual([20, 21, 22, 23]);
    expect(matrixAt(scene, "left.left")).toBe(matrixAt(scene, "right"));
    expect(scene.matrices.size).toBe(4);
    expect(() => matrixAt(scene, "left.up")).toThrow(/no matrix at this path \(given: left\.up\)/);
  });

  /** y = [x | u = x @ A] @ B, 2×2 and 2×1 beside each other. */
  const joined = (change: object = {}, part: object = {}) => {
    const leaf = (name: string, shape: number[]) => ({ name, role: "leaf", shape });
    const x = leaf("x", [2, 2]);
    const u = { name: "u", role: "result", shape: [2, 1], left: x, right: leaf("A", [2, 1]) };
    const left = { name: "X", role: "join", shape: [2, 3], axis: "cols", parts: [x, u] };
    Object.assign(u, part);
    Object.assign(left, { rows: ["a", ""] }, change);
    const tree = { name: "y", role: "result", shape: [2, 4], left, right: leaf("B", [3, 4]) };
    const shapes = { x: [2, 2], A: [2, 1], u: [2, 1], X: [2, 3], B: [3, 4], y: [2, 4] } as const;
    const arrays = Object.fromEntries(
      Object.entries(shapes).map(([name, shape]) => [
        name,
        { shape, data: new Float32Array(shape[0] * shape[1]) },
      ]),
    );
    const ranges = Object.fromEntries(Object.keys(shapes).map((name) => [name, RANGE]));
    const figure = { mm: 1, expr: "y = (X = [x | u = x @ A]) @ B", leaves: {} };
    return sceneFromMessage({ scene: { mm: 1, figure, tree, ranges }, arrays });
  };

  test("may join matrices: their paths are counted, and the parts come before the whole", () => {
    const scene = joined();
    expect(walk(scene.tree).map(({ path, name }) => `${path} ${name}`)).toEqual([
      "left.0 x",
      "left.1.left x",
      "left.1.right A",
      "left.1 u",
      "left X",
      "right B",
      "root y",
    ]);
    expect(nodeAt(scene.tree, "left")).toMatchObject({
      role: "join",
      axis: "cols",
      rowLabels: ["a", ""],
    });
    expect(matrixAt(scene, "left.0")).toBe(matrixAt(scene, "left.1.left"));
  });

  test.each([
    [{ axis: "sum" }, {}, /tree, left: X is joined along no axis \(given: sum\)/],
    [{ parts: undefined }, {}, /X is not joined from parts/],
    [{ parts: [{ name: "x", role: "leaf", shape: [2, 3] }] }, {}, /X is not joined from parts/],
    [{ axis: "rows" }, {}, /tree, left: parts that do not fit: X is 2×3, x is 2×2, u is 2×1/],
    [{ shape: [2, 4] }, {}, /parts that do not fit: X is 2×4/],
    [{}, { shape: [3, 1] }, /tree, left\.1: shapes that do not fit/],
    [{ role: "leaf" }, {}, /the leaf X has operands/],
  ])("joined wrongly: %j %j", (change, part, words) => {
    expect(() => joined(change, part)).toThrow(SceneError);
    expect(() => joined(change, part)).toThrow(words);
  });

  type Parts = ReturnType<typeof parts>;
  test.each<[string, (all: Parts) => unknown, RegExp]>([
    ["no object", (all) => Object.assign(all, { scene: [] }), /^not a scene/],
    [
      "another version",
      ({ scene }) => Object.assign(scene, { mm: 2 }),
      /version this viewer does not read \(given: 2\)\. Possible: 1/,
    ],
    ["no version", ({ scene }) => delete scene.mm, /version.*given: none/],
    [
      "an unsound figure",
      ({ scene }) =>
        Object.assign(scene, { figure: { mm: 1, expr: "A", leaves: {}, layout: { gap: 999 } } }),
      /layout\.gap: out of range \(given: 999\)/,
    ],
    ["no tree", ({ scene }) => delete scene.tree, /tree, root: no matrix/],
    [
      "a product without an operand",
      ({ tree }) => Object.assign(tree, { right: undefined }),
      /tree, right: no matrix/,
    ],
    [
      "an unknown role",
      ({ tree }) => Object.assign(tree, { role: "sum" }),
      /neither a leaf nor a result nor joined \(given: sum\)/,
    ],
    [
      "a shape of three",
      ({ tree }) => Object.assign(tree, { shape: [1, 2, 3] }),
      /out has no shape/,
    ],
    [
      "shapes that do not fit",
      ({ tree }) => Object.assign(tree.left.right, { shape: [4, 2] }),
      /tree, left: shapes that do not fit: S is 2×2, A is 2×3 and B is 4×2/,
    ],
    [
      "too few labels",
      ({ tree }) => Object.assign(tree.right, { rows: ["When"] }),
      /row labels of A: not one label for each \(given: 1\)\. Possible: 2/,
    ],
    [
      "a missing array",
      ({ arrays }) => delete (arrays as Record<string, unknown>).B,
      /a matrix without values \(given: B\)\. Possible: A, S, out/,
    ],
    [
      "another shape",
      ({ arrays }) => Object.assign(arrays.B, { shape: [2, 3] }),
      /values of B have another shape.*given: 2×3.*Possible: 3×2/,
    ],
    [
      "too few elements",
      ({ arrays }) => Object.assign(arrays.B, { data: new Float32Array(5) }),
      /values of B.*5 elements/,
    ],
    [
      "a missing range",
      ({ scene }) => Object.assign(scene, { ranges: { A: RANGE } }),
      /a matrix without a range \(given: B\)/,
    ],
  ])("%s", (_, spoil, message) => {
    const all = parts();
    spoil(all);
    expect(() => sceneFromMessage(all)).toThrow(SceneError);
    expect(() => sceneFromMessage(all)).toThrow(message);
  });

  test("a tree without end is refused, not followed", () => {
    const { scene, arrays } = parts();
    const endless: Record<string, unknown> = { name: "E", role: "result", shape: [2, 2] };
    Object.assign(endless, { left: endless, right: endless });
    Object.assign(scene, { tree: endless });
    expect(() => sceneFromMessage({ scene, arrays })).toThrow(/nested too deeply/);
  });
});

describe("files", () => {
  afterEach(() => vi.unstubAllGlobals());

  const BASE = new URL("https://book.test/assets/mm/mm.js");

  function pack(): Uint8Array {
    const { arrays } = parts();
    const entries = Object.entries(arrays).map(([name, { shape, data }]) => [
      `${name}.npy`,
      npy([...data], { descr: "<f4", shape: `(${shape.join(", ")})` }),
    ]);
    return zipSync(Object.fromEntries(entries));
  }

  /** A site with these files; anything else is a 404. */
  function site(files: Record<string, string | Uint8Array>): string[] {
    const asked: string[] = [];
    vi.stubGlobal("fetch", async (address: URL, { signal }: RequestInit = {}) => {
      signal?.throwIfAborted();
      asked.push(address.href);
      const content = files[address.pathname.split("/").at(-1) ?? ""];
      return content === undefined
        ? new Response("not here", { status: 404 })
        : new Response(content as BodyInit);
    });
    return asked;
  }

  const json = (change = {}) => JSON.stringify({ ...parts().scene, pack: "abc.npz", ...change });

  async function refusal(hash = "abc"): Promise<MmError> {
    const error = await loadScene(BASE, hash).catch((reason: unknown) => reason);
    if (error instanceof MmError) return error;
    throw new Error(`no error of ours: ${error}`);
  }

  test("lie in figures/ beside the script", async () => {
    const asked = site({ "abc.json": json(), "abc.npz": pack() });
    const scene = await loadScene(BASE, "abc");
    expect(asked).toEqual([
      "https://book.test/assets/mm/figures/abc.json",
      "https://book.test/assets/mm/figures/abc.npz",
    ]);
    expect([...matrixAt(scene, "root").data]).toEqual([30, 31, 32, 33, 34, 35]);
  });

  test("that are not there", async () => {
    site({});
    expect((await refusal()).message).toMatch(/not on this site \(given: figures\/abc\.json\)/);
    site({ "abc.json": json() });
    expect((await refusal()).message).toMatch(/not on this site \(given: figures\/abc\.npz\)/);
  });

  test("from a site in trouble", async () => {
    vi.stubGlobal("fetch", async () => new Response("", { status: 503 }));
    expect((await refusal()).message).toMatch(/status 503/);
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));
    expect((await refusal()).message).toMatch(/cannot be reached.*Check the connection/);
  });

  test("that are cut short", async () => {
    site({ "abc.json": json().slice(0, -9) });
    expect((await refusal()).message).toMatch(/figures\/abc\.json: not a whole JSON file/);
    site({ "abc.json": json(), "abc.npz": pack().subarray(0, 99) });
    const error = await refusal();
    expect(error).toBeInstanceOf(PackError);
    expect(error.message).toMatch(/figures\/abc\.npz: not a whole \.npz file/);
  });

  test("of another version: the pack is not even fetched", async () => {
    const asked = site({ "abc.json": json({ mm: 7 }) });
    expect((await refusal()).message).toMatch(/figures\/abc\.json: a version.*given: 7/);
    expect(asked).toHaveLength(1);
  });

  test("whose pack lacks a matrix", async () => {
    site({
      "abc.json": json(),
      "abc.npz": zipSync({ "A.npy": npy([0, 1, 2, 3, 4, 5], { descr: "<f4", shape: "(2, 3)" }) }),
    });
    expect((await refusal()).message).toMatch(/without values \(given: B\)\. Possible: A/);
  });

  test("that name a place elsewhere are not fetched", async () => {
    const asked = site({ "abc.json": json({ pack: "//evil.test/x.npz" }) });
    expect((await refusal("../../x")).message).toMatch(/not the name of a scene/);
    expect(asked).toEqual([]);
    expect((await refusal()).message).toMatch(/not the name of a pack/);
  });

  test("that nobody waits for any more: the abort comes through as it is", async () => {
    site({ "abc.json": json() });
    const error = await loadScene(BASE, "abc", AbortSignal.abort()).catch((reason) => reason);
    expect(error).not.toBeInstanceOf(MmError);
    expect(error.name).toBe("AbortError");
  });
});
