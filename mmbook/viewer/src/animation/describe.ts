/** The current step in words. */
import type { Node, Product } from "../scene/types.ts";
import type { Turn } from "./schedule.ts";
import type { Travelling } from "./types.ts";

/** Elements of blocks that are named before the rest is counted. */
const NAMED = 3;

/** One sentence for each product that moves, operands first. Indices count from 0. */
export function describeStep(turns: readonly Turn[], step: number, steps: number): string {
  if (steps === 0) return "";
  if (step >= steps) return "All products are finished.";
  const running = turns.filter(({ start, length }) => step >= start && step < start + length);
  if (running.length > 0) return running.map((turn) => `${moving(turn, step)}.`).join(" ");
  const ended = turns.filter(({ start, length }) => step === start + length);
  return `${list(ended.map(({ node }) => node.title))} ${ended.length === 1 ? "is" : "are"} finished.`;
}

function moving({ node, sweep, start, cuts }: Turn, step: number): string {
  const { travelling } = sweep.state(step - start, cuts);
  const left = operand(node.left);
  const right = operand(node.right);
  const result = operand(node);
  const index = (axis: 0 | 1 | 2) => spots(travelling, axis);
  switch (sweep.kind) {
    case "vmprod":
      return `${line("Row", index(0), node.rowLabels)} of ${result}: ${left}[${slot(index(0))}, :] times every column of ${right}`;
    case "mvprod":
      return `${line("Column", index(1), node.colLabels)} of ${result}: every row of ${left} times ${right}[:, ${slot(index(1))}]`;
    case "vvprod":
      return `${line("Layer", index(2), null)} of ${result}: ${left}[:, ${slot(index(2))}] times ${right}[${slot(index(2))}, :], added to the sum`;
    case "dotprod":
      return `${element(node, index(0), index(1))} of ${result}: ${left}[${slot(index(0))}, :] times ${right}[:, ${slot(index(1))}]`;
    case "axpy":
      return `${line("Column", index(1), node.colLabels)} of ${result}: ${left}[:, ${slot(index(2))}] times ${right}[${slot(index(2))}, ${slot(index(1))}], added to the sum`;
  }
}

/** The distinct elements that blocks have reached along one axis. */
function spots(travelling: readonly Travelling[], axis: 0 | 1 | 2): number[] {
  return [...new Set(travelling.map(({ index }) => index[axis]))];
}

function line(word: string, at: readonly number[], labels: readonly string[] | null): string {
  const names = at.map((index) => labelled(index, labels));
  return `${word}${at.length > 1 ? "s" : ""} ${list(names)}`;
}

function element(node: Product, rows: readonly number[], cols: readonly number[]): string {
  const [row] = rows;
  const [col] = cols;
  if (rows.length === 1 && cols.length === 1 && row !== undefined && col !== undefined) {
    return `Element (${labelled(row, node.rowLabels)}, ${labelled(col, node.colLabels)})`;
  }
  return `Elements (${slot(rows)}; ${slot(cols)})`;
}

function labelled(index: number, labels: readonly string[] | null): string {
  const label = labels?.[index];
  return label ? `${index} (“${label}”)` : String(index);
}

/** Inside brackets: all indices, shortened. */
function slot(at: readonly number[]): string {
  return at.length <= NAMED ? at.join(", ") : `${at.slice(0, NAMED).join(", ")}, …`;
}

function list(names: readonly string[]): string {
  if (names.length > NAMED) {
    return `${names.slice(0, NAMED).join(", ")} and ${names.length - NAMED} more`;
  }
  const last = names.at(-1) ?? "";
  return names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${last}` : last;
}

/** A name as part of a formula; an unnamed product stands in parentheses. */
function operand({ title, role }: Node): string {
  return role === "result" && title.includes("@") ? `(${title})` : title;
}
