// A message in the page, where what it speaks of should have been.

const STYLES = `
:host { display: block; margin-block: 1em; --wrong: var(--mm-negative, light-dark(#b3261e, #ffb4ab)); }
div {
  display: flex; flex-wrap: wrap; align-items: center; gap: 6px 12px;
  padding: 8px 14px; border-inline-start: 2px solid var(--wrong);
  background: color-mix(in srgb, var(--wrong) 7%, transparent);
  font: 400 0.8rem / 1.4 var(--mm-font, system-ui, sans-serif); overflow-wrap: anywhere;
}
p { flex: 1 1 14rem; margin: 0; }
button { font: inherit; color: inherit; background: none; border: 1px solid; border-radius: 6px;
  min-height: 32px; padding: 0 10px; cursor: pointer; }
button:focus-visible { outline: 2px solid var(--mm-accent, currentColor); outline-offset: 1px; }
@media (pointer: coarse) { button { min-height: 44px; } }
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
  const text = page.createElement("p");
  text.append(message.charAt(0).toUpperCase() + message.slice(1));
  box.append(text, close);
  root.append(box);
  const outer = place?.closest("figure") ?? place;
  if (outer) outer.before(host);
  else (page.querySelector("article, main") ?? page.body).prepend(host);
}

export function clearNotice(page: Document = document): void {
  for (const old of page.querySelectorAll(".mm-page-notice")) old.remove();
}
