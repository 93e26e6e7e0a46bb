/** The recursion: from the root's frame to every matrix, left subtree, right subtree, result. */
import type { Join, Leaf, Node, Product } from "../scene/types.ts";
import { resultSettings } from "../settings/results.ts";
import type { PlacementSettings, Settings } from "../settings/types.ts";
import { bandOf, partsOf, uncut } from "./bands.ts";
import { type Box, box, depthStart, leftFrame, resultZ, rightFrame } from "./box.ts";
import { type BlockCounts, cut, leftBlocks, rightBlocks } from "./cut.ts";
import { compose, direction, type Frame, moved, point, rootFrame, scale } from "./frame.ts";
import { plane } from "./plane.ts";
import { productCount, scatterDistance } from "./scatter.ts";
import { leftPlacement, rightPlacement, touching } from "./scheme.ts";
import type { Cube, Cut, Layout, Placed, Vec3 } from "./types.ts";

export type LayoutInput = Pick<Settings, "layout" | "results">;

/** From a product's own settings to its placement. */
type Rule = (own: Partial<PlacementSettings>) => PlacementSettings;

/** Place every matrix of `tree`; the middle of the figure's bounding box is the world's origin. */
export function layout(tree: Node, settings: LayoutInput): Layout {
  const blocks = uncut(tree, resultSettings(settings, tree.name).blocks);
  const arrange = (origin: Vec3) =>
    new Arrangement(settings, productCount(tree)).run(tree, rootFrame(origin), blocks);
  const { bounds } = arrange([0, 0, 0]);
  const middle = (axis: 0 | 1 | 2) => (bounds.min[axis] + bounds.max[axis]) / 2;
  return arrange([-middle(0), -middle(1), -middle(2)]);
}

class Arrangement {
  private readonly placed: Placed[] = [];
  private readonly cubes: Cube[] = [];
  private readonly min: [number, number, number] = [Infinity, Infinity, Infinity];
  private readonly max: [number, number, number] = [-Infinity, -Infinity, -Infinity];

  constructor(
    private readonly settings: LayoutInput,
    private readonly total: number,
  ) {}

  run(tree: Node, frame: Frame, blocks: BlockCounts): Layout {
    const root = this.settings.layout;
    if (tree.role === "result") this.product(tree, frame, blocks, root);
    else
      this.flat(tree, frame, blocks, (own) =>
        root.scheme === "custom" ? { ...root, ...own } : root,
      );
    return { placed: this.placed, cubes: this.cubes, bounds: { min: this.min, max: this.max } };
  }

  /** Place a product's subtree; returns its result. */
  private product(
    node: Product,
    frame: Frame,
    blocks: BlockCounts,
    placement: PlacementSettings,
  ): Placed {
    const inside = this.boxOf(node, blocks, placement);
    const { scheme } = this.settings.layout;
    const place = (side: "left" | "right") => {
      const child = node[side];
      const distance = scatterDistance(productCount(child), this.total, this.settings.layout);
      const own = resultSettings(this.settings, child.name);
      const passed = (side === "left" ? leftBlocks : rightBlocks)(blocks, own.blocks);
      const childBlocks = uncut(child, passed);
      const childFrame = side === "left" ? leftFrame : rightFrame;
      const rule = side === "left" ? leftPlacement : rightPlacement;
      if (child.role !== "result") {
        const turned = compose(frame, childFrame(inside, 0, distance));
        const result = touching(side, placement);
        const onBand: Rule = (own) => ({ ...rule(scheme, placement, own), result });
        return { at: this.flat(child, turned, childBlocks, onBand), distance };
      }
      const childPlacement = rule(scheme, placement, own.layout);
      const { z } = this.boxOf(child, childBlocks, childPlacement);
      const turned = compose(frame, childFrame(inside, z, distance));
      return { at: this.product(child, turned, childBlocks, childPlacement), distance };
    };
    const left = place("left");
    const right = place("right");
    const result = this.matrix(node, frame, resultZ(inside), inside.cuts);
    this.cover(frame, inside);
    const placed = { left: left.at, right: right.at, result };
    this.cubes.push(
      cube(node, inside, frame, placed, { left: left.distance, right: right.distance }),
    );
    return result;
  }

  /** Place a matrix without a cube of its own, and the cubes on its bands; returns the matrix. */
  private flat(node: Leaf | Join, frame: Frame, blocks: BlockCounts, rule: Rule): Placed {
    const parts = node.role === "join" ? partsOf(node) : [];
    for (const { node: part, row, col } of parts) {
      if (part.role === "leaf") continue;
      const own = resultSettings(this.settings, part.name);
      const placement = rule(own.layout);
      const partBlocks = uncut(part, { ...blocks, k: own.blocks.k });
      const z = -resultZ(this.boxOf(part, partBlocks, placement));
      this.product(part, moved(frame, [col, row, z]), partBlocks, placement);
    }
    const inside = this.boxOf(node, blocks, this.settings.layout);
    this.cover(frame, { ...inside, z: 0 });
    const bands = node.role === "join" ? { bands: parts.map(bandOf) } : {};
    return this.matrix(node, frame, 0, inside.cuts, bands);
  }

  private boxOf(node: Node, blocks: BlockCounts, placement: PlacementSettings): Box {
    const depth = node.role === "result" ? node.depth : 1;
    const cuts = {
      i: cut(node.rows, blocks.i),
      j: cut(node.cols, blocks.j),
      k: cut(depth, blocks.k),
    };
    return box(cuts, this.settings.layout.gap, placement);
  }

  private matrix(
    node: Node,
    frame: Frame,
    z: number,
    cuts: { i: Cut; j: Cut },
    bands: Pick<Placed, "bands"> = {},
  ): Placed {
    const { gap } = this.settings.layout;
    const { path, name, role, rows, cols } = node;
    const at: Placed = {
      path,
      name,
      role,
      rows,
      cols,
      origin: point(frame, [gap, gap, z]),
      rowAxis: frame.y,
      colAxis: frame.x,
      facing: scale(frame.z, -1),
      rowBlock: cuts.i.block,
      colBlock: cuts.j.block,
      gap,
      ...bands,
    };
    this.placed.push(at);
    return at;
  }

  private cover(frame: Frame, { x, y, z }: Pick<Box, "x" | "y" | "z">): void {
    for (const corner of [point(frame, [0, 0, 0]), point(frame, [x, y, z])]) {
      for (const axis of [0, 1, 2] as const) {
        this.min[axis] = Math.min(this.min[axis], corner[axis]);
        this.max[axis] = Math.max(this.max[axis], corner[axis]);
      }
    }
  }
}

function cube(
  { path, depth }: Product,
  inside: Box,
  frame: Frame,
  placed: Cube["placed"],
  scatter: Cube["scatter"],
): Cube {
  const { cuts } = inside;
  const { sign } = depthStart(inside);
  const facing = {
    left: placed.left.facing,
    right: placed.right.facing,
    result: placed.result.facing,
  };
  return {
    path,
    placed,
    depth,
    blocks: { i: cuts.i.count, j: cuts.j.count, k: cuts.k.count },
    cuts,
    frame: {
      corner: point(frame, [0, 0, sign < 0 ? inside.z : 0]),
      i: direction(frame, [0, inside.y, 0]),
      j: direction(frame, [inside.x, 0, 0]),
      k: direction(frame, [0, 0, sign * inside.z]),
    },
    scatter,
    plane: (alg, index, block) => plane(path, inside, frame, facing, alg, index, block),
  };
}
