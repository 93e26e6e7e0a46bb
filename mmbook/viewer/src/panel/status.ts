/** What the panel says: what is being computed, what went wrong, what a file or a link brought. */
import { make } from "../figure/markup.ts";

export interface Status {
  readonly element: HTMLElement;
  say(text: string): void;
  fail(message: string): void;
  note(notices: readonly string[]): void;
  /** Matrices that wait for values; each leaves the list by itself. */
  wait(items: readonly HTMLElement[]): void;
}

export function createStatus(): Status {
  const said = make("p", { class: "progress", role: "status" });
  const failed = make("div", { class: "error failed", role: "alert" });
  const notices = make("ul", { class: "notices" });
  const waiting = make("ul", { class: "notices waiting" });
  return {
    element: make("div", { class: "status" }, said, failed, notices, waiting),
    say(text) {
      said.textContent = text;
    },
    fail(message) {
      failed.replaceChildren(...(message ? [make("p", {}, message)] : []));
    },
    note(texts) {
      notices.replaceChildren(...texts.map((text) => make("li", {}, text)));
    },
    wait(items) {
      waiting.replaceChildren(...items);
    },
  };
}
