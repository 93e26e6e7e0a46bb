// Finds the controls that a cell's code asks for: `rank = 4  # slider: 1 to 16 step 1`.
// mmbook/markdown/cell_controls.py reads the same lines when a page is built.
import { type Comment, comments } from "./comments.ts";

interface Place {
  /** Line of the code, counted from 1. */
  line: number;
  name: string;
  label: string;
  /** The value as it is written, and its offsets in the source. */
  literal: string;
  from: number;
  to: number;
}

export interface Slider extends Place {
  kind: "slider";
  low: number;
  high: number;
  /** Distance of neighbouring values; null on a log slider. */
  step: number | null;
  /** Whether values are written without a point. */
  whole: boolean;
}

export interface Choice extends Place {
  kind: "choice";
  /** As they are written in the comment. */
  choices: string[];
}

export interface Switch extends Place {
  kind: "switch";
}

export type Control = Slider | Choice | Switch;

export interface Problem {
  line: number;
  message: string;
}

const NUMBER = String.raw`[+-]?(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?`;
const TEXT = String.raw`"[^"\\\n]*"|'[^'\\\n]*'`;
const WORDS = String.raw`(?:\s+[-–—]\s+(?<label>\S.*))?$`;
const ASSIGNED = /^\s*(?<name>[\p{L}_][\p{L}\p{N}_]*)\s*=\s*(?<literal>[^=\s].*?)\s*$/u;
const SLIDER = new RegExp(
  String.raw`^(?<low>${NUMBER})\s+to\s+(?<high>${NUMBER})(?:\s+step\s+(?<step>${NUMBER}))?(?<log>\s+log)?${WORDS}`,
);
const CHOICE = new RegExp(
  String.raw`^(?<choices>(?:${NUMBER}|${TEXT})(?:\s*,\s*(?:${NUMBER}|${TEXT}))+)${WORDS}`,
);
const SWITCH = new RegExp(`^${WORDS}`);
const KIND =
  /^(?:(?<kind>slider|choice)\s*:\s*|(?<word>switch)(?=$|\s+[-–—]\s)|slider\b)(?<rest>.*)$/;

const isNumber = (text: string): boolean => new RegExp(`^${NUMBER}$`).test(text);
export const number = (text: string): number => Number(text.replaceAll("_", ""));

export function parse(source: string): { controls: Control[]; problems: Problem[] } {
  const controls: Control[] = [];
  const problems: Problem[] = [];
  for (const comment of comments(source)) {
    const asked = KIND.exec(comment.text)?.groups;
    if (!asked) continue;
    try {
      controls.push(control(source, comment, asked.kind ?? asked.word ?? "", asked.rest ?? ""));
    } catch (error) {
      problems.push({ line: comment.line, message: (error as Error).message });
    }
  }
  return { controls, problems };
}

function control(source: string, comment: Comment, kind: string, rest: string): Control {
  const { line, start, at } = comment;
  if (!kind) throw new Error("a slider is written “slider: 1 to 16”");
  const code = ASSIGNED.exec(source.slice(start, at))?.groups;
  if (!code) throw new Error(`a ${kind} stands behind “name = value”`);
  const { name = "", literal = "" } = code;
  const from = start + source.slice(start, at).lastIndexOf(literal);
  const place = { line, name, literal, from, to: from + literal.length };
  const label = (given: string | undefined): string => given?.trim() || name.replaceAll("_", " ");
  if (kind === "slider") {
    const range = SLIDER.exec(rest)?.groups;
    if (!range) throw new Error("a slider is written “slider: 1 to 16”, “… step 2” or “… log”");
    return { kind, ...place, label: label(range.label), ...slider(literal, range) };
  }
  if (kind === "choice") {
    const list = CHOICE.exec(rest)?.groups;
    if (!list) throw new Error('a choice is written “choice: "a", "b"”');
    const choices = list.choices?.match(new RegExp(`${NUMBER}|${TEXT}`, "g")) ?? [];
    if (!isNumber(literal) && !new RegExp(`^(?:${TEXT})$`).test(literal)) {
      throw new Error("a choice needs a plain number or text as its value");
    }
    return { kind, ...place, label: label(list.label), choices };
  }
  if (literal !== "True" && literal !== "False") {
    throw new Error("a switch needs True or False as its value");
  }
  return { kind: "switch", ...place, label: label(SWITCH.exec(rest)?.groups?.label) };
}

function slider(
  literal: string,
  range: Record<string, string | undefined>,
): Pick<Slider, "low" | "high" | "step" | "whole"> {
  if (!isNumber(literal)) throw new Error("a slider needs a plain number as its value");
  const low = number(range.low ?? "");
  const high = number(range.high ?? "");
  if (!(low < high)) throw new Error("a slider runs from a smaller to a larger number");
  const whole = [range.low, range.high, range.step, literal].every(
    (text) => text === undefined || /^[+-]?[\d_]+$/.test(text),
  );
  if (range.log) {
    if (range.step) throw new Error("a log slider has no step");
    if (low <= 0) throw new Error("a log slider needs numbers above 0");
    return { low, high, step: null, whole };
  }
  const step = range.step ? number(range.step) : whole ? 1 : round((high - low) / 100);
  if (!(step > 0) || step > high - low) throw new Error("the step of a slider must fit its range");
  return { low, high, step, whole };
}

/** To 1, 2 or 5 times a power of ten. */
function round(value: number): number {
  const size = 10 ** Math.floor(Math.log10(value) + 1e-9);
  return size * ([1, 2, 5].find((n) => size * n >= value * (1 - 1e-9)) ?? 10);
}
