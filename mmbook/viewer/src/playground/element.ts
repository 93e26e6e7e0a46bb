/** `<mm-playground figure="id">`: what is under the figure of the playground; its code comes later. */
export class MmPlayground extends HTMLElement {
  #life: AbortController | null = null;

  connectedCallback(): void {
    const life = new AbortController();
    this.#life = life;
    void import("./desk.ts").then(({ openDesk }) => {
      if (!life.signal.aborted) openDesk(this, life.signal);
    });
  }

  disconnectedCallback(): void {
    this.#life?.abort();
    this.#life = null;
    this.shadowRoot?.replaceChildren();
  }
}
