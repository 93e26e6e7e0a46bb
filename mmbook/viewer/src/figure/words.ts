/** The description in the light DOM: the published one, or that of a scene from a cell. */

/** Kept readable by screen readers; the style sheet decides when it is seen. */
const CLASS = "mm-alt";

export class Words {
  readonly #host: HTMLElement;
  #published: Node[] | null = null;

  constructor(host: HTMLElement) {
    this.#host = host;
  }

  replace(text: string): void {
    let element = this.#host.querySelector(`:scope > .${CLASS}`);
    if (!element) {
      element = document.createElement("div");
      element.className = CLASS;
      this.#host.append(element);
    }
    this.#published ??= [...element.childNodes];
    element.textContent = text;
  }

  restore(): void {
    if (!this.#published) return;
    this.#host.querySelector(`:scope > .${CLASS}`)?.replaceChildren(...this.#published);
    this.#published = null;
  }
}
