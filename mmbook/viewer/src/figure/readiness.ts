/** A promise of the first frame that can be made anew after a failure. */
export class Readiness {
  #promise!: Promise<void>;
  #resolve!: () => void;
  #reject!: (error: unknown) => void;
  #settled: "no" | "yes" | "failed" = "no";

  constructor() {
    this.#renew();
  }
  get promise(): Promise<void> {
    return this.#promise;
  }
  get reached(): boolean {
    return this.#settled === "yes";
  }
  /** Returns whether it was the first time. */
  reach(): boolean {
    if (this.#settled === "yes") return false;
    if (this.#settled === "failed") this.#renew();
    this.#settled = "yes";
    this.#resolve();
    return true;
  }
  fail(error: unknown): void {
    if (this.#settled === "yes") return;
    this.#settled = "failed";
    this.#reject(error);
  }
  /** What was awaited in vain may be awaited again. */
  retry(): void {
    if (this.#settled === "failed") this.#renew();
  }

  #renew(): void {
    this.#settled = "no";
    this.#promise = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    // A page that does not await the figure is told by mm-error, not by an unhandled rejection.
    this.#promise.catch(() => undefined);
  }
}
