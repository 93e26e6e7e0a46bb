// The charts under a cell. They stand in the page's own tree, so that its style sheets reach them.
import { clean } from "./sanitize.ts";

export class Charts {
  readonly #host: HTMLElement;
  #element: HTMLElement | undefined;
  #shown: readonly string[] = [];

  constructor(host: HTMLElement) {
    this.#host = host;
  }

  show(charts: readonly string[]): void {
    if (charts === this.#shown) return;
    this.#shown = charts;
    if (charts.length === 0) {
      this.#element?.remove();
      this.#element = undefined;
      return;
    }
    const element = this.#place();
    const open = [...element.children].map((one) => one.querySelector("details")?.open ?? false);
    element.replaceChildren(
      ...charts.map((markup, index) => {
        const chart = document.createElement("div");
        chart.className = "mm-chart";
        chart.append(clean(markup));
        const table = chart.querySelector("details");
        // A reader who reads the table goes on reading it from frame to frame.
        if (table && open[index]) table.open = true;
        return chart;
      }),
    );
  }

  #place(): HTMLElement {
    if (!this.#element) {
      this.#element = document.createElement("div");
      this.#element.className = "mm-charts";
      this.#element.slot = "charts";
      this.#host.append(this.#element);
    }
    return this.#element;
  }
}
