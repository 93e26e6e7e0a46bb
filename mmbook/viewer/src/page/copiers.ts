/** The theme puts the copy button of each code block into a landmark, all of one name: they are none. */

const LANDMARKS = "nav.md-code__nav:not([role])";

export function demote(page: Document): void {
  for (const nav of page.querySelectorAll(LANDMARKS)) nav.setAttribute("role", "none");
}

/** Does so now and whenever the theme adds one: for every article anew, and some time after it. */
export function watchCopiers(page: Document): void {
  demote(page);
  new MutationObserver(() => demote(page)).observe(page.body, { childList: true, subtree: true });
}
