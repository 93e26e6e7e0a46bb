// The look of a cell, inside its shadow root. Colours follow Material's where it is there.

export const styles = `
:host {
  display: block;
  position: relative;
  margin-block: 1em;
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
  --mm-line: var(--md-default-fg-color--lightest, light-dark(#0000001f, #ffffff2b));
  --mm-quiet: var(--md-default-fg-color--light, light-dark(#000000a6, #ffffffb8));
  --mm-accent: var(--md-accent-fg-color, light-dark(#3556b8, #9ab0ff));
  --mm-wrong: light-dark(#b3261e, #ffb4ab);
}
:host([hidden]), [hidden] { display: none !important; }
.code { max-height: var(--mm-height, none); overflow-y: auto; }
.code ::slotted(*) { margin-block: 0 !important; }
.plain, .editor {
  color: var(--mm-code-fg);
  background: var(--mm-code-bg);
  border-radius: 0.1rem;
  font: var(--mm-font, 0.85em / 1.4 ui-monospace, monospace);
}
.plain {
  margin: 0;
  overflow-x: auto;
  padding: var(--mm-pad, 0.77em 1.18em);
  tab-size: 4;
}
.plain:focus-visible, .output:focus-visible, button:focus-visible {
  outline: 2px solid var(--mm-accent);
  outline-offset: 2px;
}
.cm-editor.cm-focused { outline: 2px solid var(--mm-accent); outline-offset: -2px; }
.cm-editor .cm-scroller { font: inherit; line-height: inherit; overflow-x: auto; }
.cm-editor .cm-content { padding: var(--mm-pad, 0.77em 1.18em); caret-color: currentColor; }
.cm-editor .cm-line { padding: 0; }
.cm-editor .cm-line.mm-wrong {
  background: color-mix(in srgb, var(--mm-wrong) 16%, transparent);
  box-shadow: -0.3em 0 var(--mm-wrong);
}
.cm-editor .cm-matchingBracket { background: color-mix(in srgb, currentColor 18%, transparent); }
.bar {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 0.25rem;
  box-sizing: border-box;
  min-height: 2.5rem;
  padding-block: 0.2rem;
  font: 0.8rem / 1.3 var(--md-text-font-family, system-ui), system-ui, sans-serif;
  color: var(--mm-quiet);
}
button {
  font: inherit;
  color: inherit;
  background: none;
  border: 1px solid var(--mm-line);
  border-radius: 0.25rem;
  min-height: 1.85rem;
  padding: 0 0.6rem;
  cursor: pointer;
}
button:hover { color: var(--mm-accent); border-color: currentColor; }
button[aria-disabled="true"] { opacity: 0.45; cursor: default; }
button[aria-disabled="true"]:hover { color: inherit; border-color: var(--mm-line); }
button.run { color: var(--mm-accent); border-color: currentColor; font-weight: 600; }
.state { margin-inline-start: 0.4rem; display: flex; align-items: center; gap: 0.5rem; }
.state.error { color: var(--mm-wrong); }
progress { width: 7rem; height: 0.4rem; accent-color: var(--mm-accent); }
.note {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 0.4rem;
  margin-block: 0.2rem 0.4rem;
  padding: 0.3rem 0.6rem;
  border-inline-start: 0.2rem solid var(--mm-accent);
  background: color-mix(in srgb, var(--mm-accent) 8%, transparent);
  font: 0.8rem / 1.4 var(--md-text-font-family, system-ui), system-ui, sans-serif;
}
.output {
  max-height: min(26rem, 60vh);
  overflow: auto;
  padding: 0.5em 0.8em;
  border-inline-start: 0.2rem solid var(--mm-line);
  color: var(--mm-code-fg);
  font: var(--mm-font, 0.85em / 1.4 ui-monospace, monospace);
  white-space: pre-wrap;
  overflow-wrap: anywhere;
  tab-size: 4;
}
.output.old { opacity: 0.6; }
.output [data-kind="stderr"], .output [data-kind="error"] { color: var(--mm-wrong); }
.output [data-kind="note"] { color: var(--mm-quiet); font-style: italic; }
.unseen {
  position: absolute;
  width: 1px;
  height: 1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}
@media (pointer: coarse) { button { min-height: 44px; min-width: 44px; } }
@media print { .bar, .note { display: none; } }
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
