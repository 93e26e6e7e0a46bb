// What a cell's run shows: in the figure it redraws, in charts under it, and in the film of both.
import { sceneFromMessage } from "../scene.ts";
import { Charts } from "./charts.ts";
import { Film, type Frame, message, type Shown } from "./film.ts";
import { Strip } from "./strip.ts";
import { figureOf } from "./target.ts";

export class Screen {
  readonly strip: Strip;
  readonly #host: HTMLElement;
  readonly #film = new Film();
  readonly #charts: Charts;
  #running = false;
  #waiting = false;
  #drawn: Frame["figure"] = null;
  #redrew = "";
  #problem: unknown;
  #settled: Promise<void> = Promise.resolve();

  constructor(host: HTMLElement) {
    this.#host = host;
    this.#charts = new Charts(host);
    this.strip = new Strip(this.#film, () => {
      this.#draw();
      this.strip.update(this.#running);
    });
  }

  /** A run begins: what the last one showed stays until it is known what comes in its place. */
  begin(): void {
    this.#film.clear();
    this.#running = true;
    this.#redrew = "";
    this.#problem = undefined;
    this.#drawn = null;
    this.strip.update(true);
  }

  /**
   * However fast frames come, the page draws as many as it can, always the newest; all are kept.
   */
  add(shown: Shown): void {
    this.#film.add(shown);
    if (this.#waiting) return;
    this.#waiting = true;
    requestAnimationFrame(() => this.#catchUp());
  }

  /** Nothing more comes. Says what was shown; throws where a figure could not be drawn. */
  async end(): Promise<string> {
    this.#running = false;
    // In a window that is not in view no frame of the browser's comes by.
    this.#catchUp();
    if (this.#film.length === 0) this.#charts.show([]);
    this.strip.update(false);
    await this.#settled;
    if (this.#problem !== undefined) throw this.#problem;
    const { count } = this.#film;
    const frames = count > 1 ? `; ${count} frames` : "";
    return (this.#redrew ? `; figure ${this.#redrew} redrawn` : "") + frames;
  }

  clear(): void {
    this.#running = false;
    this.#film.clear();
    this.#charts.show([]);
    this.strip.update(false);
  }

  #catchUp(): void {
    if (!this.#waiting) return;
    this.#waiting = false;
    this.#draw();
    this.strip.update(this.#running);
  }

  #draw(): void {
    const { frame } = this.#film;
    if (!frame) return;
    this.#charts.show(frame.charts);
    const { figure } = frame;
    if (!figure || figure === this.#drawn) return;
    this.#drawn = figure;
    this.#settled = this.#redraw(figure).catch((error: unknown) => {
      this.#problem ??= error;
    });
  }

  async #redraw(figure: NonNullable<Frame["figure"]>): Promise<void> {
    const target = figureOf(this.#host);
    await target.show(sceneFromMessage(message(figure)));
    this.#redrew = target.id;
  }
}
