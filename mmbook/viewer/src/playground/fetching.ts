/** A file from another host, fetched because the reader said so. */
import { MmError } from "../errors.ts";

/** The most bytes of one file; `mmbook link import --fetch` has the same limit. */
export const MOST_BYTES = 64 * 2 ** 20;
/** Longest time without a byte, in milliseconds. */
const PATIENCE = 30_000;

const REMEDY = "Download the file yourself and give it to the matrix.";

/**
 * Whether this page's policy lets it fetch from an address.
 * @param policy of the page; without one everything is allowed
 */
export function permitted(address: string, policy: string | null, own: string): boolean {
  if (policy === null) return true;
  const directives = policy.split(";").map((part) => part.trim().split(/\s+/));
  const find = (name: string) => directives.find(([key]) => key === name)?.slice(1);
  const sources = find("connect-src") ?? find("default-src") ?? ["*"];
  const { origin, protocol } = new URL(address);
  return sources.some(
    (source) =>
      source === "*" ||
      source === protocol ||
      source.toLowerCase() === origin ||
      (source === "'self'" && origin === own),
  );
}

/** The policy that the build wrote into the page; a server may have a stricter one. */
export function policyOf(document: Document): string | null {
  const meta = document.querySelector('meta[http-equiv="Content-Security-Policy"]');
  return meta?.getAttribute("content") ?? null;
}

/**
 * @param loaded hears how many bytes there are so far, and of how many if that is known
 * @throws MmError with the reason, AbortError
 */
export async function fetchData(
  address: string,
  signal: AbortSignal,
  loaded: (bytes: number, total: number | null) => void,
  patience = PATIENCE,
): Promise<Uint8Array> {
  const { host } = new URL(address);
  const controller = new AbortController();
  const stop = (): void => controller.abort(signal.reason);
  let late = false;
  const expire = (): void => {
    late = true;
    controller.abort();
  };
  let timer = setTimeout(expire, patience);
  const alive = (): void => {
    clearTimeout(timer);
    timer = setTimeout(expire, patience);
  };
  signal.addEventListener("abort", stop, { once: true });
  try {
    signal.throwIfAborted();
    const response = await fetch(address, {
      credentials: "omit",
      referrerPolicy: "no-referrer",
      signal: controller.signal,
    });
    if (response.status !== 200)
      throw new MmError(`${host} did not send the file`, {
        given: `status ${response.status}`,
        remedy: REMEDY,
      });
    const length = Number(response.headers.get("Content-Length"));
    const total = Number.isFinite(length) && length > 0 ? length : null;
    return await collected(response, total, (bytes) => {
      alive();
      loaded(bytes, total);
    });
  } catch (error) {
    signal.throwIfAborted();
    controller.abort();
    if (late)
      throw new MmError(`${host} does not answer`, {
        given: `nothing for ${patience / 1000} s`,
        remedy: REMEDY,
      });
    // A browser does not say which of the two it was.
    if (error instanceof TypeError)
      throw new MmError(`${host} cannot be reached, or does not let other pages read the file`, {
        remedy: REMEDY,
        cause: error,
      });
    throw error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
  }
}

async function collected(
  { body }: Response,
  total: number | null,
  loaded: (bytes: number) => void,
): Promise<Uint8Array> {
  const reader = body?.getReader();
  const parts: Uint8Array[] = [];
  let size = 0;
  const check = (bytes: number): void => {
    if (bytes <= MOST_BYTES) return;
    throw new MmError("The file is too large", {
      given: `${(bytes / 2 ** 20).toFixed(0)} MiB${bytes === total ? "" : " and more"}`,
      possible: `up to ${MOST_BYTES / 2 ** 20} MiB`,
    });
  };
  check(total ?? 0);
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
    if (done || !value) break;
    size += value.length;
    check(size);
    parts.push(value);
    loaded(size);
  }
  const all = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
