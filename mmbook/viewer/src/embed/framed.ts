/** `<mm-framed>`: the only thing in the page `/embed/`; its code comes later. */
export class MmFramed extends HTMLElement {
  #life: AbortController | null = null;

  connectedCallback(): void {
    const life = new AbortController();
    this.#life = life;
    void import("./frame.ts").then(({ openFrame }) => openFrame(this, life.signal));
  }

  disconnectedCallback(): void {
    this.#life?.abort();
    this.#life = null;
  }
}
