/** The bundle's entry: defines the elements, and ties the page to its address. */
import { MmCell } from "./cell/cell.ts";
import { evaluate } from "./cell/evaluate.ts";
import { MmFramed } from "./embed/framed.ts";
import { MmFigure } from "./figure.ts";
import { watchCopiers } from "./page/copiers.ts";
import { watchScrollers } from "./page/scrollers.ts";
import { page } from "./page.ts";
import { MmPlayground } from "./playground/element.ts";
import { MmSetting } from "./setting/element.ts";

// Only the entry is sure to lie beside figures/: other modules may end up in chunks/.
MmFigure.base = new URL("./", import.meta.url);
MmFigure.link = () => page().link();
MmFigure.copyLink = () => page().copyLink();
MmFigure.evaluate = evaluate;
// A figure alone in its page is placed first; then its address is read.
if (!document.querySelector("mm-framed")) page();
watchScrollers(document);
watchCopiers(document);

// Loaded a second time, the module finds its elements defined.
if (!customElements.get("mm-figure")) customElements.define("mm-figure", MmFigure);
if (!customElements.get("mm-cell")) customElements.define("mm-cell", MmCell);
if (!customElements.get("mm-playground")) customElements.define("mm-playground", MmPlayground);
if (!customElements.get("mm-setting")) customElements.define("mm-setting", MmSetting);
if (!customElements.get("mm-framed")) customElements.define("mm-framed", MmFramed);
