/** The collapsible groups: lil-gui's folders, opened at once and remembered while the tab lives. */
import { GUI } from "lil-gui";
import { make } from "../figure/markup.ts";

/** Where the titles of open groups are kept. Never in a link: it says nothing of the figure. */
const KEPT = "mm-panel-open";

export interface Group {
  readonly title: string;
  readonly element: HTMLElement;
  /** Where controls go. */
  readonly body: HTMLElement;
  readonly isOpen: boolean;
  open(open: boolean): void;
  rename(title: string): void;
  addGroup(key: string, title: string): Group;
  remove(): void;
}

/** @param first titles that are open where nothing is remembered */
export function createGroups(first: readonly string[]): {
  element: HTMLElement;
  add(title: string): Group;
} {
  const root = new GUI({ autoPlace: false, injectStyles: false });
  const memory = new Memory(first);
  const toggles = new WeakMap<Element, () => void>();
  // lil-gui opens its folders by a transition whose end it waits for; with reduced motion none ends.
  root.$children.addEventListener(
    "click",
    (event) => {
      const title = (event.target as Element).closest?.(".lil-title");
      const toggle = title && toggles.get(title);
      if (!toggle) return;
      event.stopPropagation();
      toggle();
    },
    true,
  );
  const wrap = (folder: GUI, key: string, level: "h3" | "h4"): Group => {
    folder.$title.setAttribute("type", "button");
    folder.domElement.prepend(make(level, {}, folder.$title));
    folder.open(memory.has(key));
    const group: Group = {
      title: key,
      element: folder.domElement,
      body: folder.$children,
      get isOpen() {
        return folder.$title.getAttribute("aria-expanded") === "true";
      },
      open: (open) => void folder.open(open),
      rename: (title) => void folder.title(title),
      addGroup: (inner, title) => wrap(folder.addFolder(title), `${key}/${inner}`, "h4"),
      remove() {
        // lil-gui looks for it where it put it.
        folder.parent.$children.append(folder.domElement);
        folder.destroy();
      },
    };
    toggles.set(folder.$title, () => {
      group.open(!group.isOpen);
      memory.set(key, group.isOpen);
    });
    return group;
  };
  return { element: root.$children, add: (title) => wrap(root.addFolder(title), title, "h3") };
}

class Memory {
  readonly #open: Set<string>;

  constructor(first: readonly string[]) {
    this.#open = new Set(remembered() ?? first);
  }

  has(key: string): boolean {
    return this.#open.has(key);
  }

  set(key: string, open: boolean): void {
    if (open) this.#open.add(key);
    else this.#open.delete(key);
    try {
      sessionStorage.setItem(KEPT, JSON.stringify([...this.#open]));
    } catch {
      // A reader who allows no storage has groups that are closed anew.
    }
  }
}

function remembered(): string[] | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
    return Array.isArray(kept) ? kept.map(String) : null;
  } catch {
    return null;
  }
}
