/** Dark or light: the page's own switch where it has one, the system's wish otherwise. */

export type Scheme = "light" | "dark";

/** Colours of what is drawn on canvases, where CSS variables do not reach. */
export interface Palette {
  background: string;
  ink: string;
  quiet: string;
  mark: string;
}

export const PALETTES: Record<Scheme, Palette> = {
  light: { background: "#fafafb", ink: "#23262f", quiet: "#646a78", mark: "#111318" },
  dark: { background: "#12141a", ink: "#e4e7ee", quiet: "#9aa1b1", mark: "#ffffff" },
};

const ATTRIBUTE = "data-md-color-scheme";

export function currentScheme(): Scheme {
  const named = document.body?.getAttribute(ATTRIBUTE);
  if (named) return named === "slate" ? "dark" : "light";
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

/** Calls back with the scheme whenever it changes, until the signal aborts. */
export function watchScheme(changed: (scheme: Scheme) => void, signal: AbortSignal): void {
  let last = currentScheme();
  const look = (): void => {
    const now = currentScheme();
    if (now === last) return;
    last = now;
    changed(now);
  };
  const observer = new MutationObserver(look);
  observer.observe(document.body, { attributes: true, attributeFilter: [ATTRIBUTE] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", look, { signal });
  signal.addEventListener("abort", () => observer.disconnect(), { once: true });
}
