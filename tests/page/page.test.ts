import { beforeAll, describe, expect, jest, test } from "@jest/globals";
import type { Page } from "playwright-core";
import { Centre } from "../journey/centre.ts";
import { useStack } from "../stack/project.ts";
import { useBrowser } from "../support/browser.ts";
import { connectionTo } from "./connection.ts";

// The page in a real browser, on the dev stack as `npm run up` makes it. Nothing is asked for but by the page.

jest.setTimeout(120_000);
const stack = useStack();
const browser = useBrowser();
let centre: Centre;

beforeAll(async () => {
  await stack.up();
  centre = new Centre(stack.client, stack.emulator);
}, 180_000);

/** Opens the page at a pane. */
async function open(path: string, options?: Parameters<typeof browser.open>[0]) {
  const opened = await browser.open(options);
  await opened.page.goto(`${stack.emulator.url}/#/${path}`);
  await opened.page.getByText("Live", { exact: true }).waitFor();
  return opened;
}

const phone = (page: Page, number: string) => page.getByRole("region", { name: `Phone ${number}` });
const deskOf = (page: Page, name: string) => page.getByRole("region", { name: `Desk of ${name}` });

/** Adds a phone and has it write to a number. */
async function write(page: Page, from: string, to: string, ...texts: string[]): Promise<void> {
  await page.getByRole("button", { name: "Add a phone" }).click();
  await page.getByLabel("Number of the phone").fill(from);
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await phone(page, from).getByLabel("writes to").selectOption(to);
  for (const text of texts) {
    const field = phone(page, from).getByRole("textbox", { name: `Text as ${from}` });
    await field.fill(text);
    await field.press("Enter");
    await phone(page, from).getByText(text, { exact: true }).first().waitFor();
  }
}

/** Opens a desk, unless it is. */
async function openDesk(page: Page, name: string): Promise<void> {
  const worker = page.getByRole("region", { name: "Workers" }).getByRole("button", { name });
  await worker.waitFor();
  if ((await worker.getAttribute("aria-pressed")) === "false") await worker.click();
  await deskOf(page, name).waitFor();
}

describe("a customer writes, an agent accepts, answers and completes", () => {
  test.each([
    ["by Chat and Proxy", "+14155550142", "+12025550101"],
    ["by Flex Conversations", "+13125550163", "+12025550102"],
  ])("%s", async (_how, number, customer) => {
    const { page: phones, errors } = await open("phones");
    const { page: agents, errors: others } = await open("agents");
    await write(phones, customer, number, "My parcel is late", "3");

    await openDesk(agents, "bob");
    const task = deskOf(agents, "bob").getByRole("article", { name: `Task of ${customer}` });
    await task.getByText(/0:\d\d left/).waitFor();
    await task.getByRole("button", { name: "Accept" }).click();
    await task.getByText("My parcel is late").waitFor();
    const answer = task.getByRole("textbox", { name: "Answer as bob" });
    await answer.fill("It comes tomorrow.");
    await answer.press("Enter");

    const bubble = phone(phones, customer).getByRole("listitem").filter({ hasText: "It comes tomorrow." });
    await bubble.getByText("delivered").waitFor();

    await phones.goto(`${stack.emulator.url}/#/journey`);
    const line = phones.getByRole("list", { name: "Stages" });
    await line.getByRole("button", { name: /Agent.*is here|Answer.*is here/ }).waitFor();
    await task.getByRole("button", { name: "Wrap up" }).click();
    await task.getByText("wrapping up").waitFor();
    await task.getByRole("button", { name: "Complete" }).click();
    await deskOf(agents, "bob").getByText("Waits for a task.").waitFor();
    await line.getByRole("button", { name: /Completion.*is here/ }).waitFor();
    expect(await line.getByRole("button", { name: /not reached/ }).count()).toBe(0);
    const studio = phones.getByRole("region", { name: "Studio execution" });
    await studio.getByText("flow.variables.skill", { exact: true }).click();
    await studio.getByText('"flow.variables.skill": "sales"').waitFor();
    expect([errors, others]).toEqual([[], []]);
  });
});

test("an offer is rejected, and the next one runs out; the journey says why nobody else has it", async () => {
  const { page: agents } = await open("agents");
  await centre.text("+12025550103", "+14155550142", "I want to buy");
  await centre.text("+12025550103", "+14155550142", "3");
  await openDesk(agents, "bob");
  const task = deskOf(agents, "bob").getByRole("article");
  await task.getByRole("button", { name: "Reject" }).click();
  const { page: journey } = await open("journey");
  const why = journey.getByRole("region", { name: "Task" });
  await why.getByText('not in queue Sales: routing.skills HAS "sales" is false').first().waitFor();
  await task.getByRole("button", { name: "Time out" }).click();
  // The workspace's timeout activity.
  await deskOf(agents, "bob").getByText("Takes no tasks in this activity.").waitFor();
  await why.getByText("timeout").waitFor();
  await deskOf(agents, "bob").getByLabel("Activity of bob").selectOption("Available");
  // Once its time in the queue is over it would be offered to whoever the next tests look at.
  const { tasks } = await centre.workspace();
  for (const { sid } of await tasks.list({ assignmentStatus: ["pending", "reserved"] }))
    await tasks.get(sid).update({ assignmentStatus: "canceled" });
});

test("a conversation is handed on to another agent", async () => {
  const from = "+12025550107";
  const { page } = await open("agents");
  await centre.text(from, "+13125550163", "I want to buy more");
  await centre.text(from, "+13125550163", "3");
  await openDesk(page, "alice");
  await openDesk(page, "bob");
  const task = deskOf(page, "bob").getByRole("article", { name: `Task of ${from}` });
  await task.getByRole("button", { name: "Accept" }).click();
  await task.getByRole("button", { name: "Transfer…" }).click();
  await task.getByLabel("Transfer to").selectOption("alice");
  const handed = deskOf(page, "alice").getByRole("article", { name: `Task of ${from}` });
  await handed.getByRole("button", { name: "Accept" }).click();
  await handed.getByText("I want to buy more").waitFor();
  await deskOf(page, "bob").getByText("Waits for a task.").waitFor();
  await handed.getByRole("button", { name: "Complete" }).click();
  await deskOf(page, "alice").getByText("Waits for a task.").waitFor();
});

test("a capacity is changed, and one that is none is refused", async () => {
  const { page } = await open("agents");
  await openDesk(page, "alice");
  const capacity = deskOf(page, "alice").getByLabel("Capacity of alice for sms");
  await capacity.fill("3");
  await capacity.press("Tab");
  await expect(
    stack.client.taskrouter.v1
      .workspaces((await stack.client.flexApi.v1.configuration().fetch()).taskrouterWorkspaceSid)
      .workers.list({ friendlyName: "alice" })
      .then(([alice]) => alice?.workerChannels().list())
      .then((channels) => channels?.find(({ taskChannelUniqueName }) => taskChannelUniqueName === "sms")),
  ).resolves.toMatchObject({ configuredCapacity: 3 });
  await capacity.fill("-1");
  await capacity.press("Tab");
  await deskOf(page, "alice").getByRole("alert").waitFor();
});

test("attributes are edited, and routed by at once", async () => {
  const { page } = await open("agents");
  await openDesk(page, "pat");
  const desk = deskOf(page, "pat");
  await desk.getByText("Attributes of pat").click();
  const editor = desk.getByRole("textbox", { name: "Attributes as JSON" });
  await editor.fill("{");
  await desk.getByRole("button", { name: "Save" }).click();
  await desk.getByRole("alert").getByText("This is no JSON").waitFor();
  await editor.fill('{"routing": {"skills": ["returns"]}, "contact_uri": "client:pat"}');
  await desk.getByRole("button", { name: "Save" }).click();
  await desk.getByText("Saved.").waitFor();
  const { taskrouterWorkspaceSid } = await stack.client.flexApi.v1.configuration().fetch();
  const [pat] = await stack.client.taskrouter.v1
    .workspaces(taskrouterWorkspaceSid)
    .workers.list({ friendlyName: "pat" });
  expect(JSON.parse(pat?.attributes ?? "")).toEqual({
    routing: { skills: ["returns"] },
    contact_uri: "client:pat",
  });
});

test("a visitor's web chat is opened, with a picture of the page's own", async () => {
  const { page, errors } = await open("phones");
  await page.getByRole("button", { name: "Add a web chat" }).click();
  await page.getByLabel("Name of the visitor").fill("Zoë <b>");
  await page.getByRole("button", { name: "Open the chat" }).click();
  const chat = page.getByRole("region", { name: "Web chat of Zoë <b>" });
  await chat.getByRole("textbox", { name: "Say as Zoë <b>" }).fill("Look at this");
  await chat.getByRole("button", { name: "Add a picture" }).click();
  await chat.getByRole("button", { name: "Send" }).click();
  await chat.getByRole("listitem").filter({ hasText: "Look at this" }).getByRole("img").waitFor();
  expect(errors).toEqual([]);
});

test("what others wrote stays a text, whatever it is", async () => {
  const hostile = `<img src=x onerror="window.hacked = 1"><script>window.hacked = 1</script>`;
  const bidi = "\u202Etxet lacitilop\u2066";
  const long = "x".repeat(50_000);
  const from = "+12025550104";
  for (const text of [hostile, bidi, long.slice(0, 1600)]) await centre.text(from, "+12065550187", text);
  const name = `<img src=x onerror="window.hacked = 1"> \u202Eecila`;
  await centre.hire(name, { routing: { skills: [hostile] }, [hostile]: hostile });
  const { page, errors } = await open("phones");
  await phone(page, from).getByText(hostile).waitFor();
  await phone(page, from).getByText(bidi).waitFor();
  for (const path of ["agents", "journey", `journey/${encodeURIComponent(hostile)}`, `account/${hostile}`]) {
    await page.goto(`${stack.emulator.url}/#/${path}`);
    await page.getByRole("main").getByText(/./).first().waitFor();
  }
  await page.goto(`${stack.emulator.url}/#/agents`);
  await page.getByText(name).first().waitFor();
  await openDesk(page, name);
  expect(await page.evaluate("window.hacked")).toBeUndefined();
  expect(await page.locator("main img, main script").count()).toBe(0);
  // A bdi keeps the direction of a text to itself.
  expect(await page.evaluate(`getComputedStyle(document.querySelector("bdi")).unicodeBidi`)).toBe("isolate");
  expect(errors.filter((error) => !error.includes("404"))).toEqual([]);
});

test("a long text is shown as far as one can read it, and all of it when that is asked for", async () => {
  const from = "+12025550106";
  const sid = await centre.text(from, "+14155550142", "I shall say much");
  await centre.text(from, "+14155550142", "3");
  const { page } = await open("agents");
  await openDesk(page, "bob");
  const task = deskOf(page, "bob").getByRole("article", { name: `Task of ${from}` });
  await task.getByRole("button", { name: "Accept" }).click();
  await task.getByText("I shall say much").waitFor();
  const channel = (await centre.journey(sid)).find((entry) => entry.sid?.startsWith("CH"))?.sid ?? "";
  const { chatServiceInstanceSid } = await stack.client.flexApi.v1.configuration().fetch();
  const { messages } = stack.client.chat.v2.services(chatServiceInstanceSid).channels(channel);
  const end = "the end";
  await messages.create({ from, body: `${"y".repeat(30_000)}${end}` });
  await task.getByText("28,007 more characters").waitFor();
  expect(await task.getByText(end).isVisible()).toBe(false);
  await task.getByText("28,007 more characters").click();
  expect(await task.getByText(end).isVisible()).toBe(true);
  await task.getByRole("button", { name: "Complete" }).click();
  await task.waitFor({ state: "detached" });
});

test("what happens while the connection is gone is there when it comes back", async () => {
  const proxy = await connectionTo(stack.emulator.port);
  const { page } = await browser.open();
  await page.goto(`${proxy.url}/#/phones`);
  const from = "+12025550105";
  await write(page, from, "+14155550142", "Before");
  await proxy.cut();
  await page.getByText("No connection: trying again").waitFor();
  await centre.text(from, "+14155550142", "While it was away");
  await proxy.restore();
  await phone(page, from).getByText("While it was away").waitFor();
  await page.getByText("Live", { exact: true }).waitFor();
  await proxy.close();
});

test("works by keyboard, and goes on where the new pane begins", async () => {
  const { page } = await open("phones");
  await page.keyboard.press("Tab");
  expect(await page.evaluate("document.activeElement.textContent.trim()")).toBe("Skip to the content");
  await page.keyboard.press("Enter");
  expect(await page.evaluate("document.activeElement.tagName")).toBe("MAIN");
  await page.getByRole("link", { name: "Agents" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Agents" }).waitFor();
  expect(await page.evaluate("document.activeElement.tagName")).toBe("MAIN");
});

test.each([
  ["phones", 390],
  ["agents", 390],
  ["journey", 390],
  ["phones", 1280],
  ["agents", 1280],
  ["journey", 1280],
])("%s fits in %d pixels", async (path, width) => {
  const { page } = await open(path, { viewport: { width, height: 800 } });
  await page.getByRole("heading", { level: 1 }).waitFor();
  expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
});
