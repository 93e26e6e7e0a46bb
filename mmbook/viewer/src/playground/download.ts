/** A matrix whose values lie at another address: the reader has them fetched, or brings the file. */
import { isAbort, messageOf } from "../errors.ts";
import { make } from "../figure/markup.ts";
import { fetchData, permitted, policyOf } from "./fetching.ts";

/** The original reads nothing else. */
const FILES = ".csv,.tsv,.txt";

/** @param take shows the file's content as the matrix; rejects with the reason where it cannot */
export function createDownload(
  name: string,
  address: string,
  take: (content: Uint8Array) => Promise<void>,
): HTMLElement {
  const { host } = new URL(address);
  const link = make(
    "a",
    { href: address, rel: "noreferrer noopener", target: "_blank", download: "" },
    address,
  );
  const said = make("span", { role: "status" });
  const file = make("input", { type: "file", accept: FILES, "aria-label": `File of ${name}` });
  const element = make(
    "li",
    { class: "download" },
    "The values of ",
    make("code", {}, name),
    " lie at ",
    link,
    ". ",
  );
  const give = async (content: Uint8Array): Promise<void> => {
    await take(content);
    element.remove();
  };
  file.addEventListener("change", async () => {
    const [chosen] = file.files ?? [];
    if (!chosen) return;
    try {
      await give(new Uint8Array(await chosen.arrayBuffer()));
    } catch (error) {
      said.textContent = messageOf(error);
    }
  });
  if (permitted(address, policyOf(document), location.origin)) {
    element.append(fetching(address, host, said, give), " Or give the file: ", file, said);
  } else {
    element.append(
      `This site lets its pages fetch nothing from ${host}. Download the file and give it here: `,
      file,
      said,
    );
  }
  return element;
}

/** The button that fetches, and while it does so, cancels. */
function fetching(
  address: string,
  host: string,
  said: HTMLElement,
  give: (content: Uint8Array) => Promise<void>,
): HTMLElement {
  const text = `Fetch from ${host}`;
  const button = make("button", { type: "button" }, text);
  let current: AbortController | null = null;
  button.addEventListener("click", async () => {
    if (current) return current.abort();
    current = new AbortController();
    button.textContent = "Cancel";
    said.textContent = ` Fetching from ${host}`;
    try {
      const content = await fetchData(address, current.signal, (bytes, total) => {
        const of = total ? ` of ${kilobytes(total)}` : "";
        said.textContent = ` ${kilobytes(bytes)}${of}`;
      });
      await give(content);
    } catch (error) {
      said.textContent = isAbort(error) ? " Cancelled." : ` ${messageOf(error)}`;
    } finally {
      current = null;
      button.textContent = text;
    }
  });
  return button;
}

const kilobytes = (bytes: number): string => `${Math.ceil(bytes / 1000)} kB`;
