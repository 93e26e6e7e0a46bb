/** Starting points: figures to begin from, as links to this page. */
import { make } from "../figure/markup.ts";
import { whole } from "../figure/store.ts";
import { encode } from "../link.ts";
import type { Figure, Leaf } from "../schema/figure.ts";
import { diff } from "../settings.ts";

const random = (rows: number, cols: number, seed: number): Leaf => ({
  shape: [rows, cols],
  init: "gaussian",
  seed,
});

export const STARTS: readonly { title: string; figure: Figure }[] = [
  {
    title: "One product, row by row",
    figure: {
      mm: 1,
      expr: "L @ R",
      leaves: { L: random(16, 12, 47), R: random(12, 20, 5) },
      animation: { alg: "vmprod", speed: 4, playing: true },
    },
  },
  {
    title: "One product as a sum of outer products",
    figure: {
      mm: 1,
      expr: "L @ R",
      leaves: { L: random(16, 12, 47), R: random(12, 20, 5) },
      animation: { alg: "vvprod", speed: 4, playing: true },
    },
  },
  {
    title: "A feed-forward layer",
    figure: {
      mm: 1,
      expr: "(h = x @ W_up) @ W_down",
      leaves: { x: random(12, 16, 1), W_up: random(16, 64, 2), W_down: random(64, 16, 3) },
      results: { h: { epilog: "gelu" } },
      look: { sensitivity: "local" },
    },
  },
  {
    title: "A low-rank update beside its weight",
    figure: {
      mm: 1,
      expr: "[x | x_A = x @ A] @ [W ; B]",
      leaves: {
        x: random(16, 32, 1),
        A: random(32, 3, 2),
        W: random(32, 24, 3),
        B: random(3, 24, 4),
      },
      look: { sensitivity: "local" },
    },
  },
  {
    title: "A mask times a mask",
    figure: {
      mm: 1,
      expr: "M @ M",
      leaves: { M: { shape: [24, 24], init: "tril mask" } },
      look: { sensitivity: "local" },
    },
  },
  {
    title: "A product in blocks",
    figure: {
      mm: 1,
      expr: "L @ R",
      leaves: {
        L: { shape: [32, 32], init: "expr", expr: "sin(i * j / 16)" },
        R: { shape: [32, 32], init: "expr", expr: "cos((i - j) / 4)" },
      },
      results: { "L @ R": { blocks: { i: 2, j: 2, k: 2 } } },
    },
  },
];

/** The link that turns the published figure of `id` into `start`. */
export function startLink(id: string, published: Figure, start: Figure): string {
  return encode({ figures: { [id]: diff(published, whole(start)) ?? {} }, cells: {} });
}

export function createGallery(id: string, published: Figure): HTMLElement {
  const items = STARTS.map(({ title, figure }) =>
    make("li", {}, make("a", { href: startLink(id, published, figure) }, title)),
  );
  return make(
    "section",
    {},
    make("h4", {}, "Start from"),
    make("ul", { class: "starts" }, ...items),
  );
}
