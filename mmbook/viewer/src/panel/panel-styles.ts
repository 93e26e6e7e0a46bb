/** The style sheet of the panel around its controls: search, groups, the expression, presets. */

const CSS = `
.panel { font: 400 14px/1.45 var(--mm-font, system-ui, sans-serif); color: var(--mm-ink, CanvasText);
  font-variant-numeric: lining-nums; container: panel / inline-size; }
.panel [hidden] { display: none !important; }
.panel :is(h3, h4, p, ul) { margin: 0; color: inherit; }
.panel .head { position: sticky; top: var(--panel-top, 0); z-index: 1; display: grid; grid-template-columns: minmax(0, 1fr) auto;
  gap: 6px 8px; align-items: center; padding: 8px 0; background: var(--panel-ground, var(--mm-paper, Canvas)); }
.panel .head input { box-sizing: border-box; width: 100%; font: inherit; color: inherit; min-height: 32px; padding: 4px 9px;
  border: 1px solid var(--mm-line, #8888); border-radius: 7px; background: var(--mm-raised, Canvas); }
.panel p.found { grid-column: 1 / 3; color: var(--mm-muted, GrayText); font-size: 13px; }
.panel .found:empty { display: none; }
.panel .steps { display: flex; gap: 4px; }
.panel button { font: inherit; color: inherit; cursor: pointer; }
.panel :is(.steps, .line, .buttons, .preset) button { box-sizing: border-box; min-height: 32px; padding: 3px 10px;
  border: 1px solid var(--mm-line, #8888); border-radius: 7px; background: var(--mm-raised, ButtonFace); }
.panel :is(.steps, .line, .buttons, .preset) button:hover:enabled { border-color: currentColor; }
.panel button:disabled { color: var(--mm-muted, GrayText); opacity: .55; cursor: default; }
.panel :is(input, button, a):focus-visible { outline: 2px solid var(--mm-accent, #006f88); outline-offset: 1px; }

.panel .lil-gui { border-top: 1px solid var(--mm-line, #8888); }
.panel .lil-gui.lil-closed > .lil-children { display: none; }
.panel .lil-title { display: flex; align-items: center; gap: 8px; width: 100%; min-height: 38px; padding: 4px 2px; border: 0;
  background: none; font: 650 15px/1.3 var(--mm-font, system-ui, sans-serif); text-align: start; border-radius: 6px; }
.panel .lil-title::before { content: ""; flex: none; width: 6px; height: 6px; margin: 0 3px; border: solid currentColor; border-width: 0 1.5px 1.5px 0;
  transform: translateY(-1px) rotate(45deg); opacity: .7; }
.panel .lil-closed > :is(h3, h4) > .lil-title::before { transform: rotate(-45deg); }
.panel .lil-title:hover { color: var(--mm-accent, LinkText); }
.panel .lil-gui > .lil-children { padding: 0 2px 12px 20px; }
.panel .lil-gui .lil-gui { border-top: 0; }
.panel .lil-gui .lil-gui > .lil-children { padding: 0 0 8px 20px; }
.panel h4 > .lil-title { min-height: 32px; font: 500 13.5px/1.3 var(--mm-mono, monospace); white-space: pre-wrap; overflow-wrap: anywhere; }
.panel .leaf.over { outline: 2px dashed var(--mm-accent, #006f88); outline-offset: -1px; }
.panel p.lead { color: var(--mm-muted, GrayText); padding: 0 0 6px; max-width: 46em; }
.panel .part { padding: 6px 0 2px; }
.panel .part > h4 { font: 500 13.5px/1.35 var(--mm-mono, monospace); overflow-wrap: anywhere; color: var(--mm-ink, CanvasText); }
/* What is said of the first holds for the others; screen readers still have it. */
.panel :is(.part ~ .part, .each .setting ~ .setting) .hint { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.panel :is(.each, .presets, .own) > h4 { font: 500 14px/1.4 var(--mm-font, system-ui, sans-serif); }
.panel :is(.each, .own) { padding-top: 8px; }
.panel .each .lil-name { font: 500 13.5px/1.35 var(--mm-mono, monospace); }

.panel .expression { padding: 2px 0 6px; }
.panel .expression label { font-weight: 500; }
.panel .expression .line { display: flex; gap: 8px; margin: 4px 0; }
.panel .expression input { flex: 1; min-width: 0; box-sizing: border-box; min-height: 36px; padding: 5px 9px; color: inherit;
  font: 500 15px/1.4 var(--mm-mono, monospace); border: 1px solid var(--mm-line, #8888); border-radius: 7px; background: var(--mm-raised, Canvas); }
.panel .expression input[aria-invalid="true"] { border-color: var(--mm-negative, #b3261e); }
.panel p.hint { color: var(--mm-muted, GrayText); font-size: .9em; line-height: 1.35; }
.panel .error pre { margin: 2px 0 0; padding-left: 10px; font: 500 15px/1.2 var(--mm-mono, monospace); overflow-x: auto; color: var(--mm-negative, #b3261e); }
.panel .error p { color: var(--mm-negative, #b3261e); overflow-wrap: anywhere; white-space: pre-wrap; margin: 2px 0; }
.panel p.progress { color: var(--mm-muted, GrayText); font-variant-numeric: tabular-nums; }
.panel :is(.progress, .error, .notices):empty { display: none; }
.panel .notices { padding-left: 1.2em; }
.panel .notices a { color: var(--mm-accent, LinkText); overflow-wrap: anywhere; }

.panel .preset { padding: 4px 0; }
.panel .preset button { width: 100%; text-align: start; }
.panel .preset button[aria-pressed="true"] { border-color: var(--mm-accent, Highlight); box-shadow: inset 0 0 0 1px var(--mm-accent, Highlight); }
.panel .buttons { display: flex; flex-wrap: wrap; gap: 8px; }
.panel section h2, .panel section:not([class]) > h4 { margin: 8px 0 2px; font: 500 14px/1.4 var(--mm-font, system-ui, sans-serif); }
.panel .starts { padding: 0; list-style: none; columns: 15em; }
.panel .starts li { margin: 0; break-inside: avoid; padding: 2px 0; }
.panel .starts a { color: inherit; text-decoration-color: color-mix(in srgb, var(--mm-accent, LinkText) 60%, transparent); text-underline-offset: .2em; }
.panel .starts a:hover { color: var(--mm-accent, LinkText); }

@media (pointer: coarse) {
  .panel .lil-title, .panel h4 > .lil-title { min-height: 44px; }
  .panel :is(.steps, .line, .buttons, .preset) button, .panel .head input, .panel .expression input { min-height: 44px; }
  .panel .starts a { display: flex; align-items: center; min-height: 44px; }
}
@media (forced-colors: active) {
  .panel button:disabled { opacity: 1; }
  .panel .preset button[aria-pressed="true"] { outline: 2px solid Highlight; }
}
`;

let sheet: CSSStyleSheet | null = null;

export function panelSheet(): CSSStyleSheet {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
  }
  return sheet;
}
