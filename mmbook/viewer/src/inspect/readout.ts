/** What is said of one element: matrix, indices, tokens, value, and where the value comes from. */
import { depthsAt } from "../animation/summed.ts";
import { areaOf } from "../layout/bands.ts";
import type { PartialSum } from "../layout.ts";
import type { Node, Product } from "../scene.ts";
import { type Cell, factors, within } from "./cell.ts";
import { formatNumber } from "./number.ts";

export interface Reading {
  name: string;
  indices: string;
  /** What row and column stand for; empty where nothing is known. */
  tokens: string;
  value: string;
  /** How the value was made; empty for a leaf. */
  origin: string;
}

/** Spaces at the ends of a token matter to a language model: show them. */
export function visibleToken(token: string): string {
  const body = token.trim();
  if (body === "") return token === "" ? "∅" : token.replaceAll("\n", "↵").replaceAll(" ", "␣");
  return body.replaceAll("\n", "↵");
}

function tokensOf(node: Node, row: number, col: number): string {
  const from = node.rowLabels?.[row];
  const to = node.colLabels?.[col];
  return [from, to]
    .filter((token) => token !== undefined)
    .map(visibleToken)
    .join(" → ");
}

/** An unnamed product is named by its own text: brackets hold it together. */
const bracketed = (name: string): string => (name.includes(" ") ? `(${name})` : name);

function originOf(product: Product, row: number, col: number): string {
  const [left, right] = [bracketed(product.left.title), bracketed(product.right.title)];
  const sum = `${left}[${row}, :] · ${right}[:, ${col}]`;
  return product.epilog === "none" || product.epilog === ""
    ? sum
    : `${product.epilog} with x = ${sum}`;
}

/** A sum so far: which summands it has, and how many there will be. */
function soFarOf(
  product: Product,
  { epilog, summed }: PartialSum,
  row: number,
  col: number,
): string {
  const depths = depthsAt(summed, row, col) ?? [];
  const [left, right] = [bracketed(product.left.title), bracketed(product.right.title)];
  const terms = depths.map(
    ([from, to]) => `${left}[${row}, ${from}:${to}] · ${right}[${from}:${to}, ${col}]`,
  );
  const count = depths.reduce((sum, [from, to]) => sum + to - from, 0);
  const sum = `${terms.join(" + ")}, ${count} of ${product.depth} summands`;
  return epilog === "none" || epilog === "" ? sum : `${epilog} with x = ${sum}`;
}

/** Of a joined matrix: the element of the part that stands there. */
function partOf({ placed, row, col }: Cell): string {
  const band = placed.bands?.find((one) => {
    const { rows, cols } = areaOf(one);
    return within(row, rows) && within(col, cols);
  });
  if (!band) return "";
  const { rows, cols } = areaOf(band);
  return `${bracketed(band.name)}[${row - rows[0]}, ${col - cols[0]}]`;
}

/** @param node the matrix in the tree; of a travelling product, the result it belongs to */
export function read(cell: Cell, node: Node, value: number): Reading {
  const { source, row, col } = cell;
  if (source.kind === "product") {
    const { left, right } = factors(source, row, col);
    const titles = node.role === "result" ? [node.left.title, node.right.title] : [];
    const [of = source.left, by = source.right] = titles;
    return {
      name: bracketed(of),
      indices: `[${left.join(", ")}] · ${bracketed(by)}[${right.join(", ")}]`,
      tokens: "",
      value: formatNumber(value),
      origin: `one summand of ${node.title}`,
    };
  }
  const origin = (product: Product) =>
    source.kind === "partial" ? soFarOf(product, source, row, col) : originOf(product, row, col);
  return {
    name: bracketed(node.title),
    indices: `[${row}, ${col}]`,
    tokens: tokensOf(node, row, col),
    value: formatNumber(value),
    origin: node.role === "result" ? origin(node) : partOf(cell),
  };
}

/** One line, for screen readers and tests. */
export function spoken({ name, indices, tokens, value, origin }: Reading): string {
  return [`${name}${indices}`, tokens, value, origin].filter((part) => part !== "").join(" · ");
}
