/**
 * A reader's gestures on a figure. The page's own scrolling has the right of way:
 *
 * - a mouse drag turns the figure; with the right button, Shift or Ctrl it moves it;
 * - the wheel zooms only while the figure has the focus (a click gives it) or with Ctrl or a
 *   trackpad's pinch; otherwise the page scrolls on, and `onHint` lets the figure say how to zoom;
 * - one finger scrolls the page until the figure was tapped, or when it first moves sideways; two
 *   fingers always zoom and move;
 * - keys work while the figure has the focus; figure/keymap.ts knows which.
 */
import type { Camera } from "../camera.ts";
import { listenKeys } from "./keys.ts";
import { listenPointers } from "./pointers.ts";
import { listenWheel } from "./wheel.ts";

export interface ControlOptions {
  signal: AbortSignal;
  /** Called after every gesture that moved the camera's goal: ask for a frame. */
  onChange: () => void;
  /** The reader wants the first view back. */
  onReset: () => void;
  /** A wheel turned over the figure without zooming it. */
  onHint?: () => void;
  /** Whether a finger does something else than moving the camera. */
  busy?: () => boolean;
}

export interface Surface {
  element: HTMLElement;
  camera: Camera;
  options: ControlOptions;
  /** Whether the figure, or something inside it, has the focus. */
  focused: () => boolean;
}

/** @param element takes the focus and the gestures; its box is the picture */
export function attachControls(
  camera: Camera,
  element: HTMLElement,
  options: ControlOptions,
): void {
  const surface: Surface = {
    element,
    camera,
    options,
    focused: () => {
      const root = element.getRootNode() as Document | ShadowRoot;
      return root.activeElement !== null && element.contains(root.activeElement);
    },
  };
  if (!element.hasAttribute("tabindex")) element.tabIndex = 0;
  listenPointers(surface);
  listenWheel(surface);
  listenKeys(surface);
}
