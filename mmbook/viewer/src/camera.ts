/**
 * The camera: where it is, where it looks, and how it comes to rest. It holds no loop and listens to
 * nothing: `camera/controls.ts` turns a reader's gestures into calls, the figure's loop calls `update`.
 */
import { nearestFit } from "./camera/fit.ts";
import { between, clampHeight, near, type Orbit, toOrbit, toPosition } from "./camera/orbit.ts";
import { add, dot, scale, subtract } from "./camera/vector.ts";
import {
  type Axes,
  axesOf,
  type Projected,
  project,
  type Size,
  tangent,
  through,
} from "./camera/view.ts";
import type { Vec3 } from "./layout.ts";

export type { Axes, Projected, Size } from "./camera/view.ts";

export interface CameraState {
  position: [number, number, number];
  target: [number, number, number];
}

export interface Bounds {
  min: Vec3;
  max: Vec3;
}

/** Seconds in which the remaining way shrinks to a third. */
const EASE = 0.075;
/** Part of the picture left free on each side when framing. */
const MARGIN = 0.06;
/** Nearest distance to the target, in elements. */
const NEAREST = 1.5;
/** Default direction from the target to the camera. */
const DIRECTION: Vec3 = [-1, 1, 1];

const copy = (v: Vec3): [number, number, number] => [v[0], v[1], v[2]];

export class Camera {
  /** Turn about the target in radians a second; rests while the reader holds the figure. */
  spin = 0;
  /** Set while a pointer holds the figure. */
  held = false;
  /** Without easing every move is made at once. */
  eased: boolean;
  #position: Vec3 = [-48, 48, 48];
  #target: Vec3 = [0, 0, 0];
  #goal: Orbit = toOrbit(this.#position, this.#target);
  #now: Orbit = this.#goal;
  #size: Size = { width: 1, height: 1 };
  #extent = 100;
  #changed = true;

  constructor(options: { eased?: boolean } = {}) {
    this.eased = options.eased ?? true;
  }

  get position(): Vec3 {
    return this.#position;
  }
  get target(): Vec3 {
    return this.#target;
  }
  get size(): Size {
    return this.#size;
  }
  get axes(): Axes {
    return axesOf(this.#position, this.#target);
  }
  get tangent(): number {
    return tangent(this.#size);
  }
  /** Distance in front of the camera from which things are drawn. */
  get near(): number {
    return Math.max(0.02, this.#now.distance * 1e-3);
  }
  /** Whether a motion is under way. */
  get moving(): boolean {
    return this.held || this.spin !== 0 || this.#now !== this.#goal;
  }

  /** Exactly what was set, bit for bit, until the next move. Setting ends every motion. */
  get state(): CameraState {
    return { position: copy(this.#position), target: copy(this.#target) };
  }
  set state(state: CameraState) {
    this.#position = copy(state.position);
    this.#target = copy(state.target);
    this.#now = this.#goal = toOrbit(this.#position, this.#target);
    this.#changed = true;
  }

  /** Size of the picture in CSS pixels. */
  resize(width: number, height: number): void {
    if (width === this.#size.width && height === this.#size.height) return;
    this.#size = { width: Math.max(1, width), height: Math.max(1, height) };
    this.#changed = true;
  }

  /** Moves on by `seconds`; returns whether the picture differs from the one of the last call. */
  update(seconds: number): boolean {
    if (this.spin !== 0 && !this.held && seconds > 0) {
      const turn = this.spin * seconds;
      this.#now = { ...this.#now, turn: this.#now.turn + turn };
      this.#goal = { ...this.#goal, turn: this.#goal.turn + turn };
      this.#place();
    }
    if (this.#now !== this.#goal) {
      const part = this.eased ? 1 - Math.exp(-seconds / EASE) : 1;
      const next = between(this.#now, this.#goal, part);
      this.#now = near(next, this.#goal) ? this.#goal : next;
      this.#place();
    }
    const changed = this.#changed;
    this.#changed = false;
    return changed || this.#now !== this.#goal || (this.spin !== 0 && !this.held);
  }

  /** Turns about the target, by radians: to the right, and upward. */
  orbit(turn: number, height: number): void {
    this.#move({ turn: this.#goal.turn + turn, height: clampHeight(this.#goal.height + height) });
  }

  /** Moves target and camera so that the picture follows the pointer, in CSS pixels. */
  pan(dx: number, dy: number): void {
    const { right, up } = axesOf(toPosition(this.#goal), this.#goal.target);
    const perPixel = (2 * this.tangent * this.#goal.distance) / this.#size.height;
    const shift = add(scale(right, -dx * perPixel), scale(up, dy * perPixel));
    this.#move({ target: add(this.#goal.target, shift) });
  }

  /**
   * Brings the camera nearer (factor < 1) or away; what lies under (x, y), in CSS pixels, at the
   * target's depth stays there. Returns false where it can go no further that way.
   */
  zoom(factor: number, x = this.#size.width / 2, y = this.#size.height / 2): boolean {
    const farthest = Math.max(20 * this.#extent, 4 * NEAREST);
    const distance = Math.min(farthest, Math.max(NEAREST, this.#goal.distance * factor));
    if (distance === this.#goal.distance) return false;
    const axes = axesOf(toPosition(this.#goal), this.#goal.target);
    const ray = through(x, y, axes, this.#size);
    const at = scale(ray, this.#goal.distance / dot(ray, axes.forward));
    const aside = subtract(at, scale(axes.forward, this.#goal.distance));
    const part = 1 - distance / this.#goal.distance;
    this.#move({ distance, target: add(this.#goal.target, scale(aside, part)) });
    return true;
  }

  /**
   * Shows all of `bounds` as large as the picture allows.
   * @param direction from the target to the camera, of any length
   * @param smoothly go there by an eased motion instead of at once
   */
  frame(bounds: Bounds, direction: Vec3 = DIRECTION, smoothly = false): void {
    this.frameAll([bounds], direction, smoothly);
  }

  /** The same for several boxes, which need less room than the box around them all. */
  frameAll(boxes: readonly Bounds[], direction: Vec3 = DIRECTION, smoothly = false): void {
    const points = boxes.flatMap(corners);
    if (points.length === 0) return;
    const axes = axesOf(direction, [0, 0, 0]);
    const ty = this.tangent;
    const tx = ty * (this.#size.width / this.#size.height);
    const fitted = nearestFit(points, axes, tx * (1 - 2 * MARGIN), ty * (1 - 2 * MARGIN));
    this.#extent = fitted.distance;
    const target = add(fitted.position, scale(axes.forward, fitted.distance));
    if (smoothly && this.eased) {
      const goal = toOrbit(fitted.position, target);
      // The short way round.
      const turns = Math.round((this.#now.turn - goal.turn) / (2 * Math.PI));
      this.#move({ ...goal, turn: goal.turn + turns * 2 * Math.PI });
    } else this.state = { position: copy(fitted.position), target: copy(target) };
  }

  /** Where a world point stands in the picture. */
  project(point: Vec3): Projected {
    return project(point, this.#position, this.axes, this.#size);
  }

  /** The ray through a point of the picture, in CSS pixels from the left and the top. */
  ray(x: number, y: number): { origin: Vec3; direction: Vec3 } {
    return { origin: this.#position, direction: through(x, y, this.axes, this.#size) };
  }

  #move(part: Partial<Orbit>): void {
    this.#goal = { ...this.#goal, ...part };
    if (!this.eased) {
      this.#now = this.#goal;
      this.#place();
    }
  }

  #place(): void {
    this.#target = this.#now.target;
    this.#position = toPosition(this.#now);
    this.#changed = true;
  }
}

function corners(box: Bounds): Vec3[] {
  const pick = (i: number, axis: 0 | 1 | 2): number => ((i >> axis) & 1 ? box.max : box.min)[axis];
  return Array.from({ length: 8 }, (_, i): Vec3 => [pick(i, 0), pick(i, 1), pick(i, 2)]);
}
