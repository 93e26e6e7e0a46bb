/**
 * `<mm-setting figure="id" option="layout.gap">`: one option of a figure as a control, anywhere in the
 * page. `<mm-setting figure="id" set="gap=24, scheme=wheel">`: a button that sets several. What stands
 * inside says the same in words, until the figure is there; the code of the controls comes later.
 */
import { MmFigure } from "../figure.ts";

export class MmSetting extends HTMLElement {
  #life: AbortController | null = null;

  connectedCallback(): void {
    const life = new AbortController();
    this.#life = life;
    const id = CSS.escape(this.getAttribute("figure") ?? "");
    const figure = this.ownerDocument.querySelector(`mm-figure#${id || "none"}`);
    if (!(figure instanceof MmFigure)) return;
    // Of a figure that cannot be shown nothing can be set: the words stay.
    figure.ready.then(
      async () => {
        const { mount } = await import("./mount.ts");
        if (!life.signal.aborted) mount(this, figure, life.signal);
      },
      () => {},
    );
  }

  disconnectedCallback(): void {
    this.#life?.abort();
    this.#life = null;
  }
}
