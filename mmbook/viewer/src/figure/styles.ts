/** The figure's own style sheet, adopted by its shadow root. */

/** Hides from sight only, so that screen readers and "find in page" still reach the words. */
const UNSEEN = `
  position: absolute; width: 1px; height: 1px; margin: -1px; padding: 0; overflow: hidden;
  clip-path: inset(50%); white-space: nowrap; border: 0;`;

/** Narrower than this many CSS pixels, the bar has two lines and the legend less room. */
export const NARROW = 520;

const CSS = `
:host {
  --surface: var(--mm-paper, #fafafb); --raised: var(--mm-raised, #ffffff);
  --ink: var(--mm-ink, #23262f); --quiet: var(--mm-muted, #5f6572); --line: var(--mm-line, #dcdee4);
  --accent: var(--mm-accent, #2a62c8); --shadow: var(--mm-shadow, 0 6px 24px #0000001f);
  --rail: color-mix(in srgb, var(--ink) 26%, transparent);
  --hover: color-mix(in srgb, var(--ink) 8%, transparent);
  --sans: var(--mm-font, system-ui, sans-serif);
  --mono: var(--mm-mono, ui-monospace, "SFMono-Regular", Menlo, Consolas, monospace);
  color-scheme: light;
  display: flex; flex-direction: column; position: relative; box-sizing: border-box;
  width: 100%; height: var(--mm-height, clamp(20rem, 56vw, 32rem)); max-height: 92vh;
  min-height: 15rem; overflow: hidden; border-radius: 8px; color: var(--ink);
  background: var(--surface); font: 400 13px/1.45 var(--sans); contain: layout paint style; container: figure / inline-size;
  -webkit-tap-highlight-color: transparent; text-align: start;
}
:host([hidden]) { display: none; }
:host([data-scheme="dark"]) {
  --surface: var(--mm-paper, #12141a); --raised: var(--mm-raised, #1c1f28);
  --ink: var(--mm-ink, #e4e7ee); --quiet: var(--mm-muted, #9aa1b1); --line: var(--mm-line, #333743);
  --accent: var(--mm-accent, #8ab4ff); --shadow: var(--mm-shadow, 0 6px 24px #00000080);
  color-scheme: dark;
}
:host(:fullscreen) { height: 100%; max-height: none; border-radius: 0; }

.stage { position: relative; flex: 1 1 auto; background: var(--surface); color: var(--ink); min-height: 0; outline: none; touch-action: pan-y;
  cursor: grab; user-select: none; -webkit-user-select: none; }
.stage.held { cursor: grabbing; }
.stage.pointed:focus::after { content: ""; position: absolute; inset: 0; pointer-events: none;
  border-radius: 8px 8px 0 0; box-shadow: inset 0 0 0 1px var(--line); }
.stage:focus-visible:not(.pointed)::after { content: ""; position: absolute; inset: 1px; border-radius: 7px;
  border: 2px solid var(--accent); pointer-events: none; }
:host(:fullscreen) .stage { touch-action: none; }
.stage canvas { position: absolute; inset: 0; width: 100%; height: 100%; display: block; }
.overlay, .title, .scale, .readout { pointer-events: none; }
.title { position: absolute; top: 9px; left: 12px; max-width: calc(100% - 170px);
  font: 600 13.5px/1.35 var(--sans); text-shadow: 0 0 4px var(--surface), 0 0 4px var(--surface); }

.stages { order: -2; flex: none; align-self: center; display: flex; gap: 2px; margin: 6px 8px 2px;
  padding: 2px; border-radius: 8px; background: var(--hover); }
.stages[hidden] { display: none; }
.stages label { position: relative; display: block; cursor: pointer; }
.stages input { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; opacity: 0; cursor: pointer; }
.stages span { display: block; padding: 3px 14px; border-radius: 6px; color: var(--quiet);
  font: 550 13px/1.45 var(--sans); transition: color .12s, background-color .12s; }
.stages input:checked + span { color: var(--ink); background: var(--raised); box-shadow: 0 0 0 1px var(--line); }
.stages input:focus-visible + span { outline: 2px solid var(--accent); outline-offset: 1px; }

.unseen {${UNSEEN} }
.scale { position: absolute; top: 6px; right: 8px; width: 124px; padding: 4px 6px; border-radius: 6px;
  background: color-mix(in srgb, var(--surface) 80%, transparent);
  text-shadow: 0 0 3px var(--surface), 0 0 3px var(--surface); font: 500 11px/1.3 var(--mono); color: var(--quiet); font-variant-numeric: tabular-nums; }
.scale canvas { position: static; width: 100%; height: 7px; border-radius: 4px; }
.scale .of { text-align: center; margin-bottom: 2px; }
.scale .ends { display: flex; justify-content: space-between; margin-top: 3px; }

.readout { position: absolute; left: 10px; right: 10px; bottom: 8px; display: flex;
  justify-content: flex-start; }
.readout > output { max-width: 100%; padding: 3px 9px; border-radius: 7px; background: var(--raised);
  box-shadow: 0 0 0 1px var(--line), 0 1px 6px #00000012; font: 500 12.5px/1.5 var(--mono);
  font-variant-numeric: tabular-nums; overflow-wrap: anywhere; opacity: 0; transition: opacity .12s; }
.readout > output.shown { opacity: 1; }
.readout .name { font-weight: 650; }
.readout .aside { color: var(--quiet); }

.bar { flex: none; display: flex; flex-wrap: nowrap; align-items: center; gap: 2px 10px;
  padding: 3px 6px; border-top: 1px solid var(--line); min-height: 40px; box-sizing: border-box; }
.bar:has(.transport[hidden]) { border-top-color: transparent; }
.bar .buttons { display: flex; align-items: center; margin-inline-start: auto; gap: 1px; }
.transport { display: flex; align-items: center; gap: 1px; flex: 1 1 19rem; min-width: 0; max-width: 27rem; }
.transport:has(input[hidden]) { flex: none; }
select.speed { flex: none; appearance: none; text-align: center; text-align-last: center; width: 5em; font: 500 12px/1 var(--mono); font-variant-numeric: tabular-nums; color: var(--quiet);
  background: none; border: 0; border-radius: 7px; height: 32px; padding: 0; cursor: pointer; }
select.speed option { background: var(--raised); color: var(--ink); }
select.speed:hover { background: var(--hover); color: var(--ink); }
button[aria-pressed="true"] { color: var(--accent); }
/* As high for a long sentence as for a short one: the picture above keeps its size. */
.words { flex: 1 1 12rem; min-width: 0; max-height: 2.6em; color: var(--quiet); font-size: 12px;
  line-height: 1.3; font-variant-numeric: tabular-nums; overflow: hidden; display: -webkit-box;
  -webkit-box-orient: vertical; -webkit-line-clamp: 2; }
:is(.transport, .words, .scale, .of, .transport > *)[hidden] { display: none; }
button { font: inherit; color: inherit; background: none; border: 0; border-radius: 7px;
  cursor: pointer; }
button.icon { display: grid; place-items: center; width: 34px; height: 32px; padding: 0;
  color: var(--quiet); transition: color .12s, background-color .12s; }
button.icon svg { width: 20px; height: 20px; fill: none; stroke: currentColor; stroke-width: 1.5;
  stroke-linecap: round; stroke-linejoin: round; }
button.icon svg .solid { fill: currentColor; stroke-width: 1; }
button:hover, button[aria-expanded="true"] { background: var(--hover); color: var(--ink); }
button:disabled { opacity: .35; cursor: default; background: none; }
:is(button, input, select):focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
input[type="range"] { --track: 3px; --thumb: 13px; appearance: none; background: none; height: 22px;
  margin: 0; cursor: pointer; }
.transport input[type="range"] { flex: 1 1 5rem; width: 0; min-width: 4rem; margin: 0 10px; }
input[type="range"]::-webkit-slider-runnable-track { height: var(--track); border-radius: 2px;
  background: var(--rail); }
input[type="range"]::-moz-range-track { height: var(--track); border-radius: 2px;
  background: var(--rail); }
input[type="range"]::-webkit-slider-thumb { appearance: none; width: var(--thumb);
  height: var(--thumb); margin-top: calc((var(--track) - var(--thumb)) / 2); border-radius: 50%;
  border: 0; background: var(--accent); }
input[type="range"]::-moz-range-thumb { width: var(--thumb); height: var(--thumb);
  border-radius: 50%; border: 0; background: var(--accent); }
.said:not(:empty) { position: absolute; right: 8px; bottom: 48px; padding: 3px 9px; border-radius: 7px;
  background: var(--raised); box-shadow: 0 0 0 1px var(--line), 0 1px 6px #00000012; }

.dialog { position: absolute; right: 8px; bottom: 46px; z-index: 2; width: min(340px, 100% - 16px);
  max-height: calc(100% - 56px); overflow: auto; overscroll-behavior: contain; box-sizing: border-box;
  padding: 0 14px 14px; border-radius: 10px; background: var(--raised); box-shadow: var(--shadow),
  0 0 0 1px var(--line); }
.dialog[hidden] { display: none; }
.dialog:has(.controls) { width: min(390px, max(300px, 48%), 100% - 16px); }
.dialog.sheet { position: fixed; inset: auto 0 0; width: 100%; max-width: none; max-height: 46vh; margin: 0; border: 0;
  border-radius: 12px 12px 0 0; color: var(--ink); font: 400 13px/1.45 var(--sans); }
.controls { --panel-top: 41px; --panel-ground: var(--raised); }
.dialog header { position: sticky; top: 0; display: flex; align-items: center; gap: 8px;
  background: var(--raised); padding: 8px 0 4px; margin-inline-end: -8px; z-index: 1; }
.dialog h2 { flex: 1; margin: 0; font: 650 14px/1.4 var(--sans); }
.dialog h3 { margin: 12px 0 4px; font: 650 12px/1.4 var(--sans); color: var(--quiet); }
button.plain { margin-top: 12px; padding: 6px 10px; border: 1px solid var(--line); }
.keys p { margin: 2px 0 0; color: var(--ink); }
.keys dl { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1.15fr); gap: 3px 12px;
  margin: 0; }
.keys dt { font-weight: 600; }
.keys dd { margin: 0; color: var(--quiet); }

.notice:not(.passing) { order: -1; }
.notice { display: grid; justify-items: start; gap: 10px; padding: 18px 20px; }
.notice p { margin: 0; max-width: 38rem; overflow-wrap: anywhere; font-weight: 550; }
.notice.passing { position: absolute; z-index: 3; inset: 8px 8px auto; display: flex; flex-wrap: wrap;
  align-items: center; gap: 6px 12px; padding: 8px 12px; border-radius: 8px;
  background: var(--raised); box-shadow: var(--shadow), 0 0 0 1px var(--line); }
.notice.passing p { flex: 1 1 14rem; font-weight: 450; }
.notice button.plain { margin: 0; }
:host([data-state="failed"]) { height: auto; min-height: 0; }
:host([data-state="failed"]) :is(.stage, .stages, .bar, .dialog) { display: none; }

.words-alone { padding: 0; }
:host([data-state="ready"]) .words-alone { ${UNSEEN} }
:host([data-state="loading"]) .words-alone { position: absolute; inset: 0; display: grid;
  place-content: center; padding: 24px; color: var(--quiet); pointer-events: none;
  overflow: hidden; }
:host([data-state="failed"]) .words-alone { padding: 0 20px 18px; min-height: 0; color: var(--quiet); }

@container figure (width < ${NARROW}px) {
  /* Over a small picture the legend would cover part of it. */
  .scale { position: static; order: -1; flex: none; width: auto; height: 36px; display: grid;
    grid-template: "of bar" auto ". ends" auto / 1fr min(150px, 60%); align-items: center;
    align-content: center; box-sizing: border-box;
    gap: 2px 10px; padding: 6px 12px 0; }
  .scale .of { grid-area: of; text-align: start; margin: 0; }
  .scale canvas { grid-area: bar; }
  .scale .ends { grid-area: ends; margin: 0; }
  .bar { flex-wrap: wrap; }
  .transport { flex-basis: 100%; max-width: none; }
  .transport:has(input[hidden]) { flex-basis: auto; }
  .transport .restart { display: none; }
  .transport input[type="range"] { margin: 0 6px; min-width: 2.5rem; }
  .transport button { flex: none; }
  select.speed { width: 46px; }
  .words { flex: 1 1 0; height: 3.9em; max-height: none; -webkit-line-clamp: 3; margin-inline-start: 6px; }
  .readout .origin { display: none; }
  /* Low enough that the picture shows what a setting does. */
  .dialog { left: 8px; width: auto; max-height: 50%; }
}
@media (pointer: coarse) {
  input[type="range"] { --thumb: 20px; height: 40px; }
  button.icon { width: 44px; height: 44px; }
  .buttons button.icon { width: 40px; }
  .dialog { bottom: 56px; }
  select.speed { height: 44px; }
  button.plain { min-height: 40px; }
  .stages span { padding-block: 10px; }
}
@media (hover: hover) and (pointer: fine) {
  .bar .buttons { opacity: .75; transition: opacity .15s; }
  :host(:hover) .buttons, :host(:focus-within) .buttons { opacity: 1; }
}
@media (prefers-reduced-motion: reduce) { * { transition: none !important; } }
@media (forced-colors: active) {
  .dialog, .notice, .readout > output, .said:not(:empty), .stages { border: 1px solid; }
  .stages input:checked + span { forced-color-adjust: none; color: HighlightText; background: Highlight; }
  .bar .buttons { opacity: 1; }
  button:disabled { opacity: 1; color: GrayText; }
  button:is([aria-expanded="true"], [aria-pressed="true"]) { outline: 2px solid Highlight; }
  input[type="range"] { forced-color-adjust: none; --rail: ButtonText; --accent: Highlight; }
}
@media print {
  .bar, .stages, .dialog, .readout, .notice.passing { display: none; }
  :host { break-inside: avoid; }
  /* Paper has another shape than the window, and is white whatever the theme. */
  .stage canvas { object-fit: contain; }
  :host([data-scheme="dark"]) canvas { filter: invert(1) hue-rotate(180deg); }
}
`;

let sheet: CSSStyleSheet | null = null;

/** One sheet for all figures of the page. */
export function figureSheet(): CSSStyleSheet {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
  }
  return sheet;
}
