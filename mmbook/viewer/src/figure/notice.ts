/** What a figure says when something went wrong: in place of the picture, or in a strip over it. */
import { make } from "./markup.ts";

export interface Notice {
  message: string;
  /** Absent where trying again cannot help. */
  retry?: () => void;
  /** Whether there is a picture to keep showing. */
  passing: boolean;
}

export interface NoticeBoard {
  show(notice: Notice | null): void;
}

/** How long a passing notice stays, in milliseconds. */
const PASSING = 12_000;

/** @param root gets the notice as its last child; an alert must be inserted to be announced */
export function createNoticeBoard(root: ShadowRoot, signal: AbortSignal): NoticeBoard {
  let shown: HTMLElement | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const clear = (): void => {
    clearTimeout(timer);
    shown?.remove();
    shown = null;
  };
  signal.addEventListener("abort", clear, { once: true });

  return {
    show(notice) {
      clear();
      if (!notice) return;
      const { message, retry, passing } = notice;
      const text = make("p", {}, message.charAt(0).toUpperCase() + message.slice(1));
      shown = make("div", { class: passing ? "notice passing" : "notice", role: "alert" }, text);
      if (retry) {
        const again = make("button", { type: "button", class: "plain" }, "Try again");
        again.addEventListener("click", retry, { signal });
        shown.append(again);
      }
      if (passing) {
        const close = make("button", { type: "button", class: "plain" }, "Close");
        close.addEventListener("click", clear, { signal });
        shown.append(close);
        timer = setTimeout(clear, PASSING);
      }
      root.append(shown);
    },
  };
}
