/** The look and the marks that a product, with everything in it, has for itself. */
import type { Node, Product } from "../scene.ts";
import type { Figure } from "../schema/figure.ts";
import { resolve, type StyleAt, stylesOf } from "../settings.ts";
import { patchAt, productsOf } from "./bindings.ts";
import type { Group } from "./group.ts";
import type { Bench } from "./matrices.ts";
import { OPTIONS, type Value } from "./options.ts";

type Part = "look" | "marks";

/** Which options of the schema a product has of either part. */
const GROUP: Readonly<Record<Part, string>> = { look: "look", marks: "own_marks" };

/** Adds a group for each product, closed at first; returns the groups made. */
export function addOwnStyle(bench: Bench, group: Group, part: Part, tree: Node): Group[] {
  const section = bench.registry.section("Each product, and all that is in it", group.body, "own");
  return productsOf(tree).map((product) => {
    const inner = group.addGroup(`own ${product.name}`, product.name);
    section.append(inner.element);
    for (const { name, key } of OPTIONS.values()) {
      if (name === `${GROUP[part]}.${key}`)
        addOption(bench, [group, inner], part, product, name, key);
    }
    return inner;
  });
}

function addOption(
  { figure, registry }: Bench,
  groups: Group[],
  part: Part,
  { name: product, path }: Product,
  option: string,
  key: string,
): void {
  const at = (state: Figure, where: string): unknown =>
    (figure.scene && (styles(state, figure.scene.tree)(where)[part] as Record<string, unknown>))?.[
      key
    ];
  registry.add(option, {
    groups,
    into: (groups.at(-1) as Group).body,
    about: `own ${product}`,
    only: ["own", product],
    read: (state) => at(state, path),
    change: (value: Value, settled) => {
      const { state } = figure;
      if (!state) return;
      // As what is around it: then it has none of its own.
      const around = at(state, parentOf(path));
      figure.change(
        patchAt(["results", product, part, key], value === around ? null : value),
        settled,
      );
    },
  });
}

/** Any path that no matrix has stands for the figure itself. */
function parentOf(path: string): string {
  if (path === "root") return "";
  return path.includes(".") ? path.slice(0, path.lastIndexOf(".")) : "root";
}

let last: { state: Figure; tree: Node; at: StyleAt } | null = null;

/** One answer serves all the controls that read the same state. */
function styles(state: Figure, tree: Node): StyleAt {
  if (last?.state !== state || last.tree !== tree) {
    last = { state, tree, at: stylesOf(tree, resolve(state)).at };
  }
  return last.at;
}
