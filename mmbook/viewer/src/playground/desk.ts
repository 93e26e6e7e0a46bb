/** The playground's panel beside its figure, what only a playground has in it, and the links it opens. */

import { createExports } from "../export/exports.ts";
import { make } from "../figure/markup.ts";
import { MmFigure } from "../figure.ts";
import { decode, isLink } from "../link.ts";
import { stateFrom } from "../page/state.ts";
import { openPanel } from "../panel/open.ts";
import type { Panel } from "../panel/panel.ts";
import { type Patch, soundPatch } from "../settings.ts";
import { Arrivals } from "./arrivals.ts";
import { createDownload } from "./download.ts";
import { createGallery } from "./gallery.ts";
import { createSheet } from "./sheet.ts";
import { deskSheet } from "./styles.ts";

export function openDesk(host: HTMLElement, signal: AbortSignal): void {
  const figure = host.ownerDocument.getElementById(host.getAttribute("figure") ?? "playground");
  if (!(figure instanceof MmFigure)) return;
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [deskSheet()];
  const { search, hash } = host.ownerDocument.location;
  void figure.ready.then(
    () => {
      if (signal.aborted || !figure.published) return;
      const place = make("div", { class: "place" });
      root.replaceChildren(...createSheet(host, figure, place, signal));
      const taken = make("p", { class: "progress", role: "status" });
      const exports = createExports(figure, (text) => {
        taken.textContent = text;
      });
      const panel = openPanel(figure, place, {
        signal,
        also: [
          {
            group: "Expression",
            element: createGallery(figure.id, figure.published),
            text: "start from gallery starting points examples",
          },
          {
            group: "Share",
            element: make("div", {}, exports, taken),
            text: "take away export download save copy link values picture python",
          },
        ],
      });
      if (isOriginal(search)) void openOriginal(figure, panel, search, hash);
    },
    () => {}, // The figure says itself why it cannot be shown.
  );
}

/** Whether a query may be one of the original tool; what it says is for Python to read. */
export function isOriginal(search: string): boolean {
  return [...new URLSearchParams(search).keys()].some(
    (key) => ["params", "config", "mm"].includes(key) || /^\d+(\.\d+)?$/.test(key),
  );
}

/** Opens a link of the original tool; what our own link says of it is laid over it. */
async function openOriginal(
  figure: MmFigure,
  panel: Panel,
  query: string,
  hash: string,
): Promise<void> {
  const reply = await panel.wishes.make({ do: "import", query });
  if (!reply) return;
  figure.show(reply.scene);
  panel.status.note(reply.notices);
  const arrivals = new Arrivals(figure, panel.status);
  panel.status.wait(
    Object.entries(reply.downloads).map(([name, address]) =>
      createDownload(name, address, (content) => arrivals.take(name, address, content)),
    ),
  );
  const { published, source } = figure;
  const wanted = patchOf(hash, figure.id);
  if (wanted && published && source) figure.state = stateFrom(published, source, wanted);
}

/** What a fragment says of a figure; null where it says nothing, or cannot be read: the page says so. */
function patchOf(hash: string, id: string): Patch | null {
  if (!isLink(hash)) return null;
  try {
    return soundPatch(decode(hash).figures[id] ?? {}).patch;
  } catch {
    return null;
  }
}
