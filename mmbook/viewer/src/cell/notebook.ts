// The cells of a page in their order: which ran, which must run first, what happens after Stop.
import type { Ending, Sink } from "./interpreter.ts";
import type { Runtime } from "./runtime.ts";

/** What a notebook needs of a cell. */
export interface Member extends Sink {
  readonly name: string;
  readonly session: string;
  readonly source: string;
  /** It will run as soon as Python and the cells before it allow. */
  waiting(): void;
  /** It runs now; what it printed before is out of date. */
  running(): void;
  ended(ending: Ending): Promise<void>;
}

interface Run {
  generation: number;
  source: string;
  stopped: boolean;
}

const NOWHERE: Sink = { output() {}, figure() {}, frame() {} };

export class Notebook<M extends Member = Member> {
  readonly runtime: Runtime;
  readonly #compare: (a: M, b: M) => number;
  readonly #members = new Set<M>();
  readonly #runs = new Map<M, Run>();
  readonly #jobs = new Map<M, Promise<void>>();
  #queue: Promise<void> = Promise.resolve();
  /** Grows with every Stop: jobs queued before it must not begin. */
  #stops = 0;

  /** `compare` sorts cells into the order in which they stand on the page. */
  constructor(runtime: Runtime, compare: (a: M, b: M) => number) {
    this.runtime = runtime;
    this.#compare = compare;
  }

  get members(): M[] {
    return [...this.#members].sort(this.#compare);
  }

  add(member: M): void {
    this.#members.add(member);
  }

  /** A cell leaves the page: what it left in Python goes with it. */
  remove(member: M): void {
    this.#members.delete(member);
    const run = this.#runs.get(member);
    this.#runs.delete(member);
    if (this.#jobs.has(member)) this.stop();
    else if (run?.generation === this.runtime.generation) this.runtime.stop();
  }

  /** As if the cell had never run; what it left in Python stays until a stop. */
  forget(member: M): void {
    this.#runs.delete(member);
  }

  /** Runs a cell, and before it those above it that Python has not seen; resolves at its end. */
  run(member: M): Promise<void> {
    const queued = this.#jobs.get(member);
    if (queued) return queued;
    const stops = this.#stops;
    member.waiting();
    const job = this.#queue.then(async () => {
      try {
        if (stops === this.#stops) await this.#runWithEarlier(member, stops);
        else await member.ended({ status: "stopped" });
      } finally {
        this.#jobs.delete(member);
      }
    });
    this.#jobs.set(member, job);
    this.#queue = job.catch(() => {});
    return job;
  }

  /** Ends what runs because newer values are wanted; only where another Python stands by. */
  supersede(): void {
    if (this.runtime.hasStandby) this.stop();
  }

  stop(): void {
    this.#stops += 1;
    this.runtime.stop();
  }

  async #runWithEarlier(member: M, stops: number): Promise<void> {
    const failure = await this.runtime.tryStart();
    if (failure) {
      await member.ended(failure);
      return;
    }
    for (const earlier of this.#missing(member)) {
      const again = this.#runs.get(earlier)?.source === earlier.source;
      await this.#execute(earlier, again);
      if (stops !== this.#stops || this.#runs.get(earlier)?.stopped) {
        await member.ended({ status: "stopped" });
        return;
      }
    }
    await this.#execute(member, false);
  }

  /** Cells of the session above this one that Python, as it is now, has not seen. */
  #missing(member: M): M[] {
    return this.members.filter((other) => {
      if (other.session !== member.session || this.#compare(other, member) >= 0) return false;
      const run = this.#runs.get(other);
      if (!run) return true;
      // What a reader stopped would only have to be stopped again.
      if (run.stopped && run.source === other.source) return false;
      return run.generation !== this.runtime.generation;
    });
  }

  /** `again`: its output already stands on the page, and stays. */
  async #execute(member: M, again: boolean): Promise<void> {
    const { name: cell, session, source: code } = member;
    const { generation } = this.runtime;
    if (!again) member.running();
    const ending = await this.runtime.request(
      { type: "run", session, cell, code },
      again ? NOWHERE : member,
    );
    const stopped = ending.status === "stopped" || ending.status === "crashed";
    this.#runs.set(member, { generation, source: code, stopped });
    if (!again) await member.ended(ending);
  }
}
