/** Asks the notebook's Python for other values of a figure. */
import { SceneError, WorkerError } from "../errors.ts";
import type { Evaluate } from "../figure/evaluation.ts";
import type { SceneMessage } from "../scene.ts";
import { bytesOf, type FromPython, type Model } from "./model.ts";
import { messageOf } from "./mount.ts";

interface Waiting {
  resolve: (scene: SceneMessage) => void;
  reject: (error: Error) => void;
}

export function askKernel(model: Model, signal: AbortSignal): Evaluate {
  const waiting = new Map<number, Waiting>();
  let last = 0;
  const hear = (answer: FromPython, buffers: DataView[]): void => {
    const asked = waiting.get(answer.re);
    waiting.delete(answer.re);
    if (!asked) return;
    const [pack] = buffers;
    try {
      if ("error" in answer) throw new WorkerError(answer.error);
      if (!pack) throw new SceneError("Python sent no values");
      asked.resolve(messageOf(answer.scene, bytesOf(pack)));
    } catch (error) {
      asked.reject(error as Error);
    }
  };
  model.on("msg:custom", hear);
  signal.addEventListener("abort", () => model.off("msg:custom", hear), { once: true });
  return (figure) =>
    new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, { resolve, reject });
      model.send({ do: "evaluate", id: last, figure: JSON.stringify(figure) });
    });
}
