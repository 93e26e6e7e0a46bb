/** A figure in a notebook's output: no site around it, its values at hand. */
import { MmFigure } from "../figure.ts";
import { readPack } from "../pack.ts";
import type { SceneMessage } from "../scene.ts";

// Every output may bring this script along; the first one defines the element for all.
if (!customElements.get("mm-figure")) {
  // An output has no address that a link could lead to.
  MmFigure.copyLink = null;
  customElements.define("mm-figure", MmFigure);
}

/** A figure that is in no page yet. */
export function createFigure(height: number): MmFigure {
  const figure = document.createElement("mm-figure") as MmFigure;
  figure.style.setProperty("--mm-height", `${height}px`);
  return figure;
}

/** @param pack the values, as numpy's `.npz`. @throws PackError, SyntaxError */
export function messageOf(scene: string, pack: Uint8Array): SceneMessage {
  return { scene: JSON.parse(scene), arrays: Object.fromEntries(readPack(pack, "the figure")) };
}

/** In the figure's place: what went wrong, for readers who would else see nothing. */
export function complaint(error: unknown): HTMLElement {
  const words = document.createElement("p");
  words.setAttribute("role", "alert");
  words.textContent = error instanceof Error ? error.message : String(error);
  return words;
}
