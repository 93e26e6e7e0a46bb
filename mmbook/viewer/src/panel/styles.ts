/** The style sheet of controls: labels, fields, help, the way back. */

const CSS = `
.setting { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 4px;
  align-items: start; padding: 5px 0; color: var(--mm-ink, CanvasText); }
.setting[hidden], .setting .back[hidden] { display: none; }
.lil-controller { grid-column: 1; display: grid; grid-template-columns: minmax(0, 9.4em) minmax(0, 1fr);
  align-items: center; gap: 2px 10px; min-height: 28px; }
.lil-name { overflow-wrap: anywhere; font-weight: 500; line-height: 1.3; }
.lil-widget { display: flex; align-items: center; gap: 8px; min-width: 0; }
.lil-display { display: none; }
.switch .lil-controller { grid-template-columns: minmax(0, 1fr) auto; cursor: pointer; }
.setting .problem { margin: 0; color: var(--mm-negative, #b3261e); font-size: .9em; }
.setting .problem:empty { display: none; }
.lil-list .lil-widget { flex-wrap: wrap; }
:is(.lil-list, .lil-file, .lil-numbers) { grid-template-columns: minmax(0, 1fr); }
.setting :is(input, select, textarea) { box-sizing: border-box; font: inherit; color: inherit;
  min-width: 0; max-width: 100%; border: 1px solid var(--mm-line, #8888); border-radius: 6px;
  background: var(--mm-paper, Canvas); padding: 3px 6px; min-height: 28px; }
.setting :is(select, textarea, [type="text"], [type="file"]) { width: 100%; }
.setting textarea { resize: vertical; font: 500 .92em/1.4 var(--mm-mono, monospace); }
.setting [type="number"] { width: 5.2em; flex: none; font-variant-numeric: tabular-nums lining-nums; }
.lil-numbers .lil-widget { flex-wrap: wrap; gap: 4px 14px; }
.lil-numbers .part { display: flex; align-items: center; gap: 5px; color: var(--mm-muted, GrayText); }
.lil-numbers input { color: var(--mm-ink, CanvasText); }
.setting [type="checkbox"] { width: 20px; height: 20px; min-height: 0; margin: 4px;
  accent-color: var(--mm-accent, #006f88); cursor: pointer; }
.setting [type="range"] { --track: 3px; --thumb: 14px; --rail: color-mix(in srgb, var(--mm-ink, CanvasText) 28%, transparent);
  --knob: var(--mm-accent, #006f88); appearance: none; flex: 1 1 4rem; border: 0; padding: 0;
  background: none; height: 24px; margin: 0; cursor: pointer; }
.setting [type="range"]::-webkit-slider-runnable-track { height: var(--track); border-radius: 2px;
  background: var(--rail); }
.setting [type="range"]::-moz-range-track { height: var(--track); border-radius: 2px;
  background: var(--rail); }
.setting [type="range"]::-webkit-slider-thumb { appearance: none; width: var(--thumb);
  height: var(--thumb); margin-top: calc((var(--track) - var(--thumb)) / 2); border-radius: 50%;
  border: 0; background: var(--knob); }
.setting [type="range"]::-moz-range-thumb { width: var(--thumb); height: var(--thumb);
  border-radius: 50%; border: 0; background: var(--knob); }
.setting .hint { grid-column: 1 / 3; margin: 1px 0 0; color: var(--mm-muted, GrayText);
  font-size: .9em; line-height: 1.35; }
.setting .back { grid-column: 2; width: 28px; height: 28px; padding: 0; border: 0; border-radius: 6px;
  background: none; font: inherit; font-size: 1.1em; color: var(--mm-accent, LinkText);
  cursor: pointer; }
.setting .back:hover { background: color-mix(in srgb, currentColor 12%, transparent); }
.setting :is(input, select, textarea, button):focus-visible { outline: 2px solid var(--mm-accent, #006f88);
  outline-offset: 1px; }
@media (pointer: coarse) {
  .lil-controller, .setting :is(select, [type="text"], [type="number"], [type="file"]) { min-height: 44px; }
  .setting [type="checkbox"] { width: 28px; height: 28px; margin: 8px; }
  .setting [type="range"] { --thumb: 22px; height: 44px; }
  .setting .back { width: 44px; height: 44px; }
}
@media (forced-colors: active) {
  .setting [type="range"] { forced-color-adjust: none; --rail: ButtonText; --knob: Highlight; }
  .setting .back { border: 1px solid; }
}
`;

let sheet: CSSStyleSheet | null = null;

/** One sheet for everything that holds controls. */
export function controlSheet(): CSSStyleSheet {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
  }
  return sheet;
}
