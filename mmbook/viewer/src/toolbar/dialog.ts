/**
 * A panel over the figure that one button opens: Escape or its close button give the focus back.
 * A tall one is a sheet at the foot of the window where that is a phone's.
 */
import { make } from "../figure/markup.ts";
import { iconButton } from "./button.ts";

export interface Dialog {
  readonly element: HTMLElement;
  readonly open: boolean;
  toggle(): void;
  close(): void;
}

const PHONE = "(max-width: 44.9em)";

export function createDialog(
  title: string,
  content: HTMLElement,
  opener: HTMLButtonElement,
  signal: AbortSignal,
  { tall = false } = {},
): Dialog {
  let open = false;
  const show = (next: boolean): void => {
    if (next === open) return;
    open = next;
    element.hidden = !open;
    if (tall) asSheet(element, open && matchMedia(PHONE).matches);
    opener.setAttribute("aria-expanded", String(open));
    if (open) close.element.focus({ preventScroll: true });
    else opener.focus({ preventScroll: true });
  };
  const close = iconButton("close", `Close: ${title}`, () => show(false), signal);
  const element = make(
    "div",
    { class: "dialog", role: "dialog", "aria-label": title, hidden: true },
    make("header", {}, make("h2", {}, title), close.element),
    content,
  );
  opener.setAttribute("aria-expanded", "false");
  element.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      show(false);
    },
    { signal },
  );
  return {
    element,
    get open() {
      return open;
    },
    toggle: () => show(!open),
    close: () => show(false),
  };
}

/** In the top layer, since a figure clips what it holds; the figure moves above it. */
function asSheet(element: HTMLElement, wanted: boolean): void {
  if (!element.showPopover || wanted === element.hasAttribute("popover")) return;
  element.classList.toggle("sheet", wanted);
  if (!wanted) {
    element.hidePopover();
    element.removeAttribute("popover");
    return;
  }
  element.setAttribute("popover", "manual");
  element.showPopover();
  const root = element.getRootNode();
  if (root instanceof ShadowRoot) root.host.scrollIntoView({ block: "start" });
}
