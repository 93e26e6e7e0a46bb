/**
 * The framed page's side of the conversation. It hears its parent alone, answers no origin but the
 * one that greeted it, and executes nothing: a request is data, checked before it is looked at.
 */
import { messageOf } from "../errors.ts";
import {
  type Answer,
  type Ask,
  type FromFrame,
  idOf,
  isOurs,
  type News,
  PROTOCOL,
  readRequest,
  type Values,
} from "./protocol.ts";

export type Answerer = (ask: Ask) => Promise<Values[keyof Values]>;

export interface Gate {
  /** Tells the embedding page, once it has greeted. */
  tell(news: News): void;
}

/** @param greeted called at every greeting, the first one included */
export function openGate(
  view: Window,
  answer: Answerer,
  greeted: () => void,
  signal: AbortSignal,
): Gate {
  const { parent } = view;
  /** The origin that greeted first; for the life of this page it stays the only one. */
  let known: string | null = null;
  const post = (message: FromFrame, to: string): void => {
    // A parent without an origin (a file, a sandbox) can only be addressed by its window.
    const target = to === "null" ? "*" : to;
    parent.postMessage(message, target, buffers(message));
  };
  const hear = async ({ data, source, origin }: MessageEvent): Promise<void> => {
    if (source !== parent || (known === null ? !isOurs(data) : origin !== known)) return;
    let reply: Answer;
    try {
      const request = readRequest(data);
      if (request.do === "hello") known = origin;
      else if (known === null) throw new Error("Say hello first.");
      reply = { mm: PROTOCOL, re: request.id, value: await answer(request) };
      if (request.do === "hello") {
        post(reply, origin);
        greeted();
        return;
      }
    } catch (error) {
      reply = { mm: PROTOCOL, re: idOf(data), error: messageOf(error) };
    }
    post(reply, origin);
  };
  view.addEventListener("message", (event) => void hear(event), { signal });
  // The one thing said to anybody: that there is somebody to greet.
  post({ mm: PROTOCOL, event: "listening" }, "*");
  return {
    tell(news) {
      if (known !== null) post({ mm: PROTOCOL, ...news }, known);
    },
  };
}

/** Values are handed over, not copied once more. */
function buffers(message: FromFrame): Transferable[] {
  const value = "value" in message ? message.value : null;
  return value && "data" in value ? [value.data.buffer] : [];
}
