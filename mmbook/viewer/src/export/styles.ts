/** The style sheet of the export section; colours and fonts are those of the page. */

const CSS = `
:host { display: block; font: 400 15px/1.5 var(--mm-sans, var(--mm-font, system-ui, sans-serif));
  color: var(--mm-ink, CanvasText); font-variant-numeric: lining-nums; }
section { display: grid; gap: .9rem; grid-template-columns: minmax(0, 1fr); }
h2 { margin: 0; font: 650 15px/1.4 var(--mm-sans, var(--mm-font, system-ui, sans-serif)); }
fieldset { margin: 0; padding: 0; border: 0; min-width: 0; display: grid; gap: 8px;
  grid-template-columns: minmax(0, 1fr); }
legend { padding: 0 0 4px; font-weight: 600; font-size: 14px; color: var(--mm-muted, GrayText); }
[hidden] { display: none !important; }
.fields { display: grid; gap: 8px 12px;
  grid-template-columns: repeat(auto-fill, minmax(min(150px, 100%), 1fr)); max-width: 46rem; }
.field { display: grid; gap: 1px; align-content: start; min-width: 0; }
.field :is(input, select) { width: 100%; }
:is(label, small) { font-size: 13px; color: var(--mm-muted, GrayText); }
small { font-size: 12px; line-height: 1.35; }
.buttons, .job { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; }
.note { margin: 0; font-size: 14px; color: var(--mm-muted, GrayText); max-width: 46rem; }
progress { flex: 1 1 10rem; max-width: 24rem; accent-color: var(--mm-accent, #006f88); }
input, select, button { font: inherit; color: inherit; box-sizing: border-box; min-height: 34px;
  border: 1px solid var(--mm-line, #8888); border-radius: 6px; background: var(--mm-raised, Canvas);
  padding: 3px 8px; max-width: 100%; }
button { cursor: pointer; background: var(--mm-sunk, ButtonFace); }
button:hover:not(:disabled) { border-color: currentColor; }
button:disabled { cursor: default; color: var(--mm-muted, GrayText); }
:is(input, select, button):focus-visible { outline: 2px solid var(--mm-accent, #006f88);
  outline-offset: 1px; }
@media (pointer: coarse) { input, select, button { min-height: 42px; } }
`;

let sheet: CSSStyleSheet | null = null;

export function exportSheet(): CSSStyleSheet {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
  }
  return sheet;
}
