/** One export at a time: its progress, and a way to end it. */
import { isAbort, messageOf } from "../errors.ts";
import { make } from "../figure/markup.ts";

export interface Work {
  signal: AbortSignal;
  /** @param part done, 0 to 1 */
  progress: (part: number) => void;
  /** Lets the page go on; ends with AbortError where the work is no longer wanted. */
  breathe: () => Promise<void>;
}

export interface Jobs {
  readonly element: HTMLElement;
  /** Disabled while something is being made. */
  readonly controls: HTMLButtonElement[];
  /** @param work may return what else there is to say */
  run(what: string, work: (work: Work) => Promise<string | undefined>): Promise<void>;
}

export function createJobs(say: (text: string) => void): Jobs {
  const bar = make("progress", { max: "1", "aria-label": "Progress" });
  const cancel = make("button", { type: "button" }, "Cancel");
  const element = make("div", { class: "job", hidden: true }, bar, cancel);
  const controls: HTMLButtonElement[] = [];
  let current: AbortController | null = null;
  cancel.addEventListener("click", () => current?.abort());

  return {
    element,
    controls,
    async run(what, work) {
      if (current) return;
      const controller = new AbortController();
      const { signal } = controller;
      current = controller;
      bar.removeAttribute("value");
      element.hidden = false;
      for (const control of controls) control.disabled = true;
      say(`Making ${what}`);
      try {
        const remark = await work({
          signal,
          progress: (part) => bar.setAttribute("value", String(part)),
          breathe: async () => {
            await turn();
            signal.throwIfAborted();
          },
        });
        say([`${what} saved.`, remark].filter(Boolean).join(" "));
      } catch (error) {
        say(isAbort(error) ? `${what} was cancelled.` : messageOf(error));
      } finally {
        current = null;
        element.hidden = true;
        for (const control of controls) control.disabled = false;
      }
    },
  };
}

/** The next turn of the event loop; a timer would be slowed down in a tab that is not looked at. */
function turn(): Promise<void> {
  return new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      done();
    };
    port2.postMessage(null);
  });
}
