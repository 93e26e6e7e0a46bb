/** A figure as plain data, for tests, tools and scripts of the page. */
import type { Camera, CameraState } from "../camera.ts";
import { cellPosition, type Placed, type Vec3 } from "../layout.ts";
import type { Node, Scene } from "../scene.ts";
import type { Settings } from "../settings.ts";
import type { InspectionDescription } from "./inspection.ts";
import type { Player } from "./player.ts";

export interface MatrixDescription {
  path: string;
  /** As the picture calls it. */
  name: string;
  /** Rows, columns. */
  shape: [number, number];
  role: "leaf" | "result";
  /** World positions of elements (0, 0), (rows - 1, 0), (0, cols - 1). */
  first: Vec3;
  last_row: Vec3;
  last_col: Vec3;
  /** Least and greatest finite value; null if there is none. */
  min: number | null;
  max: number | null;
}

export interface RendererDescription {
  elements: number;
  /** Drawn since the figure was mounted: stands still while nothing changes. */
  frames: number;
  lastFrameMs: number;
  contextLost: boolean;
}

export interface FigureDescription {
  expr: string;
  /** Left subtree, right subtree, result, recursively. */
  matrices: MatrixDescription[];
  camera: CameraState;
  animation: { alg: string; step: number; steps: number; playing: boolean };
  renderer: RendererDescription;
  inspection: InspectionDescription;
}

function matrix(placed: Placed, scene: Scene, node: Node | undefined): MatrixDescription {
  const range = scene.matrices.get(placed.name)?.range;
  return {
    path: placed.path,
    name: node?.title ?? placed.name,
    shape: [placed.rows, placed.cols],
    role: placed.role === "leaf" ? "leaf" : "result",
    first: cellPosition(placed, 0, 0),
    last_row: cellPosition(placed, placed.rows - 1, 0),
    last_col: cellPosition(placed, 0, placed.cols - 1),
    min: range?.min ?? null,
    max: range?.max ?? null,
  };
}

export function describe(
  scene: Scene,
  nodes: ReadonlyMap<string, Node>,
  placed: readonly Placed[],
  settings: Settings,
  camera: Camera,
  player: Player,
  renderer: Omit<RendererDescription, "elements">,
  inspection: InspectionDescription,
): FigureDescription {
  return {
    expr: scene.figure.expr,
    matrices: placed.map((place) => matrix(place, scene, nodes.get(place.path))),
    camera: camera.state,
    animation: {
      alg: settings.animation.alg,
      step: player.step,
      steps: player.steps,
      playing: player.playing,
    },
    renderer: {
      elements: placed.reduce((sum, { rows, cols }) => sum + rows * cols, 0),
      ...renderer,
    },
    inspection,
  };
}
