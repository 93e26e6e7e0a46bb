/** Trees for tests, written as nested lists: ["A", "B"] is A @ B, beside("A", "B") is [A | B]. */
import type { Join, Leaf, Node, Product } from "../../src/scene.ts";

export type Written =
  | string
  | readonly [Written, Written]
  | readonly [string, Written, Written]
  | WrittenJoin;
interface WrittenJoin {
  axis: Join["axis"];
  parts: readonly Written[];
}
export const beside = (...parts: readonly Written[]): WrittenJoin => ({ axis: "cols", parts });
export const below = (...parts: readonly Written[]): WrittenJoin => ({ axis: "rows", parts });
export type Shapes = Readonly<Record<string, readonly [number, number]>>;

/** `["name", left, right]` names a product; without a name it is called by its text. */
export function tree(written: Written, shapes: Shapes, path = "root"): Node {
  const common = { path, rowLabels: null, colLabels: null };
  if (typeof written === "string") {
    const [rows, cols] = shapes[written] ?? [1, 1];
    return { ...common, name: written, title: written, rows, cols, role: "leaf" } satisfies Leaf;
  }
  const under = (child: string) => (path === "root" ? child : `${path}.${child}`);
  if ("parts" in written) {
    const { axis } = written;
    const parts = written.parts.map((part, at) => tree(part, shapes, under(`${at}`)));
    const sum = (side: "rows" | "cols") => parts.reduce((all, part) => all + part[side], 0);
    const first = (side: "rows" | "cols") => parts[0]?.[side] ?? 1;
    const name = `[${parts.map((part) => part.name).join(axis === "cols" ? " | " : " ; ")}]`;
    return {
      ...common,
      name,
      title: name,
      rows: axis === "rows" ? sum("rows") : first("rows"),
      cols: axis === "cols" ? sum("cols") : first("cols"),
      role: "join",
      axis,
      parts,
    } satisfies Join;
  }
  const [given, l, r] = written.length === 3 ? written : [null, ...written];
  const left = tree(l, shapes, under("left"));
  const right = tree(r, shapes, under("right"));
  const name =
    given ?? `${left.name} @ ${right.role === "result" ? `(${right.name})` : right.name}`;
  return {
    ...common,
    name,
    title: name,
    rows: left.rows,
    cols: right.cols,
    role: "result",
    epilog: "none",
    depth: left.cols,
    left,
    right,
  } satisfies Product;
}

/** A chain of square matrices: left-associative ((A @ B) @ C) or right-associative. */
export function chain(side: "left" | "right", sizes: readonly number[]): Node {
  const names = sizes.slice(1).map((_, at) => `M${at}`);
  const shapes = Object.fromEntries(
    names.map((name, at) => [name, [sizes[at] ?? 1, sizes[at + 1] ?? 1] as const]),
  );
  const fold = (a: Written, b: Written): Written => [a, b];
  const written: Written =
    side === "left"
      ? names.reduce<Written>((all, name) => (all === "" ? name : fold(all, name)), "")
      : names.reduceRight<Written>((all, name) => (all === "" ? name : fold(name, all)), "");
  return tree(written, shapes);
}
