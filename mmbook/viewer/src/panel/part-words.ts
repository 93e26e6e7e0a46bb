/** Labels and help of the options that each matrix or each product has for itself. */
import type { Words } from "./words.ts";

const LEAF: Readonly<Record<string, Words>> = {
  shape: { label: "Size", help: "Rows and columns; neighbours that share a side follow." },
  init: {
    label: "Starts as",
    help: "How the values come about.",
    choices: {
      rows: "rows: grows downward",
      cols: "columns: grows rightward",
      "row major": "counted along the rows",
      "col major": "counted down the columns",
      "pt linear": "a fresh linear layer (PyTorch)",
      uniform: "uniform random",
      gaussian: "normal random",
      "tril mask": "lower triangle of ones",
      "triu mask": "upper triangle of ones",
      eye: "identity",
      diff: "differences of neighbours",
      expr: "a formula of i and j",
      data: "your data",
    },
  },
  min: {
    label: "From",
    help: "Lower end of the range; for normal numbers, the mean less one standard deviation.",
  },
  max: {
    label: "To",
    help: "Upper end of the range; for normal numbers, the mean plus one standard deviation.",
  },
  dropout: {
    label: "Dropout",
    help: "Chance that an element becomes 0; the others stay as they are.",
  },
  seed: {
    label: "Seed",
    help: "The same seed gives the same random numbers; empty, it follows from the name.",
  },
  expr: {
    label: "Formula",
    help: "A formula of the row i, the column j, the height h and the width w, for instance sin(i * j / 16).",
  },
  data: {
    label: "Your data",
    help: "A file of numbers gives values and size; dropping one here or pasting a table does too.",
  },
};

const BLOCKS: Readonly<Record<string, Words>> = {
  i: {
    label: "Blocks along i",
    help: "Pieces along the rows; a left operand that is a product is cut with it.",
  },
  j: {
    label: "Blocks along j",
    help: "Pieces along the columns; a right operand that is a product is cut with it.",
  },
  k: {
    label: "Blocks along k",
    help: "Pieces along the depth, whose partial sums add up; they cut the operands that are products.",
  },
};

const LABELS: Readonly<Record<string, Words>> = {
  title: { label: "Title", help: "What the picture calls the matrix, where that is not its name." },
  rows: { label: "Row labels", help: "What the rows stand for, one label a line, or none." },
  cols: { label: "Column labels", help: "What the columns stand for, one label a line, or none." },
};

const LEVELS: Readonly<Record<string, Words>> = {
  values: {
    label: "Levels",
    help: "Draws a quantized matrix by level: 2 to 16 numbers from −1 to 1, as parts of the largest magnitude of their block.",
  },
  block: {
    label: "Elements a scale",
    help: "How many elements, row after row, share a scale; empty, all of them do.",
  },
};

export const PART_WORDS = (algorithms: Readonly<Record<string, string>>): [string, Words][] => {
  const result: Readonly<Record<string, Words>> = {
    epilog: { label: "Function", help: "Applied to the product once its sums are complete." },
    alg: {
      label: "Computed by",
      help: "What travels through this product; where nothing moves in the product around it, nothing moves here.",
      choices: { ...algorithms, inherit: "as the product around it" },
    },
  };
  const groups = { leaf: LEAF, blocks: BLOCKS, labels: LABELS, levels: LEVELS, result };
  return Object.entries(groups).flatMap(([group, words]) =>
    Object.entries(words).map(([key, said]): [string, Words] => [`${group}.${key}`, said]),
  );
};
