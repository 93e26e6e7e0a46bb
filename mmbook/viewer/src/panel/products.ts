/** What each product of a figure has for itself: function, animation, blocks, placement. */
import type { Node, Product } from "../scene.ts";
import type { Placement } from "../schema/figure.ts";
import { type BlockAxis, blockOwner, patchAt, productsOf, read } from "./bindings.ts";
import type { Group } from "./group.ts";
import type { Bench } from "./matrices.ts";
import { optionOf } from "./options.ts";

export interface ProductGroups {
  expression: Group;
  animation: Group;
  partition: Group;
  layout: Group;
}

export function addProducts(bench: Bench, groups: ProductGroups, tree: Node): void {
  const { registry } = bench;
  const products = productsOf(tree);
  const functions = registry.section("Functions", groups.expression.body, "each");
  const algorithms = registry.section("Each product", groups.animation.body, "each");
  for (const product of products) {
    addOption(bench, groups.expression, functions, product, "epilog");
    addOption(bench, groups.animation, algorithms, product, "alg");
    addBlocks(bench, groups.partition, product, tree);
    // The outermost product stands as the figure's own placement says.
    if (product.path !== tree.path) addPlacement(bench, groups.layout, product);
  }
}

function addOption(
  { figure, registry }: Bench,
  group: Group,
  into: HTMLElement,
  { name }: Product,
  key: "epilog" | "alg",
): void {
  const path = ["results", name, key];
  registry.add(`result.${key}`, {
    groups: [group],
    into,
    label: name,
    about: name,
    read: (state) => read(state, path),
    change: (value, settled) => {
      if (settled) figure.change(patchAt(path, value));
    },
  });
}

function addBlocks({ figure, registry }: Bench, group: Group, product: Product, tree: Node): void {
  const into = registry.section(product.name, group.body);
  for (const axis of ["i", "j", "k"] as const satisfies readonly BlockAxis[]) {
    const owner = blockOwner(tree, product.path, axis);
    const path = ["results", owner.name, "blocks", owner.axis];
    const { rows, cols, depth } = product;
    const size = { i: rows, j: cols, k: depth }[axis];
    const control = registry.add(`blocks.${axis}`, {
      groups: [group],
      into,
      about: product.name,
      read: (state) => read(state, path),
      change: (value, settled) => {
        figure.change(patchAt(path, Math.min(Number(value), size)), settled);
      },
    });
    control.element.querySelector("[type=number]")?.setAttribute("max", String(size));
  }
}

function addPlacement({ figure, registry }: Bench, group: Group, { name }: Product): void {
  const into = registry.section(name, group.body);
  for (const key of [
    "polarity",
    "left",
    "right",
    "result",
  ] as const satisfies readonly (keyof Placement)[]) {
    const path = ["results", name, "layout", key];
    registry.add(optionOf(`placement.${key}`).name, {
      groups: [group],
      into,
      about: name,
      read: (state) => read(state, path),
      change: (value, settled) => {
        if (settled) figure.change(patchAt(path, value));
      },
      applies: (state) => state.layout?.scheme === "custom",
    });
  }
}
