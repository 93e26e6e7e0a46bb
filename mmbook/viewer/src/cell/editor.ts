// The code editor, loaded when a reader first wants to edit.
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import {
  bracketMatching,
  HighlightStyle,
  indentOnInput,
  indentUnit,
  syntaxHighlighting,
} from "@codemirror/language";
import { EditorState, Prec, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, keymap } from "@codemirror/view";
import { tags } from "@lezer/highlight";

export interface EditorOptions {
  parent: HTMLElement;
  /** Where the editor's style goes: inside, it survives a change of page. */
  root: ShadowRoot;
  source: string;
  label: string;
  /** Id, inside `root`, of the words that say which keys do what. */
  hint: string;
  onChange(source: string): void;
  onRun(): void;
}

export interface Editor {
  source: string;
  /** One change like any other, so that it can be undone. */
  replace(from: number, to: number, text: string): void;
  focus(): void;
  /** Puts the cursor where the pointer is. */
  point(x: number, y: number): void;
  /** Marks the line, counted from 1, at which an error arose. */
  mark(line: number | null): void;
  destroy(): void;
}

const setMark = StateEffect.define<number | null>();

const marked = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    let next = marks.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(setMark)) continue;
      const line = effect.value;
      const { doc } = transaction.state;
      next =
        line === null || line > doc.lines
          ? Decoration.none
          : Decoration.set([Decoration.line({ class: "mm-wrong" }).range(doc.line(line).from)]);
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

const colours = HighlightStyle.define([
  {
    tag: [tags.keyword, tags.operatorKeyword, tags.modifier],
    color: "var(--mm-code-keyword)",
    fontWeight: "var(--mm-code-keyword-weight, inherit)",
  },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--mm-code-string)" },
  {
    tag: tags.comment,
    color: "var(--mm-code-comment)",
    fontStyle: "var(--mm-code-comment-style, inherit)",
  },
  { tag: tags.number, color: "var(--mm-code-number)" },
  { tag: [tags.bool, tags.null], color: "var(--mm-code-constant)" },
  {
    tag: [tags.function(tags.variableName), tags.function(tags.propertyName), tags.className],
    color: "var(--mm-code-function)",
  },
  { tag: [tags.operator, tags.derefOperator], color: "var(--mm-code-operator)" },
  { tag: [tags.punctuation, tags.bracket], color: "var(--mm-code-punctuation)" },
]);

export function createEditor(options: EditorOptions): Editor {
  const run = () => {
    options.onRun();
    return true;
  };
  const view = new EditorView({
    parent: options.parent,
    root: options.root,
    state: EditorState.create({
      doc: options.source,
      extensions: [
        Prec.highest(
          keymap.of([
            { key: "Shift-Enter", run },
            { key: "Mod-Enter", run },
          ]),
        ),
        history(),
        python(),
        indentUnit.of("    "),
        EditorState.tabSize.of(4),
        indentOnInput(),
        bracketMatching(),
        syntaxHighlighting(colours),
        marked,
        // After Escape, Tab leaves the editor: CodeMirror's own rule.
        keymap.of([...defaultKeymap, ...historyKeymap, indentWithTab]),
        EditorView.contentAttributes.of({
          "aria-label": options.label,
          "aria-describedby": options.hint,
        }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) options.onChange(update.state.doc.toString());
        }),
      ],
    }),
  });
  return {
    get source() {
      return view.state.doc.toString();
    },
    set source(source) {
      if (source === view.state.doc.toString()) return;
      // One change like any other, so that it can be undone.
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: source } });
    },
    replace: (from, to, text) => view.dispatch({ changes: { from, to, insert: text } }),
    focus: () => view.focus(),
    point(x, y) {
      const position = view.posAtCoords({ x, y });
      if (position !== null) view.dispatch({ selection: { anchor: position } });
    },
    mark: (line) => view.dispatch({ effects: setMark.of(line) }),
    destroy: () => view.destroy(),
  };
}
