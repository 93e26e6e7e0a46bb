/** What the look panel offers: few settings, each with one sentence of help. */
import schema from "../schema/figure.schema.json";

export type GroupName = "layout" | "look" | "marks" | "animation";

interface Option {
  group: GroupName;
  option: string;
  label: string;
  help: string;
}
export type Control =
  | (Option & { kind: "range"; min: number; max: number; step: number })
  | (Option & { kind: "choice"; choices: readonly { value: string; label: string }[] })
  | (Option & { kind: "switch" });

export interface Section {
  title: string;
  controls: readonly Control[];
}

interface Property {
  type?: string;
  minimum?: number;
  maximum?: number;
  enum?: readonly string[];
}

function property(group: GroupName, option: string): Property {
  const properties: Record<string, Property> = schema.$defs[group].properties;
  const found = properties[option];
  if (!found) throw new RangeError(`no option ${option} in the group ${group} of the schema`);
  return found;
}

function range(
  group: GroupName,
  option: string,
  label: string,
  help: string,
  step: number,
): Control {
  const { minimum = 0, maximum = 1 } = property(group, option);
  return { kind: "range", group, option, label, help, min: minimum, max: maximum, step };
}

function choice(
  group: GroupName,
  option: string,
  label: string,
  help: string,
  labels: Readonly<Record<string, string>>,
): Control {
  const choices = (property(group, option).enum ?? []).map((value) => ({
    value,
    label: labels[value] ?? value,
  }));
  return { kind: "choice", group, option, label, help, choices };
}

function toggle(group: GroupName, option: string, label: string, help: string): Control {
  property(group, option);
  return { kind: "switch", group, option, label, help };
}

export const SECTIONS: readonly Section[] = [
  {
    title: "Values",
    controls: [
      choice(
        "look",
        "sensitivity",
        "Compare with",
        "Whose largest value counts as full size and full colour.",
        {
          global: "the whole figure",
          semilocal: "between the two",
          local: "its own matrix",
          superlocal: "its own matrix, from its smallest",
        },
      ),
      range(
        "look",
        "elem_scale",
        "Element size",
        "At about 1.2 the largest neighbours touch.",
        0.05,
      ),
      range(
        "look",
        "min_size",
        "Smallest size",
        "How large the smallest non-zero value is drawn.",
        0.01,
      ),
    ],
  },
  {
    title: "Colour",
    controls: [
      range("look", "min_light", "Least light", "Lightness where values are near zero.", 0.01),
      range("look", "max_light", "Most light", "Lightness where values are largest.", 0.01),
      range(
        "look",
        "zero_hue",
        "Middle hue",
        "The hue between the two signs, as part of a turn.",
        0.01,
      ),
      range("look", "hue_gap", "Hue gap", "How far either sign lies from the middle hue.", 0.01),
      range("look", "hue_spread", "Hue spread", "How far the hue moves as values grow.", 0.01),
    ],
  },
  {
    title: "Arrangement",
    controls: [
      range("layout", "gap", "Gap", "Space between a cube and its matrices, in elements.", 1),
      choice("layout", "scheme", "Scheme", "The rule that places one product inside another.", {
        blocks: "blocks",
        zigzag: "zigzag",
        wheel: "wheel",
        custom: "as set for each product",
      }),
    ],
  },
  {
    title: "Marks",
    controls: [
      range("marks", "legends", "Names", "Size of the matrix names; 0 hides them.", 0.5),
      toggle("marks", "shape", "Shapes", "Rows × columns beside the operands and the result."),
      toggle("marks", "tokens", "Row and column labels", "What rows and columns stand for."),
    ],
  },
  {
    title: "Animation",
    controls: [
      choice("animation", "alg", "Computed by", "What travels through the cube at each step.", {
        none: "nothing moves",
        "dotprod (row major)": "dot products, row by row",
        "dotprod (col major)": "dot products, column by column",
        axpy: "scaled columns, summed",
        vmprod: "vector × matrix, row by row",
        mvprod: "matrix × vector, column by column",
        vvprod: "outer products, summed",
      }),
      choice(
        "animation",
        "fuse",
        "Chained products",
        "Whether a product may start before its operands are finished.",
        {
          none: "one after the other",
          sync: "in step",
          async: "as soon as possible",
        },
      ),
      range("animation", "speed", "Speed", "Steps a second.", 1),
    ],
  },
];
