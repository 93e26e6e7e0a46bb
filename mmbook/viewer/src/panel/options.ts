/** The options of the figure schema as a panel needs them: kind, bounds, choices, default. */
import schema from "../schema/figure.schema.json";
import type { Highlights } from "../schema/figure.ts";
import type { Merges } from "./merges.ts";

/** What a reader can give an option; null: nothing, so that the default counts. */
export type Value =
  | number
  | string
  | boolean
  | readonly (string | number)[]
  | Highlights
  | Merges
  | File
  | null;

interface Named {
  /** Group and key, for instance `layout.gap`; `figure.title` for what stands outside the groups. */
  readonly name: string;
  readonly group: string;
  readonly key: string;
  /** Absent where the schema has none: then nothing is a value too. */
  readonly fallback?: Value;
}
export type Option = Named &
  (
    | { kind: "range"; min: number; max: number; step: number; whole: boolean }
    | { kind: "number"; min?: number; max?: number; whole: boolean }
    | { kind: "choice"; choices: readonly string[] }
    | {
        kind:
          | "switch"
          | "text"
          | "list"
          | "shape"
          | "vector"
          | "lit"
          | "merges"
          | "levels"
          | "file";
      }
  );

interface Rule {
  readonly $ref?: string;
  readonly const?: unknown;
  readonly type?: string | readonly string[];
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: Value;
  readonly items?: Rule;
  readonly properties?: Readonly<Record<string, Rule>>;
  readonly additionalProperties?: unknown;
}

/** The largest seed is no end of a scale: a slider over it would set nothing a reader means. */
const WIDEST = 1000;

function kindOf(name: string, rule: Rule): Omit<Option, keyof Named> | null {
  if (name === "leaf.data") return { kind: "file" };
  // Groups, matrices and stretches of rows and columns are one text.
  if (name === "figure.highlights") return { kind: "lit" };
  if (name === "levels.values") return { kind: "levels" };
  if (name === "figure.merges") return { kind: "merges" };
  if (name.startsWith("area.")) return null;
  if (rule.$ref === "#/$defs/vector") return { kind: "vector" };
  if (rule.enum) return { kind: "choice", choices: rule.enum } as Omit<Option, keyof Named>;
  if (rule.type === "boolean") return { kind: "switch" };
  if (rule.type === "string") return { kind: "text" };
  if (rule.type === "array") return { kind: rule.items?.type === "string" ? "list" : "shape" };
  if (rule.type !== "number" && rule.type !== "integer") return null;
  const { minimum: min, maximum: max } = rule;
  const whole = rule.type === "integer";
  if (min === undefined || max === undefined || max - min > WIDEST) {
    const bounds = { ...(min !== undefined && { min }), ...(max !== undefined && { max }) };
    return { kind: "number", whole, ...bounds } as Omit<Option, keyof Named>;
  }
  const step = whole ? 1 : 10 ** Math.floor(Math.log10((max - min) / 50));
  return { kind: "range", min, max, step, whole } as Omit<Option, keyof Named>;
}

function read(): Map<string, Option> {
  const found = new Map<string, Option>();
  const groups: [string, Rule][] = [["figure", schema as Rule], ...Object.entries(schema.$defs)];
  for (const [group, { properties = {} }] of groups) {
    for (const [key, rule] of Object.entries(properties)) {
      if ("const" in rule) continue;
      const name = `${group}.${key}`;
      const kind = kindOf(name, rule);
      if (!kind) continue;
      const fallback = rule.default === undefined ? {} : { fallback: rule.default };
      found.set(name, { name, group, key, ...fallback, ...kind } as Option);
    }
  }
  return found;
}

/** Every option by its name, in the order of the schema. */
export const OPTIONS: ReadonlyMap<string, Option> = read();

/** @throws RangeError where the schema has no such option */
export function optionOf(name: string): Option {
  const option = OPTIONS.get(name);
  if (!option) throw new RangeError(`the figure schema has no option ${name}`);
  return option;
}
