/** What the reader looks at closely: the element being read, the values printed around it, the lens. */
import { boxOf as boxOfLens, type Lens, lensAt, magnified } from "../camera/lens.ts";
import type { Camera } from "../camera.ts";
import { asShown, type Cell, valueAt } from "../inspect/cell.ts";
import { createMagnifier, type Magnifier } from "../inspect/magnifier.ts";
import { boxOf, type Printed, printValues } from "../inspect/printed.ts";
import { createReader, type Reader } from "../inspect/reader.ts";
import { type Reading, read, spoken } from "../inspect/readout.ts";
import { type Spot, spotlit, spotlitAround } from "../inspect/spotlight.ts";
import { valuesOf } from "../inspect/values.ts";
import { cellPosition, type Vec3 } from "../layout.ts";
import type { Node } from "../scene.ts";
import type { OverlayContent } from "../text/overlay.ts";
import type { Sight } from "../text/patch.ts";
import { overlaps } from "../text/room.ts";
import type { Focus } from "./easel.ts";
import type { Parts } from "./parts.ts";
import type { Picture } from "./picture.ts";

/** As plain data, for tests and tools. */
export interface InspectionDescription {
  /** What is said of the element being read; null where none is. */
  reading: string | null;
  /** Printed on elements: places in CSS pixels of the picture. */
  printed: { path: string; row: number; col: number; text: string; box: Box; lens: boolean }[];
  /** Where the lens stands, in CSS pixels of the picture. */
  lens: Box | null;
}

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

interface Figure {
  picture: () => Picture;
  step: () => number;
  /** Ask for a frame, in which `update` is called. */
  changed: () => void;
  /** The lens came or went: the picture is another. */
  redraw: () => void;
  approach: (cell: Cell) => void;
}

const clamp = (value: number, most: number): number => Math.min(most, Math.max(0, value));

export class Inspection {
  readonly #parts: Parts;
  readonly #camera: Camera;
  readonly #figure: Figure;
  readonly #magnifier: Magnifier;
  readonly #reader: Reader;
  #reading: Reading | null = null;
  #values: readonly Printed[] = [];
  #enlarged: readonly Printed[] = [];
  /** Where the pointer was, and whether it held the figure, when last looked at. */
  #last: { pointer: unknown; held: boolean } = { pointer: null, held: false };

  constructor(parts: Parts, camera: Camera, figure: Figure, signal: AbortSignal) {
    this.#parts = parts;
    this.#camera = camera;
    this.#figure = figure;
    // Before the reader, so that Escape closes the lens first.
    this.#magnifier = createMagnifier(parts.stage, {
      changed: figure.redraw,
      caught: () => {
        camera.held = false;
      },
      aimed: (at) => this.#reader.aim(at),
      signal,
    });
    this.#reader = createReader(parts.stage, {
      camera,
      places: () => figure.picture().layout.placed,
      drawn: () => this.#drawn(),
      changed: figure.changed,
      named: (at) => parts.overlay.named(at),
      approach: figure.approach,
      again: () => parts.line.again(),
      signal,
    });
  }

  /** Whether a finger moves the lens, and not the figure. */
  get busy(): boolean {
    return this.#magnifier.finger !== null;
  }
  get walking(): boolean {
    return this.#reader.walking;
  }

  /** Looks anew; whether another element is read, or only the light moved. */
  update(): "cell" | "light" | null {
    const other = this.#reader.update();
    const { pointer } = this.#reader;
    const { held } = this.#camera;
    const moved = pointer !== this.#last.pointer || held !== this.#last.held;
    this.#last = { pointer, held };
    return other ? "cell" : moved ? "light" : null;
  }

  focus(): Focus {
    return { cell: this.#cell(), lens: this.#lens() };
  }

  /** The matrix being read. */
  node(): Node | null {
    const { cell } = this.#reader;
    return cell ? (this.#figure.picture().nodes.get(cell.placed.path) ?? null) : null;
  }

  /** Writes the element being read under the picture. */
  read(aloud: boolean): void {
    const [cell, node] = [this.#cell(), this.node()];
    const { matrices } = this.#figure.picture().scene;
    this.#reading = cell && node ? read(cell, node, valueAt(cell, matrices)) : null;
    this.#parts.line.show(this.#reading, aloud);
  }

  clear(): void {
    this.#reader.clear();
    this.read(false);
  }

  /** @param content what stands over the picture that was drawn last */
  print(content: OverlayContent): void {
    const lens = this.#lens();
    const { size } = this.#camera;
    const spots = this.#camera.held ? [] : this.#spots(lens);
    const value = valuesOf(this.#figure.picture().scene.matrices);
    const whole = { left: 0, top: 0, right: size.width, bottom: size.height };
    const project = (point: Vec3) => this.#camera.project(point);
    const around = printValues(spots, value, project, whole);
    const box = lens && boxOfLens(lens);
    this.#values = box ? around.filter((one) => !overlaps(boxOf(one), box)) : around;
    const sight = lens && sightThrough(lens, this.#camera);
    this.#enlarged = sight && box ? printValues(spots, value, sight.project, box) : [];
    const { mark, strips, palette, style } = content;
    const patches = mark ? [...strips, mark] : strips;
    const through = lens && sight && { lens, values: this.#enlarged, patches, sight };
    const shown = { values: this.#values, lens: through, font: style.mono, palette };
    this.#parts.glass.draw(size, shown, Math.min(2, window.devicePixelRatio || 1));
  }

  describe(): InspectionDescription {
    const lens = this.#lens();
    const plain = (inLens: boolean) => (one: Printed) => {
      const { path, row, col, lines } = one;
      return { path, row, col, text: lines.join(" "), box: boxOf(one), lens: inLens };
    };
    return {
      reading: this.#reading && spoken(this.#reading),
      printed: [...this.#values.map(plain(false)), ...this.#enlarged.map(plain(true))],
      lens: lens && boxOfLens(lens),
    };
  }

  #drawn() {
    return this.#figure.picture().at(this.#figure.step());
  }

  /** What is being read, as this step shows it. */
  #cell(): Cell | null {
    const { cell } = this.#reader;
    return cell && asShown(cell, this.#drawn());
  }

  /** Under the finger or the pointer, over the cell that the keys have reached, or in the middle. */
  #lens(): Lens | null {
    if (!this.#magnifier.open) return null;
    const { size } = this.#camera;
    const { marks } = this.#figure.picture().settings;
    const { finger } = this.#magnifier;
    return lensAt(finger ?? this.#middle(), size, marks, finger !== null);
  }

  #middle(): { x: number; y: number } {
    const { size } = this.#camera;
    const { cell, pointer } = this.#reader;
    if (pointer) return pointer;
    if (!cell) return { x: size.width / 2, y: size.height / 2 };
    const { x, y, depth } = this.#camera.project(cellPosition(cell.placed, cell.row, cell.col));
    if (depth <= 0) return { x: size.width / 2, y: size.height / 2 };
    return { x: clamp(x, size.width), y: clamp(y, size.height) };
  }

  #spots(lens: Lens | null): Spot[] {
    const { spotlight, interior_spotlight: interior } = this.#figure.picture().settings.marks;
    if (spotlight === 0) return [];
    const at = this.#magnifier.finger ?? this.#reader.pointer;
    const cell = this.#cell();
    if (cell && !at) {
      const hidden = cell.placed.role === "intermediate" && !interior;
      return hidden ? [] : spotlitAround(cell, this.#drawn(), spotlight);
    }
    const from = at ?? lens?.at;
    if (!from) return [];
    return spotlit(this.#camera.ray(from.x, from.y), this.#drawn(), spotlight, interior);
  }
}

function sightThrough(lens: Lens, camera: Camera): Sight {
  return {
    near: camera.near,
    project(point) {
      const seen = camera.project(point);
      return { ...seen, ...magnified(lens, seen), scale: seen.scale * lens.magnification };
    },
  };
}
