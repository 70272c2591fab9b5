import { setTimeout as sleep } from "node:timers/promises";

/** Milliseconds after which a connection that ended is made again. */
const retry = 1000;

/** An event of a local Twilio: https://html.spec.whatwg.org/multipage/server-sent-events.html */
export interface StreamEvent {
  readonly event: string;
  readonly data: string;
}

/**
 * What a local Twilio tells as it happens (`GET /_emulator/events`), until the signal ends it. A connection that ends is made
 * again, and goes on after the last event that came.
 */
export async function* eventStream(url: string, signal: AbortSignal): AsyncGenerator<StreamEvent> {
  let lastId = "";
  while (!signal.aborted) {
    try {
      const headers = { accept: "text/event-stream", ...(lastId !== "" && { "last-event-id": lastId }) };
      const { body, ok } = await fetch(url, { headers, signal });
      if (!ok || body === null) throw new Error("no stream");
      for await (const { id, ...event } of parsed(body.pipeThrough(new TextDecoderStream()))) {
        lastId = id ?? lastId;
        yield event;
      }
    } catch {
      // It ended, or was ended: it begins anew, or not.
    }
    await sleep(retry, undefined, { signal }).catch(() => undefined);
  }
}

/** The events in a stream of text, with the id that one may have. */
export async function* parsed(
  chunks: AsyncIterable<string>,
): AsyncGenerator<StreamEvent & { readonly id?: string }> {
  let rest = "";
  for await (const chunk of chunks) {
    const blocks = (rest + chunk).split("\n\n");
    rest = blocks.pop() ?? "";
    for (const block of blocks) {
      const fields = Map.groupBy(
        block.split("\n").map((line) => /^(\w+): ?(.*)$/.exec(line)),
        (line) => line?.[1],
      );
      const text = (name: string) =>
        fields
          .get(name)
          ?.map((line) => line?.[2] ?? "")
          .join("\n");
      const [id, data] = [text("id"), text("data")];
      if (data !== undefined)
        yield { event: text("event") ?? "message", data, ...(id !== undefined && { id }) };
    }
  }
}
