/** What another site's page needs to show a figure as it stands: a frame, or a script and an element. */
import { MmFigure as Figure, type MmFigure } from "../figure.ts";
import { encode } from "../link.ts";
import { diff } from "../settings.ts";
import { embedAddress } from "./address.ts";
import { nameIn } from "./names.ts";
import { ratioOf } from "./ratio.ts";

export interface Snippets {
  /** Stands alone: `<iframe …>`. */
  iframe: string;
  /** Brings the figure's API along: `<script …></script><mm-embed …></mm-embed>`. */
  script: string;
}

type Shown = Pick<MmFigure, "id" | "published" | "state" | "describe">;

/**
 * @param page the address of the page that shows the figure
 * @throws SceneError before the figure is shown, LinkError where its state is too large for a link
 */
export function snippets(figure: Shown, page: URL = new URL(location.href)): Snippets {
  const root = new URL("../../", Figure.base);
  const given = asked(figure, root, page);
  const state = fragment(figure);
  const title = figure.state?.title || figure.state?.expr || "Matrix multiplication";
  const ratio = ratioOf(figure.describe());
  const frame = attributes([
    ["src", embedAddress(root, given, state).href],
    ["title", title],
    ["style", `width:100%;aspect-ratio:${ratio};min-height:15rem;border:0`],
    ["loading", "lazy"],
    ["allow", "fullscreen; clipboard-write"],
  ]);
  const own = attributes([
    ...given,
    ...(state ? ([["state", state]] as const) : []),
    ["title", title],
    ["ratio", String(ratio)],
  ]);
  const source = attributes([["src", new URL("embed.js", Figure.base).href]]);
  return {
    iframe: `<iframe${frame}></iframe>`,
    // Not a module: a plain script is loaded from another site whatever that site's headers say.
    script: `<script async${source}></script>\n<mm-embed${own}></mm-embed>`,
  };
}

/** How the embedded page is told which figure is meant. */
function asked({ id }: Shown, root: URL, page: URL): (readonly [string, string])[] {
  // A figure that is alone in its page was told itself.
  if (page.pathname === new URL("embed/", root).pathname) {
    const told = ["figure", "scene"].flatMap((name) => {
      const value = page.searchParams.get(name);
      return value ? [[name, value] as const] : [];
    });
    if (told.length > 0) return told;
  }
  return [["figure", nameIn(root, page, id)]];
}

/** All that differs from the published figure: where it goes there are no cells to compute it. */
function fragment({ id, published, state }: Shown): string {
  const patch = published && state ? diff(published, state) : null;
  return patch ? encode({ figures: Object.fromEntries([[id, patch]]), cells: {} }) : "";
}

function attributes(pairs: readonly (readonly [string, string])[]): string {
  return pairs.map(([name, value]) => ` ${name}="${escaped(value)}"`).join("");
}

function escaped(text: string): string {
  const names: Readonly<Record<string, string>> = { "&": "amp", '"': "quot", "<": "lt", ">": "gt" };
  return text.replace(/[&"<>]/g, (letter) => `&${names[letter]};`);
}
