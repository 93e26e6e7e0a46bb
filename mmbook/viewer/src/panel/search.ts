/** Finds controls by what they are called, by their help and by the names of their options. */
import { make } from "../figure/markup.ts";
import type { Group } from "./group.ts";

/** Something in the panel that can be found. */
export interface Entry {
  readonly element: HTMLElement;
  /** Everything it may be found by. */
  readonly text: string;
  /** One of these has to be typed too: the same option stands at every product. */
  readonly only?: readonly string[];
  /** The groups that hold it, the outermost first. */
  readonly groups: readonly Group[];
  /** False where the figure has no use for it now. */
  applies: boolean;
}

/** Every word of `wanted` begins somewhere in `text`. */
export function matches(text: string, wanted: string): boolean {
  if (wanted === "") return true;
  const plain = folded(text);
  return folded(wanted)
    .split(/\s+/)
    .every((word) => plain.includes(word));
}

/** Whether one of the words is meant by name. */
function named(only: readonly string[] | undefined, wanted: string): boolean {
  if (!only || wanted === "") return true;
  const words = folded(wanted).split(/\s+/);
  return only.some((name) => words.includes(folded(name)));
}

const folded = (text: string): string =>
  text.normalize("NFKD").replace(/\p{M}/gu, "").replaceAll("_", " ").toLowerCase().trim();

export interface Search {
  readonly field: HTMLInputElement;
  readonly found: HTMLElement;
  /** Shows and hides, anew, what is there now. */
  apply(): void;
}

/** @param sections blocks inside of groups that go when nothing in them is shown */
export function createSearch(
  entries: () => readonly Entry[],
  groups: () => readonly Group[],
  sections: () => readonly HTMLElement[],
): Search {
  const field = make("input", {
    type: "search",
    placeholder: "Search settings",
    "aria-label": "Search settings",
    autocomplete: "off",
    spellcheck: "false",
  });
  const found = make("p", { class: "found", role: "status" });
  /** Which groups were open before the search began. */
  let before: Map<Group, boolean> | null = null;

  const apply = (): void => {
    const wanted = field.value.trim();
    const hits = entries().filter(
      ({ applies, text, only }) => applies && named(only, wanted) && matches(text, wanted),
    );
    const shown = new Set(hits);
    for (const entry of entries()) entry.element.hidden = !shown.has(entry);
    for (const section of sections()) {
      section.hidden = !hits.some(({ element }) => section.contains(element));
    }
    if (wanted !== "" && !before) before = new Map(groups().map((one) => [one, one.isOpen]));
    const opened = new Set(hits.flatMap((entry) => entry.groups));
    for (const group of groups()) {
      group.element.hidden = wanted !== "" && !opened.has(group);
      if (wanted !== "") group.open(opened.has(group));
      else if (before) group.open(before.get(group) ?? false);
    }
    if (wanted === "") before = null;
    found.textContent = wanted === "" ? "" : counted(hits.length);
  };
  field.addEventListener("input", apply);
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || field.value === "") return;
    // Only an empty search leaves the key to what holds the panel.
    event.stopPropagation();
    event.preventDefault();
    field.value = "";
    apply();
  });
  return { field, found, apply };
}

function counted(count: number): string {
  if (count === 0) return "No setting matches";
  return count === 1 ? "1 setting matches" : `${count} settings match`;
}
