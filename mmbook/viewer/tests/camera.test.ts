import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { subtract } from "../src/camera/vector.ts";
import { type Bounds, Camera } from "../src/camera.ts";
import type { Vec3 } from "../src/layout.ts";

const coordinate = fc.double({ min: -500, max: 500, noNaN: true });
const point = fc.tuple(coordinate, coordinate, coordinate);

function camera(width = 800, height = 500, eased = false): Camera {
  const made = new Camera({ eased });
  made.resize(width, height);
  return made;
}

const corners = ({ min, max }: Bounds): Vec3[] =>
  [0, 1, 2, 3, 4, 5, 6, 7].map((n) => [
    n & 1 ? max[0] : min[0],
    n & 2 ? max[1] : min[1],
    n & 4 ? max[2] : min[2],
  ]);

describe("state", () => {
  it("comes back bit for bit", () => {
    fc.assert(
      fc.property(point, point, (position, target) => {
        const one = camera();
        one.state = { position, target };
        one.update(0.1);
        expect(one.state).toEqual({ position, target });
      }),
    );
  });

  it("ends a motion that is under way", () => {
    const one = camera(800, 500, true);
    one.orbit(1, 0);
    one.update(0.01);
    one.state = { position: [1, 2, 3], target: [0, 0, 0] };
    one.update(0.01);
    expect(one.update(0.01)).toBe(false);
    expect(one.state.position).toEqual([1, 2, 3]);
  });

  it("is a copy that nobody can change the camera through", () => {
    const one = camera();
    one.state.position[0] = 99;
    expect(one.state.position[0]).not.toBe(99);
  });
});

describe("frame", () => {
  const side = fc.double({ min: 0.5, max: 400, noNaN: true });
  it("shows every corner and leaves no room on the tighter axis", () => {
    const shape = fc.tuple(side, side, side);
    const aspect = fc.integer({ min: 200, max: 1600 });
    fc.assert(
      fc.property(shape, point, point, aspect, (size, middle, direction, width) => {
        fc.pre(Math.hypot(...direction) > 1 && Math.hypot(direction[0], direction[2]) > 1);
        const min: Vec3 = [middle[0] - size[0], middle[1] - size[1], middle[2] - size[2]];
        const max: Vec3 = [middle[0] + size[0], middle[1] + size[1], middle[2] + size[2]];
        const one = camera(width, 600);
        one.frame({ min, max }, direction);
        const seen = corners({ min, max }).map((corner) => one.project(corner));
        for (const { depth } of seen) expect(depth).toBeGreaterThan(0);
        const [xs, ys] = [seen.map(({ x }) => x / width), seen.map(({ y }) => y / 600)];
        const spans = [Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys)];
        for (const part of [...xs, ...ys]) {
          expect(part).toBeGreaterThan(0);
          expect(part).toBeLessThan(1);
        }
        expect(Math.max(...spans)).toBeCloseTo(0.88, 6);
      }),
      { numRuns: 60 },
    );
  });

  it("looks from where it was asked to", () => {
    const one = camera();
    one.frame({ min: [-5, -5, -5], max: [5, 5, 5] }, [0, 0, 1]);
    const { forward } = one.axes;
    expect(forward[2]).toBeCloseTo(-1, 9);
  });
});

describe("motion", () => {
  it("is at rest until something moves it", () => {
    const one = camera(800, 500, true);
    one.update(0.016);
    expect(one.update(0.016)).toBe(false);
    one.orbit(0.5, 0);
    expect(one.update(0.016)).toBe(true);
  });

  it("comes to an end, and exactly where it was going", () => {
    const [slow, quick] = [camera(800, 500, true), camera(800, 500, false)];
    for (const one of [slow, quick]) {
      one.orbit(0.7, -0.2);
      one.pan(40, 12);
      one.zoom(0.5);
    }
    quick.update(0);
    let frames = 0;
    while (slow.update(1 / 60)) expect(++frames).toBeLessThan(200);
    expect(slow.moving).toBe(false);
    slow.state.position.forEach((value, axis) => {
      expect(value).toBeCloseTo(quick.state.position[axis] ?? Number.NaN, 6);
    });
  });

  it("does not depend on the frame rate", () => {
    const at = (frames: number): number[] => {
      const one = camera(800, 500, true);
      one.orbit(1, 0.2);
      for (let n = 0; n < frames; n++) one.update(0.12 / frames);
      return one.state.position;
    };
    at(3).forEach((value, axis) => {
      expect(value).toBeCloseTo(at(24)[axis] ?? Number.NaN, 6);
    });
  });

  it("never turns over the poles and keeps its distance while turning", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(coordinate, coordinate)), (turns) => {
        const one = camera();
        const before = Math.hypot(...subtract(one.position, one.target));
        for (const [turn, height] of turns) one.orbit(turn / 50, height / 50);
        one.update(0);
        expect(one.axes.up[1]).toBeGreaterThan(0);
        expect(Math.hypot(...subtract(one.position, one.target))).toBeCloseTo(before, 6);
      }),
    );
  });

  it("zooms toward the pointer: what is under it stays under it", () => {
    const one = camera();
    one.state = { position: [0, 0, 100], target: [0, 0, 0] };
    const before = one.project([20, 10, 0]);
    one.zoom(0.4, before.x, before.y);
    one.update(0);
    const after = one.project([20, 10, 0]);
    expect(after.x).toBeCloseTo(before.x, 6);
    expect(after.y).toBeCloseTo(before.y, 6);
    expect(after.depth).toBeCloseTo(40, 6);
  });

  it("pans what lies at the target's depth along with the pointer", () => {
    const one = camera();
    const before = one.project(one.target);
    const point = one.target;
    one.pan(30, -12);
    one.update(0);
    const after = one.project(point);
    expect(after.x - before.x).toBeCloseTo(30, 6);
    expect(after.y - before.y).toBeCloseTo(-12, 6);
  });

  it("says when it can come no nearer", () => {
    const one = camera();
    expect(one.zoom(1e-9)).toBe(true);
    expect(one.zoom(0.5)).toBe(false);
  });

  it("spins about the target, but not while it is held", () => {
    const one = camera();
    one.spin = 0.5;
    one.held = true;
    one.update(1);
    const held = one.state;
    one.held = false;
    one.update(1);
    expect(one.state.position).not.toEqual(held.position);
    expect(one.state.target).toEqual(held.target);
    expect(one.state.position[1]).toBeCloseTo(held.position[1], 9);
  });
});

describe("picture", () => {
  it("sends the ray of a projected point back through the point", () => {
    fc.assert(
      fc.property(point, (world) => {
        const one = camera();
        one.state = { position: [600, 700, 900], target: [0, 0, 0] };
        const { x, y } = one.project(world);
        const { origin, direction } = one.ray(x, y);
        const away = subtract(world, origin);
        const along = away.reduce((sum, part, axis) => sum + part * (direction[axis] ?? 0), 0);
        expect(along).toBeCloseTo(Math.hypot(...away), 5);
      }),
    );
  });

  it("widens the angle of view in an upright picture", () => {
    expect(camera(400, 800).tangent).toBeCloseTo(Math.tan(Math.PI / 4), 12);
    expect(camera(800, 400).tangent).toBeCloseTo(Math.tan(Math.PI / 8), 12);
  });
});
