/** What there is to draw: scene and settings → layout, ranges, timeline, and the list of a step. */
import { drawn } from "../animation/drawn.ts";
import { type Timeline, timeline } from "../animation/timeline.ts";
import type { Arrow } from "../gl/compose.ts";
import { type Group, groupsOf } from "../highlight/areas.ts";
import { dimmed, lightParts } from "../highlight/dim.ts";
import { type Stroke, strokesOf } from "../highlight/strokes.ts";
import { type Drawn, type Layout, layout } from "../layout.ts";
import { levelled } from "../levels/levelled.ts";
import { type RangesAt, rangesAt } from "../look.ts";
import type { Node, Scene } from "../scene.ts";
import { type Settings, type Style, type StyleAt, stylesOf } from "../settings.ts";
import { axesOf, nodesByPath, titlesOf } from "../text/content.ts";
import type { Title } from "../text/names.ts";
import type { Axis } from "../text/tokens.ts";

export interface Picture {
  scene: Scene;
  settings: Settings;
  nodes: ReadonlyMap<string, Node>;
  layout: Layout;
  styles: { at: StyleAt; all: readonly Style[] };
  arrows: readonly Arrow[];
  ranges: RangesAt;
  timeline: Timeline;
  titles: readonly Title[];
  axes: readonly Axis[];
  groups: readonly Group[];
  /** Lines in the planes of matrices. */
  strokes: readonly Stroke[];
  /** The drawing list of a step; the same object for the same step. */
  at(step: number): readonly Drawn[];
}

/** @param previous its parts are kept where nothing that decides them has changed */
export function createPicture(scene: Scene, settings: Settings, previous: Picture | null): Picture {
  const same = previous?.scene === scene ? previous : null;
  const placing = JSON.stringify([settings.layout, [...settings.results]]);
  const samePlaces =
    same && placing === JSON.stringify([same.settings.layout, [...same.settings.results]]);
  const places = samePlaces ? same.layout : layout(scene.tree, settings);
  const styles = stylesOf(scene.tree, settings);
  const spread = ({ at }: Picture["styles"]): string =>
    places.placed.map(({ path }) => at(path).look.sensitivity).join();
  const ranges =
    samePlaces && spread(same.styles) === spread(styles) ? same.ranges : rangesAt(scene, styles);
  const nodes = same?.nodes ?? nodesByPath(scene.tree);
  const steps = timeline(scene.tree, settings, places.cubes);
  const { matrices, bars, painted } = levelled(settings.levels, scene, places.placed);
  const groups = groupsOf(settings.highlights, places.placed);
  const lit = lightParts(groups, places.placed);
  let last: { step: number; list: readonly Drawn[] } | null = null;
  return {
    scene: matrices === scene.matrices ? scene : { ...scene, matrices },
    settings,
    nodes:
      bars.length === 0
        ? nodes
        : new Map([...nodes, ...bars.map(({ node }) => [node.path, node] as const)]),
    layout: places,
    styles,
    arrows: places.cubes.map((cube) => ({ cube, size: styles.at(cube.path).marks.flow_guides })),
    ranges,
    timeline: steps,
    titles: [
      ...titlesOf(nodes, places.placed, styles.at),
      ...bars.flatMap(({ entry: { placed }, on, name, shape }) => {
        const { marks } = styles.at(on);
        const title = { placed, on, name, shape: marks.shape ? shape : "", legends: marks.legends };
        return marks.legends > 0 ? [title] : [];
      }),
    ],
    axes: axesOf(nodes, places.placed, styles.at),
    groups,
    strokes: strokesOf(groups, places.placed),
    at(step) {
      if (last?.step !== step) {
        const state = step < steps.steps ? steps.at(step) : null;
        last = { step, list: painted(dimmed(drawn(places, ranges, state), lit)) };
      }
      return last.list;
    },
  };
}
