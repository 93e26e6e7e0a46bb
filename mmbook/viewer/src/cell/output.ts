// What a cell printed, its value, its error: text only, never markup.
import type { Stream } from "./protocol.ts";

/** Lines a screen reader is given as they come; more of them would drown everything else. */
const LINES_READ_ALOUD = 20;

export type Kind = Stream | "error";

export class Output {
  readonly element: HTMLElement;
  #text = "";
  #lines = 0;
  #stale = false;

  constructor(label: string) {
    this.element = document.createElement("div");
    this.element.className = "output";
    this.element.setAttribute("role", "log");
    this.element.setAttribute("aria-label", label);
    this.clear();
  }

  get text(): string {
    return this.#text;
  }

  /** What stands here is out of date: it goes when something new comes, or at the end. */
  outdate(): void {
    this.#stale = true;
    this.element.classList.add("old");
  }

  settle(): void {
    if (this.#stale) this.clear();
  }

  clear(): void {
    this.#stale = false;
    this.element.classList.remove("old");
    this.#text = "";
    this.#lines = 0;
    this.element.replaceChildren();
    this.element.hidden = true;
    this.element.tabIndex = -1;
    this.element.setAttribute("aria-live", "polite");
  }

  append(kind: Kind, text: string): void {
    this.settle();
    const ownLine = kind === "result" || kind === "error";
    const piece = ownLine && this.#text && !this.#text.endsWith("\n") ? `\n${text}` : text;
    this.#lines += piece.split("\n").length - 1;
    if (this.#lines > LINES_READ_ALOUD) this.element.setAttribute("aria-live", "off");
    const atEnd = this.#atEnd();
    const last = this.element.lastElementChild;
    if (last instanceof HTMLElement && last.dataset.kind === kind) last.append(piece);
    else {
      const span = document.createElement("span");
      span.dataset.kind = kind;
      span.append(piece);
      this.element.append(span);
    }
    this.#text += piece;
    this.element.hidden = false;
    // What scrolls must be reachable by keyboard.
    const { scrollHeight, clientHeight, scrollWidth, clientWidth } = this.element;
    this.element.tabIndex = scrollHeight > clientHeight || scrollWidth > clientWidth ? 0 : -1;
    if (atEnd) this.element.scrollTop = this.element.scrollHeight;
  }

  #atEnd(): boolean {
    const { scrollTop, scrollHeight, clientHeight } = this.element;
    return scrollHeight - scrollTop - clientHeight < 8;
  }
}
