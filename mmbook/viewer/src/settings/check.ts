/** Checks values that came from elsewhere against the figure schema, keeping what is sound. */
import { SettingsError } from "../errors.ts";
import schema from "../schema/figure.schema.json";

/** The keywords the schema uses. */
export interface Rule {
  $ref?: string;
  const?: unknown;
  enum?: readonly unknown[];
  /** Where null is a type too, it says nothing: what is null is left out. */
  type?: string | readonly string[];
  minimum?: number;
  maximum?: number;
  items?: Rule;
  minItems?: number;
  maxItems?: number;
  properties?: Readonly<Record<string, Rule>>;
  additionalProperties?: boolean | Rule;
  required?: readonly string[];
}

/** Nested deeper than any figure: refused before the stack runs out. */
const DEEPEST = 16;

export interface Checked {
  /** The value without its unsound parts; undefined if nothing is left. */
  value: unknown;
  /** One for each part that was dropped. */
  problems: SettingsError[];
}

/** The rule of a whole figure. */
export const figureRule: Rule = schema as Rule;

/**
 * Check `value` against `rule`. With `patch`, null stands for removal and required keys may be
 * absent. Never throws: what is wrong is left out and reported.
 */
export function check(value: unknown, rule: Rule, { patch = false } = {}): Checked {
  const problems: SettingsError[] = [];
  return { value: visit(value, rule, "", 0), problems };

  function refuse(problem: string, where: string, given: unknown, possible?: string): undefined {
    problems.push(
      new SettingsError(problem, {
        where: where || "figure",
        given,
        ...(possible && { possible }),
      }),
    );
    return undefined;
  }

  function visit(given: unknown, unresolved: Rule, where: string, depth: number): unknown {
    const at = resolved(unresolved);
    if (depth > DEEPEST) return refuse("nested too deeply", where, undefined);
    if (given === null && patch && depth > 0) return null;
    if ("const" in at && given !== at.const) {
      return refuse("not a version this viewer reads", where, given, String(at.const));
    }
    if (at.enum) {
      return at.enum.includes(given)
        ? given
        : refuse("not one of the choices", where, given, at.enum.join(", "));
    }
    const [type, ...others] = typeof at.type === "string" ? [at.type] : (at.type ?? []);
    if (given === null && others.includes("null")) return undefined;
    if (type === "object") return object(given, at, where, depth);
    if (type === "array") return array(given, at, where, depth);
    if (type === "number" || type === "integer") return number(given, at, where);
    if (type && typeof given !== type) return refuse("of the wrong type", where, given, type);
    return given;
  }

  function object(given: unknown, at: Rule, where: string, depth: number): unknown {
    if (typeof given !== "object" || given === null || Array.isArray(given)) {
      return refuse("of the wrong type", where, given, "an object");
    }
    const kept: [string, unknown][] = [];
    for (const [key, value] of Object.entries(given)) {
      const place = where ? `${where}.${key}` : key;
      const known =
        at.properties && Object.hasOwn(at.properties, key) ? at.properties[key] : undefined;
      const rule =
        known ??
        (typeof at.additionalProperties === "object" ? at.additionalProperties : undefined);
      if (!rule) {
        refuse("no such option", place, value, Object.keys(at.properties ?? {}).join(", "));
        continue;
      }
      const sound = visit(value, rule, place, depth + 1);
      if (sound !== undefined) kept.push([key, sound]);
    }
    const result = Object.fromEntries(kept);
    if (!patch) {
      for (const key of at.required ?? []) {
        if (!Object.hasOwn(result, key)) return refuse(`${key} is missing`, where, undefined);
      }
    }
    return result;
  }

  function array(given: unknown, at: Rule, where: string, depth: number): unknown {
    if (!Array.isArray(given)) return refuse("of the wrong type", where, given, "a list");
    const { minItems = 0, maxItems = Infinity, items = {} } = at;
    if (given.length < minItems || given.length > maxItems) {
      return refuse("a list of the wrong length", where, given.length, lengths(minItems, maxItems));
    }
    // A list with one unsound item would mean something else: all or nothing. Null removes keys only.
    const before = problems.length;
    const sound = given.map((item, index) => {
      const place = `${where}[${index}]`;
      return item === null
        ? refuse("of the wrong type", place, item, `${resolved(items).type}`)
        : visit(item, items, place, depth + 1);
    });
    return problems.length > before ? undefined : sound;
  }

  function number(given: unknown, at: Rule, where: string): unknown {
    const { minimum = -Infinity, maximum = Infinity } = at;
    const whole = at.type === "integer";
    const fits = whole ? Number.isSafeInteger(given) : Number.isFinite(given);
    if (fits && (given as number) >= minimum && (given as number) <= maximum) return given;
    return refuse(
      "out of range",
      where,
      given,
      `${whole ? "a whole number" : "a number"}${bounds(minimum, maximum)}`,
    );
  }
}

function resolved(rule: Rule): Rule {
  if (!rule.$ref) return rule;
  const name = rule.$ref.replace("#/$defs/", "");
  const definitions: Readonly<Record<string, Rule>> = schema.$defs as Readonly<
    Record<string, Rule>
  >;
  return definitions[name] ?? {};
}

function bounds(minimum: number, maximum: number): string {
  if (minimum === -Infinity && maximum === Infinity) return "";
  if (maximum === Infinity) return ` from ${minimum} up`;
  return minimum === -Infinity ? ` up to ${maximum}` : ` from ${minimum} to ${maximum}`;
}

function lengths(minItems: number, maxItems: number): string {
  return minItems === maxItems ? `${minItems} items` : `${minItems} to ${maxItems} items`;
}
