// A message in the page, where what it speaks of should have been.

const STYLES = `
:host { display: block; margin-block: 1em; }
div {
  display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem;
  padding: 0.6rem 0.8rem;
  border-inline-start: 0.25rem solid light-dark(#b3261e, #ffb4ab);
  background: color-mix(in srgb, light-dark(#b3261e, #ffb4ab) 10%, transparent);
  overflow-wrap: anywhere;
}
button { font: inherit; color: inherit; background: none; border: 1px solid; border-radius: 0.25rem;
  min-height: 2rem; padding: 0 0.6rem; cursor: pointer; }
`;

/** Puts a message before `place`, or at the top of the page; it replaces the one before. */
export function notify(message: string, place: Element | null, page: Document = document): void {
  clearNotice(page);
  const host = page.createElement("div");
  host.className = "mm-page-notice";
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLES);
  root.adoptedStyleSheets = [sheet];
  const box = page.createElement("div");
  box.setAttribute("role", "alert");
  const close = page.createElement("button");
  close.type = "button";
  close.append("Close");
  close.addEventListener("click", () => host.remove());
  box.append(message, close);
  root.append(box);
  const outer = place?.closest("figure") ?? place;
  if (outer) outer.before(host);
  else (page.querySelector("article, main") ?? page.body).prepend(host);
}

export function clearNotice(page: Document = document): void {
  for (const old of page.querySelectorAll(".mm-page-notice")) old.remove();
}
