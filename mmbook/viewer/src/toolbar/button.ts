/** A button of the bar: an icon with a name for readers who do not see it. */
import { make } from "../figure/markup.ts";
import { type IconName, icon } from "./icons.ts";

export interface IconButton {
  readonly element: HTMLButtonElement;
  show(name: IconName, label: string): void;
}

export function iconButton(
  name: IconName,
  label: string,
  pressed: () => void,
  signal: AbortSignal,
): IconButton {
  const element = make("button", { type: "button", class: "icon" });
  let shown: IconName | null = null;
  const show = (next: IconName, text: string): void => {
    if (next !== shown) element.replaceChildren(icon(next));
    shown = next;
    if (element.title === text) return;
    element.title = text;
    element.setAttribute("aria-label", text);
  };
  show(name, label);
  element.addEventListener("click", pressed, { signal });
  return { element, show };
}
