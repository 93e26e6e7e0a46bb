// When Python may start by itself: a reader turns to a cell, and the pictures are there.

interface Figure extends HTMLElement {
  ready?: Promise<unknown>;
}

interface Connection {
  saveData?: boolean;
}

/** Calls `start` once, at the first sign that the reader will use the cell. */
export function onIntent(cell: HTMLElement, start: () => void, signal: AbortSignal): void {
  let begun = false;
  const begin = async (): Promise<void> => {
    if (begun) return;
    begun = true;
    await firstFrames(cell.ownerDocument);
    if (!signal.aborted) start();
  };
  cell.addEventListener("focusin", begin, { signal });
  cell.addEventListener("click", begin, { signal });
  if (isFrugal()) return;
  cell.addEventListener("pointerenter", begin, { signal });
  const observer = new IntersectionObserver(
    (entries) => {
      if (entries.some((entry) => entry.isIntersecting)) void begin();
    },
    // A cell that only shows its edge is not yet being read.
    { rootMargin: "-10% 0px" },
  );
  observer.observe(cell);
  signal.addEventListener("abort", () => observer.disconnect());
}

/** Megabytes are not fetched unasked where they cost money or patience. */
function isFrugal(): boolean {
  const { connection } = navigator as Navigator & { connection?: Connection };
  return connection?.saveData === true || matchMedia("(pointer: coarse)").matches;
}

/** Resolves when every figure in view has shown its first frame or said that it cannot. */
export async function firstFrames(page: Document): Promise<void> {
  const visible = [...page.querySelectorAll<Figure>("mm-figure")].filter(isInView);
  await Promise.all(
    visible.map(
      (figure) =>
        new Promise<void>((resolve) => {
          figure.addEventListener("mm-error", () => resolve(), { once: true });
          Promise.resolve(figure.ready).then(
            () => resolve(),
            () => resolve(),
          );
        }),
    ),
  );
}

function isInView(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
}
