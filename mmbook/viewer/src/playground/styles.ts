/** The style sheet of the panel's place in the playground: beside the figure, below it, or a sheet. */
import { PHONE } from "./sheet.ts";

const CSS = `
:host { display: block; font-size: 14px; }
h2.unseen { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.handle { display: none; }
@media ${PHONE} {
  :host { position: fixed; z-index: 3; inset: auto 0 0; display: flex; flex-direction: column; max-height: 46svh;
    border-top: 1px solid var(--mm-line, #8888); border-radius: 12px 12px 0 0; background: var(--mm-paper, Canvas);
    box-shadow: 0 -6px 24px #00000026; }
  .handle { display: flex; align-items: center; justify-content: center; gap: 10px; flex: none; min-height: 48px; padding: 0 16px; border: 0;
    background: none; color: var(--mm-ink, CanvasText); font: 650 15px/1.3 var(--mm-font, system-ui, sans-serif); cursor: pointer; }
  .handle::after { content: ""; width: 8px; height: 8px; border: solid currentColor; border-width: 2px 0 0 2px;
    transform: translateY(2px) rotate(45deg); }
  .handle[aria-expanded="true"]::after { transform: translateY(-2px) rotate(225deg); }
  .handle:focus-visible { outline: 2px solid var(--mm-accent, #006f88); outline-offset: -3px; }
  .place { display: none; overflow-y: auto; overscroll-behavior: contain; padding: 0 14px 14px; }
  :host([data-open]) .place { display: block; }
}
@media print { :host { display: none; } }
@media (forced-colors: active) { .handle { border: 1px solid; } }
`;

let sheet: CSSStyleSheet | null = null;

export function deskSheet(): CSSStyleSheet {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
  }
  return sheet;
}
