/**
 * The entry of `embed.js`, for pages of other sites. One file without imports: it runs as a plain
 * script, which any site may load from any other, and as a module where the book's site allows that.
 */
import { MmEmbed } from "./element.ts";

/** What a script tag can say instead of an element. */
const GIVEN = ["figure", "scene", "state", "theme", "ratio", "title"] as const;
const MARK = "mmPlaced";

const own = document.currentScript as HTMLScriptElement | null;
const scripts = own
  ? [own]
  : [...document.querySelectorAll<HTMLScriptElement>('script[src*="/assets/mm/embed.js"]')];

const source = scripts.at(-1)?.src;
if (source) MmEmbed.book ??= new URL("../../", source).href;
if (!customElements.get("mm-embed")) customElements.define("mm-embed", MmEmbed);

for (const script of scripts) {
  const { dataset } = script;
  if (MARK in dataset || !(dataset.figure || dataset.scene || dataset.state)) continue;
  dataset[MARK] = "";
  const element = document.createElement("mm-embed");
  element.setAttribute("book", new URL("../../", script.src).href);
  for (const name of GIVEN) {
    const value = dataset[name];
    if (value) element.setAttribute(name, value);
  }
  script.after(element);
}
