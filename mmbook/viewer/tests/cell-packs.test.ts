import { beforeEach, expect, test } from "vitest";
import { packs } from "../src/cell/packs.ts";

const BASE = "http://book/assets/data/";
let read: string[];

const files: Record<string, string> = {
  "index.json": JSON.stringify({ "gpt2/head-05-04": "gpt2/head-05-04-abc.npz", lost: "lost.npz" }),
  "gpt2/head-05-04-abc.npz": "the pack",
};

beforeEach(() => {
  read = [];
});

function host(given = files) {
  return packs(
    BASE,
    (address) => {
      const name = address.slice(BASE.length);
      read.push(name);
      const text = given[name];
      return text === undefined ? null : new TextEncoder().encode(text);
    },
    (bytes) => new TextDecoder().decode(bytes),
  );
}

test("a listed pack is read", () => {
  expect(host().read_pack("gpt2/head-05-04")).toBe("the pack");
});

test.each([
  "nosuch",
  "../../index.html",
  "http://elsewhere/x",
  "gpt2/head-05-04-abc.npz",
  "__proto__",
  "",
])("what is not listed is not read: %s", (name) => {
  expect(host().read_pack(name)).toBeNull();
  expect(read).toEqual(["index.json"]);
});

test("the list is read when it is first needed, and once", () => {
  const one = host();
  expect(read).toEqual([]);
  one.read_pack("nosuch");
  expect(one.pack_names()).toEqual(["gpt2/head-05-04", "lost"]);
  expect(read).toEqual(["index.json"]);
});

test("a listed file that is gone counts as none", () => {
  expect(host().read_pack("lost")).toBeNull();
});

test("a book without packs has none", () => {
  expect(host({}).pack_names()).toEqual([]);
});
