/**
 * Browsers give a page a limited number of WebGL contexts and take the oldest away without asking.
 * So the page keeps fewer itself: a renderer enters the pool before it opens its context and says
 * when it draws; when there is no place left, the one that was out of sight longest, or failing that
 * undrawn longest, is put to sleep. It keeps its last picture and is woken when it comes into view
 * and a place is free, or when it has to draw again.
 */
export interface Tenant {
  /** Gives its context back, its last picture left standing. */
  sleep(): void;
  wake(): void;
}

export interface Pool {
  /** A new tenant takes a place. */
  enter(tenant: Tenant): void;
  leave(tenant: Tenant): void;
  /** It needs its context now: wakes it if it sleeps, at the cost of another. */
  use(tenant: Tenant): void;
  /** It came into view or left it; wakes it only if that puts nothing visible to sleep. */
  see(tenant: Tenant, visible: boolean): void;
}

interface State {
  awake: boolean;
  visible: boolean;
  used: number;
}

export function createPool(limit: number): Pool {
  const tenants = new Map<Tenant, State>();
  let clock = 0;

  const awake = (): [Tenant, State][] => [...tenants].filter(([, state]) => state.awake);

  /** Frees a place for one more; false where only visible ones could make room and may not. */
  const makeRoom = (force: boolean): boolean => {
    const there = awake();
    if (there.length < limit) return true;
    const [first] = there
      .filter(([, state]) => force || !state.visible)
      .sort(([, a], [, b]) => Number(a.visible) - Number(b.visible) || a.used - b.used);
    if (!first) return false;
    first[1].awake = false;
    first[0].sleep();
    return true;
  };

  const rouse = (tenant: Tenant, state: State, force: boolean): void => {
    if (state.awake || !makeRoom(force)) return;
    state.awake = true;
    tenant.wake();
  };

  return {
    enter(tenant) {
      makeRoom(true);
      tenants.set(tenant, { awake: true, visible: false, used: ++clock });
    },
    leave(tenant) {
      tenants.delete(tenant);
    },
    use(tenant) {
      const state = tenants.get(tenant);
      if (!state) return;
      state.used = ++clock;
      rouse(tenant, state, true);
    },
    see(tenant, visible) {
      const state = tenants.get(tenant);
      if (!state) return;
      if (state.visible !== visible) state.used = ++clock;
      state.visible = visible;
      if (visible) rouse(tenant, state, false);
    },
  };
}

const LIMIT = 8;
const SMALL_LIMIT = 4;

let shared: Pool | null = null;

/** The page's one pool. */
export function pagePool(): Pool {
  const small = matchMedia("(pointer: coarse), (max-width: 600px)").matches;
  shared ??= createPool(small ? SMALL_LIMIT : LIMIT);
  return shared;
}
