/** The events a figure fires, all of them bubbling through shadow roots. */

/** What moved: `camera` and `step` replace the history entry, `setting` and `scene` push one. */
export type Cause = "camera" | "step" | "setting" | "scene";

export interface FigureEvents {
  "mm-ready": CustomEvent<Record<string, never>>;
  "mm-state": CustomEvent<{ cause: Cause }>;
  "mm-error": CustomEvent<{ message: string }>;
}

export function fire<K extends keyof FigureEvents>(
  target: EventTarget,
  name: K,
  detail: FigureEvents[K]["detail"],
): void {
  target.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
}
