/** Dark or light: the page's own switch where it has one, the system's wish otherwise. */

export type Scheme = "light" | "dark";

/** Colours of what is written on canvases, where CSS does not reach. */
export interface Palette {
  background: string;
  ink: string;
}

/** The colours in which an element stands: those of the page, whatever it calls them. */
export const paletteOf = ({ backgroundColor, color }: CSSStyleDeclaration): Palette => ({
  background: backgroundColor,
  ink: color,
});

/** What pages say of themselves: an attribute of the body, and its dark values. */
const SAID: readonly (readonly [name: string, dark: RegExp])[] = [
  ["data-md-color-scheme", /^slate$/],
  ["data-jp-theme-light", /^false$/], // JupyterLab
  ["data-vscode-theme-kind", /dark|^vscode-high-contrast$/],
  ["data-theme", /^dark$/], // marimo
];

export function currentScheme(): Scheme {
  for (const [name, dark] of SAID) {
    const said = document.body?.getAttribute(name);
    if (said) return dark.test(said) ? "dark" : "light";
  }
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
  observer.observe(document.body, {
    attributes: true,
    attributeFilter: SAID.map(([name]) => name),
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", look, { signal });
  signal.addEventListener("abort", () => observer.disconnect(), { once: true });
}
