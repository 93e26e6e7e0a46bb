/** Which parts of the picture are taken, so that no text is written over another. */

/** Axis-aligned, in CSS pixels. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export const overlaps = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

export const inside = (box: Box, width: number, height: number): boolean =>
  box.left >= 0 && box.top >= 0 && box.right <= width && box.bottom <= height;

export class Room {
  readonly #taken: Box[] = [];

  take(...boxes: readonly Box[]): void {
    this.#taken.push(...boxes);
  }
  free(boxes: readonly Box[]): boolean {
    return !this.#taken.some((taken) => boxes.some((box) => overlaps(taken, box)));
  }
}

/** Squares along a line of text at any angle: a closer cover than the box around all of it. */
export function boxesAlong(
  x: number,
  y: number,
  length: number,
  height: number,
  angle: number,
): Box[] {
  const count = Math.max(1, Math.ceil(length / height));
  const half = height / 2;
  return Array.from({ length: count }, (_, i) => {
    const at = ((i + 0.5) / count) * length;
    const cx = x + Math.cos(angle) * at;
    const cy = y + Math.sin(angle) * at;
    return { left: cx - half, right: cx + half, top: cy - half, bottom: cy + half };
  });
}
