/** What scrolls sideways can be scrolled by the keyboard too, whatever the browser does by itself. */

const SIDEWAYS = ".md-typeset pre > code, .md-typeset .md-typeset__scrollwrap";
/** Set by us, so that it is ours to take away. */
const MARK = "data-mm-scrolls";

export function markScrollers(page: Document): void {
  for (const element of page.querySelectorAll<HTMLElement>(SIDEWAYS)) {
    const scrolls = element.scrollWidth > element.clientWidth;
    if (scrolls && !element.hasAttribute("tabindex")) {
      element.tabIndex = 0;
      element.setAttribute(MARK, "");
    } else if (!scrolls && element.hasAttribute(MARK)) {
      element.removeAttribute("tabindex");
      element.removeAttribute(MARK);
    }
  }
}

/** Marks them now and whenever the page gets another width or another article. */
export function watchScrollers(page: Document): void {
  new ResizeObserver(() => markScrollers(page)).observe(page.body);
}
