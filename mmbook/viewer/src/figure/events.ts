/** The events a figure fires, all of them bubbling through shadow roots. */

/**
 * What moved: `camera`, `step` and `scene` replace the history entry, `setting` pushes one, and
 * `passing`, a setting under the reader's hand, leaves it until the `setting` that ends the gesture.
 */
export type Cause = "camera" | "step" | "setting" | "scene" | "passing";

export interface FigureEvents {
  "mm-ready": CustomEvent<Record<string, never>>;
  "mm-state": CustomEvent<{ cause: Cause }>;
  /** The animation shows another step by itself. */
  "mm-step": CustomEvent<Record<string, never>>;
  "mm-error": CustomEvent<{ message: string }>;
}

export function fire<K extends keyof FigureEvents>(
  target: EventTarget,
  name: K,
  detail: FigureEvents[K]["detail"],
): void {
  target.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
}
