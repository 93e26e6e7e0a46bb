/** Requests from another page: what is taken, what is refused, and in which words. */
import { describe, expect, test } from "vitest";
import { idOf, readRequest } from "../src/embed/protocol.ts";

const asked = (fields: object) => readRequest({ mm: 1, id: 7, ...fields });

describe("sound requests", () => {
  test.each([
    { do: "hello" },
    { do: "getState" },
    { do: "setState", patch: { look: { hue_spread: 0.2 }, camera: null } },
    { do: "setOption", group: "layout", option: "gap", value: 9 },
    { do: "setOption", group: "layout", option: "gap", value: null },
    { do: "getArray", path: "left.right" },
    { do: "seek", step: 3 },
    { do: "step", by: -2 },
    { do: "link" },
  ])("%j", (fields) => {
    expect(asked(fields)).toEqual({ mm: 1, id: 7, ...fields });
  });
  test("a step without a number is one", () => {
    expect(asked({ do: "step" })).toMatchObject({ by: 1 });
  });
  test("what was not asked for is left behind", () => {
    expect(asked({ do: "play", now: true })).toEqual({ mm: 1, id: 7, do: "play" });
  });
});

describe("refused, with what was wrong", () => {
  test.each<[unknown, RegExp]>([
    [null, /not a request/],
    ["hello", /not a request.*hello/],
    [[1], /not a request/],
    [{ id: 1, do: "hello" }, /not a request/],
    [{ mm: 2, id: 1, do: "hello" }, /version.*2/],
    [{ mm: 1, do: "hello" }, /id/],
    [{ mm: 1, id: Number.NaN, do: "hello" }, /id/],
    [{ mm: 1, id: {}, do: "hello" }, /id/],
    [{ mm: 1, id: 1 }, /do: not one of the choices/],
    [{ mm: 1, id: 1, do: "eval" }, /eval.*getState/],
    [{ mm: 1, id: 1, do: "constructor" }, /constructor/],
    [{ mm: 1, id: 1, do: "__proto__" }, /__proto__/],
    [{ mm: 1, id: 1, do: "setState" }, /an object/],
    [{ mm: 1, id: 1, do: "setState", patch: { look: { min_size: 7 } } }, /look\.min_size.*7/],
    [{ mm: 1, id: 1, do: "setState", patch: { script: "alert(1)" } }, /script: no such option/],
    [{ mm: 1, id: 1, do: "setOption", group: "leaves", option: "A", value: 1 }, /group.*leaves/],
    [{ mm: 1, id: 1, do: "setOption", group: "look", option: "no", value: 1 }, /look\.no/],
    [{ mm: 1, id: 1, do: "setOption", group: "look", value: 1 }, /option/],
    [{ mm: 1, id: 1, do: "getArray" }, /path/],
    [{ mm: 1, id: 1, do: "seek", step: 1.5 }, /step.*1\.5/],
    [{ mm: 1, id: 1, do: "step", by: "2" }, /by/],
  ])("%j", (message, words) => {
    expect(() => readRequest(message)).toThrow(words);
  });
});

test("an id is found where the rest is wrong, and only a usable one", () => {
  expect(idOf({ mm: 9, id: "a" })).toBe("a");
  expect(idOf({ mm: 1, id: 0 })).toBe(0);
  for (const none of [null, 3, { id: 1 }, { mm: 1 }, { mm: 1, id: [] }])
    expect(idOf(none)).toBe(null);
});
