/** Other values for a figure: asked of Python, the last wish counts. */
import type { Arrays } from "../cell/protocol.ts";
import { type Scene, type SceneMessage, sceneFromMessage } from "../scene.ts";
import type { Figure } from "../schema/figure.ts";
import type { Remark } from "./remark.ts";
import { arraysOf, sameValues, withoutData } from "./values.ts";

/** Computes a figure; `said` hears what takes so long. Throws where it cannot be computed. */
export type Evaluate = (
  figure: Figure,
  arrays: Arrays,
  said: (text: string) => void,
) => Promise<SceneMessage>;

export interface Evaluated {
  scene: Scene;
  /** Leaves whose data nobody has; they are shown as missing. */
  missing: string[];
}

export class Evaluation {
  readonly #remark: Remark;
  #turn = 0;

  constructor(remark: Remark) {
    this.#remark = remark;
  }

  /** Whatever is under way is no longer wanted. */
  cancel(): void {
    this.#turn += 1;
    this.#remark.say(null);
  }

  /**
   * The scene of `figure`; null where something else was wanted meanwhile. Python is asked only for
   * values that none of the `scenes` has.
   */
  async ask(
    figure: Figure,
    scenes: readonly Scene[],
    evaluate: Evaluate,
  ): Promise<Evaluated | null> {
    this.cancel();
    const known = scenes.find((scene) => sameValues(scene.figure, figure));
    if (known) return { scene: known, missing: [] };
    const turn = this.#turn;
    const { arrays, missing } = arraysOf(figure, scenes);
    const still = (): boolean => turn === this.#turn;
    this.#remark.say("Computing");
    try {
      const message = await evaluate(withoutData(figure, missing), arrays, (text) => {
        if (still()) this.#remark.say(text);
      });
      return still() ? { scene: sceneFromMessage(message), missing } : null;
    } catch (error) {
      if (still()) throw error;
      return null;
    } finally {
      if (still()) this.#remark.say(null);
    }
  }
}
