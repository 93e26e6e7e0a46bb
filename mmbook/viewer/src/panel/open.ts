/** Opens a figure's panel inside an element of some shadow root; the entry of the panel's chunk. */
import type { MmFigure } from "../figure.ts";
import { Panel, type PanelOptions } from "./panel.ts";
import { panelSheet } from "./panel-styles.ts";
import { controlSheet } from "./styles.ts";

export function openPanel(figure: MmFigure, into: HTMLElement, options: PanelOptions): Panel {
  const root = into.getRootNode() as ShadowRoot;
  const sheets = [controlSheet(), panelSheet()].filter(
    (sheet) => !root.adoptedStyleSheets.includes(sheet),
  );
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, ...sheets];
  const panel = new Panel(figure, options);
  into.replaceChildren(panel.element);
  return panel;
}
