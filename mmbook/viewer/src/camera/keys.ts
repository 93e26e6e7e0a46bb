/** Keys that move the camera while the figure has the focus. */
import type { Camera } from "../camera.ts";
import type { Surface } from "./controls.ts";

const TURN = Math.PI / 24;
const STRIDE = 40;
const ZOOM = 1.2;

type Move = (camera: Camera, shift: boolean) => void;

const MOVES: Record<string, Move> = {
  ArrowLeft: (camera, shift) => (shift ? camera.pan(STRIDE, 0) : camera.orbit(-TURN, 0)),
  ArrowRight: (camera, shift) => (shift ? camera.pan(-STRIDE, 0) : camera.orbit(TURN, 0)),
  ArrowUp: (camera, shift) => (shift ? camera.pan(0, STRIDE) : camera.orbit(0, TURN)),
  ArrowDown: (camera, shift) => (shift ? camera.pan(0, -STRIDE) : camera.orbit(0, -TURN)),
  "+": (camera) => camera.zoom(1 / ZOOM),
  "=": (camera) => camera.zoom(1 / ZOOM),
  "-": (camera) => camera.zoom(ZOOM),
  _: (camera) => camera.zoom(ZOOM),
};

export function listenKeys({ element, camera, options }: Surface): void {
  element.addEventListener(
    "keydown",
    (event) => {
      // Keys with Ctrl, Alt or Meta are the browser's; keys typed into a field are the field's.
      if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
      if (event.target !== element) return;
      if (event.key === "0" || event.key === "Home") options.onReset();
      else {
        const move = MOVES[event.key];
        if (!move) return;
        move(camera, event.shiftKey);
      }
      event.preventDefault();
      options.onChange();
    },
    { signal: options.signal },
  );
}
