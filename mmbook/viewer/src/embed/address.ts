/** The address of the page that shows one figure and nothing else. */

/** @param asked what goes into the query: `figure` or `scene`, `theme`; @param state a link's fragment */
export function embedAddress(
  root: URL,
  asked: Iterable<readonly [name: string, value: string]>,
  state: string,
): URL {
  const address = new URL("embed/", root);
  for (const [name, value] of asked) address.searchParams.set(name, value);
  // A query may hold slashes, and is easier to read with them.
  address.search = address.search.replaceAll("%2F", "/");
  address.hash = state;
  return address;
}
