import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, request as send, type ServerResponse } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { buildPlugin } from "../build.ts";

/** The Flex UIs that a desktop can be. */
export const flexUis = {
  "2": { version: "2.17.1", file: "desktop/dist/flex-ui-2.js" },
  "1": { version: "1.34.6", file: "node_modules/@twilio/flex-ui/bundle/twilio-flex.prod.browser.js" },
  "1.9": { version: "1.9.0", file: "node_modules/flex-ui-1.9/bundle/twilio-flex.prod.browser.js" },
} as const;
export type FlexUiName = keyof typeof flexUis;

/** Whom a page is for. */
export interface DesktopSession {
  readonly accountSid: string;
  /** Good for the local Twilio. */
  readonly token: string;
  readonly identity: string;
  readonly roles: readonly string[];
  readonly workerSid: string;
  /** When the token ends, in milliseconds since 1970. */
  readonly expires: number;
}

export interface DesktopOptions {
  /** Where the local Twilio listens: `http://127.0.0.1:4100`. */
  readonly localTwilio: string;
  readonly flexUi: FlexUiName;
  /** Says whom the page is for, each time that it is loaded. */
  readonly session: () => Promise<DesktopSession>;
  /** The script of a plugin. @default none */
  readonly plugin?: string | undefined;
  /** 0 takes a free one. @default 0 */
  readonly port?: number;
}

export interface Desktop {
  readonly url: string;
  close(): Promise<void>;
}

const root = fileURLToPath(new URL("..", import.meta.url));

/** Hosts that no agent's desktop needs; no local Twilio has them. */
const elsewhere = /^(assets|status|media)\b/;

/**
 * Serves the page of an agent's desktop: the real Flex UI, signed in, whose requests to Twilio go to the local Twilio. To
 * this machine only: whoever can load it is the agent.
 *
 * @throws Error when the port can't be had, or a bundle is not there
 */
export async function serveDesktop(options: DesktopOptions): Promise<Desktop> {
  const { flexUi, session, plugin, port = 0 } = options;
  const target = new URL(options.localTwilio);
  const page = await bundlePage();
  const flex = readFileSync(join(root, flexUis[flexUi].file));
  const plugins =
    plugin === undefined
      ? []
      : [{ name: "plugin-flex-messaging", version: "local", src: "/plugin.js", phase: 3 }];

  const answers: Record<
    string,
    () => readonly [type: string, body: string | Buffer] | Promise<readonly [string, string]>
  > = {
    "/": () => ["text/html", html],
    "/page.js": () => ["text/javascript", page],
    "/flex-ui.js": () => ["text/javascript", flex],
    "/plugin.js": () => ["text/javascript", plugin ?? ""],
    "/plugins": () => ["application/json", JSON.stringify(plugins)],
    "/session": async () => {
      const { expires, workerSid, ...known } = await session();
      const more = { expiration: new Date(expires).toISOString(), flexUserSid: `FU${workerSid.slice(2)}` };
      return [
        "application/json",
        JSON.stringify({ ...known, ...more, plugins: plugins.length > 0 }),
      ] as const;
    },
  };

  const server = createServer((request, response) => {
    // A page of somebody else's that has its own name lead here must not get the session.
    if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(request.headers.host ?? "")) return end(response, 403);
    const [path = ""] = (request.url ?? "/").split("?", 1);
    const [host, rest] = twilioOf(request);
    if (host !== undefined) return pass(request, response, host, rest);
    const answer = answers[path];
    if (answer === undefined) return end(response, 404);
    Promise.resolve()
      .then(answer)
      .then(
        ([type, body]) => {
          response.writeHead(200, { "content-type": `${type}; charset=utf-8`, "cache-control": "no-store" });
          response.end(body);
        },
        () => end(response, 502),
      );
  });

  function pass(request: IncomingMessage, response: ServerResponse, host: string, path: string): void {
    if (elsewhere.test(host)) return end(response, 502);
    const { origin: _origin, referer: _referer, cookie: _cookie, ...headers } = request.headers;
    const onward = send(
      {
        hostname: target.hostname,
        port: target.port,
        method: request.method,
        path,
        headers: { ...headers, host },
      },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    onward.on("error", () => (response.headersSent ? response.destroy() : end(response, 502)));
    request.pipe(onward);
  }

  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const [host, path] = twilioOf(request);
    if (host === undefined) return void socket.destroy();
    const onward = connect(Number(target.port), target.hostname, () => {
      const headers = Object.entries({ ...request.headers, host }).map(
        ([name, value]) => `${name}: ${String(value)}`,
      );
      onward.write([`GET ${path} HTTP/1.1`, ...headers, "", ""].join("\r\n"));
      onward.write(head);
      onward.pipe(socket).pipe(onward);
    });
    onward.on("error", () => socket.destroy());
    onward.on("close", () => socket.destroy());
    socket.on("error", () => onward.destroy());
    socket.on("close", () => onward.destroy());
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  const sockets = new Set<Duplex>();

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The host of Twilio that a page's request is for, and the path there. */
function twilioOf({ url = "" }: IncomingMessage): readonly [host: string | undefined, path: string] {
  const [, host, path = ""] = /^\/twilio\/([\w.-]+\.twilio\.com)(\/.*)$/.exec(url) ?? [];
  return [host, path];
}

function end(response: ServerResponse, status: number): void {
  response.writeHead(status).end();
}

/** Bundles the page's own script. */
async function bundlePage(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(root, "desktop/page/page.ts")],
    bundle: true,
    write: false,
    format: "iife",
    target: "es2020",
    logLevel: "silent",
  });
  return outputFiles[0]?.text ?? "";
}

const html = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Flex</title>
<link rel="icon" href="data:,">
<style>
  html, body { height: 100%; margin: 0; }
  #flex { display: flex; position: fixed; inset: 0; }
  #problem { font: 1rem/1.5 sans-serif; margin: 2rem; white-space: pre-wrap; }
</style>
<div id="flex"></div>
<div id="problem"></div>
<script src="/page.js"></script>
<script src="/flex-ui.js"></script>
`;

/** The script of the project's plugin, as it is deployed. */
export async function pluginScript(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "plugin-"));
  try {
    const { file } = await buildPlugin(join(folder, "plugin.js"));
    return readFileSync(file, "utf8");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
