/** What stands in a figure's shadow root. The picture's canvas comes first: tools look for it there. */
import { createGlass, type Glass } from "../inspect/glass.ts";
import { createLine, type Line } from "../inspect/line.ts";
import { createOverlay, type Overlay } from "../text/overlay.ts";
import { createScale, type Scale } from "../text/scale.ts";
import { createToolbar, type Toolbar, type ToolbarActions } from "../toolbar/toolbar.ts";
import { make } from "./markup.ts";

export interface Parts {
  readonly stage: HTMLElement;
  readonly picture: HTMLCanvasElement;
  readonly overlay: Overlay;
  readonly glass: Glass;
  readonly scale: Scale;
  readonly line: Line;
  readonly toolbar: Toolbar;
  readonly title: HTMLElement;
}

const KEYS =
  "Arrow keys turn the figure, plus and minus zoom, Enter walks through the cells, L opens the lens, Escape leaves.";

export function createParts(actions: ToolbarActions, signal: AbortSignal): Parts {
  const picture = make("canvas", { class: "picture", "aria-hidden": "true" });
  const overlay = createOverlay();
  const glass = createGlass();
  const scale = createScale();
  const line = createLine(signal);
  const toolbar = createToolbar(actions, signal);
  const title = make("div", { class: "title", "aria-hidden": "true" });
  const stage = make(
    "div",
    { class: "stage", tabindex: "0", role: "application", "aria-roledescription": "figure" },
    picture,
    overlay.canvas,
    glass.canvas,
    title,
    line.element,
  );
  stage.setAttribute("aria-description", KEYS);
  // A ring is for readers who came by the keyboard; a click gives the focus too, for the wheel.
  stage.addEventListener("pointerdown", () => stage.classList.add("pointed"), { signal });
  for (const type of ["keydown", "blur"])
    stage.addEventListener(type, () => stage.classList.remove("pointed"), { signal });
  return { stage, picture, overlay, glass, scale, line, toolbar, title };
}
