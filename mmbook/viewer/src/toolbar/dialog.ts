/** A panel over the figure that one button opens: Escape or its close button give the focus back. */
import { make } from "../figure/markup.ts";
import { iconButton } from "./button.ts";

export interface Dialog {
  readonly element: HTMLElement;
  readonly open: boolean;
  toggle(): void;
  close(): void;
}

export function createDialog(
  title: string,
  content: HTMLElement,
  opener: HTMLButtonElement,
  signal: AbortSignal,
): Dialog {
  let open = false;
  const show = (next: boolean): void => {
    if (next === open) return;
    open = next;
    element.hidden = !open;
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
