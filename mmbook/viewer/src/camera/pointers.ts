/** Mouse, pen and fingers: turn, move, pinch. */
import type { Surface } from "./controls.ts";

/** Radians for a drag across the picture's height. */
const TURN = Math.PI;
/** A press that moves less than this many CSS pixels is a tap. */
const SLOP = 6;

interface Finger {
  x: number;
  y: number;
}

export function listenPointers({ element, camera, options, focused }: Surface): void {
  const { signal } = options;
  const fingers = new Map<number, Finger>();
  let moves = false;
  let travelled = 0;

  // Vertical drags of one finger stay the browser's until the figure has the focus.
  const share = (): void => {
    element.style.touchAction = focused() ? "none" : "pan-y";
  };
  share();
  element.addEventListener("focusin", share, { signal });
  element.addEventListener("focusout", () => queueMicrotask(share), { signal });

  const release = (event: PointerEvent): void => {
    if (!fingers.delete(event.pointerId)) return;
    camera.held = fingers.size > 0;
    if (event.type === "pointerup" && event.pointerType !== "mouse" && travelled < SLOP)
      element.focus({ preventScroll: true });
    options.onChange();
  };

  element.addEventListener(
    "pointerdown",
    (event) => {
      if (event.target instanceof Element && event.target.closest("button, a, input, select"))
        return;
      if (event.pointerType === "mouse") {
        if (event.button !== 0 && event.button !== 2) return;
        element.focus({ preventScroll: true });
      }
      element.setPointerCapture(event.pointerId);
      fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
      moves = event.button === 2 || event.shiftKey || event.ctrlKey || event.metaKey;
      travelled = 0;
      camera.held = true;
    },
    { signal },
  );

  element.addEventListener(
    "pointermove",
    (event) => {
      const finger = fingers.get(event.pointerId);
      if (!finger) return;
      const dx = event.clientX - finger.x;
      const dy = event.clientY - finger.y;
      travelled += Math.hypot(dx, dy);
      if (options.busy?.()) {
        finger.x = event.clientX;
        finger.y = event.clientY;
        return;
      }
      if (fingers.size >= 2) pinch(finger, event);
      else if (moves) camera.pan(dx, dy);
      else {
        const perPixel = TURN / Math.max(1, element.clientHeight);
        camera.orbit(-dx * perPixel, dy * perPixel);
      }
      finger.x = event.clientX;
      finger.y = event.clientY;
      options.onChange();
    },
    { signal },
  );

  /** One finger of two moved: their middle moves the picture, their distance zooms it. */
  const pinch = (finger: Finger, event: PointerEvent): void => {
    const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
    if (!other) return;
    const before = Math.hypot(finger.x - other.x, finger.y - other.y);
    const after = Math.hypot(event.clientX - other.x, event.clientY - other.y);
    const box = element.getBoundingClientRect();
    camera.pan((event.clientX - finger.x) / 2, (event.clientY - finger.y) / 2);
    camera.zoom(
      before / Math.max(1, after),
      (event.clientX + other.x) / 2 - box.left,
      (event.clientY + other.y) / 2 - box.top,
    );
  };

  for (const end of ["pointerup", "pointercancel"] as const)
    element.addEventListener(end, release, { signal });
  element.addEventListener("contextmenu", (event) => event.preventDefault(), { signal });
}
