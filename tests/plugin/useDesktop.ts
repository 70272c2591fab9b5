import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, jest } from "@jest/globals";
import type { Page } from "playwright-core";
import type { Emulator } from "../../emulator/index.ts";
import { accessToken } from "../../flex-stack/simulate/access-token.ts";
import { buildPlugin } from "../../plugin/build.ts";
import { type Desktop, type FlexUiName, serveDesktop } from "../../plugin/desktop/serve.ts";
import { useBrowser } from "../support/browser.ts";

/** An agent's desktop, signed in. */
export interface OpenDesktop {
  readonly page: Page;
  /** What the plugin wrote on the console, as `warning …`. */
  readonly lines: readonly string[];
  /** What became of an action of the agent on the task of a reservation: why it failed, if it did. */
  act(action: string, reservationSid: string): Promise<string | undefined>;
  /** Of the agent's reservations, as the real client of TaskRouter knows them: `WR… accepted`. */
  reservations(): Promise<string[]>;
  /** Waits until a reservation has a status. */
  until(reservationSid: string, status: string): Promise<void>;
  /** Writes in the conversation that is shown, as the agent. */
  type(text: string): Promise<void>;
  /** Waits until the page shows a text. */
  shows(text: string): Promise<void>;
  reload(): Promise<void>;
  /** Takes the page's connections away, does something, and gives them back. */
  away(work: () => Promise<void>): Promise<void>;
}

/** The page of `npm run flex-ui` in a real browser, with the plugin as it is deployed. */
export function useDesktop(): {
  open(
    name: FlexUiName,
    agent: { emulator: Emulator; identity: string; workerSid: string; serviceSid: string },
  ): Promise<OpenDesktop>;
} {
  // Flex UI 2 is 18 MB of script, which takes its time on a busy machine.
  jest.setTimeout(120_000);
  const browser = useBrowser();
  const folder = mkdtempSync(join(tmpdir(), "desktop-"));
  let plugin = "";
  beforeAll(async () => {
    const { file } = await buildPlugin(join(folder, "plugin.js"));
    plugin = readFileSync(file, "utf8");
  }, 60_000);
  const opened = new Set<() => Promise<void>>();
  // A page with Flex UI in it takes much memory, and is never idle.
  afterEach(async () => {
    for (const close of opened) await close();
    opened.clear();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  return {
    async open(flexUi, { emulator, identity, workerSid, serviceSid }) {
      const { accountSid } = emulator;
      const serve = (port: number): Promise<Desktop> =>
        serveDesktop({
          ...{ localTwilio: emulator.url, flexUi, plugin, port },
          session: async () => ({
            ...{ accountSid, identity, workerSid, roles: ["agent"] },
            token: accessToken(emulator, { identity, chatServiceSid: serviceSid }, Date.now()),
            expires: Date.now() + 3_600_000,
          }),
        });
      let desktop = await serve(0);
      const { page } = await browser.open();
      opened.add(async () => {
        await page.context().close();
        await desktop.close();
      });
      const lines: string[] = [];
      page.on("console", (message) => {
        if (message.text().startsWith("Flex messaging:")) lines.push(`${message.type()} ${message.text()}`);
      });
      const ready = async (): Promise<void> => {
        await page.waitForFunction("window.desktop !== undefined", undefined, { timeout: 90_000 });
        const state = await page.evaluate("`${window.desktop.state} ${window.desktop.problem ?? ''}`");
        if (state !== "ready ") throw new Error(`Flex UI is ${String(state)}`);
      };
      await page.goto(desktop.url);
      await ready();
      const all = "[...Twilio.Flex.Manager.getInstance().workerClient.reservations.values()]";
      return {
        page,
        lines,
        act: (action, sid) =>
          page.evaluate(
            `Twilio.Flex.Actions.invokeAction("${action}", { sid: "${sid}" }).then(() => undefined, (error) => String(error?.message ?? error))`,
          ),
        reservations: () => page.evaluate(`${all}.map(({ sid, status }) => sid + " " + status)`),
        until: async (sid, status) =>
          void (await page.waitForFunction(
            `${all}.some((one) => one.sid === "${sid}" && one.status === "${status}")`,
          )),
        async type(text) {
          await page.locator("textarea, [contenteditable=true]").first().click();
          await page.keyboard.type(text);
          await page.keyboard.press("Enter");
        },
        shows: (text) => page.getByText(text).first().waitFor(),
        async reload() {
          await page.reload();
          await ready();
        },
        async away(work) {
          const port = Number(new URL(desktop.url).port);
          await desktop.close();
          await work();
          desktop = await serve(port);
        },
      };
    },
  };
}
