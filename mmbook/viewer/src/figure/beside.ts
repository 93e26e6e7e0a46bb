/** What stands beside the picture, as data: the transport, the settings, the legend of colour. */
import type { Node } from "../scene.ts";
import type { ScaleView } from "../text/scale.ts";
import type { ToolbarView } from "../toolbar/toolbar.ts";
import type { TransportView } from "../toolbar/transport.ts";
import type { Picture } from "./picture.ts";
import type { Player } from "./player.ts";
import type { Scheme } from "./theme.ts";

/** @param still the reader wants as little motion as possible: then nothing turns */
function transportView(
  { timeline, settings }: Picture,
  player: Player,
  still: boolean,
): TransportView | null {
  const { step, steps, playing } = player;
  const { speed, loop, spin } = settings.animation;
  const turning = spin === 0 || still ? null : player.turning;
  if (steps === 0 && turning === null) return null;
  return { step, steps, playing, words: timeline.describe(step), speed, loop, turning };
}

export function toolbarView(
  picture: Picture,
  player: Player,
  host: Element,
  still: boolean,
): ToolbarView {
  return {
    transport: transportView(picture, player, still),
    fullscreen: document.fullscreenElement === host,
  };
}

/** @param node the matrix being read: where each has a range of its own, the legend is for that one */
export function scaleView(picture: Picture, node: Node | null, theme: Scheme): ScaleView {
  const { styles, scene, ranges } = picture;
  const { name, title, path } = node ?? scene.tree;
  const { look } = styles.at(path);
  const shared = look.sensitivity === "global" && styles.all.every((style) => style.look === look);
  const covered = [...scene.matrices.values()].filter((matrix) => shared || matrix.name === name);
  return {
    name: shared ? "" : title,
    range: ranges(path).matrix(name),
    signs: {
      negative: covered.some(({ range }) => (range.min ?? 0) < 0),
      positive: covered.some(({ range }) => (range.max ?? 0) > 0),
    },
    look,
    theme,
  };
}
