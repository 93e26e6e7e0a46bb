/** The style sheet of a control in the running text of a page. */

const CSS = `
:host { display: block; font-family: var(--mm-font, system-ui, sans-serif); }
:host([set]) { display: inline-block; }
.setting { padding: 0; }
.lil-controller { grid-template-columns: minmax(0, 6.6em) minmax(0, 1fr); }
.setting:has(select) .lil-controller { grid-template-columns: minmax(0, 1fr); }
.setting .hint { font-size: .93em; }
.written { margin: 3px 0 0; }
.written code { font: 500 .86em/1.4 var(--mm-mono, monospace); color: var(--mm-ink, CanvasText); }
.choice { min-height: 28px; padding: 1px 8px; border: 1px solid transparent; border-radius: 6px;
  background: none; font: inherit; color: var(--mm-accent, LinkText); cursor: pointer; }
.choice:hover { border-color: var(--mm-line, #8888); }
.choice[aria-pressed="true"] { border-color: var(--mm-accent, #006f88); font-weight: 650;
  background: color-mix(in srgb, var(--mm-accent, #006f88) 10%, transparent); }
.choice:focus-visible { outline: 2px solid var(--mm-accent, #006f88); outline-offset: 1px; }
@media (pointer: coarse) { .lil-controller { grid-template-columns: minmax(0, 6.6em) minmax(0, 1fr); }
.setting:has(select) .lil-controller { grid-template-columns: minmax(0, 1fr); }
.setting .hint { font-size: .93em; }
.written { margin: 3px 0 0; }
.written code { font: 500 .86em/1.4 var(--mm-mono, monospace); color: var(--mm-ink, CanvasText); }
.choice { min-height: 44px; min-width: 44px; } }
@media (forced-colors: active) { .choice { border-color: ButtonText; } }
`;

let sheet: CSSStyleSheet | null = null;

export function settingSheet(): CSSStyleSheet {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
  }
  return sheet;
}
