import type { FastifyReply, FastifyRequest } from "fastify";
import type { Feed } from "./feed.ts";

/** Milliseconds between signs of life, by which a browser notices that a connection is dead. */
const pulse = 15_000;

/** Bytes that may wait for a listener who does not read; one with more is let go, and comes back. */
const mostWaiting = 1024 * 1024;

/**
 * `GET /_emulator/events`: what is written, as server-sent events. `hello` comes first, with whether the listener must look
 * anew (`isComplete: false`); then `changes`, each with an id, which `Last-Event-ID` or `?since=` names on the way back.
 */
export function streamEvents(request: FastifyRequest, reply: FastifyReply, feed: Feed, now: () => number) {
  const { raw } = reply;
  reply.hijack();
  raw.writeHead(200, {
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-store",
    "x-accel-buffering": "no",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
  });
  const write = (text: string): void => {
    raw.write(text);
    if (raw.writableLength > mostWaiting) raw.destroy();
  };
  const time = (): string => new Date(now()).toISOString();
  const given = request.headers["last-event-id"] ?? (request.query as Record<string, string>)["since"];
  const missed: string[] = [];
  let tell = (text: string): void => void missed.push(text);
  const listening = feed.listen(
    ({ id, text }) => tell(`id: ${id}\nevent: changes\ndata: ${text}\n\n`),
    typeof given === "string" && given !== "" ? given : undefined,
  );
  const { isComplete } = listening;
  const hello = JSON.stringify({ now: time(), isComplete });
  // The id of who is told the rest is that of the rest.
  write(`${missed.length > 0 ? "" : `id: ${feed.id}\n`}event: hello\nretry: 1000\ndata: ${hello}\n\n`);
  for (const text of missed) write(text);
  tell = write;
  const timer = setInterval(
    () => write(`event: pulse\ndata: ${JSON.stringify({ now: time() })}\n\n`),
    pulse,
  ).unref();
  raw.on("close", () => {
    clearInterval(timer);
    listening.stop();
  });
}
