/** What changes around a figure: theme, wish for stillness, size, full screen. */
import { type Scheme, watchScheme } from "./theme.ts";

export interface Changes {
  scheme: (scheme: Scheme) => void;
  still: (still: boolean) => void;
  size: (width: number, height: number) => void;
  fullscreen: () => void;
}

const STILL = "(prefers-reduced-motion: reduce)";

/** Whether the reader asked for as little motion as possible. */
export const wantsStillness = (): boolean => matchMedia(STILL).matches;

export function watchSurroundings(
  host: HTMLElement,
  stage: HTMLElement,
  changes: Changes,
  signal: AbortSignal,
): void {
  watchScheme(changes.scheme, signal);
  matchMedia(STILL).addEventListener("change", ({ matches }) => changes.still(matches), { signal });
  host.addEventListener("fullscreenchange", changes.fullscreen, { signal });
  const observer = new ResizeObserver(() => changes.size(stage.clientWidth, stage.clientHeight));
  observer.observe(stage);
  signal.addEventListener("abort", () => observer.disconnect(), { once: true });
}
