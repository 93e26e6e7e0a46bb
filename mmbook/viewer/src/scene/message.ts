/** JSON of a scene and its arrays → a scene in memory, with every part checked against the others. */
import { SceneError } from "../errors.ts";
import type { Figure, Range } from "../schema/scene.ts";
import { check, figureRule } from "../settings/check.ts";
import { readTree, walk } from "./tree.ts";
import type { Matrix, Node, Scene, SceneMessage } from "./types.ts";

/** What this viewer reads; the schema's `mm`. */
export const SCENE_VERSION = 1;

/** The scene of a message; throws `SceneError`, which says what does not fit. */
export function sceneFromMessage({ scene, arrays }: SceneMessage): Scene {
  const { figure, tree, ranges, python, description } = checkedVersion(scene);
  const root = readTree(tree);
  return {
    figure: checkedFigure(figure),
    tree: root,
    matrices: matricesOf(root, arrays, ranges),
    python: typeof python === "string" ? python : "",
    description: typeof description === "string" ? description : "",
  };
}

/** The object that `scene` is, if its version can be read. */
export function checkedVersion(scene: unknown, where?: string): Readonly<Record<string, unknown>> {
  const at = where === undefined ? {} : { where };
  if (typeof scene !== "object" || scene === null || Array.isArray(scene)) {
    throw new SceneError("not a scene", { ...at, given: scene });
  }
  const fields = scene as Readonly<Record<string, unknown>>;
  if (fields.mm !== SCENE_VERSION) {
    throw new SceneError("a version this viewer does not read", {
      ...at,
      given: fields.mm ?? "none",
      possible: String(SCENE_VERSION),
      remedy: "Load the page again; if that does not help, the site must be built again.",
    });
  }
  return fields;
}

function checkedFigure(figure: unknown): Figure {
  const { value, problems } = check(figure, figureRule);
  const [first] = problems;
  if (first) throw new SceneError(`the figure is not sound: ${first.message}`, { cause: first });
  return value as Figure;
}

function matricesOf(
  tree: Node,
  arrays: SceneMessage["arrays"],
  ranges: unknown,
): Map<string, Matrix> {
  const matrices = new Map<string, Matrix>();
  for (const { name, rows, cols } of walk(tree)) {
    const array = Object.hasOwn(arrays, name) ? arrays[name] : undefined;
    if (!array) {
      throw new SceneError("a matrix without values", {
        given: name,
        possible: Object.keys(arrays).length ? Object.keys(arrays) : "none came along",
      });
    }
    const [h, w] = array.shape;
    if (h !== rows || w !== cols || array.data.length !== rows * cols) {
      throw new SceneError(`the values of ${name} have another shape than its matrix`, {
        given: `${h}×${w}, ${array.data.length} elements`,
        possible: `${rows}×${cols}`,
      });
    }
    matrices.set(name, { name, rows, cols, data: array.data, range: rangeOf(name, ranges) });
  }
  return matrices;
}

function rangeOf(name: string, ranges: unknown): Range {
  const known =
    typeof ranges === "object" && ranges !== null && Object.hasOwn(ranges, name)
      ? (ranges as Record<string, unknown>)[name]
      : undefined;
  if (isRange(known)) return known;
  throw new SceneError("a matrix without a range", { given: name });
}

function isRange(value: unknown): value is Range {
  if (typeof value !== "object" || value === null) return false;
  const { min, max, smallest, largest, missing } = value as Record<string, unknown>;
  const bounds = [min, max, smallest, largest];
  return (
    bounds.every((bound) => bound === null || Number.isFinite(bound)) && Number.isFinite(missing)
  );
}
