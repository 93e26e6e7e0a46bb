/** The groups of the panel in their order, and the options of the whole figure that each holds. */

export interface GroupPlan {
  readonly title: string;
  /** A word before the controls. */
  readonly lead?: string;
  readonly options: readonly string[];
}

const of = (group: string, ...keys: string[]): string[] => keys.map((key) => `${group}.${key}`);

export const GROUPS = [
  { title: "Expression", options: [] },
  { title: "Matrices", options: [] },
  {
    title: "Animation",
    lead: "How the products come about before your eyes; each product can have a way of its own.",
    options: of(
      "animation",
      "alg",
      "speed",
      "fuse",
      "hide_inputs",
      "loop",
      "spin",
      "step",
      "playing",
    ),
  },
  {
    title: "Partition",
    lead: "A cut belongs to an axis. The rows of a result are those of its left operand, its columns those of the right one, and the depth is shared by both. So a cut shows in every product that has the axis, whichever of them you set it on.",
    options: [],
  },
  {
    title: "Layout",
    options: of(
      "layout",
      "scheme",
      "polarity",
      "left",
      "right",
      "result",
      "gap",
      "scatter",
      "molecule",
      "blast",
    ),
  },
  {
    title: "Look",
    options: of(
      "look",
      "sensitivity",
      "elem_scale",
      "min_size",
      "min_light",
      "max_light",
      "zero_hue",
      "hue_gap",
      "hue_spread",
    ),
  },
  {
    title: "Inspect",
    options: [
      ...of("marks", "legends", "shape", "tokens", "row_guides", "flow_guides", "axes"),
      ...of("marks", "spotlight", "interior_spotlight", "lens_size", "magnification"),
      ...of("figure", "highlights", "merges"),
      ...of("camera", "position", "target"),
    ],
  },
  { title: "Share", options: of("figure", "title", "alt") },
] as const satisfies readonly GroupPlan[];

export type GroupTitle = (typeof GROUPS)[number]["title"];
