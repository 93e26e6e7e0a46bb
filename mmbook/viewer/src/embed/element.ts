/**
 * `<mm-embed figure="chapters/attention-head/head">`: a figure of a book in another site's page, in
 * an iframe, with its API on the element. Every method waits until the figure can answer.
 */
import type { FigureDescription } from "../figure/describe.ts";
import type { Figure } from "../schema/figure.ts";
import { embedAddress } from "./address.ts";
import type { News, OptionGroup, Progress, Values } from "./protocol.ts";
import { Remote } from "./remote.ts";

/** Until the figure says what it needs, unless the page says so itself. */
const RATIO = 1.6;
const STYLES = `
:host { display: block; position: relative; width: 100%; aspect-ratio: var(--mm-embed-ratio, ${RATIO});
  min-height: 15rem; max-height: 92vh; }
:host([hidden]) { display: none; }
iframe { position: absolute; inset: 0; width: 100%; height: 100%; border: 0; border-radius: 8px; }
p { margin: 0; padding: 1rem; font: 1rem/1.4 system-ui, sans-serif; }
`;

export class MmEmbed extends HTMLElement {
  static readonly observedAttributes = ["figure", "scene", "state", "theme", "book", "ratio"];
  /** The root of the book whose script this is; null where the script's address is unknown. */
  static book: string | null = null;

  #life: AbortController | null = null;
  #remote: Remote | null = null;

  /** Ties the API to an iframe that stands in the page already. */
  static connect(frame: HTMLIFrameElement, heard: (news: News) => void = () => undefined): Remote {
    const { origin } = new URL(frame.src, document.baseURI);
    const { signal } = new AbortController();
    return new Remote(() => frame.contentWindow, origin, heard, signal);
  }

  /** Resolves at the first frame; rejects where the book does not answer. */
  get ready(): Promise<void> {
    return this.#connected().ready;
  }
  getState(): Promise<Figure> {
    return this.#connected().ask("getState", {});
  }
  /** Lays a JSON merge patch over the state. */
  async setState(patch: Values["getState"] | object): Promise<void> {
    await this.#connected().ask("setState", { patch: patch as never });
  }
  async setOption(group: OptionGroup, option: string, value: unknown): Promise<void> {
    await this.#connected().ask("setOption", { group, option, value });
  }
  getDescription(): Promise<FigureDescription> {
    return this.#connected().ask("getDescription", {});
  }
  getArray(path: string): Promise<{ shape: [number, number]; data: Float32Array }> {
    return this.#connected().ask("getArray", { path });
  }
  step(by = 1): Promise<Progress> {
    return this.#connected().ask("step", { by });
  }
  seek(step: number): Promise<Progress> {
    return this.#connected().ask("seek", { step });
  }
  play(): Promise<Progress> {
    return this.#connected().ask("play", {});
  }
  pause(): Promise<Progress> {
    return this.#connected().ask("pause", {});
  }
  link(): Promise<{ page: string; frame: string }> {
    return this.#connected().ask("link", {});
  }

  connectedCallback(): void {
    this.#open();
  }
  disconnectedCallback(): void {
    this.#life?.abort();
    this.#life = null;
    this.#remote = null;
    this.shadowRoot?.replaceChildren();
  }
  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    if (name === "ratio") this.#size(Number(after));
    else if (before !== after && this.#life) this.#open();
  }

  #open(): void {
    this.#life?.abort();
    const life = new AbortController();
    this.#life = life;
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    const style = document.createElement("style");
    style.textContent = STYLES;
    let address: URL;
    try {
      address = this.#address();
    } catch (error) {
      const words = document.createElement("p");
      words.setAttribute("role", "alert");
      words.textContent = (error as Error).message;
      root.replaceChildren(style, words);
      return;
    }
    const frame = document.createElement("iframe");
    frame.title = this.getAttribute("title") ?? "Matrix multiplication";
    frame.allow = "fullscreen; clipboard-write";
    this.#remote = new Remote(
      () => frame.contentWindow,
      address.origin,
      (news) => this.#hear(news),
      life.signal,
    );
    frame.src = address.href;
    root.replaceChildren(style, frame);
  }

  #hear(news: News): void {
    if (news.event === "ready") {
      if (!this.hasAttribute("ratio")) this.#size(news.ratio);
      const frame = this.shadowRoot?.querySelector("iframe");
      if (frame && !this.hasAttribute("title")) frame.title = news.title;
    }
    const { event, ...detail } = news;
    this.dispatchEvent(new CustomEvent(`mm-${event}`, { detail, bubbles: true, composed: true }));
  }

  #size(ratio: number): void {
    if (ratio > 0) this.style.setProperty("--mm-embed-ratio", String(ratio));
  }

  /** @throws Error where it is not known which figure of which book is meant */
  #address(): URL {
    const book = this.getAttribute("book") ?? MmEmbed.book;
    if (book === null) throw new Error('mm-embed: say where the book is, as in book="https://…/".');
    const state = this.getAttribute("state") ?? "";
    const asked = ["figure", "scene", "theme"].flatMap((name) => {
      const value = this.getAttribute(name);
      return value ? [[name, value] as const] : [];
    });
    if (!state && !this.hasAttribute("figure") && !this.hasAttribute("scene")) {
      throw new Error('mm-embed: say which figure, as in figure="chapters/attention-head/head".');
    }
    return embedAddress(new URL(book, document.baseURI), asked, state);
  }

  #connected(): Remote {
    if (this.#remote) return this.#remote;
    throw new Error(
      "mm-embed: the element is not in a page, or does not say which figure it shows.",
    );
  }
}
