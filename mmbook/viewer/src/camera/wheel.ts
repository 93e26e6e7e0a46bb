/** Wheel and trackpad: zoom towards the pointer, without taking the page's scrolling away. */
import type { Surface } from "./controls.ts";

/** Wheel units (CSS pixels) that change the distance by a factor of e. */
const SOFTNESS = 600;
/** A pinch on a trackpad arrives as a wheel with Ctrl and small steps. */
const PINCH_SOFTNESS = 120;
const LINE = 16;

export function listenWheel({ element, camera, options, focused }: Surface): void {
  element.addEventListener(
    "wheel",
    (event) => {
      const asked = event.ctrlKey || event.metaKey;
      if (!asked && !focused()) {
        options.onHint?.();
        return;
      }
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE : 1;
      const pages = event.deltaMode === WheelEvent.DOM_DELTA_PAGE ? element.clientHeight : 1;
      const pixels = event.deltaY * lines * pages;
      const softness = asked && Math.abs(pixels) < 40 ? PINCH_SOFTNESS : SOFTNESS;
      const factor = Math.exp(Math.max(-1, Math.min(1, pixels / softness)));
      const box = element.getBoundingClientRect();
      const moved = camera.zoom(factor, event.clientX - box.left, event.clientY - box.top);
      // At the end of its way a plain wheel scrolls the page again.
      if (moved || asked) event.preventDefault();
      if (moved) options.onChange();
    },
    { signal: options.signal, passive: false },
  );
}
