/** What the options of a figure are called, and one sentence of help for each. */
import { PART_WORDS } from "./part-words.ts";

export interface Words {
  label: string;
  help: string;
  /** What the choices are called, where their own names say too little. */
  choices?: Readonly<Record<string, string>>;
}

export const PLACEMENT_WORDS: Readonly<Record<string, Words>> = {
  polarity: {
    label: "Depth runs",
    help: "Whether the last or the first term of the sums stands in front.",
    choices: { negative: "toward the reader", positive: "away from the reader" },
  },
  left: { label: "Left operand", help: "The side of the cube on which the left operand stands." },
  right: { label: "Right operand", help: "The side of the cube on which the right operand lies." },
  result: { label: "Result", help: "The side of the cube on which the result stands." },
};

const grouped = (group: string, words: Readonly<Record<string, Words>>): [string, Words][] =>
  Object.entries(words).map(([key, said]) => [`${group}.${key}`, said]);

const FIGURE: Readonly<Record<string, Words>> = {
  expr: {
    label: "Expression",
    help: "Names joined by @; (Q = x @ wQ) names a product, [A | B] and [A ; B] join; Enter shows it.",
  },
  title: { label: "Title", help: "Stands above the picture and is read first by screen readers." },
  alt: {
    label: "Description",
    help: "Your own words for readers who do not see the picture.",
  },
  highlights: {
    label: "Highlights",
    help: "Groups that stand out, one a line: a name, a colon, and matrices with their rows and columns, for instance “first: x[0:8, 3], A1”.",
  },
  merges: {
    label: "Merges",
    help: "Which matrices of the picture before became one of this, one a line, for instance “W1 = W, B, A”.",
  },
};

const LAYOUT: Readonly<Record<string, Words>> = {
  gap: {
    label: "Gap",
    help: "Space between a cube and its matrices, and between blocks, in elements.",
  },
  scatter: {
    label: "Scatter",
    help: "How far products move away from the product they are part of, in elements.",
  },
  molecule: {
    label: "Molecule",
    help: "Only parts of at least so many products scatter; smaller ones stay together.",
  },
  blast: {
    label: "Blast",
    help: "Above 0 large parts scatter farther than small ones; below 0 it is the other way round.",
  },
  scheme: {
    label: "Scheme",
    help: "The rule that places a product inside the one it is part of.",
    choices: {
      blocks: "blocks: turn and turn back",
      zigzag: "zigzag: keep to one side",
      wheel: "wheel: all the same way",
      custom: "custom: as set for each product",
    },
  },
  ...PLACEMENT_WORDS,
};

const LOOK: Readonly<Record<string, Words>> = {
  sensitivity: {
    label: "Compare with",
    help: "Whose largest value counts as full size and full colour.",
    choices: {
      global: "the whole figure",
      semilocal: "between figure and matrix",
      local: "its own matrix",
      superlocal: "its own matrix, from its smallest",
    },
  },
  min_size: { label: "Smallest size", help: "How large the smallest non-zero value is drawn." },
  min_light: { label: "Least light", help: "Lightness where values are near zero." },
  max_light: { label: "Most light", help: "Lightness where values are largest." },
  elem_scale: { label: "Element size", help: "At about 1.2 the largest neighbours touch." },
  zero_hue: { label: "Middle hue", help: "The hue between the two signs, as part of a turn." },
  hue_gap: { label: "Hue gap", help: "How far either sign lies from the middle hue, in turns." },
  hue_spread: { label: "Hue spread", help: "How far the hue moves as values grow, in turns." },
};

const MARKS: Readonly<Record<string, Words>> = {
  legends: { label: "Names", help: "Size of the matrix names; 0 hides them." },
  shape: { label: "Shapes", help: "Shows rows × columns beside the operands and the result." },
  tokens: { label: "Row and column labels", help: "Shows what rows and columns stand for." },
  row_guides: { label: "Row guides", help: "Strength of the lines along the rows; 0 hides them." },
  flow_guides: {
    label: "Flow guides",
    help: "Size and strength of the arrow from the operands to the result; 0 hides it.",
  },
  spotlight: {
    label: "Spotlight",
    help: "Values are printed so many elements around the pointer; 0 prints none.",
  },
  lens_size: { label: "Lens size", help: "Side of the lens as a part of the picture's height." },
  magnification: { label: "Magnification", help: "How many times the lens enlarges." },
  interior_spotlight: {
    label: "Interior spotlight",
    help: "Prints the values of products on their way through the cube, too.",
  },
  axes: { label: "World axes", help: "Shows the axes x, y and z from the middle of the figure." },
};

export const ALGORITHMS: Readonly<Record<string, string>> = {
  none: "nothing moves",
  "dotprod (row major)": "dot products, row by row",
  "dotprod (col major)": "dot products, column by column",
  axpy: "scaled columns, summed",
  vmprod: "vector × matrix, row by row",
  mvprod: "matrix × vector, column by column",
  vvprod: "outer products, summed",
};

const ANIMATION: Readonly<Record<string, Words>> = {
  alg: {
    label: "Computed by",
    help: "What travels through the cubes at each step.",
    choices: ALGORITHMS,
  },
  speed: { label: "Speed", help: "Most steps a second." },
  fuse: {
    label: "Chained products",
    help: "Whether a product may start before its operands are finished.",
    choices: { none: "one after the other", sync: "in step", async: "as soon as possible" },
  },
  hide_inputs: {
    label: "Hide inputs",
    help: "Hides the given matrices while the products are computed.",
  },
  spin: {
    label: "Spin",
    help: "Turns the camera by itself, in twentieths of a radian a second.",
  },
  step: { label: "Step", help: "Steps already made; empty shows the finished picture." },
  playing: {
    label: "Play at opening",
    help: "Plays the steps, now and whenever the figure is opened from its link.",
  },
  loop: {
    label: "Begin again",
    help: "Begins again at the end, or stays on the finished picture.",
  },
};

const CAMERA: Readonly<Record<string, Words>> = {
  position: { label: "Camera stands at", help: "World coordinates x, y, z, in elements." },
  target: { label: "Camera looks at", help: "The point in the middle of the picture, x, y, z." },
};

/** A product has some marks of its own; they mean what they mean for the figure. */
const OWN_MARKS = Object.fromEntries(
  ["legends", "shape", "tokens", "row_guides", "flow_guides"].flatMap((key) => {
    const words = MARKS[key];
    return words ? [[key, words]] : [];
  }),
);

export const WORDS: Readonly<Record<string, Words>> = Object.fromEntries([
  ...grouped("figure", FIGURE),
  ...grouped("layout", LAYOUT),
  ...grouped("look", LOOK),
  ...grouped("marks", MARKS),
  ...grouped("own_marks", OWN_MARKS),
  ...grouped("animation", ANIMATION),
  ...grouped("camera", CAMERA),
  ...grouped("placement", PLACEMENT_WORDS),
  ...PART_WORDS(ALGORITHMS),
]);

/** @throws RangeError for an option without words; a test holds that there is none */
export function wordsOf(name: string): Words {
  const words = WORDS[name];
  if (!words) throw new RangeError(`no label and help for the option ${name}`);
  return words;
}
