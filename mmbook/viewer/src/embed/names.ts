/**
 * Names of published figures: the address of the page below the book's root, then the figure's id,
 * as in `chapters/attention-head/head`. `figures.json` beside the script says which scene each is.
 */
import { SceneError } from "../errors.ts";

/** By name: the digest under which its scene lies in figures/. */
export type Index = Readonly<Record<string, string>>;

/** As many names as a message can list and still be read. */
const LISTED = 12;

/** Fetch the names of the book's figures. @throws SceneError */
export async function loadIndex(base: URL, signal: AbortSignal): Promise<Index> {
  const remedy = "The site must be built again with mmbook build.";
  const where = "figures.json";
  const response = await fetch(new URL(where, base), { signal });
  if (!response.ok) {
    const problem = `the site answered with status ${response.status}`;
    throw new SceneError(problem, { where, remedy });
  }
  const index: unknown = await response.json().catch(() => null);
  if (typeof index !== "object" || index === null || Array.isArray(index)) {
    throw new SceneError("not a list of figures", { where, remedy });
  }
  return index as Index;
}

/** The scene of a name. @throws SceneError for a name that no figure of the book has */
export function sceneOf(index: Index, name: string): string {
  const scene = Object.hasOwn(index, name) ? index[name] : undefined;
  if (scene !== undefined) return scene;
  const names = Object.keys(index);
  const alike = names.filter((known) => idOf(known) === idOf(name));
  throw new SceneError("the book has no figure of this name", {
    given: name,
    possible: (alike.length > 0 ? alike : names).slice(0, LISTED),
  });
}

/** The one figure that a link speaks of, by the ids in it. @throws SceneError */
export function nameOfIds(index: Index, ids: readonly string[]): string {
  const meant = Object.keys(index).filter((name) => ids.includes(idOf(name)));
  if (meant.length === 1 && meant[0] !== undefined) return meant[0];
  throw new SceneError("the address does not say which figure is meant", {
    possible: (meant.length > 0 ? meant : Object.keys(index)).slice(0, LISTED),
    remedy: "Add ?figure= and one of these names.",
  });
}

/** The last part of a name: the figure's id in its page. */
export const idOf = (name: string): string => name.slice(name.lastIndexOf("/") + 1);

/** The address of the page of a name, below the book's root. */
export const pageOf = (name: string): string => name.slice(0, name.lastIndexOf("/") + 1);

/** The name of a figure in one of the book's pages. */
export function nameIn(root: URL, page: { pathname: string }, id: string): string {
  const below = page.pathname.startsWith(root.pathname)
    ? page.pathname.slice(root.pathname.length)
    : "";
  const folder = decodeURI(below)
    .replace(/(^|\/)index\.html$/, "$1")
    .replace(/\.html$/, "/");
  return `${folder && !folder.endsWith("/") ? `${folder}/` : folder}${id}`;
}
