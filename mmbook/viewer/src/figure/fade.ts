/** Lets the picture that was melt into the picture that is: a still of the old one on top fades out. */

/** In milliseconds. */
const DURATION = 320;

/** @param picture just drawn, in this same turn of the event loop: its buffer does not outlive it */
export function fadeFrom(picture: HTMLCanvasElement, signal: AbortSignal): void {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  const still = document.createElement("canvas");
  still.width = picture.width;
  still.height = picture.height;
  const context = still.getContext("2d");
  if (!context || still.width === 0 || still.height === 0) return;
  context.drawImage(picture, 0, 0);
  picture.after(still);
  const fading = still.animate([{ opacity: 1 }, { opacity: 0 }], {
    duration: DURATION,
    easing: "ease-in-out",
  });
  const remove = (): void => still.remove();
  fading.addEventListener("finish", remove, { signal });
  fading.addEventListener("cancel", remove, { signal });
  signal.addEventListener("abort", remove, { once: true });
}
