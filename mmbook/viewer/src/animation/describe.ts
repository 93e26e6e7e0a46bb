/** The current step in words. */
import type { Node, Product } from "../scene/types.ts";
import type { Turn } from "./schedule.ts";
import type { Travelling } from "./types.ts";

/** Rows or columns of blocks that are named before the rest is counted. */
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
  const [i, j, k] = ([0, 1, 2] as const).map((axis) => spots(travelling, axis)) as Spots;
  const { rowLabels, colLabels } = node;
  switch (sweep.kind) {
    case "vmprod":
      return `${capital(line("row", i, rowLabels))} of ${left} times ${right} ${gives(i)} ${again("row", i)} of ${result}`;
    case "mvprod":
      return `${left} times ${line("column", j, colLabels)} of ${right} ${gives(j)} ${again("column", j)} of ${result}`;
    case "vvprod":
      return `${capital(line("column", k, null))} of ${left} times ${again("row", k)} of ${right} ${adds(k)} ${result}`;
    case "dotprod":
      return `${capital(line("row", i, rowLabels))} of ${left} times ${line("column", j, colLabels)} of ${right} ${element(node, i, j)}`;
    case "axpy":
      return `${capital(line("column", k, null))} of ${left} times ${factor(k, j)} of ${right} ${adds(k)} ${line("column", j, colLabels)} of ${result}`;
  }
}

type Spots = [number[], number[], number[]];

/** The distinct elements that blocks have reached along one axis. */
function spots(travelling: readonly Travelling[], axis: 0 | 1 | 2): number[] {
  return [...new Set(travelling.map(({ index }) => index[axis]))];
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const gives = (at: readonly number[]): string => (at.length > 1 ? "give" : "gives");
const adds = (at: readonly number[]): string => `${at.length > 1 ? "are" : "is"} added to`;

function line(word: string, at: readonly number[], labels: readonly string[] | null): string {
  return `${word}${at.length > 1 ? "s" : ""} ${list(at.map((index) => labelled(index, labels)))}`;
}

/** Rows or columns that the sentence has named before. */
function again(word: string, at: readonly number[]): string {
  return at.length > 1 ? `the same ${word}s` : `${word} ${at[0] ?? ""}`;
}

function element(node: Product, rows: readonly number[], cols: readonly number[]): string {
  const [[row], [col]] = [rows, cols];
  const count = rows.length * cols.length;
  return count > 1
    ? `give ${count} elements of ${operand(node)}`
    : `gives element (${row}, ${col}) of ${operand(node)}`;
}

function factor(rows: readonly number[], cols: readonly number[]): string {
  const [[row], [col]] = [rows, cols];
  return rows.length * cols.length > 1 ? "one element each" : `element (${row}, ${col})`;
}

function labelled(index: number, labels: readonly string[] | null): string {
  const label = labels?.[index];
  return label ? `${index} (“${label}”)` : String(index);
}

function list(names: readonly string[]): string {
  if (names.length > NAMED) {
    return `${names.slice(0, NAMED).join(", ")} and ${names.length - NAMED} more`;
  }
  const last = names.at(-1) ?? "";
  return names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${last}` : last;
}

/** A name as part of a sentence; an unnamed product stands in parentheses. */
function operand({ title, role }: Node): string {
  return role === "result" && title.includes("@") ? `(${title})` : title;
}
