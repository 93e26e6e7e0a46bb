import { expect, test } from "vitest";
import { Film, type Shown } from "../src/cell/film.ts";
import type { Arrays } from "../src/cell/protocol.ts";

function array(...values: number[]): Arrays[string] {
  return { shape: [1, values.length], data: new Float32Array(values) };
}

function frame(label: string, values: number[] | null, charts: string[] = []): Shown {
  const arrays: Arrays = values ? { A: array(...values) } : {};
  return { label, scene: values && "{}", arrays, charts };
}

const labels = (film: Film): (string | undefined)[] => {
  const at = film.index;
  const all = Array.from({ length: film.length }, (_, index) => {
    film.go(index);
    return film.frame?.label;
  });
  film.go(at);
  return all;
};

test("the newest frame is on show, until the reader goes back", () => {
  const film = new Film();
  film.add(frame("a", [1]));
  film.add(frame("b", [2]));
  expect(film.frame?.label).toBe("b");
  film.go(0);
  film.add(frame("c", [3]));
  expect([film.frame?.label, film.length, film.atEnd]).toEqual(["a", 3, false]);
  film.go(99);
  film.add(frame("d", [4]));
  expect(film.frame?.label).toBe("d");
});

test("what a frame does not have stays from the one before it", () => {
  const film = new Film();
  film.add(frame("a", [1], ["first"]));
  film.add(frame("b", null, ["second"]));
  film.add(frame("c", [3]));
  film.go(1);
  expect([...(film.frame?.figure?.arrays.A?.data ?? [])]).toEqual([1]);
  film.go(2);
  expect(film.frame?.charts).toEqual(["second"]);
  expect([...(film.frame?.figure?.arrays.A?.data ?? [])]).toEqual([3]);
});

test("a matrix that does not change is kept once", () => {
  const film = new Film();
  film.add(frame("a", [1, Number.NaN]));
  const first = film.frame?.figure?.arrays.A?.data;
  film.add(frame("b", [1, Number.NaN]));
  expect(film.frame?.figure?.arrays.A?.data).toBe(first);
  film.add(frame("c", [1, 0]));
  expect(film.frame?.figure?.arrays.A?.data).not.toBe(first);
});

test("past its limit the film thins out the oldest frames, and keeps first and last", () => {
  const film = new Film(1e9, 16);
  for (let n = 1; n <= 100; n += 1) film.add(frame(String(n), [n]));
  expect(film.length).toBeLessThanOrEqual(16);
  expect(film.count).toBe(100);
  const kept = labels(film).map(Number);
  expect(kept[0]).toBe(1);
  expect(kept.at(-1)).toBe(100);
  const gaps = kept.slice(1).map((label, index) => label - (kept[index] ?? 0));
  expect(Math.max(...gaps.slice(-4))).toBe(1);
  expect(film.frame?.label).toBe("100");
});

test("bytes count too, and what is shared counts once", () => {
  const values = Array.from({ length: 250 }, (_, index) => index);
  const still = new Film(10_000);
  for (let n = 0; n < 50; n += 1) still.add(frame(String(n), values));
  expect(still.length).toBe(50);
  const moving = new Film(10_000);
  for (let n = 0; n < 50; n += 1) {
    moving.add(
      frame(
        String(n),
        values.map((value) => value + n),
      ),
    );
  }
  expect(moving.length).toBeLessThanOrEqual(10);
  expect(labels(moving).at(-1)).toBe("49");
});

test("a reader who has gone back keeps the nearest earlier frame when theirs goes", () => {
  const film = new Film(1e9, 8);
  for (let n = 1; n <= 8; n += 1) film.add(frame(String(n), [n]));
  film.go(1);
  film.add(frame("9", [9]));
  expect(film.frame?.label).toBe("1");
});
