/** What an exported picture stands on: light or dark paper, or nothing at all. */
import type { Snapshot } from "../figure/snapshot.ts";
import { type Palette, paletteOf } from "../figure/theme.ts";
import type { Theme } from "../look.ts";

/** The clear ones have no ground, but colours for a page that is light or dark. */
export const GROUNDS = {
  light: "Light paper",
  dark: "Dark paper",
  "clear-light": "None, for light pages",
  "clear-dark": "None, for dark pages",
} as const;

export type Ground = keyof typeof GROUNDS;

export interface Paper extends Palette {
  theme: Theme;
  /** Nothing is painted under the picture. */
  clear: boolean;
  /** Small print. */
  quiet: string;
}

/** Colours of the theme that the page does not have at the moment. */
const PAPERS: Record<Theme, Palette & { quiet: string }> = {
  light: { background: "#fafafb", ink: "#23262f", quiet: "#5f6572" },
  dark: { background: "#12141a", ink: "#e4e7ee", quiet: "#9aa1b1" },
};

/** In the page's own theme the paper is the page's. */
export function paperOf(
  { theme, stage }: Pick<Snapshot, "theme" | "stage">,
  ground: Ground,
): Paper {
  const clear = ground.startsWith("clear-");
  const wanted: Theme = ground.endsWith("dark") ? "dark" : "light";
  const fallback = { ...PAPERS[wanted], theme: wanted, clear };
  if (wanted !== theme) return fallback;
  const styles = getComputedStyle(stage);
  const quiet = styles.getPropertyValue("--quiet").trim() || fallback.quiet;
  return { ...fallback, ...paletteOf(styles), quiet };
}
