/** The figure's state, its clock, its first view. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Camera } from "../src/camera.ts";
import { frameFigure, sameShape } from "../src/figure/framing.ts";
import { createLoop } from "../src/figure/loop.ts";
import { Player } from "../src/figure/player.ts";
import { Store, whole } from "../src/figure/store.ts";
import { layout } from "../src/layout.ts";
import type { Figure } from "../src/schema/figure.ts";
import { diff, resolve } from "../src/settings.ts";
import { tree } from "./support/trees.ts";

const eye = { shape: [2, 2] as [number, number], init: "eye" as const };
const PUBLISHED: Figure = {
  mm: 1,
  expr: "A @ B",
  leaves: { A: eye, B: eye },
  results: { "A @ B": { epilog: "softmax", alg: "vmprod" } },
  layout: { gap: 10 },
};

describe("the store", () => {
  test("a state written out and read again is the same figure", () => {
    const store = new Store(PUBLISHED);
    store.set("look", "min_size", 0.5);
    store.setCamera({ position: [1, 2, 3], target: [4, 5, 6] });
    const state = JSON.parse(JSON.stringify(whole(store.figure)));
    const other = new Store(PUBLISHED);
    expect(other.accept(state)).toEqual([]);
    expect(whole(other.figure)).toEqual(state);
  });

  test("a changed option is the only difference from the published figure", () => {
    const store = new Store(PUBLISHED);
    store.set("layout", "gap", 3);
    expect(diff(whole(PUBLISHED), whole(store.figure))).toEqual({ layout: { gap: 3 } });
    store.set("layout", "gap", 10);
    expect(diff(whole(PUBLISHED), whole(store.figure))).toBeNull();
  });

  test("other values keep the reader's changes, and the camera only where it means the same", () => {
    const next: Figure = { ...PUBLISHED, results: {}, layout: { gap: 2, scheme: "zigzag" } };
    for (const keep of [true, false]) {
      const store = new Store(PUBLISHED);
      store.set("look", "elem_scale", 2);
      store.setCamera({ position: [1, 2, 3], target: [0, 0, 0] });
      store.rebase(next, keep);
      expect(store.settings.look.elem_scale).toBe(2);
      expect(store.settings.layout).toMatchObject({ gap: 2, scheme: "zigzag" });
      expect(store.settings.camera === null).toBe(!keep);
    }
  });

  test("values of a state are asked for; until they are there, those that stand are shown", () => {
    const store = new Store(PUBLISHED);
    const wanted: Figure = {
      ...PUBLISHED,
      results: { "A @ B": { epilog: "relu", blocks: { i: 2 } } },
      look: { min_size: 0.5 },
    };
    store.accept(whole(wanted));
    expect(store.waiting).toBe(true);
    expect(store.figure.results?.["A @ B"]).toEqual({ epilog: "softmax", blocks: { i: 2 } });
    expect(store.settings.look.min_size).toBe(0.5);
    store.set("look", "max_light", 0.9);
    expect(store.asked).toEqual({ ...wanted, look: { min_size: 0.5, max_light: 0.9 } });
    store.adopt(wanted);
    expect(store.waiting).toBe(false);
    expect(store.figure).toEqual({ ...wanted, look: { min_size: 0.5, max_light: 0.9 } });
  });

  test("only expression, leaves and functions are values", () => {
    const store = new Store(PUBLISHED);
    const view: Partial<Figure> = {
      layout: { scheme: "wheel" },
      camera: { position: [1, 2, 3], target: [0, 0, 0] },
      animation: { alg: "axpy" },
      results: { "A @ B": { epilog: "softmax", alg: "mvprod" } },
    };
    store.accept({ ...whole(PUBLISHED), ...view });
    expect(store.waiting).toBe(false);
    for (const change of [
      { expr: "B @ A" },
      { leaves: { A: eye, B: { ...eye, init: "diff" } } },
      { results: {} },
    ]) {
      store.accept({ ...whole(PUBLISHED), ...change });
      expect(store.waiting).toBe(true);
      store.giveUp();
      expect(store.asked.results).toEqual(store.figure.results);
      expect(store.waiting).toBe(false);
    }
  });

  test("what is unsound is left out and named; the rest is taken", () => {
    const store = new Store(PUBLISHED);
    const problems = store.accept({
      ...whole(PUBLISHED),
      look: { min_size: 7, max_light: 0.9 },
      nonsense: 1,
    });
    expect(problems.map(({ message }) => message).join()).toMatch(
      /min_size.*nonsense|nonsense.*min_size/s,
    );
    expect(store.settings.look).toMatchObject({ min_size: 0.2, max_light: 0.9 });
    expect(new Store(PUBLISHED).accept("no figure")).toHaveLength(1);
  });

  test("the place in the animation is part of the state; the finished picture is no place", () => {
    const store = new Store({ ...PUBLISHED, animation: { alg: "vmprod" } });
    store.setPlace(3, false);
    expect(store.settings.animation.step).toBe(3);
    store.setPlace(undefined, true);
    expect(store.settings.animation).toMatchObject({ playing: true });
    expect(store.settings.animation.step).toBeUndefined();
  });
});

describe("the player", () => {
  const playing = (steps: number): Player => {
    const player = new Player();
    player.set(steps, 0, false);
    player.play();
    return player;
  };

  const LOOPING = { speed: 20, loop: true };

  test("makes `speed` steps a second, however long the frames are", () => {
    const player = playing(100);
    for (let i = 0; i < 60; i += 1) player.advance(1 / 60, LOOPING);
    expect(player.step).toBeGreaterThanOrEqual(19);
    expect(player.step).toBeLessThanOrEqual(20);
    const other = playing(100);
    other.advance(1, LOOPING);
    expect(other.step).toBe(20);
  });

  test("rests on the finished picture, then begins anew", () => {
    const player = playing(2);
    expect(player.advance(1, LOOPING)).toBe(true);
    expect(player.finished).toBe(true);
    expect(player.advance(1, LOOPING)).toBe(false);
    expect(player.advance(1, LOOPING)).toBe(true);
    expect(player.step).toBe(0);
    expect(player.playing).toBe(true);
  });

  test("without a loop stops on the finished picture, and play begins anew", () => {
    const once = { speed: 20, loop: false };
    const player = playing(3);
    expect(player.advance(1, once)).toBe(true);
    expect([player.step, player.finished, player.playing]).toEqual([3, true, false]);
    expect(player.advance(9, once)).toBe(false);
    player.play();
    expect([player.step, player.playing]).toEqual([0, true]);
  });

  test("a loop that is switched off while the finished picture rests does not begin anew", () => {
    const player = playing(2);
    player.advance(1, LOOPING);
    expect(player.advance(9, { ...LOOPING, loop: false })).toBe(false);
    expect([player.step, player.playing]).toEqual([2, false]);
  });

  test("goes to the first step without a pause", () => {
    const player = playing(9);
    player.advance(0.2, LOOPING);
    player.seek(0);
    expect([player.step, player.playing]).toEqual([0, true]);
  });

  test("stands still while paused, and where nothing is animated", () => {
    const player = playing(5);
    player.pause();
    expect(player.advance(9, LOOPING)).toBe(false);
    const none = playing(0);
    expect(none.playing).toBe(false);
    expect(none.advance(9, LOOPING)).toBe(false);
  });

  test("without a step shows the finished picture; a step beyond it is the last", () => {
    const player = new Player();
    player.set(5, undefined, false);
    expect(player.finished).toBe(true);
    player.seek(-3);
    expect(player.step).toBe(0);
    player.seek(99);
    expect(player.step).toBe(5);
  });
});

describe("the loop", () => {
  let pending: Map<number, FrameRequestCallback>;
  const run = (now: number): void => {
    const due = [...pending.values()];
    pending.clear();
    for (const callback of due) callback(now);
  };
  beforeEach(() => {
    pending = new Map();
    let handle = 0;
    vi.stubGlobal("requestAnimationFrame", (callback: FrameRequestCallback) => {
      handle += 1;
      pending.set(handle, callback);
      return handle;
    });
    vi.stubGlobal("cancelAnimationFrame", (id: number) => pending.delete(id));
  });
  afterEach(() => vi.unstubAllGlobals());

  test("draws once for any number of requests, then asks for nothing", () => {
    const frame = vi.fn(() => false);
    const loop = createLoop(frame);
    loop.request();
    loop.request();
    run(0);
    run(16);
    expect(frame).toHaveBeenCalledTimes(1);
    expect(pending.size).toBe(0);
  });

  test("goes on while something moves, with the time that went by", () => {
    const seen: number[] = [];
    const loop = createLoop((seconds) => {
      seen.push(seconds);
      return seen.length < 3;
    });
    loop.request();
    for (const now of [1000, 1016, 9000, 9016]) run(now);
    expect(seen).toEqual([0, 0.016, 0.1]);
  });

  test("asleep it asks for no frame; awake it makes up for the one that was due", () => {
    const frame = vi.fn(() => false);
    const loop = createLoop(frame);
    loop.sleep(true);
    loop.request();
    expect(pending.size).toBe(0);
    loop.sleep(false);
    run(0);
    expect(frame).toHaveBeenCalledTimes(1);
    loop.dispose();
    loop.request();
    expect(pending.size).toBe(0);
  });
});

describe("the first view", () => {
  const nodes = tree(["A", "B"], { A: [32, 24], B: [24, 32] });
  const settings = resolve(PUBLISHED);
  const { placed } = layout(nodes, settings);

  test.each([
    [1280, 480],
    [360, 640],
  ])("shows every corner of every matrix at %d × %d", (width, height) => {
    const camera = new Camera({ eased: false });
    camera.resize(width, height);
    frameFigure(camera, settings, placed, false);
    camera.update(0);
    for (const { min, max } of [layout(nodes, settings).bounds]) {
      for (let i = 0; i < 8; i += 1) {
        const corner = camera.project([
          i & 1 ? min[0] : max[0],
          i & 2 ? min[1] : max[1],
          i & 4 ? min[2] : max[2],
        ]);
        expect(corner.depth).toBeGreaterThan(0);
      }
    }
    for (const { origin } of placed) {
      const { x, y } = camera.project(origin);
      expect(x).toBeGreaterThan(0);
      expect(x).toBeLessThan(width);
      expect(y).toBeGreaterThan(0);
      expect(y).toBeLessThan(height);
    }
  });

  test("is the author's where there is one", () => {
    const camera = new Camera({ eased: false });
    const given = {
      position: [9, 8, 7] as [number, number, number],
      target: [1, 0, 0] as [number, number, number],
    };
    frameFigure(camera, { ...settings, camera: given }, placed, false);
    expect(camera.state).toEqual(given);
  });

  test("a camera means the same only over the same products and shapes", () => {
    const shapes = { A: [2, 3], B: [3, 4], C: [4, 2] } as const;
    const chain = tree([["A", "B"], "C"], shapes);
    expect(sameShape(chain, tree([["A", "B"], "C"], shapes))).toBe(true);
    expect(sameShape(chain, tree(["A", ["B", "C"]], shapes))).toBe(false);
    expect(sameShape(chain, tree([["A", "B"], "C"], { ...shapes, A: [5, 3] }))).toBe(false);
  });
});
