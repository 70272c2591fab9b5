import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { isOwnHost } from "../kernel/guard.ts";
import type { Feed } from "./feed.ts";
import { pageHeaders } from "./headers.ts";
import { streamEvents } from "./stream.ts";

/** What the set-up has built of `page/`. */
const folder = fileURLToPath(new URL("../../page/dist/", import.meta.url));

const types: Readonly<Record<string, string>> = {
  "page.js": "text/javascript; charset=utf-8",
  "page.css": "text/css; charset=utf-8",
  "picture.svg": "image/svg+xml",
};

export interface PageOptions {
  readonly feed: Feed;
  /** The emulated clock. */
  readonly now: () => number;
  /** By which it may be reached besides loopback names and addresses. */
  readonly hosts: readonly string[];
}

/** Serves the page: at `/` to browsers, its files below `/_emulator/page`, and the stream that keeps it up to date. */
export function addPage(app: FastifyInstance, { feed, now, hosts }: PageOptions): void {
  app.route({
    method: "GET",
    url: "/",
    handler(request, reply) {
      // Programs, and whoever asks a Twilio host, are answered as ever.
      if (!wantsPage(request, hosts)) return reply.callNotFound();
      return answer(reply, "text/html; charset=utf-8", document(read("page.js") !== undefined));
    },
  });
  app.route({
    method: "GET",
    url: "/_emulator/page/:file",
    handler(request, reply) {
      const { file } = request.params as { file: string };
      const type = Object.hasOwn(types, file) ? types[file] : undefined;
      const content = type === undefined ? undefined : read(file);
      return type === undefined || content === undefined
        ? reply.callNotFound()
        : answer(reply, type, content);
    },
  });
  app.route({
    method: "GET",
    url: "/_emulator/events",
    handler: (request, reply) => streamEvents(request, reply, feed, now),
  });
}

function wantsPage({ headers }: FastifyRequest, hosts: readonly string[]): boolean {
  return (headers.accept ?? "").includes("text/html") && isOwnHost(headers.host ?? "", hosts);
}

function answer(reply: FastifyReply, type: string, content: string | Buffer): FastifyReply {
  return reply.headers(pageHeaders).type(type).send(content);
}

function read(file: string): Buffer | undefined {
  try {
    return readFileSync(folder + file);
  } catch {
    return undefined;
  }
}

function document(isBuilt: boolean): string {
  const body = isBuilt
    ? `<local-twilio></local-twilio><noscript><p>This page needs JavaScript.</p></noscript>
<script type="module" src="/_emulator/page/page.js"></script>`
    : "<main><h1>Local Twilio</h1><p>It runs. Its page is not built yet: run <code>npm run setup</code>, and load this again.</p></main>";
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Local Twilio</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/_emulator/page/page.css">
${body}
`;
}
