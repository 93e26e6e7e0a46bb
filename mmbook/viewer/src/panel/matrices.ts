/** The matrices of a figure: how the given ones come about, and what rows and columns stand for. */
import type { MmFigure } from "../figure.ts";
import { type Node, walk } from "../scene.ts";
import type { Figure, Leaf } from "../schema/figure.ts";
import { apply } from "../settings.ts";
import { read } from "./bindings.ts";
import type { Group } from "./group.ts";
import { addLabels, addLevels } from "./labels.ts";
import type { Value } from "./options.ts";
import { receive } from "./receive.ts";
import type { Registry } from "./registry.ts";
import type { Status } from "./status.ts";
import type { Wishes } from "./wishes.ts";

const RANGED = ["rows", "cols", "row major", "col major", "uniform", "gaussian"];
const RANDOM = ["uniform", "gaussian", "pt linear"];

/** For which initializers an option of a leaf means something. */
const MEANS: Readonly<Record<string, (leaf: Leaf) => boolean>> = {
  init: () => true,
  shape: ({ init }) => init !== "data",
  min: ({ init }) => RANGED.includes(init),
  max: ({ init }) => RANGED.includes(init),
  dropout: ({ init }) => RANGED.includes(init) || RANDOM.includes(init),
  seed: ({ init, dropout = 0 }) => RANDOM.includes(init) || dropout > 0,
  expr: ({ init }) => init === "expr",
  data: () => true,
};

export interface Bench {
  figure: MmFigure;
  registry: Registry;
  wishes: Wishes;
  status: Status;
}

/** Fills the group of the matrices; returns the groups made in it, one a matrix. */
export function addMatrices(bench: Bench, matrices: Group, tree: Node): Group[] {
  const nodes = new Map<string, Node>();
  for (const node of walk(tree)) if (!nodes.has(node.name)) nodes.set(node.name, node);
  const given = [...nodes.values()].filter(({ role }) => role === "leaf");
  const made = [...nodes.values()].filter(({ role }) => role !== "leaf");
  return [...given, ...made].map((node) => {
    const { name } = node;
    const group = matrices.addGroup(name, titleOf(node));
    if (node.role === "leaf") addLeaf(bench, [matrices, group], name);
    addLabels(bench, [matrices, group], node);
    if (node.role === "leaf") addLevels(bench, [matrices, group], node);
    return group;
  });
}

const titleOf = ({ name, rows, cols }: Node): string => `${name}  ${rows} × ${cols}`;

/** Gives the groups of the matrices the sizes that these have now. */
export function nameMatrices(groups: readonly Group[], tree: Node): void {
  const nodes = new Map(walk(tree).map((node) => [`Matrices/${node.name}`, node]));
  for (const group of groups) {
    const node = nodes.get(group.title);
    if (node) group.rename(titleOf(node));
  }
}

function addLeaf({ figure, registry, wishes }: Bench, groups: Group[], name: string): void {
  const group = groups.at(-1) as Group;
  const leafOf = (state: Figure | null): Leaf | undefined => state?.leaves[name];
  const file = async (given: File): Promise<void> => {
    const data = new Uint8Array(await given.arrayBuffer());
    await wishes.adopt({ do: "file", name, file: given.name }, data);
  };
  const set = (key: string, value: Value): void => {
    const leaf = leafOf(figure.state);
    if (!leaf || read(leaf, [key]) === (value ?? undefined)) return;
    const published = leafOf(figure.source);
    // Its own data are known by their digest, and come back whole.
    if (key === "init" && value === "data" && published) {
      figure.change({ leaves: { [name]: published } });
      return;
    }
    const { data: _, ...plain } = leaf;
    const base = key === "init" ? plain : leaf;
    const formula = key === "init" && value === "expr" && { expr: leaf.expr ?? "i - j" };
    const changed = apply(base as Leaf, { [key]: value, ...formula });
    void wishes.adopt({ do: "leaf", name, leaf: changed });
  };
  for (const [key, means] of Object.entries(MEANS)) {
    const control = registry.add(`leaf.${key}`, {
      groups,
      into: group.body,
      about: name,
      read: (state) => {
        const value = read(leafOf(state), [key]);
        // Values are given by a file, not by choosing so.
        if (key === "init") allowData(control?.element, value === "data");
        return key === "data" ? undefined : value;
      },
      change: (value, settled) => {
        if (!settled) return;
        if (value instanceof File) void file(value);
        else set(key, value);
      },
      applies: (state) => {
        const leaf = leafOf(state);
        return leaf !== undefined && means(leaf);
      },
    });
  }
  group.element.classList.add("leaf");
  receive(group.element, file);
}

function allowData(control: HTMLElement | undefined, given: boolean): void {
  const last = control?.querySelector("option:last-child");
  last?.toggleAttribute("disabled", !given);
}
