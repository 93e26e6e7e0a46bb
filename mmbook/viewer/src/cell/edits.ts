// A reader's edits, kept on their own machine until they undo them.

export type Kept =
  | { kind: "none" }
  | { kind: "edit"; source: string }
  /** The book's version of the cell is another one than the edit began with. */
  | { kind: "stale"; source: string };

interface Entry {
  source: string;
  original: string;
}

export class Edits {
  readonly #storage: Storage | null;
  readonly #key: string;
  readonly #original: string;

  /** `path` is the page's, `cell` the cell's id, `original` the cell as the book has it. */
  constructor(path: string, cell: string, original: string, storage = localStorageIfAllowed()) {
    this.#storage = storage;
    this.#key = `mmbook:cell:${path}:${cell}`;
    this.#original = original;
  }

  read(): Kept {
    const entry = parse(this.#storage?.getItem(this.#key));
    if (!entry || entry.source === this.#original) return { kind: "none" };
    const kind = entry.original === digest(this.#original) ? "edit" : "stale";
    return { kind, source: entry.source };
  }

  /** Code equal to the original is no edit. */
  write(source: string): void {
    if (source === this.#original) {
      this.clear();
      return;
    }
    const entry: Entry = { source, original: digest(this.#original) };
    try {
      this.#storage?.setItem(this.#key, JSON.stringify(entry));
    } catch {
      // A full or forbidden storage costs the survival of a reload, nothing else.
    }
  }

  clear(): void {
    this.#storage?.removeItem(this.#key);
  }
}

/** A short name for a text, to tell whether it is the same one: FNV-1a over UTF-16 units. */
export function digest(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (let index = 0; index < text.length; index += 1) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(index))) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, "0");
}

function parse(text: string | null | undefined): Entry | null {
  if (!text) return null;
  try {
    const entry = JSON.parse(text) as Partial<Entry>;
    const { source, original } = entry;
    if (typeof source === "string" && typeof original === "string") return { source, original };
  } catch {
    // Not ours, or cut off; there is no edit to keep.
  }
  return null;
}

function localStorageIfAllowed(): Storage | null {
  try {
    return globalThis.localStorage ?? null;
  } catch {
    return null;
  }
}
