import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { parseDocument } from "yaml";
import { phraseText } from "../../flex-stack/meaning/index.ts";
import type { StackReport } from "../../flex-stack/report/report.ts";
import { blocks } from "../docs/blocks.ts";
import { useBrowser } from "../support/browser.ts";
import { flexStack } from "../support/commandLine.ts";
import { useProject } from "../support/useProject.ts";
import { expectGolden } from "./golden.ts";

// A contact centre is provisioned and its configuration rewritten; what a reviewer gets to see of that.

const project = useProject();
const browser = useBrowser();

const routing = ["config", "flex-messaging:routing"];
const inbound = [...routing, "workflows", "inbound"];
const filter = (index: number) => [...inbound, "filters", index];

/** Changes values of the stack's file; undefined takes one out. */
async function configure(changes: [path: (string | number)[], value: unknown][]): Promise<void> {
  const settings = parseDocument(await project.read("Pulumi.dev.yaml"));
  for (const [path, value] of changes) {
    if (value === undefined) settings.deleteIn(path);
    else settings.setIn(path, settings.createNode(value));
  }
  await project.write("Pulumi.dev.yaml", settings.toString({ lineWidth: 0 }));
}

/** A report of what `preview` keeps as JSON, in another format. */
async function report(format: string, ...files: string[]): Promise<string> {
  const paths = files.map((file) => join(project.folder, file));
  const { code, out, err } = await flexStack("report", "--format", format, ...paths);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  return `${out}\n`;
}

async function preview(file: string): Promise<{ code: number; stdout: string }> {
  const output = join(project.folder, file);
  return project.flexStack("preview", "--format", "json", "--output", output);
}

beforeAll(async () => {
  const first = await preview("first.json");
  expect(first.code).toBe(0);
  const up = await project.flexStack("up");
  expect(up.code).toBe(0);
}, 120_000);

test("a first preview reads as this comment, with everything that is not there yet by its name", async () => {
  const comment = await report("markdown", "first.json");
  expectGolden("first.md", comment);
  expect(comment).not.toMatch(/\(a new |known after up/);
});

describe("a rewritten configuration", () => {
  let shown = "";

  beforeAll(async () => {
    await configure([
      [[...routing, "queues", "disputes"], { friendlyName: "Disputes", skill: "disputes" }],
      [[...routing, "queues", "seniors", "targetWorkers"], 'routing.skills HAS "support" AND level > 3'],
      // Nobody but the named worker any more, for longer.
      [[...inbound, "targeted", "timeout"], 120],
      [
        [...filter(1), "targets"],
        [
          { queue: "billing", timeout: 90 },
          { queue: "disputes", timeout: 90 },
          { queue: "overflow", priority: 5 },
        ],
      ],
      [[...filter(4), "expression"], 'skill == "returns" OR skill == "refunds"'],
      [filter(3), undefined],
      [[...inbound, "defaultQueue"], "overflow"],
      [[...routing, "workflows", "partners", "defaultQueue"], undefined],
      [["config", "flex-messaging:messagingFlow", "greeting"], "[dev] Welcome back! | One `moment`."],
      [
        ["config", "flex-messaging:chat", "roles", "auditor", "permissions"],
        ["leaveChannel", "sendMessage"],
      ],
      [
        ["config", "flex-messaging:chat", "webhookFilters"],
        ["onChannelDestroyed", "onMessageSent", "onMemberAdded"],
      ],
      [["config", "flex-messaging:chat", "limits", "channelMembers"], 50],
    ]);
    const { code, stdout } = await preview("dev.json");
    expect(code).toBe(0);
    shown = stdout;
  }, 120_000);

  test("reads as this comment", async () => {
    expectGolden("rewritten.md", await report("markdown", "dev.json"));
  });

  test("reads as this text", async () => {
    expectGolden("rewritten.txt", await report("text", "dev.json"));
  });

  test("is shown in a terminal as the documentation says", () => {
    const documented = blocks(new URL("../../docs/preview.md", import.meta.url))
      .flatMap(({ language, text }) => (language === "console" ? text.split("\n") : []))
      .filter((line) => line.startsWith("      "));
    expect(documented).toHaveLength(5);
    for (const line of documented) expect(shown).toContain(`${line}\n`);
  });

  test("is one comment with another stack's", async () => {
    const other: object = JSON.parse(await readFile(join(project.folder, "dev.json"), "utf8"));
    await project.write("staging.json", JSON.stringify({ ...other, stack: "staging" }));
    const comment = await report("markdown", "dev.json", "staging.json");
    expect(comment.match(/^### Stack <b>\w+<\/b>$/gm)).toEqual([
      "### Stack <b>dev</b>",
      "### Stack <b>staging</b>",
    ]);
    expect(comment.match(/<!-- flex-stack preview -->/g)).toHaveLength(1);
  });

  test("is a document for programs, with the words and where they belong", async () => {
    const { changes, policies, rulesHeld } = JSON.parse(
      await readFile(join(project.folder, "dev.json"), "utf8"),
    ) as {
      changes: { name: string; kind: string; meaning: { at: string[]; text: unknown[] }[] }[];
      policies: { rule: string; level: string; resource: string }[];
      rulesHeld: number;
    };
    const queue = changes.find(({ name }) => name === "flex-routing-queue-disputes");
    expect(queue?.kind).toBe("create");
    const workflow = changes.find(({ name }) => name === "flex-routing-workflow-inbound");
    expect(workflow?.meaning).toContainEqual({
      action: "change",
      at: ["filter Billing", "target 1, Billing"],
      text: ["timeout: ", { before: "60 s" }, " → ", { after: "90 s" }],
      danger: false,
      replaces: false,
    });
    expect(policies.map(({ rule, level, resource }) => ({ rule, level, resource }))).toEqual([
      { rule: "workflow-has-default", level: "advisory", resource: "flex-routing-workflow-partners" },
    ]);
    expect(rulesHeld).toBeGreaterThan(15);
  });

  describe.each([
    ["a phone", 360],
    ["a desk", 1280],
  ])("as a page on %s", (_, width) => {
    test.each(["light", "dark"] as const)("%s", async (colorScheme) => {
      await project.write("dev.html", await report("html", "dev.json"));
      const { page, errors } = await browser.open({ viewport: { width, height: 800 }, colorScheme });
      const asked: string[] = [];
      page.on("request", (request) => asked.push(request.url()));
      const address = pathToFileURL(join(project.folder, "dev.html")).href;
      await page.goto(address);
      expect(asked).toEqual([address]);

      expect(await page.locator("h1").textContent()).toBe("Preview of stack dev");
      expect(await page.locator("tbody tr").count()).toBe(7);
      expect(await page.getByRole("row").count()).toBe(8);
      // Of each workflow whose routing changes, how it was and how it is, open from the start.
      expect(await page.locator("details[open] figure.routing").count()).toBe(4);
      expect(await page.locator(".target.end").allTextContents()).toEqual(["not created changed"]);
      const summary = page.locator("details[open] > summary").last();
      await summary.focus();
      await page.keyboard.press("Enter");
      expect(await page.locator("figure.routing").last().isVisible()).toBe(false);
      // One mark for each danger, and no text of a row in its colour but that.
      expect(await page.locator("tbody .mark.danger").count()).toBe(3);
      expect(await page.locator("tbody .danger").count()).toBe(3);
      expect(await page.locator(".origins li").textContent()).toMatch(
        /^stack dev · account AC[0-9a-f]{32} on the local Twilio http:\S+ · commit \S.* · \d{4}-\d\d-\d\d \d\d:\d\d UTC$/,
      );

      await page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })");
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
      expect(await page.evaluate(tooWide)).toEqual([]);
      expect(await page.evaluate(faint)).toEqual([]);
      const ground = await page.evaluate("getComputedStyle(document.body).backgroundColor");
      expect(ground).toBe(colorScheme === "dark" ? "rgb(13, 17, 23)" : "rgb(255, 255, 255)");
      expect(errors).toEqual([]);
    });
  });
});

/** Elements that reach beyond the window. */
const tooWide = `[...document.querySelectorAll("main *")]
  .filter((each) => each.getBoundingClientRect().right > innerWidth + 0.5)
  .map((each) => each.outerHTML.slice(0, 100))`;

/** Texts whose contrast with what is behind them is below 4.5 to 1 (WCAG 2.2, AA). */
const faint = `(() => {
  const parts = (color) => color.match(/[\\d.]+/g).map(Number);
  const light = (color) => {
    const [r, g, b] = parts(color).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    const color = getComputedStyle(element).backgroundColor;
    return parts(color)[3] === 0 ? ground(element.parentElement ?? document.body) : color;
  };
  return [...document.querySelectorAll("main *")]
    .filter((each) => [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== ""))
    .map((each) => {
      const [one, other] = [light(getComputedStyle(each).color), light(ground(each))].sort((a, b) => b - a);
      return [(one + 0.05) / (other + 0.05), each.outerHTML.slice(0, 100)];
    })
    .filter(([contrast]) => contrast < 4.5);
})()`;

test("a refused change says by which rule, before anything else", async () => {
  await configure([
    [
      ["config", "flex-messaging:chat", "roles", "agents"],
      { friendlyName: "Agent", type: "channel", permissions: ["sendMessage"] },
    ],
  ]);
  expect((await preview("refused.json")).code).toBe(5);
  const [beginning = ""] = (await report("markdown", "refused.json")).split("| Change");
  expectGolden("refused.md", beginning);
});

/** What a preview tells that follows for messages, dangers with `!`. */
async function consequencesIn(file: string): Promise<string[]> {
  expect((await preview(file)).code).toBe(0);
  const { changes } = JSON.parse(await readFile(join(project.folder, file), "utf8")) as Pick<
    StackReport,
    "changes"
  >;
  return changes
    .filter(({ type }) => !type.startsWith("twilio:taskrouter:"))
    .flatMap(({ kind, name, meaning }) =>
      meaning
        .filter(({ action }) => action === "consequence")
        .map(({ danger, text }) => `${danger ? "! " : ""}${kind} ${name}: ${phraseText(text)}`),
    );
}

test("numbers that go to a handler of their own, or away, are told with what becomes of their messages", async () => {
  const handling = ["config", "flex-messaging:messageHandling"];
  await configure([
    [["config", "flex-messaging:chat", "roles", "agents"], undefined],
    [[...handling, "kind"], "custom"],
    [[...handling, "numbers", "shop"], undefined],
  ]);
  const consequences = await consequencesIn("custom.json");
  const [main, shop, handler] = ["+14155550142", "+12065550187", "http://127.0.0.1:4200"];
  expect(consequences).toEqual([
    `! update flex-number-main-number: texts to ${main} now go to ${handler}/sms; Flex has no part in them`,
    `update flex-chat-service: ${handler}/chat-check is now asked before something happens in a conversation`,
    `update flex-chat-service: ${handler}/chat is now told what happened in conversations; before, ${handler}/chat-archive was`,
    `delete flex-number-main-flex-flow: texts to ${main} no longer start a conversation in Flex: they go to ${handler}/sms`,
    `! delete flex-number-shop-flex-flow: texts to ${shop} no longer start a conversation in Flex`,
    `delete flex-number-main-proxy-number: texts to ${main} go to ${handler}/sms; Proxy has no part in them`,
    `! delete flex-number-shop-proxy-number: texts to ${shop} no longer go to the Proxy service Flex: Twilio points the number at a demo page`,
  ]);
}, 60_000);

test("numbers that move to conversations and away from them are told with what opens where", async () => {
  const handling = ["config", "flex-messaging:messageHandling"];
  await configure([
    [[...handling, "kind"], "flex"],
    [[...handling, "numbers", "shop"], { phoneNumber: "+12065550187", friendlyName: "Shop" }],
    [[...handling, "numbers", "main", "kind"], "conversations"],
    [[...handling, "numbers", "web", "kind"], "flex"],
  ]);
  const [main, web] = ["+14155550142", "+13125550163"];
  const flex = "Flex, through the Proxy service Flex";
  const conversation =
    "a conversation in Flex Chat Service, which goes through the Studio flow Messaging Flow";
  expect(await consequencesIn("conversations.json")).toEqual([
    `update flex-number-main-number: texts to ${main} no longer go to ${flex}: they open ${conversation}`,
    `update flex-number-web-number: texts to ${web} now go to ${flex}`,
    `delete flex-number-web-address: texts to ${web} no longer open a conversation: they go to ${flex}`,
    `delete flex-number-main-flex-flow: texts to ${main} go to no Flex Flow any more: they open ${conversation}`,
    `delete flex-number-main-proxy-number: texts to ${main} open ${conversation}; Proxy has no part in them`,
  ]);
}, 60_000);
