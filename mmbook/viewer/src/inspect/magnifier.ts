/**
 * When the lens is there. A key held down opens it as long, a short press of the key until the next
 * one; a finger that rests on the picture opens it until it is lifted, and the lens follows it.
 * Ctrl, which the original took, pans and zooms here.
 */
import { actionOf } from "../figure/keymap.ts";

interface Point {
  x: number;
  y: number;
}

export interface MagnifierOptions {
  /** The lens came, moved or went. */
  changed: () => void;
  /** A finger opened the lens: the camera stays where it is until it is lifted. */
  caught: () => void;
  /** The finger under which the reader looks, in CSS pixels of the picture. */
  aimed: (at: Point) => void;
  signal: AbortSignal;
}

export interface Magnifier {
  readonly open: boolean;
  /** Where the finger is that holds it open; null where none does. */
  readonly finger: Point | null;
}

/** Actions that the lens listens for. */
export const LENS_KEYS: readonly string[] = ["lens", "leave"];

/** A key that is held for a shorter time leaves the lens open, in milliseconds. */
const SHORT = 300;
/** How long a finger rests before the lens opens, in milliseconds. */
const REST = 500;
/** A finger that moves less than this many CSS pixels rests. */
const SLOP = 6;

export function createMagnifier(stage: HTMLElement, options: MagnifierOptions): Magnifier {
  const { changed, caught, aimed, signal } = options;
  let open = false;
  let finger: Point | null = null;
  /** When the key went down that is still held. */
  let pressed: number | null = null;
  let resting: { id: number; x: number; y: number; timer: ReturnType<typeof setTimeout> } | null =
    null;
  let holding: number | null = null;

  const show = (next: boolean): void => {
    if (open === next) return;
    open = next;
    if (!open) finger = null;
    changed();
  };

  const lift = (): void => {
    if (resting) clearTimeout(resting.timer);
    resting = null;
    if (holding === null) return;
    holding = null;
    show(false);
  };

  const inStage = ({ clientX, clientY }: PointerEvent): Point => {
    const box = stage.getBoundingClientRect();
    return { x: clientX - box.left, y: clientY - box.top };
  };

  const take = (event: Event): void => {
    event.preventDefault();
    event.stopImmediatePropagation();
  };

  stage.addEventListener(
    "keydown",
    (event) => {
      if (event.target !== stage) return;
      const action = actionOf(event, "looking");
      if (action === "leave" && open) {
        take(event);
        show(false);
      } else if (action === "lens") {
        take(event);
        if (event.repeat) return;
        pressed = open ? null : event.timeStamp;
        show(!open);
      }
    },
    { signal, capture: true },
  );
  stage.addEventListener(
    "keyup",
    (event) => {
      if (pressed === null || actionOf(event, "looking") !== "lens") return;
      if (event.timeStamp - pressed >= SHORT) show(false);
      pressed = null;
    },
    { signal },
  );
  stage.addEventListener("blur", () => show(false), { signal });

  stage.addEventListener(
    "pointerdown",
    (event) => {
      if (event.pointerType === "mouse") return;
      lift();
      if (!event.isPrimary) return;
      const timer = setTimeout(() => {
        resting = null;
        holding = event.pointerId;
        finger = inStage(event);
        caught();
        aimed(finger);
        show(true);
      }, REST);
      resting = { id: event.pointerId, x: event.clientX, y: event.clientY, timer };
    },
    { signal },
  );
  stage.addEventListener(
    "pointermove",
    (event) => {
      const { pointerId, clientX, clientY } = event;
      if (resting?.id === pointerId) {
        if (Math.hypot(clientX - resting.x, clientY - resting.y) > SLOP) lift();
      } else if (holding === pointerId) {
        finger = inStage(event);
        aimed(finger);
        changed();
      }
    },
    { signal },
  );
  for (const end of ["pointerup", "pointercancel"] as const)
    stage.addEventListener(end, lift, { signal });
  // A finger that holds the lens would otherwise scroll the page.
  stage.addEventListener(
    "touchmove",
    (event) => {
      if (holding !== null && event.cancelable) event.preventDefault();
    },
    { signal, passive: false },
  );
  signal.addEventListener("abort", lift, { once: true });

  return {
    get open() {
      return open;
    },
    get finger() {
      return finger;
    },
  };
}
