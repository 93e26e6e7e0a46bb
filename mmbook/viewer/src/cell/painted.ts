// The book's highlighted code, which follows small changes: a number moved by a slider keeps its
// colours, and no editor is needed to show it.

export class Painted {
  readonly #pre: HTMLElement | null;
  #text: string;

  constructor(pre: HTMLElement | null, text: string) {
    this.#pre = pre;
    this.#text = text;
  }

  /** Makes the highlighted code say `source`, if that is a matter of a few words. */
  show(source: string): boolean {
    if (source === this.#text) return true;
    const before = this.#text.split("\n");
    const after = source.split("\n");
    if (!this.#pre || before.length !== after.length) return false;
    const changes: [Text, number, number, string][] = [];
    let offset = 0;
    for (const [index, line] of before.entries()) {
      const next = after[index] ?? "";
      if (line !== next) {
        const [from, to, words] = difference(line, next);
        const node = nodeAt(this.#pre, offset + from, offset + to);
        if (!node) return false;
        changes.push([node.text, node.from, to - from, words]);
      }
      offset += line.length + 1;
    }
    // From the end on, so that the places of earlier changes stay what they are.
    for (const [text, from, length, words] of changes.reverse()) {
      text.replaceData(from, length, words);
    }
    this.#text = source;
    return true;
  }
}

/** From where to where a line differs, to the ends of the words, and what stands there now. */
function difference(line: string, next: string): [from: number, to: number, words: string] {
  const shorter = Math.min(line.length, next.length);
  let from = 0;
  while (from < shorter && line[from] === next[from]) from += 1;
  let end = 0;
  while (end < shorter - from && line.at(-1 - end) === next.at(-1 - end)) end += 1;
  const inWord = (character: string | undefined): boolean => /[\w.+-]/.test(character ?? "");
  while (from > 0 && inWord(line[from - 1])) from -= 1;
  while (end > 0 && inWord(line.at(-end))) end -= 1;
  return [from, line.length - end, next.slice(from, next.length - end)];
}

/** The one piece of text that holds all between two offsets. */
function nodeAt(root: Node, from: number, to: number): { text: Text; from: number } | null {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  let start = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node as Text;
    const end = start + text.data.length;
    if (from < end) return to <= end ? { text, from: from - start } : null;
    start = end;
  }
  return null;
}
