/** Where all text of a picture goes. It remembers, so that text stays put while the figure turns. */
import type { Camera } from "../camera.ts";
import type { Placed } from "../layout.ts";
import { type KeyEntry, placeKey } from "./key.ts";
import type { Label, Measure } from "./label.ts";
import { type NameStyle, Names, type Title } from "./names.ts";
import { outline } from "./outline.ts";
import { type Box, Room } from "./room.ts";
import { type Axis, Tokens } from "./tokens.ts";

export interface Wording {
  /** Every matrix on the picture: text avoids them. */
  placed: readonly Placed[];
  titles: readonly Title[];
  axes: readonly Axis[];
  key: readonly KeyEntry[];
  /** Where the key may begin, in CSS pixels from the top, and how wide it may be. */
  keyRoom: { top: number; width: number };
  /** Part of the picture that other things cover. */
  taken: readonly Box[];
  style: NameStyle;
}

export class Labelling {
  readonly #names: Names;
  readonly #tokens: Tokens;

  constructor(names = new Names(), tokens = new Tokens()) {
    this.#names = names;
    this.#tokens = tokens;
  }

  place(camera: Camera, wording: Wording, measure: Measure): Label[] {
    const { placed, titles, axes, taken, style } = wording;
    const outlines = placed.map((one) => outline(one, camera));
    const room = new Room();
    room.take(...taken, ...placeKey(wording, measure).boxes);
    // Tokens have their one place; a name finds another.
    const labels = this.#tokens.place(axes, outlines, camera, room, measure, style.sans);
    labels.push(...this.#names.place(titles, outlines, camera, room, measure, style));
    return labels;
  }

  /** The matrix whose name was placed last at a point of the picture. */
  named(at: { x: number; y: number }): Placed | null {
    return this.#names.at(at);
  }

  /** Another one with the same memory. */
  copy(): Labelling {
    return new Labelling(this.#names.copy(), this.#tokens.copy());
  }
}
