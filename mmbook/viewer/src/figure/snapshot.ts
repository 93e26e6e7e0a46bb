/** What a figure shows at a moment, as data of its own: it is drawn anew without touching the figure. */
import { Camera } from "../camera.ts";
import type { Labelling } from "../text/labelling.ts";
import type { Parts } from "./parts.ts";
import { createPicture, type Picture } from "./picture.ts";
import type { Scheme } from "./theme.ts";

export interface Snapshot {
  picture: Picture;
  step: number;
  camera: Camera;
  theme: Scheme;
  /** Text takes the places that it has on the screen. */
  labelling: Labelling;
  /** The element whose fonts and colours the text takes. */
  stage: HTMLElement;
}

export function snapshotOf(
  { scene, settings }: Picture,
  step: number,
  { size, state }: Camera,
  theme: Scheme,
  { stage, overlay }: Parts,
): Snapshot {
  const camera = new Camera({ eased: false });
  camera.resize(size.width, size.height);
  camera.state = state;
  return {
    picture: createPicture(scene, settings, null),
    step,
    camera,
    theme,
    labelling: overlay.labelling.copy(),
    stage,
  };
}
