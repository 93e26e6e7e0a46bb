/** Answers requests with what the figure offers anyhow. */
import type { MmFigure } from "../figure.ts";
import type { Patch } from "../settings.ts";
import type { Ask, Progress, Values } from "./protocol.ts";

type Figure = Pick<MmFigure, "state" | "change" | "describe" | "array" | "actions">;

export interface Links {
  page(): Promise<string>;
  frame(): Promise<string>;
}

export interface Asked {
  figure: Figure;
  /** Settled once the figure is shown, or cannot be. */
  ready(): Promise<void>;
  links: Links;
}

/** @throws where the figure cannot be shown, or has no such matrix */
export async function answerWith(
  { figure, ready, links }: Asked,
  ask: Ask,
): Promise<Values[keyof Values]> {
  if (ask.do === "hello") return { mm: 1 };
  await ready();
  switch (ask.do) {
    case "getState":
      return stateOf(figure);
    case "setState":
      return lay(figure, ask.patch);
    case "setOption":
      return lay(figure, {
        [ask.group]: Object.fromEntries([[ask.option, ask.value]]),
      } as Patch);
    case "getDescription":
      return figure.describe();
    case "getArray": {
      const { shape, data } = figure.array(ask.path);
      return { shape, data: data.slice() };
    }
    case "step":
      return seek(figure, progressOf(figure).step + ask.by);
    case "seek":
      return seek(figure, ask.step);
    case "play":
      return turn(figure, true);
    case "pause":
      return turn(figure, false);
    case "link":
      return { page: await links.page(), frame: await links.frame() };
  }
}

export function stateOf({ state }: Pick<Figure, "state">): NonNullable<Figure["state"]> {
  if (!state) throw new Error("The figure has no state yet.");
  return state;
}

export function progressOf(figure: Pick<Figure, "describe">): Progress {
  const { step, steps, playing } = figure.describe().animation;
  return { step, steps, playing };
}

function lay(figure: Figure, patch: Patch): null {
  figure.change(patch);
  return null;
}

function seek(figure: Figure, step: number): Progress {
  figure.actions?.seek(step);
  return progressOf(figure);
}

function turn(figure: Figure, playing: boolean): Progress {
  if (progressOf(figure).playing !== playing) figure.actions?.togglePlay();
  return progressOf(figure);
}
