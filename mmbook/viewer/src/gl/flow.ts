/** The arrow through a cube: two vanes, from the left and from the right operand toward the result. */
import type { Cube, Vec3 } from "../layout.ts";
import type { AxisIndex, Flat } from "./order.ts";

export interface Vane {
  kind: "vane";
  from: "left" | "right";
  /** Wing, tail, tip in world coordinates. */
  corners: readonly [Vec3, Vec3, Vec3];
  /** 0 to 1: how far it reaches, and how strong it is. */
  size: number;
}

/** How far the wing stands back of the middle, as a part of half the depth. */
const SWEEP = 0.5;
/** Free space left before the faces. */
const REACH = 0.86;

const middleOf = ({ corner, i, j, k }: Cube["frame"]): Vec3 => {
  const at = (a: AxisIndex): number => corner[a] + (i[a] + j[a] + k[a]) / 2;
  return [at(0), at(1), at(2)];
};

/** @param size 0 to 1: how far the vanes reach */
export function vanes(cube: Cube, size: number): Flat<Vane>[] {
  const middle = middleOf(cube.frame);
  const half = (edge: Vec3, toward: Vec3): Vec3 => {
    const dot = edge.reduce((sum, e, a) => sum + e * ((toward[a] ?? 0) - (middle[a] ?? 0)), 0);
    const part = (Math.sign(dot) * REACH * size) / 2;
    return [edge[0] * part, edge[1] * part, edge[2] * part];
  };
  const { left, right, result } = cube.placed;
  const tip = half(cube.frame.k, result.origin);
  return (["left", "right"] as const).map((from) => {
    const edge = from === "left" ? cube.frame.j : cube.frame.i;
    const out = half(edge, (from === "left" ? left : right).origin);
    const at = (a: AxisIndex, o: number, t: number): number => middle[a] + o * out[a] + t * tip[a];
    const point = (o: number, t: number): Vec3 => [at(0, o, t), at(1, o, t), at(2, o, t)];
    return flat({
      kind: "vane",
      from,
      size,
      corners: [point(1, -SWEEP), point(0, 0), point(0, 1)],
    });
  });
}

function flat(item: Vane): Flat<Vane> {
  const span = (a: AxisIndex): readonly [number, number] => {
    const values = item.corners.map((corner) => corner[a]);
    return [Math.min(...values), Math.max(...values)];
  };
  const spans = [span(0), span(1), span(2)] as const;
  const axis = ([0, 1, 2] as const).reduce<AxisIndex>(
    (least, a) => (spans[a][1] - spans[a][0] < spans[least][1] - spans[least][0] ? a : least),
    0,
  );
  return {
    axis,
    at: spans[axis][0],
    min: [spans[0][0], spans[1][0], spans[2][0]],
    max: [spans[0][1], spans[1][1], spans[2][1]],
    rank: 2,
    cut: () => null,
    item,
  };
}
