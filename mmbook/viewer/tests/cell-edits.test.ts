import { beforeEach, expect, test } from "vitest";
import { digest, Edits } from "../src/cell/edits.ts";

let stored: Map<string, string>;
let storage: Storage;

beforeEach(() => {
  stored = new Map();
  storage = {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
    removeItem: (key: string) => stored.delete(key),
  } as unknown as Storage;
});

const edits = (original = "x = 1", cell = "a", path = "/chapter/") =>
  new Edits(path, cell, original, storage);

test("an edit survives", () => {
  edits().write("x = 2");
  expect(edits().read()).toEqual({ kind: "edit", source: "x = 2" });
});

test("cells and pages are kept apart", () => {
  edits().write("x = 2");
  expect(edits("x = 1", "b").read()).toEqual({ kind: "none" });
  expect(edits("x = 1", "a", "/other/").read()).toEqual({ kind: "none" });
});

test("the original is no edit", () => {
  edits().write("x = 2");
  edits().write("x = 1");
  expect(stored.size).toBe(0);
});

test("when the book has changed, the edit is there but not shown unasked", () => {
  edits().write("x = 2");
  expect(edits("x = 10").read()).toEqual({ kind: "stale", source: "x = 2" });
});

test("when the book has come to what the reader wrote, there is nothing to ask", () => {
  edits().write("x = 2");
  expect(edits("x = 2").read()).toEqual({ kind: "none" });
});

test.each(["", "{", "null", "[]", '{"source": 1, "original": "x"}'])(
  "foreign entries count as none: %s",
  (text) => {
    stored.set("mmbook:cell:/chapter/:a", text);
    expect(edits().read()).toEqual({ kind: "none" });
  },
);

test("without storage, edits last as long as the page", () => {
  const lone = new Edits("/", "a", "x", null);
  lone.write("y");
  expect(lone.read()).toEqual({ kind: "none" });
});

test("a full storage is no error", () => {
  storage.setItem = () => {
    throw new DOMException("full", "QuotaExceededError");
  };
  expect(() => edits().write("x = 2")).not.toThrow();
});

test("digests are FNV-1a of 64 bits", () => {
  // From the published test vectors.
  expect(digest("")).toBe("cbf29ce484222325");
  expect(digest("a")).toBe("af63dc4c8601ec8c");
  expect(digest("foobar")).toBe("85944171f73967e8");
});
