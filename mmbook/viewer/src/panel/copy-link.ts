/** The link of what is on the screen, for where no larger choice of ways to share it stands. */
import { make } from "../figure/markup.ts";
import type { Status } from "./status.ts";

export function createCopyLink(copy: () => Promise<void>, status: Status): HTMLElement {
  const button = make("button", { type: "button" }, "Copy the link");
  button.addEventListener("click", async () => {
    try {
      await copy();
      status.say("Link copied.");
    } catch {
      status.fail("The link could not be copied: it stands in the address bar.");
    }
  });
  return make("div", { class: "buttons" }, button);
}
