/** A notebook's model and a figure, kept the same: state and step travel both ways. */
import type { MmFigure } from "../figure.ts";
import type { Figure } from "../schema/figure.ts";
import { equal } from "../settings.ts";
import type { Model } from "./model.ts";

/** Steps of a playing animation are told this often, in milliseconds: each is a message. */
const SELDOM = 150;

/** Starts once the figure is shown; ends with `signal`. */
export function sync(model: Model, figure: MmFigure, signal: AbortSignal): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** The step shown; null where the finished picture is. */
  const step = (): number | null => {
    const { step: now, steps } = figure.describe().animation;
    return now >= steps ? null : now;
  };
  const tell = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const { state } = figure;
    if (!state) return;
    if (!equal(model.get("state"), state)) model.set("state", state);
    if (model.get("step") !== step()) model.set("step", step());
    model.save_changes();
  };
  const tellSeldom = (): void => {
    timer ??= setTimeout(tell, SELDOM);
  };
  const hear = {
    "change:state": () => {
      const wanted = model.get("state");
      if (!equal(wanted, figure.state)) figure.state = wanted as unknown as Figure;
    },
    "change:step": () => {
      const wanted = model.get("step");
      if (wanted === step()) return;
      figure.actions?.seek(wanted ?? figure.describe().animation.steps);
    },
  };
  figure.addEventListener("mm-state", tell, { signal });
  figure.addEventListener("mm-step", tellSeldom, { signal });
  for (const [event, act] of Object.entries(hear)) model.on(event, act);
  signal.addEventListener(
    "abort",
    () => {
      clearTimeout(timer);
      for (const [event, act] of Object.entries(hear)) model.off(event, act);
    },
    { once: true },
  );
  // What Python asked for before there was a picture comes first; then Python hears all of it.
  const { step: asked, state } = { step: model.get("step"), state: model.get("state") };
  if (Object.keys(state).length > 0 && !equal(state, figure.state)) {
    figure.state = state as unknown as Figure;
  }
  if (asked !== null) figure.actions?.seek(asked);
  tell();
}
