/** The address bar and the page: what is on the screen is in the link, and the other way round. */
import { MmCell } from "./cell/cell.ts";
import { pageNotebook } from "./cell/page-python.ts";
import { messageOf } from "./errors.ts";
import type { Cause } from "./figure/events.ts";
import { decode, encode, isLink, type PageState } from "./link.ts";
import { clearNotice, notify } from "./page/notice.ts";
import { PageElements } from "./page/state.ts";
import { equal } from "./settings.ts";

/** Browsers refuse more than a few changes of the address a second. */
const SETTLED = 400;

const NOTHING: PageState = { figures: {}, cells: {} };

/** What Material and Zensical offer to scripts: an article is in the page. */
interface Articles {
  subscribe(act: () => void): unknown;
}

export class Page {
  readonly #window: Window;
  readonly #elements: PageElements;
  readonly #pushes: boolean;
  /** Where the state last read from or written to the address belongs. */
  #address = "";
  #opening: AbortController | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param pushes whether changes are steps of the history; in a frame they would be its page's */
  constructor(view: Window, restartPython: () => void, { pushes = true } = {}) {
    this.#window = view;
    this.#pushes = pushes;
    this.#elements = new PageElements(view.document, restartPython);
  }

  /** Listens for the rest of the tab's life: the page under it may change without a reload. */
  start(signal: AbortSignal): void {
    const { document: page } = this.#window;
    const on = (target: EventTarget, type: string, act: (event: Event) => void): void =>
      target.addEventListener(type, act, { signal });
    on(page, "mm-state", (event) => {
      const { cause } = (event as CustomEvent<{ cause?: Cause }>).detail ?? {};
      if (cause === "setting") this.#write("push");
      // A gesture goes on: what is on the screen now would overwrite where it began.
      else if (cause === "passing") clearTimeout(this.#timer);
      else this.#writeSoon();
    });
    on(page, "mm-cell-edit", () => this.#writeSoon());
    // One entry for what the reader ran, however many cells had to run before it.
    on(page, "mm-cell-ran", (event) => {
      const { cause } = (event as CustomEvent<{ cause?: string } | null>).detail ?? {};
      this.#write(cause === "control" ? "replace" : "push");
    });
    on(this.#window, "popstate", () => void this.#follow(false));
    on(this.#window, "mm-travel", (event) => this.#travel(event));
    on(this.#window, "hashchange", () => void this.#follow(false));
    const { document$: articles } = this.#window as Window & { document$?: Articles };
    // Emits for the article that is there, and for every later one.
    articles?.subscribe(() => void this.#follow(true));
    void this.#follow(articles === undefined);
  }

  /**
   * A step back or forward that only changes our part of the address is ours alone. A page's first
   * script asks, before the theme hears of it: the theme would fetch and replace the article, even
   * the same one, and with it every figure and the reader's Python.
   */
  #travel(event: Event): void {
    const ours = isLink(this.#window.location.hash) || this.#address.includes("#mm=");
    if (!ours || path(this.#place()) !== path(this.#address)) return;
    event.preventDefault();
    void this.#follow(false);
  }

  /** The fragment, `#` included, of the page as it is; empty where it is as published. */
  currentFragment(): string {
    return encode(this.#elements.read());
  }

  /** The whole address of the page as it is. */
  link(): string {
    const { origin, pathname, search } = this.#window.location;
    return origin + pathname + search + this.currentFragment();
  }

  async copyLink(): Promise<void> {
    const link = this.link();
    this.#write("replace");
    await this.#window.navigator.clipboard.writeText(link);
  }

  /**
   * Makes the page be what its address says; an address of a heading says nothing. A new path
   * counts once its article is `there`: the address changes first.
   */
  async #follow(there: boolean): Promise<void> {
    const place = this.#place();
    const arrived = path(place) !== path(this.#address);
    if (place === this.#address || (arrived && !there)) return;
    this.#address = place;
    clearTimeout(this.#timer);
    const { hash } = this.#window.location;
    if (!isLink(hash) && (arrived || hash !== "")) return;
    this.#opening?.abort();
    const opening = new AbortController();
    this.#opening = opening;
    try {
      await this.#open(hash, arrived, opening.signal);
    } finally {
      if (this.#opening === opening) this.#opening = undefined;
    }
  }

  async #open(hash: string, arrived: boolean, signal: AbortSignal): Promise<void> {
    const { document: page } = this.#window;
    clearNotice(page);
    await defined(page);
    let state = NOTHING;
    const problems: string[] = [];
    try {
      if (isLink(hash)) state = decode(hash);
    } catch (error) {
      problems.push(messageOf(error));
    }
    const first = this.#elements.first(state);
    if (arrived && first) first.scrollIntoView({ block: "center" });
    problems.push(...(await this.#elements.write(state, signal)));
    if (signal.aborted || problems.length === 0) return;
    const place = first ?? this.#elements.figures[0] ?? this.#elements.cells[0] ?? null;
    const outcome =
      state === NOTHING ? "The page is shown as published." : "The rest of the link is shown.";
    notify(`${problems.join(" ")} ${outcome}`, place, page);
  }

  #writeSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#write("replace"), SETTLED);
  }

  #write(how: "push" | "replace"): void {
    clearTimeout(this.#timer);
    // While a link opens, the screen does not yet show what the address says.
    if (this.#opening) return;
    const { location, history, document: page } = this.#window;
    const state = this.#elements.read();
    // Compared as states: two packers may write the same one differently.
    if (equal(state, stateOf(location.hash))) return;
    let fragment: string;
    try {
      fragment = encode(state);
    } catch (error) {
      notify(messageOf(error), null, page);
      return;
    }
    const address = location.pathname + location.search + fragment;
    // The state object belongs to the theme, which keeps the scroll position in it.
    if (how === "push" && this.#pushes) history.pushState(history.state, "", address);
    else history.replaceState(history.state, "", address);
    this.#address = this.#place();
  }

  #place(): string {
    const { pathname, search, hash } = this.#window.location;
    return pathname + search + hash;
  }
}

/** What an address says; undefined where it cannot be read. */
function stateOf(hash: string): PageState | undefined {
  if (!isLink(hash)) return NOTHING;
  try {
    return decode(hash);
  } catch {
    return undefined;
  }
}

/** Elements that are not yet upgraded have neither state nor code. */
async function defined(page: Document): Promise<void> {
  const names = ["mm-figure", "mm-cell"].filter((name) => page.querySelector(name));
  await Promise.all(names.map((name) => customElements.whenDefined(name)));
}

function path(place: string): string {
  return place.replace(/#.*$/s, "");
}

let started: Page | undefined;

/** The page of this window; starts it at the first call. */
export function page(options: { pushes?: boolean } = {}): Page {
  if (!started) {
    started = new Page(window, () => pageNotebook().stop(), options);
    started.start(new AbortController().signal);
    const { copyLink } = started;
    MmCell.copyLink = copyLink.bind(started);
  }
  return started;
}
