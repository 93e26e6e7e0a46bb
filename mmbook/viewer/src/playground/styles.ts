/** The style sheet of what is under the playground's figure. */

const CSS = `
:host { display: grid; gap: 1.1rem; margin-bottom: 1.6rem; font: 400 15px/1.5 var(--mm-sans, system-ui, sans-serif);
  color: var(--mm-ink, CanvasText); font-variant-numeric: lining-nums; }
section, fieldset { margin: 0; padding: 0; border: 0; min-width: 0; }
h2 { margin: 0 0 .5rem; font: 650 15px/1.4 var(--mm-sans, system-ui, sans-serif); }
label[for] { font-weight: 650; }
.line { display: flex; gap: 8px; margin: 4px 0; }
.line input { flex: 1; min-width: 0; font: 500 16px/1.4 var(--mm-mono, monospace); padding: 8px 10px; }
input, select, button { font: inherit; color: inherit; box-sizing: border-box; min-height: 34px;
  border: 1px solid var(--mm-line, #8888); border-radius: 6px; background: var(--mm-raised, Canvas);
  padding: 3px 8px; max-width: 100%; }
input[aria-invalid="true"] { border-color: var(--mm-negative, #b3261e); }
button { cursor: pointer; background: var(--mm-sunk, ButtonFace); }
button:hover { border-color: currentColor; }
:is(input, select, button):focus-visible { outline: 2px solid var(--mm-accent, #006f88);
  outline-offset: 1px; }
.help, .said { margin: 0; color: var(--mm-muted, GrayText); font-size: 14px; }
.said:empty { display: none; }
.error:empty { display: none; }
.error pre { margin: 2px 0 0; padding-left: 11px; font: 500 16px/1.2 var(--mm-mono, monospace);
  overflow-x: auto; color: var(--mm-negative, #b3261e); }
.error p, .failed { margin: 2px 0; color: var(--mm-negative, #b3261e); overflow-wrap: anywhere; }
.notices { margin: 0; padding-left: 1.2em; }
.notices:empty { display: none; }
.notices a { color: var(--mm-accent, LinkText); overflow-wrap: anywhere; }
.starts { display: flex; flex-wrap: wrap; gap: 6px 20px; margin: 0; padding: 0; list-style: none; }
.starts a { color: var(--mm-accent, LinkText); }
.grid { display: grid; gap: 12px; grid-template-columns: repeat(auto-fill, minmax(min(19rem, 100%), 1fr)); }
.leaf { display: grid; grid-template-columns: 1fr 1fr; gap: 6px 10px; padding: 10px 12px 12px;
  border: 1px solid var(--mm-line, #8888); border-radius: 8px; align-content: start; }
.leaf.over { outline: 2px dashed var(--mm-accent, #006f88); }
.leaf legend { padding: 0 4px; }
.leaf b { font-family: var(--mm-mono, monospace); overflow-wrap: anywhere; }
.leaf label { display: grid; gap: 1px; font-size: 13px; color: var(--mm-muted, GrayText); min-width: 0; }
.leaf label :is(input, select) { color: var(--mm-ink, CanvasText); font-size: 15px; width: 100%; }
.leaf label:has([type="file"]), .leaf label:has(select), .leaf label:has([type="text"]) { grid-column: 1 / 3; }
.leaf [type="file"] { padding: 3px; font-size: 13px; }
.products { display: flex; flex-wrap: wrap; gap: 8px 16px; }
.products label { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 8px; }
.products code { font: 500 14px var(--mm-mono, monospace); overflow-wrap: anywhere; }
.buttons { display: flex; flex-wrap: wrap; gap: 8px; }
@media (pointer: coarse) { input, select, button { min-height: 42px; } }
`;

let sheet: CSSStyleSheet | null = null;

export function deskSheet(): CSSStyleSheet {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
  }
  return sheet;
}
