/** The sheet of a matrix: its ground, frame, row guides and the sign in its first corner. */
import type { Camera } from "../../camera.ts";
import { INKS } from "../../gl/appearance.ts";
import { localEye, type Piece, pieces, type Slab } from "../../gl/pieces.ts";
import type { Vec3 } from "../../layout.ts";
import type { Theme } from "../../look.ts";
import { at, type Point } from "../../text/outline.ts";
import { pathOf, pointsOf, polygon, segment } from "./projection.ts";
import { element, ink } from "./xml.ts";

type Line = readonly [Point, Point];

/** How far the frame runs around the elements, as in the picture on the page. */
const BORDER = 0.35;

/** @param guides strength of row guides, 0 to 1 */
export function sheet(
  { placed, rect }: Slab,
  opacity: number,
  camera: Camera,
  theme: Theme,
  guides: number,
): string {
  const inks = INKS[theme];
  const eye = localEye(placed, camera.position);
  const parts = pieces(placed, rect, eye, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
  const content = parts.map((piece) => {
    const block = new Block(piece, placed, camera);
    const { corners } = block;
    const face = polygon(camera, corners);
    if (!face) return "";
    const line = (lines: Line[], strength: number): string =>
      lines.length === 0
        ? ""
        : element("path", {
            d: pathOf(lines),
            fill: "none",
            stroke: ink(inks.ink),
            "stroke-opacity": strength,
          });
    return [
      element("polygon", {
        points: pointsOf(face),
        fill: ink(inks.ink),
        "fill-opacity": inks.sheet,
        "data-path": placed.path,
      }),
      line(block.frame(), inks.frame),
      line([...block.guides(), ...block.sign()], inks.guide * guides),
    ].join("");
  });
  return element("g", { opacity: opacity < 1 ? opacity : null }, ...content);
}

/** A piece of a matrix within the block that it is a part of. */
class Block {
  readonly #piece: Piece;
  readonly #placed: Slab["placed"];
  readonly #camera: Camera;
  /** First row and column of the whole block, and one past the last. */
  readonly #whole: { row: number; col: number; rowEnd: number; colEnd: number };

  constructor(piece: Piece, placed: Slab["placed"], camera: Camera) {
    const { rows, cols, rowBlock, colBlock } = placed;
    const row = Math.floor(piece.row / rowBlock) * rowBlock;
    const col = Math.floor(piece.col / colBlock) * colBlock;
    this.#piece = piece;
    this.#placed = placed;
    this.#camera = camera;
    this.#whole = {
      row,
      col,
      rowEnd: Math.min(rows, row + rowBlock),
      colEnd: Math.min(cols, col + colBlock),
    };
  }

  get corners(): Vec3[] {
    const { top, bottom, left, right } = this.#edges();
    return [
      this.#at(top, left),
      this.#at(top, right),
      this.#at(bottom, right),
      this.#at(bottom, left),
    ];
  }

  /** The sides that are the block's own. */
  frame(): Line[] {
    const [a, b, c, d] = this.corners;
    const { row, col, rowEnd, colEnd } = this.#piece;
    const whole = this.#whole;
    const sides = [
      row === whole.row && this.#line(a, b),
      colEnd === whole.colEnd && this.#line(b, c),
      rowEnd === whole.rowEnd && this.#line(c, d),
      col === whole.col && this.#line(d, a),
    ];
    return sides.filter((side) => side !== false && side !== null);
  }

  /** Lines along rows, an eighth of the height apart, once they are far enough from each other. */
  guides(): Line[] {
    const { row, rowEnd, col, colEnd } = this.#piece;
    const whole = this.#whole;
    const height = whole.rowEnd - whole.row;
    const apart = Math.max(1, (height - 1) / 8);
    const left = Math.max(col - 0.5, whole.col);
    const right = Math.min(colEnd - 0.5, whole.colEnd - 1);
    const lines: Line[] = [];
    for (let n = 0; n <= Math.round((height - 1) / apart); n += 1) {
      const down = whole.row + n * apart;
      if (down < row - 0.5 || down > rowEnd - 0.5 || right <= left) continue;
      if (this.#distance(down, apart, (left + right) / 2) < 4) continue;
      const line = this.#line(this.#at(down, left), this.#at(down, right));
      if (line) lines.push(line);
    }
    return lines;
  }

  /** A diagonal across the corner of element (0, 0). */
  sign(): Line[] {
    const { row, col, rowEnd, colEnd } = this.#whole;
    if (this.#piece.row !== row || this.#piece.col !== col) return [];
    const down = Math.max((rowEnd - row) / 8, 0.7) - 0.5;
    const along = Math.max((colEnd - col) / 8, 0.7) - 0.5;
    const line = this.#line(this.#at(row + down, col - 0.5), this.#at(row - 0.5, col + along));
    return line ? [line] : [];
  }

  #edges(): { top: number; bottom: number; left: number; right: number } {
    const { row, col, rowEnd, colEnd } = this.#piece;
    const whole = this.#whole;
    return {
      top: row - 0.5 - (row === whole.row ? BORDER : 0),
      bottom: rowEnd - 0.5 + (rowEnd === whole.rowEnd ? BORDER : 0),
      left: col - 0.5 - (col === whole.col ? BORDER : 0),
      right: colEnd - 0.5 + (colEnd === whole.colEnd ? BORDER : 0),
    };
  }

  /** CSS pixels between two guide lines. */
  #distance(down: number, apart: number, along: number): number {
    const [here, next] = [this.#at(down, along), this.#at(down + apart, along)];
    const line = this.#line(here, next);
    return line ? Math.hypot(line[1].x - line[0].x, line[1].y - line[0].y) : 0;
  }

  #line(from: Vec3 | undefined, to: Vec3 | undefined): Line | null {
    return from && to ? segment(this.#camera, from, to) : null;
  }

  #at(row: number, col: number): Vec3 {
    return at(this.#placed, row + this.#piece.rowGap, col + this.#piece.colGap);
  }
}
