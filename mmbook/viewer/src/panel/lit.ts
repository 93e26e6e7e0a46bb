/** Groups of rows and columns as lines of text, in the form that fences have them: `group: x[0:8], A1`. */
import { SettingsError } from "../errors.ts";
import type { Highlights } from "../schema/figure.ts";

type Members = NonNullable<Highlights[string]>;
type Area = NonNullable<Members[string]>;
type Span = [number, number];

/** As in mmbook/highlight.py. */
const MEMBER = /\s*(?:`([^`]+)`|([\p{ID_Start}_]\p{ID_Continue}*))\s*(?:\[([^\]]*)\])?\s*(?:,|$)/uy;
const STRETCH = /^(\d+)(?::(\d+))?$/;

export function written(highlights: Highlights): string[] {
  return Object.entries(highlights).map(([group, members = {}]) => {
    const parts = Object.entries(members).map(([name, area = {}]) => {
      const called = /^[\p{ID_Start}_]\p{ID_Continue}*$/u.test(name) ? name : `\`${name}\``;
      const [rows, cols] = [stretches(area.rows), stretches(area.cols)];
      if (cols) return `${called}[${rows || ":"}, ${cols}]`;
      return rows ? `${called}[${rows}]` : called;
    });
    return `${group}: ${parts.join(", ")}`;
  });
}

const stretches = (spans: Area["rows"]): string =>
  (spans ?? []).map(([from, to]) => (to === from + 1 ? `${from}` : `${from}:${to}`)).join(" ");

/** @throws SettingsError for a line that is none */
export function lit(lines: readonly string[]): Highlights {
  const said = lines.map((line) => line.trim()).filter((line) => line !== "");
  return Object.fromEntries(
    said.map((line) => {
      const [, group, members = ""] = /^([^:]+):(.*)$/s.exec(line) ?? [];
      if (group === undefined) throw wrong("a group has a name before a colon", line);
      return [group.trim(), membersOf(members, line)];
    }),
  );
}

function membersOf(text: string, line: string): Members {
  const found: [string, Area][] = [];
  MEMBER.lastIndex = 0;
  while (MEMBER.lastIndex < text.length) {
    const match = MEMBER.exec(text);
    const name = match?.[1] ?? match?.[2];
    if (name === undefined) throw wrong("no matrix with rows and columns", line);
    const [rows, cols, more] = (match?.[3] ?? "").split(",");
    if (more !== undefined) throw wrong("rows and columns are two", line);
    const area: Area = {};
    const lines = { rows: spans(rows, line), cols: spans(cols, line) };
    if (lines.rows) area.rows = lines.rows;
    if (lines.cols) area.cols = lines.cols;
    found.push([name, area]);
  }
  if (found.length === 0) throw wrong("a group holds matrices", line);
  return Object.fromEntries(found);
}

/** Null for all of them. */
function spans(text: string | undefined, line: string): Span[] | null {
  const words = (text ?? "").trim().split(/\s+/).filter(Boolean);
  if (words.length === 0 || (words.length === 1 && words[0] === ":")) return null;
  return words.map((word) => {
    const [, from, to] = STRETCH.exec(word) ?? [];
    const span: Span = [Number(from), to === undefined ? Number(from) + 1 : Number(to)];
    if (from === undefined || span[0] >= span[1]) throw wrong(`no stretch is ${word}`, line);
    return span;
  });
}

function wrong(problem: string, given: string): SettingsError {
  return new SettingsError(problem, { given, remedy: "Write it as group: x[0:8, 3], A1" });
}
