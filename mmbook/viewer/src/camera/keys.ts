/** Keys that move the camera while the figure has the focus. */
import type { Camera } from "../camera.ts";
import { actionOf } from "../figure/keymap.ts";
import type { Surface } from "./controls.ts";

const TURN = Math.PI / 24;
const STRIDE = 40;
const ZOOM = 1.2;

export const MOVES: Readonly<Record<string, (camera: Camera) => void>> = {
  "turn-left": (camera) => camera.orbit(-TURN, 0),
  "turn-right": (camera) => camera.orbit(TURN, 0),
  "tilt-up": (camera) => camera.orbit(0, TURN),
  "tilt-down": (camera) => camera.orbit(0, -TURN),
  "move-left": (camera) => camera.pan(STRIDE, 0),
  "move-right": (camera) => camera.pan(-STRIDE, 0),
  "move-up": (camera) => camera.pan(0, STRIDE),
  "move-down": (camera) => camera.pan(0, -STRIDE),
  "zoom-in": (camera) => camera.zoom(1 / ZOOM),
  "zoom-out": (camera) => camera.zoom(ZOOM),
};

export const RESET = "whole-figure";

/** Keys typed into a field are the field's; those of a walk are taken before they come here. */
export function listenKeys({ element, camera, options }: Surface): void {
  element.addEventListener(
    "keydown",
    (event) => {
      const action = event.target === element ? actionOf(event, "looking") : null;
      if (action === null) return;
      if (action === RESET) options.onReset();
      else if (MOVES[action]) MOVES[action](camera);
      else return;
      event.preventDefault();
      event.stopPropagation();
      options.onChange();
    },
    { signal: options.signal },
  );
}
