/** Lines in the planes of matrices: the seams of joined ones, and rings around what groups light. */

import { offsetAlong } from "../layout/position.ts";
import { inPlane, type Line, seams } from "../layout/seams.ts";
import type { Placed, Vec3 } from "../layout/types.ts";
import type { Group, Rect } from "./areas.ts";

export interface Stroke extends Line {
  kind: "stroke";
  /** The matrix in whose plane it lies. */
  path: string;
  facing: Vec3;
  /** Index of the group whose colour it has; null for a seam. */
  group: number | null;
}

/** A ring runs this far outside its elements: those of neighbouring groups lie beside each other. */
const AROUND = 0.5;
/** A ring lies that much further out for each group that lights the same matrix. */
const NESTED = 0.12;

export function strokesOf(groups: readonly Group[], placed: readonly Placed[]): Stroke[] {
  return placed.flatMap((place) => {
    const { path, facing } = place;
    const stroke = (line: Line, group: number | null): Stroke => ({
      kind: "stroke",
      path,
      facing,
      group,
      ...line,
    });
    return [
      ...seams(place).map((line) => stroke(line, null)),
      ...groups.flatMap(({ index, areas }) =>
        (areas.get(path) ?? []).flatMap((rect) =>
          ring(place, rect, AROUND + NESTED * index).map((line) => stroke(line, index)),
        ),
      ),
    ];
  });
}

function ring(placed: Placed, { rows, cols }: Rect, around: number): Line[] {
  const { rowBlock, colBlock, gap } = placed;
  const top = offsetAlong(rows[0], rowBlock, gap) - around;
  const bottom = offsetAlong(rows[1] - 1, rowBlock, gap) + around;
  const left = offsetAlong(cols[0], colBlock, gap) - around;
  const right = offsetAlong(cols[1] - 1, colBlock, gap) + around;
  const corners = [
    inPlane(placed, top, left),
    inPlane(placed, top, right),
    inPlane(placed, bottom, right),
    inPlane(placed, bottom, left),
  ] as const;
  return corners.map((from, n) => ({ from, to: corners[(n + 1) % 4] ?? from }));
}
