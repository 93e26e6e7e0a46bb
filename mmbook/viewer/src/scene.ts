/** Scenes: fetched or received, checked, and asked for their matrices by path. */
import { SceneError } from "./errors.ts";
import { nodeAt } from "./scene/tree.ts";
import type { Matrix, Scene } from "./scene/types.ts";

export { loadScene } from "./scene/load.ts";
export { SCENE_VERSION, sceneFromMessage } from "./scene/message.ts";
export { childrenOf, nodeAt, walk } from "./scene/tree.ts";
export type * from "./scene/types.ts";

/** The values of the matrix at a path (`root`, `left`, `left.right`, …). */
export function matrixAt({ tree, matrices }: Scene, path: string): Matrix {
  const { name } = nodeAt(tree, path);
  const matrix = matrices.get(name);
  if (!matrix) throw new SceneError("a matrix without values", { given: name });
  return matrix;
}
