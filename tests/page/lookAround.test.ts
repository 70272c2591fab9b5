import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { beforeAll, describe, expect, jest, test } from "@jest/globals";
import type { Page } from "playwright-core";
import { useBrowser } from "../support/browser.ts";
import { type ContactCentre, contactCentre } from "../support/contactCentre.ts";
import { freePort } from "../support/freePort.ts";
import { useLocalTwilio } from "../support/useLocalTwilio.ts";

// Routing, the account, and time and trouble, in a real browser on an account with what strangers may have named.

jest.setTimeout(60_000);
const sinkPort = await freePort();
const local = useLocalTwilio({ judge: false, sink: { port: sinkPort, from: "first webhook" } });
const browser = useBrowser();
const hostile = `<img src=x onerror="window.hacked = 1"> "'&\u202Eeman`;
let centre: ContactCentre;
let worker: string;

beforeAll(async () => {
  centre = await contactCentre(local, {
    queues: { Billing: { targetWorkers: 'skill == "billing"' }, [hostile]: { targetWorkers: "1==2" } },
    workflow: { friendlyName: "Inbound" },
    routing: (queue) => ({
      filters: [
        {
          filter_friendly_name: hostile,
          expression: 'skill == "billing"',
          targets: [{ queue: queue("Billing"), timeout: 60 }, { queue: queue(hostile) }],
        },
      ],
      default_filter: { queue: queue("Everyone") },
    }),
  });
  worker = await centre.addWorker(hostile, { attributes: { skill: "billing" } });
  await centre.addTask({ attributes: { skill: "billing", [hostile]: hostile } });
  const [number] = await local.client.incomingPhoneNumbers.list({ limit: 1 });
  await number?.update({ smsUrl: `http://127.0.0.1:${sinkPort}/sms`, friendlyName: hostile });
  const text = { from: "+14155550170", to: number?.phoneNumber, body: hostile };
  await local.own("POST", "/messages", text);
  await local.own("POST", "/clock", { advance: 0 });
});

async function open(path: string, options?: Parameters<typeof browser.open>[0]) {
  const opened = await browser.open(options);
  await opened.page.goto(`${local.emulator.url}/#/${path}`);
  await opened.page.getByText("Live", { exact: true }).waitFor();
  return opened;
}

const queue = (page: Page, name: string) =>
  page.getByRole("region", { name: "Queues" }).getByRole("article").filter({ hasText: name });

describe("routing", () => {
  test("shows who gets what, with numbers that follow what happens", async () => {
    const { page, errors } = await open("routing");
    await page.getByLabel("Workspace").selectOption({ value: centre.workspaceSid });
    await queue(page, "Billing").getByText("1 of 1 available").waitFor();
    expect(await queue(page, "Billing").getByText("waiting").textContent()).toBe("1 waiting");
    await queue(page, "onerror").getByText("nobody serves it").waitFor();
    await centre.addTask({ attributes: { skill: "billing" } });
    await queue(page, "Billing").getByText("2 waiting").waitFor();
    await centre.addTask({});
    await queue(page, "Everyone").getByText("1 waiting").waitFor();
    await queue(page, "Billing").getByRole("button", { name: "Billing" }).click();
    await page.locator('[data-node][data-state="related"]').first().waitFor();
    // The workflow, the queue and its worker.
    expect(await page.locator('[data-node][data-state="related"]').count()).toBe(3);
    expect(await page.locator('path[data-state="related"]').count()).toBe(2);
    expect(errors).toEqual([]);
  });

  test("tells where a task would go, and refuses what is none", async () => {
    const { page } = await open("routing");
    await page.getByLabel("Workspace").selectOption({ value: centre.workspaceSid });
    const attributes = page.getByLabel("Attributes");
    await attributes.fill("{");
    await attributes.press("Control+Enter");
    await page.getByRole("alert").getByText("That is no JSON").waitFor();
    await attributes.fill('{"skill": "billing"}');
    await page.getByRole("button", { name: "Try it" }).click();
    await page.getByText("waiting in queue Billing").waitFor();
    await page.getByText("after 60 s").waitFor();
    await page.getByText("Why").first().click();
    await page.getByText("is not eligible").first().waitFor();
    await page.getByLabel("Task channel").selectOption("chat");
    await page.getByRole("button", { name: "Try it" }).click();
    await page.getByText("offered to <img").waitFor();
    expect(await page.locator('[data-node][data-state="outcome"]').count()).toBe(2);
  });
});

describe("the account", () => {
  test("finds a resource by a value, and shows it as its API does", async () => {
    const { page, errors } = await open("account");
    await page.getByLabel("Kind").selectOption("taskrouter.Worker");
    await page.getByLabel("Search").fill("ONERROR");
    const found = page.getByRole("list", { name: "Resources" }).getByRole("link");
    await page.waitForFunction(`document.querySelectorAll("resource-list .line").length === 1`);
    await found.click();
    const shown = page.getByRole("article", { name: `Worker ${worker}` });
    await shown.getByText("TaskRouter › Workspaces").waitFor();
    expect(await shown.locator("pre").textContent()).toContain('"skill\\":\\"billing\\"');
    await shown.getByRole("link", { name: /CreateWorker/ }).click();
    await page.getByText("FriendlyName", { exact: true }).waitFor();
    expect(errors).toEqual([]);
  });

  test("an address leads to a resource; one that is not there is said", async () => {
    const { page } = await open(`account/${centre.workflowSid}`);
    await page.getByRole("article", { name: `Workflow ${centre.workflowSid}` }).waitFor();
    await page.goto(`${local.emulator.url}/#/account/${encodeURIComponent(hostile)}`);
    await page.getByRole("alert").waitFor();
  });

  test("lists requests by filters, and one as a command that works when it is pasted", async () => {
    await local.send("POST", "https://chat.twilio.com/v2/Services", { form: { FriendlyName: "it's" } });
    const { page } = await open("account/requests");
    await page.getByLabel("Method").selectOption("POST");
    await page.getByLabel("Host").selectOption("chat");
    await page.getByLabel("Operation").fill("createservice");
    const requests = page.getByRole("list", { name: "Requests" }).getByRole("link");
    await page.waitForFunction(`document.querySelectorAll("request-list .line").length === 1`);
    await requests.click();
    const command = await page.locator(".command pre").textContent();
    const env = { PATH: process.env["PATH"], TWILIO_AUTH_TOKEN: local.emulator.authToken };
    const { stdout } = await promisify(execFile)("bash", ["-c", command ?? ""], { env });
    expect(JSON.parse(stdout)).toMatchObject({ friendly_name: "it's" });
    await page.getByLabel("Status").selectOption("5xx");
    await page.getByText("No such request").waitFor();
  });

  test("who chose something of a list goes on in the list", async () => {
    const { page } = await open("account");
    const third = page.getByRole("list", { name: "Resources" }).getByRole("link").nth(2);
    await third.focus();
    await page.keyboard.press("Enter");
    await page.locator("resource-detail article").waitFor();
    expect(await page.evaluate(`document.activeElement.getAttribute("aria-current")`)).toBe("true");
  });
});

describe("time and trouble", () => {
  test("moves the clock to the next thing that is due, and by steps", async () => {
    const { page } = await open("time");
    const clock = page.getByRole("region", { name: "Clock" });
    const task = await centre.addTask({ timeout: 30 });
    const line = clock.getByRole("listitem").filter({ hasText: task.slice(-6) });
    await line.getByText("the task has waited for its whole time: it is canceled").waitFor();
    await clock.getByRole("button", { name: "To the next" }).click();
    await line.getByText("the task, which is canceled, is removed").waitFor();
    expect(await centre.statusOf(task)).toBe("canceled");
    await clock.getByRole("spinbutton", { name: "Seconds" }).fill("700");
    await clock.getByRole("button", { name: "Go" }).click();
    await line.waitFor({ state: "detached" });
    expect(await centre.statusOf(task)).toBe("gone");
  });

  test("turns faults on and off", async () => {
    const { page } = await open("time");
    const faults = page.getByRole("region", { name: "Faults" });
    await faults.getByLabel("Host").selectOption("chat");
    await faults.getByLabel("Path").fill("not a path");
    await faults.getByRole("button", { name: "Turn on" }).click();
    await faults.getByRole("alert").waitFor();
    await faults.getByLabel("Path").fill("/v2/**");
    await faults.getByRole("button", { name: "Turn on" }).click();
    await faults.getByText("chat /v2/**: answered 503").waitFor();
    expect((await local.send("GET", "https://chat.twilio.com/v2/Services")).status).toBe(503);
    await faults.getByRole("button", { name: "Turn off: chat /v2/**: answered 503" }).click();
    await faults.getByText("None: every request is answered as it should be.").waitFor();
    expect((await local.send("GET", "https://chat.twilio.com/v2/Services")).status).toBe(200);
  });

  test("shows what came to the sink, which gives its port up when it is asked to", async () => {
    const { page, errors } = await open("time");
    const sink = page.getByRole("region", { name: "Sink" });
    await sink.getByText("POST /sms").first().click();
    await sink.getByText("signed by Twilio's scheme").waitFor();
    await sink.getByText(hostile).first().waitFor();
    await sink.getByRole("button", { name: "Give the port up" }).click();
    await sink.getByText("not listening").waitFor();
    await sink.getByRole("button", { name: "Take the port" }).click();
    await sink.getByText("listening", { exact: true }).waitFor();
    await sink.getByRole("button", { name: "Forget what came" }).click();
    await sink.getByText("Nothing came yet.").waitFor();
    expect(await page.evaluate("window.hacked")).toBeUndefined();
    expect(errors).toEqual([]);
  });

  test("asks before requests are forgotten, and tells how to begin anew", async () => {
    const { page } = await open("time");
    const reset = page.getByRole("region", { name: "Reset" });
    await reset.getByText("npm run emulator -- --reset").waitFor();
    const total = async () => ((await local.own("GET", "/requests?limit=0")).body as { total: number }).total;
    await reset.getByRole("button", { name: "Forget all requests…" }).click();
    await reset.getByRole("button", { name: "Cancel" }).click();
    expect(await total()).toBeGreaterThan(0);
    await reset.getByRole("button", { name: "Forget all requests…" }).click();
    await reset.getByRole("button", { name: "Forget them" }).click();
    await reset.getByText("They are forgotten.").waitFor();
  });
});

test.each(["routing", "account", "account/requests", "time"])(
  "%s fits in 390 and 1280 pixels, light and dark",
  async (path) => {
    await local.send("GET", `https://chat.twilio.com/v2/${encodeURIComponent(hostile)}<script>`);
    for (const [width, colorScheme] of [
      [390, "dark"],
      [1280, "light"],
    ] as const) {
      const { page, errors } = await open(path, { viewport: { width, height: 800 }, colorScheme });
      await page.locator("main .card, main .lines").first().waitFor();
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
      expect(await page.evaluate("window.hacked")).toBeUndefined();
      expect(await page.locator("main img, main script").count()).toBe(0);
      expect(errors).toEqual([]);
    }
  },
);
