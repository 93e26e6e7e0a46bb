/** The view of the lens: the same programs paint the same list into a part of the canvas. */
import { type Lens, lensView } from "../camera/lens.ts";
import type { Size } from "../camera.ts";
import type { View } from "./frame.ts";

/**
 * @param view of the whole picture
 * @param size of the whole picture in CSS pixels
 * @param ratio device pixels for a CSS pixel
 */
export function enlarged(view: View, size: Size, lens: Lens, ratio: number): View {
  const side = Math.max(1, Math.round(lens.side * ratio));
  return {
    ...view,
    ...lensView(lens, size, view.tangent),
    width: side,
    height: side,
    corner: [Math.round(lens.left * ratio), view.height - Math.round(lens.top * ratio) - side],
  };
}
