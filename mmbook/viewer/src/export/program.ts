/** The Python that makes the figure as it stands. */
import type { MmFigure } from "../figure.ts";
import { ask } from "../panel/ask.ts";

/** @throws Refused, WorkerError */
export async function program(figure: MmFigure, say: (text: string) => void): Promise<string> {
  const { scene } = await ask(figure, { do: "edit", text: figure.state?.expr ?? "" }, say);
  say("");
  return scene.python;
}
