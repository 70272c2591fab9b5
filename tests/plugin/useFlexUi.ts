import { EventEmitter, once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, jest } from "@jest/globals";
import type { Page, Request, Route } from "playwright-core";
import { buildPlugin, bundleTestPage } from "../../plugin/build.ts";
import type { FlexPage, FlexPageOptions, SeenAction } from "../../plugin/testing/protocol.ts";
import { useBrowser } from "../support/browser.ts";

const packages = fileURLToPath(new URL("../../plugin/node_modules/", import.meta.url));

/** The newest Flex UI 1.x, and the oldest that the plugin supports; by package. */
export const flexUis = ["@twilio/flex-ui", "flex-ui-1.9"] as const;
export type FlexUiPackage = (typeof flexUis)[number];

/** `1.34.6` */
export const versionOf = (name: FlexUiPackage): string =>
  (JSON.parse(readFileSync(join(packages, name, "package.json"), "utf8")) as { version: string }).version;

export interface OpenFlexUi {
  readonly page: Page;
  /** What Flex UI and the plugin are asked to do in the page, and what can be read there. */
  readonly flex: InPage<FlexPage>;
  /** What the plugin wrote on the console, as `warning …`. */
  readonly console: readonly string[];
  /** Uncaught errors of the page. */
  readonly errors: readonly string[];
  /** What TaskRouter was asked for, as `WR1 accepted`. */
  readonly asked: readonly string[];
  /** Everything the page sent beyond its own server. */
  readonly requests: readonly Request[];
  /** Waits until Flex UI has taken or done an action. */
  seen(action: SeenAction): Promise<void>;
  /** Waits until requests that were sent are as they should. */
  waitForRequest(condition: () => boolean): Promise<void>;
  /** Waits until JavaScript in the page is true; `flexPage` is what `flex` reaches. */
  until(condition: string): Promise<void>;
}

type InPage<T> = {
  readonly [M in keyof T]: T[M] extends (...args: infer Args) => infer Result
    ? (...args: Args) => Promise<Awaited<Result>>
    : never;
};

export interface OpenOptions extends Partial<Omit<FlexPageOptions, "pluginServiceUrl">> {
  /** Makes a change of a reservation; what it rejects with reaches Flex UI. @default it is made */
  readonly respond?: (reservationSid: string, status: string) => Promise<void>;
  /** Answers what is asked for beyond the page's own server. @default nothing is reached */
  readonly answer?: (request: Request, route: Route) => Promise<void>;
  /** Changes Flex UI in the page before the plugin is loaded: JavaScript with `Flex`. */
  readonly change?: string;
}

/** Real bundles of Flex UI in a real browser, with the plugin as it is deployed; nothing else can be reached. */
export function useFlexUi(): { open(flexUi: FlexUiPackage, options?: OpenOptions): Promise<OpenFlexUi> } {
  // A page loads megabytes of script, which takes its time on a busy machine.
  jest.setTimeout(60_000);
  const browser = useBrowser();
  const folder = mkdtempSync(join(tmpdir(), "flex-ui-"));
  const scripts: Record<string, () => Buffer> = {
    "/plugin.js": () => readFileSync(join(folder, "plugin.js")),
    "/test-page.js": () => readFileSync(join(folder, "test-page.js")),
    ...Object.fromEntries(
      flexUis.map((name) => [
        `/${name}.js`,
        () => readFileSync(join(packages, name, "bundle", "twilio-flex.prod.browser.js")),
      ]),
    ),
  };
  const server = createServer(({ url = "" }, response) => {
    const script = scripts[url];
    const plugins = [{ name: "plugin-flex-messaging", version: "0.1.0", src: "/plugin.js", phase: 3 }];
    const [type, body] = script
      ? ["text/javascript", script()]
      : url === "/plugins"
        ? ["application/json", JSON.stringify(plugins)]
        : ["text/html", "<!doctype html><title>Flex</title><body></body>"];
    response.writeHead(200, { "content-type": `${type}; charset=utf-8` });
    response.end(body);
  });
  let origin = "";

  beforeAll(async () => {
    await buildPlugin(join(folder, "plugin.js"));
    await bundleTestPage(join(folder, "test-page.js"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  // A page with Flex UI in it takes much memory, and is never idle.
  const opened: Page[] = [];
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((page) => page.context().close()));
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    rmSync(folder, { recursive: true, force: true });
  });

  return {
    async open(flexUi, { respond = async () => {}, answer, change = "", ...options } = {}) {
      const { page } = await browser.open();
      opened.push(page);
      const [lines, errors, asked, requests] = [[], [], [], []] as [string[], string[], string[], Request[]];
      const arrivals = new EventEmitter();
      page.on("pageerror", ({ message }) => errors.push(message));
      page.on("console", (message) => {
        const text = message.text();
        if (/^Flex messaging:|FlexMessagingPlugin/.test(text)) lines.push(`${message.type()} ${text}`);
      });
      await page.route(
        (url) => url.origin !== origin,
        async (route, request) => {
          requests.push(request);
          arrivals.emit("request");
          await (answer?.(request, route) ?? route.abort());
        },
      );
      await page.exposeFunction("respond", async (sid: string, status: string) => {
        asked.push(`${sid} ${status}`);
        await respond(sid, status);
      });
      await page.goto(origin);
      await page.addScriptTag({ url: "/test-page.js" });
      await page.addScriptTag({ url: `/${flexUi}.js` });
      await page.evaluate(`{ const { Flex } = Twilio; ${change} }`);
      const flex = new Proxy({} as OpenFlexUi["flex"], {
        get:
          (_, method: string) =>
          (...args: unknown[]) =>
            page.evaluate(`flexPage.${method}(...${JSON.stringify(args)})`),
      });
      await flex.start({ pluginServiceUrl: `${origin}/plugins`, ...options });
      const until = async (condition: string) => void (await page.waitForFunction(condition));
      const seen = (action: SeenAction) => until(`flexPage.seenActions().includes("${action}")`);
      return {
        ...{ page, flex, console: lines, errors, asked, requests, seen, until },
        async waitForRequest(condition) {
          while (!condition()) await once(arrivals, "request");
        },
      };
    },
  };
}
