/** What a panel asks of Python: requests as mmbook/playground.py has them. */
import { ask as askPython } from "../cell/evaluate.ts";
import { arraysOf, withoutData } from "../figure/values.ts";
import type { MmFigure } from "../figure.ts";
import { type Scene, sceneFromMessage } from "../scene.ts";
import type { Figure, Leaf } from "../schema/figure.ts";

export type Wish =
  | { do: "edit"; text: string }
  | { do: "leaf"; name: string; leaf: Leaf }
  | { do: "file"; name: string; file: string }
  /** A file that a link names: the matrix keeps its shape. */
  | { do: "data"; name: string; file: string }
  | { do: "import"; query: string };

export interface Reply {
  scene: Scene;
  notices: string[];
  /** Where the values of missing matrices would come from, by name. */
  downloads: Record<string, string>;
}

/** A wish that cannot be granted; `column` where a text is wrong there. */
export class Refused extends Error {
  readonly column: number | null;

  constructor(message: string, column: number | null = null) {
    super(message);
    this.column = column;
  }
}

/**
 * @param state the figure that the wish is about
 * @throws Refused, WorkerError
 */
export async function ask(
  figure: MmFigure,
  wish: Wish,
  said: (text: string) => void,
  data: Uint8Array = new Uint8Array(),
  state: Figure | null = figure.state,
): Promise<Reply> {
  const { scene } = figure;
  if (!state || !scene) throw new Refused("The figure is not there yet.");
  const { arrays, missing } = arraysOf(state, [scene]);
  const request = JSON.stringify({ ...wish, figure: withoutData(state, missing) });
  const answer = await askPython({ type: "play", request, arrays, data }, said);
  const { error, notices, downloads } = JSON.parse(answer.text);
  if (error || !answer.scene) {
    throw new Refused(error?.message ?? "Python made no figure.", error?.column ?? null);
  }
  return { scene: sceneFromMessage(answer.scene), notices, downloads };
}
