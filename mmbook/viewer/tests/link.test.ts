import fc from "fast-check";
import { deflateSync, strToU8 } from "fflate";
import { expect, test } from "vitest";
import { decode, encode, isLink, type PageState } from "../src/link.ts";
import { fixture } from "./support/fixture.ts";

interface Links {
  states: { state: Partial<PageState>; fragment: string }[];
  damaged?: { fragment: string }[];
}

const links = (await fixture("links.json")) as Links;

function packed(text: string): string {
  const base64 = btoa(String.fromCharCode(...deflateSync(strToU8(text))));
  return `#mm=1.${base64.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "")}`;
}

test.each(links.states)("reads what Python wrote: $fragment", ({ state, fragment }) => {
  expect(decode(fragment)).toEqual({ figures: {}, cells: {}, ...state });
});

test.each(links.states)("reads again what it wrote: $fragment", ({ state }) => {
  const whole = { figures: {}, cells: {}, ...state };
  const fragment = encode(whole);
  if (fragment) expect(decode(fragment)).toEqual(whole);
});

test("any source survives", { timeout: 30_000 }, () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string(), (source, id) => {
      const state = { figures: {}, cells: Object.fromEntries([[id, { source, ran: true }]]) };
      expect(decode(encode(state))).toEqual(state);
    }),
    { numRuns: 20 },
  );
});

test("a page as published has no fragment", () => {
  expect(encode({ figures: {}, cells: {} })).toBe("");
});

test("a fragment of a heading is no link", () => {
  expect(isLink("#mm=1.abc")).toBe(true);
  expect(isLink("#mmult")).toBe(false);
  expect(isLink("")).toBe(false);
});

test.each([
  ["no state at all", "#section", /carries no state/],
  ["another version", "#mm=2.q64FAA", /unknown version \(given: 2\)/],
  ["a stray character", "#mm=1.q6%4FAA", /does not belong/],
  ["nothing", "#mm=1.", /its end is missing/],
  ["a missing end", links.states[3]?.fragment.slice(0, -12) ?? "", /damaged/],
  ["bytes that are not deflated", "#mm=1._____w", /cannot be unpacked/],
  ["no JSON", packed("{"), /holds no JSON/],
  ["a list", packed("[]"), /not an object/],
  ["an unknown part", packed('{"pages":{}}'), /unknown part \(given: pages\)/],
  ["a figure that is a number", packed('{"figures":{"a":1}}'), /figures\.a/],
  ["a cell with a stranger", packed('{"cells":{"a":{"eval":"x"}}}'), /cells\.a/],
  ["a cell whose code is a number", packed('{"cells":{"a":{"source":1}}}'), /cells\.a/],
])("says what is wrong with %s", (_what, fragment, message) => {
  expect(() => decode(fragment)).toThrow(message);
});

test("ids are plain keys, whatever they are", () => {
  const state = decode(packed('{"figures":{"__proto__":{"title":"x"}}}'));
  expect(Object.keys(state.figures)).toEqual(["__proto__"]);
  expect(({} as Record<string, unknown>).title).toBeUndefined();
});

test("what unpacks to too much is refused early", { timeout: 30_000 }, () => {
  expect(() => decode(packed(" ".repeat(8_000_000)))).toThrow(/too large/);
});

test("a state too large for a link is refused", () => {
  const cells = { a: { source: "x".repeat(1_000_001) } };
  expect(() => encode({ figures: {}, cells })).toThrow(/too large.*Copy the code/);
});
