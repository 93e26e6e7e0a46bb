/** On a phone the playground's panel is a sheet at the foot of the window, opened and closed by its handle. */
import { make } from "../figure/markup.ts";
import type { MmFigure } from "../figure.ts";

/** As in the style sheets: narrower windows have the sheet. */
export const PHONE = "(max-width: 44.9em)";

/** The handle and the place of the panel; the figure's own button leads here. */
export function createSheet(
  host: HTMLElement,
  figure: MmFigure,
  place: HTMLElement,
  signal: AbortSignal,
): HTMLElement[] {
  place.id = "controls";
  const handle = make(
    "button",
    { type: "button", class: "handle", "aria-expanded": "false", "aria-controls": place.id },
    "Controls",
  );
  const show = (open: boolean): void => {
    host.toggleAttribute("data-open", open);
    handle.setAttribute("aria-expanded", String(open));
  };
  handle.addEventListener("click", () => show(!host.hasAttribute("data-open")));
  place.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !matchMedia(PHONE).matches) return;
    show(false);
    handle.focus();
  });
  figure.addEventListener(
    "mm-controls",
    (event) => {
      event.preventDefault();
      show(true);
      place.querySelector<HTMLElement>("[type=search]")?.focus();
    },
    { signal },
  );
  return [make("h2", { class: "unseen" }, "Controls"), handle, place];
}
