/**
 * The last picture of a canvas whose context is given back: a plain copy in its place. The canvas
 * itself is hidden, because browsers paint a sign of trouble where a context was lost.
 */
export interface Still {
  /** Copies what the canvas shows; call in the same turn in which it was drawn. */
  take(): void;
  /** Nothing to copy: only hides the canvas. */
  hide(): void;
  /** The canvas shows its own picture again. */
  remove(): void;
}

export function createStill(canvas: HTMLCanvasElement): Still {
  let copy: HTMLCanvasElement | null = null;

  const remove = (): void => {
    copy?.remove();
    copy = null;
    canvas.style.visibility = "";
  };

  const hide = (): void => {
    canvas.style.visibility = "hidden";
  };

  return {
    take() {
      remove();
      copy = canvas.ownerDocument.createElement("canvas");
      copy.width = canvas.width;
      copy.height = canvas.height;
      copy.setAttribute("aria-hidden", "true");
      copy.style.cssText = `position:absolute;pointer-events:none;left:${canvas.offsetLeft}px;top:${canvas.offsetTop}px;width:${canvas.clientWidth}px;height:${canvas.clientHeight}px`;
      copy.getContext("2d")?.drawImage(canvas, 0, 0);
      canvas.after(copy);
      hide();
    },
    hide,
    remove,
  };
}
