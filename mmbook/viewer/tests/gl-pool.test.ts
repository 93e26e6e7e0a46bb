import { describe, expect, it } from "vitest";
import { createPool, type Tenant } from "../src/gl/pool.ts";

class Guest implements Tenant {
  awake = true;
  sleep(): void {
    if (!this.awake) throw new Error("put to sleep twice");
    this.awake = false;
  }
  wake(): void {
    if (this.awake) throw new Error("woken twice");
    this.awake = true;
  }
}

const open = (count: number, limit: number) => {
  const pool = createPool(limit);
  const guests = Array.from({ length: count }, () => {
    const guest = new Guest();
    pool.enter(guest);
    return guest;
  });
  const awake = (): number[] => guests.flatMap((guest, n) => (guest.awake ? [n] : []));
  return { pool, guests, awake };
};

const at = (guests: Guest[], n: number): Guest => guests[n] ?? new Guest();

describe("the pool of contexts", () => {
  it("never has more awake than there are places", () => {
    const { awake } = open(5, 3);
    expect(awake()).toEqual([2, 3, 4]);
  });

  it("takes the place of one out of sight before one in view", () => {
    const { pool, guests, awake } = open(3, 3);
    pool.see(at(guests, 0), true);
    pool.see(at(guests, 2), true);
    pool.enter(new Guest());
    expect(awake()).toEqual([0, 2]);
  });

  it("wakes what comes into view, if that costs nothing visible", () => {
    const { pool, guests, awake } = open(3, 2);
    expect(awake()).toEqual([1, 2]);
    pool.see(at(guests, 1), true);
    pool.see(at(guests, 0), true);
    expect(awake()).toEqual([0, 1]);
    pool.see(at(guests, 2), true);
    expect(awake()).toEqual([0, 1]);
  });

  it("wakes what must draw, at the cost of what was drawn longest ago", () => {
    const { pool, guests, awake } = open(3, 2);
    for (const guest of guests) pool.see(guest, true);
    pool.use(at(guests, 2));
    pool.use(at(guests, 0));
    expect(awake()).toEqual([0, 2]);
  });

  it("gives a place back when its tenant leaves", () => {
    const { pool, guests, awake } = open(3, 2);
    pool.leave(at(guests, 1));
    pool.use(at(guests, 0));
    expect(awake()).toEqual([0, 1, 2]);
  });
});
