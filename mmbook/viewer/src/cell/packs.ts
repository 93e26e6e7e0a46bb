// The one door left open to Python: packs that data/index.json lists.

/** What Python imports as `mmbook_host`; `Bytes` is what Python takes for bytes. */
export interface Host<Bytes> {
  pack_names(): string[];
  /** The bytes of a pack; null if there is none of that name. */
  read_pack(name: string): Bytes | null;
}

/** Reads an address at once, because Python cannot wait; null if the server has no such file. */
export type Read = (address: string) => Uint8Array | null;

export function packs<Bytes>(
  base: string,
  read: Read,
  convert: (bytes: Uint8Array) => Bytes,
): Host<Bytes> {
  let listed: Map<string, string> | undefined;
  const index = (): Map<string, string> => {
    if (!listed) {
      const bytes = read(`${base}index.json`);
      const files = bytes ? JSON.parse(new TextDecoder().decode(bytes)) : {};
      listed = new Map(Object.entries<string>(files));
    }
    return listed;
  };
  return {
    pack_names: () => [...index().keys()],
    read_pack(name) {
      const file = index().get(name);
      const bytes = file === undefined ? null : read(`${base}${file}`);
      return bytes && convert(bytes);
    },
  };
}

/** A reader that keeps working after `XMLHttpRequest` is gone from the global scope. */
export function synchronousReader(): Read {
  const Request = XMLHttpRequest;
  return (address) => {
    const request = new Request();
    request.open("GET", address, false);
    request.responseType = "arraybuffer";
    request.send();
    if (request.status === 404) return null;
    if (request.status !== 200) {
      throw new Error(`${address} could not be read: the server said ${request.status}`);
    }
    return new Uint8Array(request.response as ArrayBuffer);
  };
}
