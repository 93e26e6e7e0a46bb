/** Where a travelling product stands inside its cube. */
import { sweepOf } from "../animation/sweep.ts";
import { type Box, depthStart } from "./box.ts";
import { direction, type Frame, point, scale } from "./frame.ts";
import { offsetAlong } from "./position.ts";
import type { Alg, Placed, ProductKind, Vec3 } from "./types.ts";

type Axis = "i" | "j" | "k";

/** The axes a product extends along; a vector has one column. It is legible from where `like` is. */
const EXTENT: Record<
  ProductKind,
  { rows: Axis; cols: Axis | null; like: "left" | "right" | "result" }
> = {
  vmprod: { rows: "k", cols: "j", like: "right" },
  mvprod: { rows: "i", cols: "k", like: "left" },
  vvprod: { rows: "i", cols: "j", like: "result" },
  dotprod: { rows: "k", cols: null, like: "right" },
  axpy: { rows: "i", cols: null, like: "result" },
};

/**
 * The plane or vector at step `index` of block (bi, bj, bk). Along an axis it travels, it stands at
 * that block's element; along the others it spans every block.
 */
export function plane(
  path: string,
  inside: Box,
  frame: Frame,
  facing: Record<"left" | "right" | "result", Vec3>,
  alg: Alg,
  index: number,
  [bi, bj, bk]: readonly [number, number, number] = [0, 0, 0],
): Placed {
  const { cuts, gap } = inside;
  const sweep = sweepOf(alg);
  const { i, j, k } = sweep.at(index, { i: cuts.i.block, j: cuts.j.block, k: cuts.k.block });
  const along = (axis: Axis, block: number, local: number) =>
    sweep.travels.includes(axis)
      ? offsetAlong(block * cuts[axis].block + local, cuts[axis].block, gap)
      : 0;
  const depth = depthStart(inside);
  const origin: Vec3 = [
    gap + along("j", bj, j),
    gap + along("i", bi, i),
    depth.z + depth.sign * along("k", bk, k),
  ];
  const axes: Record<Axis, Vec3> = {
    i: direction(frame, [0, 1, 0]),
    j: direction(frame, [1, 0, 0]),
    k: scale(direction(frame, [0, 0, 1]), depth.sign),
  };
  const { rows, cols, like } = EXTENT[sweep.kind];
  return {
    path,
    name: "",
    role: "intermediate",
    rows: cuts[rows].size,
    cols: cols ? cuts[cols].size : 1,
    origin: point(frame, origin),
    rowAxis: axes[rows],
    colAxis: axes[cols ?? "j"],
    facing: facing[like],
    rowBlock: cuts[rows].block,
    colBlock: cols ? cuts[cols].block : 1,
    gap,
  };
}
