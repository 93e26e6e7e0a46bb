// Asks the page's Python for a figure with other values.
import { WorkerError } from "../errors.ts";
import type { Evaluate } from "../figure/evaluation.ts";
import type { SceneMessage } from "../scene/types.ts";
import type { Request } from "./interpreter.ts";
import { pageNotebook } from "./page-python.ts";

/** What Python answered: a scene, where it made one, and its words. */
export interface Answer {
  scene: SceneMessage | null;
  text: string;
}

/** Throws a WorkerError with what Python said where it fails. */
export async function ask(request: Request, said: (text: string) => void): Promise<Answer> {
  const { runtime } = pageNotebook();
  const tell = (): void => said(starting(runtime.progress));
  if (!runtime.ready) tell();
  runtime.addEventListener("progress", tell);
  try {
    // A cell that is stopped takes Python with it, and this request: it is made once more.
    for (const last of [false, true]) {
      const answer: Answer = { scene: null, text: "" };
      const ending = await runtime.request(request, {
        output: (stream, text) => {
          if (stream === "result") answer.text += text;
        },
        figure: (scene, arrays) => {
          answer.scene = { scene: JSON.parse(scene), arrays };
        },
        frame() {},
      });
      if (ending.status === "done") return answer;
      if (ending.status === "error") throw new Refusal(plain(ending.traceback));
      if (ending.status === "crashed") throw new WorkerError(ending.message);
      if (last) break;
    }
    throw new WorkerError("Python was stopped before it had computed the figure");
  } finally {
    runtime.removeEventListener("progress", tell);
  }
}

/** Python's own message, kept in its lines. */
class Refusal extends WorkerError {
  constructor(text: string) {
    super(text);
    this.message = text;
  }
}

export const evaluate: Evaluate = async (figure, arrays, said) => {
  const request = { type: "evaluate", figure: JSON.stringify(figure), arrays } as const;
  const { scene } = await ask(request, said);
  if (!scene) throw new WorkerError("Python computed no figure");
  return scene;
};

/** The message without the path of modules and the class before it. */
function plain(traceback: string): string {
  return traceback.trim().replace(/^(?:[\w.]+\.)?\w*(?:Error|Large): /, "");
}

function starting({ loaded, total }: { loaded: number; total: number }): string {
  if (total === 0) return "Python is starting";
  return `Python is starting: ${(loaded / 1e6).toFixed(1)} of ${(total / 1e6).toFixed(1)} MB`;
}
