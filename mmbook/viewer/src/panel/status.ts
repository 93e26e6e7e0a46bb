/** What the panel says: what is being computed, what went wrong, what a file or a link brought. */
import { make } from "../figure/markup.ts";

export interface Status {
  readonly element: HTMLElement;
  say(text: string): void;
  fail(message: string): void;
  note(notices: readonly string[], downloads: Readonly<Record<string, string>>): void;
}

export function createStatus(): Status {
  const said = make("p", { class: "progress", role: "status" });
  const failed = make("div", { class: "error failed", role: "alert" });
  const notices = make("ul", { class: "notices" });
  return {
    element: make("div", { class: "status" }, said, failed, notices),
    say(text) {
      said.textContent = text;
    },
    fail(message) {
      failed.replaceChildren(...(message ? [make("p", {}, message)] : []));
    },
    note(texts, downloads) {
      const items = texts.map((text) => make("li", {}, text));
      for (const [name, address] of Object.entries(downloads)) {
        const link = make(
          "a",
          { href: address, rel: "noreferrer noopener", target: "_blank" },
          address,
        );
        const how =
          "Nothing is fetched from elsewhere by itself: download it and give the file to the matrix.";
        items.push(make("li", {}, `The values of ${name} lie at `, link, `. ${how}`));
      }
      notices.replaceChildren(...items);
    },
  };
}
