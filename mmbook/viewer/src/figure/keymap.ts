/**
 * Which key means what: read from the one table that the help panel and the pages read too. A figure
 * is looked at, or walked through cell by cell; some keys mean the same either way.
 */
import table from "../schema/keymap.json";

export interface Row {
  press: string;
  does: string;
}

export interface Section {
  title: string;
  rows: readonly Row[];
}

interface Binding extends Row {
  /** "looking", "walking" or "always". */
  mode: string;
  /** Key → action. */
  bind: Readonly<Record<string, string>>;
}

type Mode = "looking" | "walking";

/** The keys with what they do. */
export const KEYS: readonly { title: string; rows: readonly Binding[] }[] = table.keys;

/** What is pressed, as the table writes it: letters small, Shift only where it is not in the key. */
export function keyOf({ key, shiftKey, ctrlKey }: KeyboardEvent): string {
  const long = key.length > 1;
  const name = long ? key : key.toLowerCase();
  return `${ctrlKey ? "Ctrl+" : ""}${long && shiftKey ? "Shift+" : ""}${name}`;
}

function bindings(mode: Mode): ReadonlyMap<string, string> {
  const rows = KEYS.flatMap((section) => section.rows);
  return new Map(
    rows
      .filter((row) => row.mode === mode || row.mode === "always")
      .flatMap((row) => Object.entries(row.bind)),
  );
}

const BOUND = { looking: bindings("looking"), walking: bindings("walking") };

/** What a key asks for; null where it is the browser's, or another listener has acted on it. */
export function actionOf(event: KeyboardEvent, mode: Mode): string | null {
  // Keys with Alt or Meta are the browser's; with Ctrl those that the table does not name.
  if (event.altKey || event.metaKey || event.defaultPrevented) return null;
  return BOUND[mode].get(keyOf(event)) ?? null;
}

/** The table for eyes. */
export const SECTIONS: readonly Section[] = [
  { title: "Pointer and touch", rows: table.pointer },
  ...KEYS,
];

/** Every action that has a key. */
export const ACTIONS: ReadonlySet<string> = new Set([
  ...BOUND.looking.values(),
  ...BOUND.walking.values(),
]);
