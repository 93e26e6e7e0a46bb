import { expect, test, vi } from "vitest";
import { literalAt, position } from "../src/cell/controls/literal.ts";
import { parse, type Slider } from "../src/cell/controls/parse.ts";
import { Rerun } from "../src/cell/rerun.ts";
import { fixture } from "./support/fixture.ts";

interface Case {
  source: string;
  controls?: Record<string, unknown>[];
  problems?: [line: number, words: string][];
}

// The build's own reader is held to the same cases.
const cases = (await fixture("controls.json")) as Case[];

test.each(cases)("$source", ({ source, controls = [], problems = [] }) => {
  const found = parse(source);
  expect(found.controls).toHaveLength(controls.length);
  for (const [index, wanted] of controls.entries()) {
    expect(found.controls[index]).toMatchObject(wanted);
    const { from, to, literal } = found.controls[index] as Slider;
    expect(source.slice(from, to)).toBe(literal);
  }
  expect(found.problems.map(({ line }) => line)).toEqual(problems.map(([line]) => line));
  for (const [index, [, words]] of problems.entries()) {
    expect(found.problems[index]?.message).toContain(words);
  }
});

const slider = (source: string): Slider => parse(source).controls[0] as Slider;

test.each([
  ["r = 4  # slider: 1 to 16", 7, "7"],
  ["r = 4  # slider: 1 to 16 step 3", 9, "10"],
  ["x = 0.5  # slider: 0 to 1 step 0.1", 0.30000000000000004, "0.3"],
  ["x = 2.0  # slider: 0 to 4 step 1", 3, "3.0"],
  ["x = 0.5  # slider: 0 to 1", 0.125, "0.13"],
  ["lr = 0.1  # slider: 0.001 to 1 log", 0, "0.001"],
  ["lr = 0.1  # slider: 0.001 to 1 log", 50, "0.0316"],
  ["lr = 0.1  # slider: 0.001 to 1 log", 100, "1.0"],
  ["n = 1  # slider: 1 to 1000 log", 50, "32"],
  ["x = 1e-7  # slider: 1e-9 to 1e-5 log", 50, "1e-7"],
])("%s at %d is %s", (source, at, text) => {
  expect(literalAt(slider(source), at)).toBe(text);
});

test("a position leads back to its number", () => {
  for (const at of [0, 17, 50, 99, 100]) {
    const one = slider("lr = 0.1  # slider: 0.001 to 1 log");
    const literal = literalAt(one, at);
    expect(Math.round(position({ ...one, literal }))).toBe(at);
  }
});

test("a moving slider runs the newest value, once, after a pause", async () => {
  vi.useFakeTimers();
  const ran: string[] = [];
  let source = "a";
  let done: () => void = () => {};
  let restarts = 0;
  const rerun = new Rerun({
    isCurrent: () => ran.at(-1) === source,
    run: () => {
      const began = source;
      return new Promise<void>((resolve) => {
        done = () => {
          ran.push(began);
          resolve();
        };
      });
    },
    restart: () => {
      restarts += 1;
      done();
    },
  });
  for (source of ["b", "c", "d"]) rerun.ask();
  await vi.advanceTimersByTimeAsync(200);
  source = "e";
  rerun.ask();
  await vi.advanceTimersByTimeAsync(200);
  source = "f";
  rerun.ask();
  await vi.advanceTimersByTimeAsync(200);
  done();
  await vi.advanceTimersByTimeAsync(0);
  expect(ran).toEqual(["d"]);
  done();
  await vi.advanceTimersByTimeAsync(500);
  expect(ran).toEqual(["d", "f"]);
  source = "g";
  rerun.ask();
  await vi.advanceTimersByTimeAsync(200);
  source = "h";
  rerun.ask();
  await vi.advanceTimersByTimeAsync(1000);
  expect(restarts).toBe(0);
  await vi.advanceTimersByTimeAsync(2000);
  expect(restarts).toBe(1);
  done();
  await vi.advanceTimersByTimeAsync(0);
  expect(ran).toEqual(["d", "f", "g", "h"]);
  rerun.ask();
  rerun.cancel();
  await vi.advanceTimersByTimeAsync(5000);
  expect(ran).toHaveLength(4);
  vi.useRealTimers();
});
