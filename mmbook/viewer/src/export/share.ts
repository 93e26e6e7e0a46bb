/** What another page needs to show the figure. */

/** A frame that shows what a link shows. */
export function snippet(link: string): string {
  const address = link.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  return `<iframe src="${address}" title="Matrix multiplication" width="100%" height="640" style="border:0" loading="lazy" allow="fullscreen; clipboard-write"></iframe>`;
}
