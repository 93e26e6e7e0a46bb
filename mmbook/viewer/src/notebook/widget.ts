/** The notebook widget, as anywidget loads it: one module that needs nothing else. */
import { askKernel } from "./kernel.ts";
import { bytesOf, type Model } from "./model.ts";
import { complaint, createFigure, messageOf } from "./mount.ts";
import { sync } from "./sync.ts";

interface Given {
  model: Model;
  el: HTMLElement;
}

function render({ model, el }: Given): () => void {
  const life = new AbortController();
  const { signal } = life;
  // The figure's keys are not the notebook's: p plays, and does not paste a cell.
  el.dataset.lmSuppressShortcuts = "true";
  el.addEventListener("keydown", (event) => event.stopPropagation(), { signal });
  const figure = createFigure(model.get("height"));
  figure.evaluate = askKernel(model, signal);
  const show = (): void => {
    try {
      figure.show(messageOf(model.get("scene"), bytesOf(model.get("pack"))));
      el.replaceChildren(figure);
    } catch (error) {
      el.replaceChildren(complaint(error));
    }
  };
  const size = (): void =>
    figure.style.setProperty("--mm-height", `${Math.max(240, model.get("height"))}px`);
  show();
  model.on("change:scene", show);
  model.on("change:height", size);
  figure.ready.then(
    () => {
      if (!signal.aborted) sync(model, figure, signal);
    },
    () => undefined, // said in its place
  );
  signal.addEventListener("abort", () => {
    model.off("change:scene", show);
    model.off("change:height", size);
    figure.remove();
  });
  return () => life.abort();
}

export default { render };
