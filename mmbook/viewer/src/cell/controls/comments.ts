// Where the comments of Python code begin: a # inside a text is none.

export interface Comment {
  /** Line, counted from 1. */
  line: number;
  /** Offsets in the source: of the line's first character, and of the #. */
  start: number;
  at: number;
  /** What follows the #, without space around it. */
  text: string;
}

export function comments(source: string): Comment[] {
  const found: Comment[] = [];
  let line = 1;
  let start = 0;
  let quote = "";
  for (let at = 0; at < source.length; at += 1) {
    const character = source[at];
    if (character === "\n") {
      // A text in single quotes that is never closed ends with its line.
      if (quote.length === 1) quote = "";
      line += 1;
      start = at + 1;
    } else if (quote) {
      if (character === "\\") {
        // An escaped line end ends the line all the same.
        if (source[at + 1] !== "\n") at += 1;
      } else if (source.startsWith(quote, at)) {
        at += quote.length - 1;
        quote = "";
      }
    } else if (character === '"' || character === "'") {
      quote = source.startsWith(character.repeat(3), at) ? character.repeat(3) : character;
      at += quote.length - 1;
    } else if (character === "#") {
      const end = source.indexOf("\n", at);
      const last = end < 0 ? source.length : end;
      found.push({ line, start, at, text: source.slice(at + 1, last).trim() });
      at = last - 1;
    }
  }
  return found;
}
