// The look of a cell, inside its shadow root. Colours and fonts are the page's: --mm-…, else Material's.

export const styles = `
:host {
  display: block;
  position: relative;
  margin-block: 1em;
  container: cell / inline-size;
  color-scheme: inherit;
  --mm-code-fg: var(--md-code-fg-color, light-dark(#36464e, #d5d7e2));
  --mm-code-bg: var(--md-code-bg-color, light-dark(#f5f5f5, #1f2129));
  --mm-code-keyword: var(--md-code-hl-keyword-color, light-dark(#3f5fb0, #8fa6f0));
  --mm-code-string: var(--md-code-hl-string-color, light-dark(#187a4c, #6fd0a0));
  --mm-code-comment: var(--md-code-hl-comment-color, light-dark(#5c6770, #9aa4b2));
  --mm-code-number: var(--md-code-hl-number-color, light-dark(#b3261e, #f2a29b));
  --mm-code-constant: var(--md-code-hl-constant-color, light-dark(#6a40b8, #b9a1ee));
  --mm-code-function: var(--md-code-hl-function-color, light-dark(#a03a94, #e39adb));
  --mm-code-operator: var(--md-code-hl-operator-color, light-dark(#5c6770, #a9b2bd));
  --mm-code-punctuation: var(--md-code-hl-punctuation-color, light-dark(#5c6770, #a9b2bd));
  --ink: var(--mm-ink, var(--md-default-fg-color, light-dark(#1d1f24, #e4e7ee)));
  --line: var(--mm-line, var(--md-default-fg-color--lightest, light-dark(#dcdee4, #3a3d46)));
  --quiet: var(--mm-muted, var(--md-default-fg-color--light, light-dark(#5f6572, #a3a9b6)));
  --accent: var(--mm-accent, var(--md-accent-fg-color, light-dark(#2a56b8, #9ab0ff)));
  --wrong: var(--mm-negative, light-dark(#b3261e, #ffb4ab));
  --sans: var(--mm-font, var(--md-text-font-family, system-ui, sans-serif));
  --mono: var(--mm-mono, var(--md-code-font-family, ui-monospace, monospace));
  --code: var(--code-font, var(--mm-code-size, 0.85em) / 1.6 var(--mono));
  --words: 400 var(--mm-words-size, 0.8rem) / 1.35 var(--sans);
}
:host([hidden]), [hidden] { display: none !important; }
.controls {
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(min(100%, 14rem), 1fr));
  gap: 0 1.2rem;
  padding-block: 0.2rem 0.4rem;
  font: var(--words);
  font-variant-numeric: lining-nums tabular-nums;
}
.controls label { display: flex; align-items: center; gap: 0.6rem; min-height: 2rem; color: var(--ink); }
.controls span { flex: none; min-width: 4.4rem; }
.controls :is(input, select) { accent-color: var(--accent); font: inherit; }
.controls input[type="range"] { flex: 1 1 6rem; min-width: 4rem; margin: 0; }
.controls output { flex: none; min-width: 2.2rem; text-align: end; }
.controls select {
  color: inherit;
  background: var(--mm-raised, transparent);
  border: 1px solid var(--line);
  border-radius: 6px;
  min-height: 1.6rem;
  padding: 0 0.3rem;
}
.controls input[type="checkbox"] { width: 1.1em; height: 1.1em; margin: 0; }
.controls :is(input, select):focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.controls .trouble { grid-column: 1 / -1; margin: 0.2rem 0; color: var(--wrong); }
.code { max-height: var(--mm-height, none); overflow-y: auto; }
.code ::slotted(*) { margin-block: 0 !important; }
.plain, .editor {
  color: var(--mm-code-fg);
  background: var(--mm-code-bg);
  border-radius: 6px;
  font: var(--code);
}
.plain {
  margin: 0;
  overflow-x: auto;
  padding: var(--pad, 0.77em 1.18em);
  tab-size: 4;
}
.plain:focus-visible, .output:focus-visible, button:focus-visible {
  outline: 2px solid var(--accent);
  outline-offset: 1px;
}
.editor { box-shadow: inset 0 0 0 1px var(--line); }
.cm-editor { border-radius: 6px; }
.cm-editor.cm-focused { outline: 2px solid var(--accent); outline-offset: -1px; }
.cm-editor .cm-scroller { font: inherit; line-height: inherit; overflow-x: auto; }
.cm-editor .cm-content { padding: var(--pad, 0.77em 1.18em); caret-color: currentColor; }
.cm-editor .cm-line { padding: 0; }
.cm-editor .cm-line.mm-wrong {
  background: color-mix(in srgb, var(--wrong) 16%, transparent);
  box-shadow: -0.3em 0 var(--wrong);
}
.cm-editor .cm-matchingBracket { background: color-mix(in srgb, currentColor 18%, transparent); }
.bar {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 0 0.25rem;
  box-sizing: border-box;
  min-height: 2.2rem;
  padding-block: 0.2rem;
  font: var(--words);
  color: var(--quiet);
}
button {
  display: inline-flex;
  align-items: center;
  gap: 0.35em;
  font: inherit;
  color: inherit;
  background: none;
  border: 1px solid transparent;
  border-radius: 6px;
  min-height: 1.6rem;
  padding: 0 0.55rem;
  cursor: pointer;
}
button svg {
  width: 1em;
  height: 1em;
  fill: none;
  stroke: currentColor;
  stroke-linecap: round;
  stroke-linejoin: round;
}
button svg .solid { fill: currentColor; }
button:hover { color: var(--accent); background: color-mix(in srgb, var(--accent) 8%, transparent); }
button.run, button.stop, .note button { border-color: var(--line); color: var(--ink); }
button.run { color: var(--accent); font-weight: 600; }
button.stop { color: var(--wrong); font-weight: 600; }
:is(button.run, button.stop, .note button):hover { border-color: currentColor; }
/* Stop is there while there is something to stop. */
button.stop[aria-disabled="true"] { display: none; }
/* The others wait until the reader turns to the cell: by pointer, by keyboard, or with a finger. */
.others { display: flex; flex-wrap: wrap; margin-inline-start: auto; }
@media (hover: hover) and (pointer: fine) {
  .others { opacity: 0; transition: opacity 0.12s; }
  :host(:hover) .others, :host(:focus-within) .others { opacity: 1; }
}
.state { flex: 0 1 auto; min-width: 0; margin-inline-start: 0.4rem; display: flex; flex-wrap: wrap; align-items: center; gap: 0 0.5rem; }
.state.error { color: var(--wrong); }
progress { width: 5rem; height: 0.4rem; accent-color: var(--accent); }
.note {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 0.4rem;
  margin-block: 0.2rem 0.4rem;
  padding: 0.3rem 0.6rem;
  border-inline-start: 2px solid var(--accent);
  background: color-mix(in srgb, var(--accent) 8%, transparent);
  font: var(--words);
}
.film {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 0.2rem;
  min-height: 2.2rem;
  font: var(--words);
  font-variant-numeric: lining-nums tabular-nums;
  color: var(--quiet);
}
.film button { width: 2rem; padding: 0; justify-content: center; color: var(--ink); }
.film button:disabled { opacity: 0.4; pointer-events: none; }
.film input { flex: 1 1 8rem; min-width: 6rem; margin: 0 0.4rem; accent-color: var(--accent); }
.film input:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.film .frame { min-width: 9rem; }
.film .thinned { flex-basis: 100%; font-style: italic; }
.film .thinned:empty { display: none; }
.output {
  max-height: min(26rem, 60vh);
  overflow: auto;
  padding: 0.5em 0.8em;
  border-inline-start: 2px solid var(--line);
  color: var(--mm-code-fg);
  font: var(--code);
  white-space: pre;
  tab-size: 4;
}
.output.old { opacity: 0.6; }
.output [data-kind="stderr"], .output [data-kind="error"] { color: var(--wrong); }
/* A matrix keeps its columns and scrolls; sentences wrap. */
.output :is([data-kind="stderr"], [data-kind="error"], [data-kind="note"]) {
  white-space: pre-wrap;
  overflow-wrap: anywhere;
}
.output [data-kind="note"] { color: var(--quiet); font-style: italic; }
.unseen {
  position: absolute;
  width: 1px;
  height: 1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}
@container cell (width < 560px) {
  .state { order: 1; flex-basis: 100%; margin-inline-start: 0.2rem; }
  /* One line of buttons, with Stop as well as without. */
  .bar:has(button.stop[aria-disabled="false"]) .others { display: none; }
}
@media (pointer: coarse) {
  .film input, .controls label, .controls input[type="range"], .controls select { min-height: 44px; }
}
@media (pointer: coarse) { button { min-height: 44px; min-width: 44px; justify-content: center; } }
@media (prefers-reduced-motion: reduce) { .others { transition: none; } }
@media (forced-colors: active) {
  .others { opacity: 1; }
  button { border-color: ButtonBorder; }
  .note, .output { border-color: CanvasText; }
  .cm-editor .cm-line.mm-wrong { outline: 1px solid; }
}
@media print { .bar, .note, .film, .controls { display: none; } }
`;

let sheet: CSSStyleSheet | undefined;

/** Gives the styles to a shadow root; one sheet serves all cells. */
export function adoptStyles(root: ShadowRoot): void {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
  }
  root.adoptedStyleSheets = [sheet];
}
