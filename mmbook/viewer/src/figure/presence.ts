/** Whether a figure is in sight, and when it is time to fetch one that is not. */

/** Whether any part of the element is on the screen, whenever that changes. */
export function onVisible(
  element: Element,
  changed: (visible: boolean) => void,
  signal: AbortSignal,
): void {
  const observer = new IntersectionObserver((entries) => {
    const last = entries.at(-1);
    if (last) changed(last.isIntersecting);
  });
  observer.observe(element);
  signal.addEventListener("abort", () => observer.disconnect(), { once: true });
}

/** How far below the screen a figure is fetched before the reader comes to it. */
const AHEAD = "400px 0px";
/** Figures further down wait until the browser has nothing better to do, in milliseconds at most. */
const PATIENCE = 4000;

/** Calls once: when the element comes near the screen, or when the browser is idle. */
export function onApproach(element: Element, reached: () => void, signal: AbortSignal): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = (): void => {
    observer.disconnect();
    clearTimeout(timer);
  };
  const go = (): void => {
    stop();
    if (!signal.aborted) reached();
  };
  const observer = new IntersectionObserver(
    (entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) go();
    },
    { rootMargin: AHEAD },
  );
  observer.observe(element);
  timer = setTimeout(() => {
    if ("requestIdleCallback" in window) requestIdleCallback(go, { timeout: PATIENCE });
    else go();
  }, PATIENCE / 4);
  signal.addEventListener("abort", stop, { once: true });
}
