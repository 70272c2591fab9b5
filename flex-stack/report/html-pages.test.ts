import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, test } from "@jest/globals";
import { useBrowser } from "../../tests/support/browser.ts";
import { diagnosisDocument, healthDocument, type Diagnosis, type Health } from "../diagnose/index.ts";
import { driftDocument } from "../drift/drift-document.ts";
import { finding, report as driftReport, stranger } from "../drift/finding.fixture.ts";
import type { Document } from "./document.ts";
import { htmlDocument } from "./html.ts";
import { previewDocument } from "./preview-document.ts";
import { changeOf, reportOf, statementOf } from "./report.fixture.ts";

// The pages in a real browser, at a desk and on a phone. SCREENSHOTS=FOLDER keeps what they look like.

const browser = useBrowser();
const folder = mkdtempSync(join(tmpdir(), "pages-"));
afterAll(() => rmSync(folder, { recursive: true }));

const sid = (prefix: string) => `${prefix}${"0123456789abcdef".repeat(2)}`;
const origin = {
  stack: "prod",
  account: sid("AC"),
  commit: "0123456789, with changes beside it",
  at: "2026-11-30T10:20:30Z",
};
const problem = {
  cause: "x",
  sentence: `Flex Flow ${sid("FO")} is disabled, so that texts to the number go nowhere.`,
  fix: "Turn it on in the configuration of the stack.",
  command: `curl -X POST -u "$TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN" https://flex-api.twilio.com/v1/FlexFlows/${sid("FO")} -d Enabled=true`,
};
const diagnosis: Diagnosis = {
  result: "broken",
  step: "proxy",
  verdict: "Broken at proxy: the message reached no Proxy session.",
  problem,
  findings: [
    {
      step: "receive",
      state: "ok",
      sentence: "Twilio received the message for +1415•••0142.",
      at: new Date(0),
      sids: [sid("SM")],
    },
    {
      step: "proxy",
      state: "broken",
      sentence: problem.sentence,
      at: new Date(0),
      sids: [sid("KS"), sid("KC")],
      problem,
      details: ["filter Billing: no", "filter Support: yes"],
    },
    { step: "reservations", state: "skipped", sentence: "not reached" },
  ],
  cut: [],
  calls: 12,
} as unknown as Diagnosis;
const health: Health = {
  result: "broken",
  checks: [
    { name: "Services", state: "ok", sentence: "Chat and Proxy are Flex's.", problems: [] },
    {
      name: "Flex Flows",
      state: "broken",
      sentence: "",
      problems: [problem, { ...problem, command: undefined }],
    },
    { name: "Queues", state: "unknown", sentence: "Queues could not be read.", problems: [] },
  ],
  cut: [],
  calls: 40,
};
const changes = [
  changeOf("flex-routing-queue-disputes", {
    kind: "create",
    type: "twilio:taskrouter:TaskQueue",
    meaning: [statementOf("x", { danger: true })],
  }),
  changeOf("flex-number-main-number", {
    kind: "adopt",
    type: "twilio:api:IncomingPhoneNumber",
    notes: [
      `takes over PN1 and would change smsUrl from unset to "https://webhooks.twilio.com/v1/Accounts/${sid("AC")}/Proxy/${sid("KS")}/Webhooks/Message"`,
    ],
  }),
];
const preview = (stack: string) => ({
  ...reportOf("Billing"),
  stack,
  changes,
  result: "succeeded" as const,
  origin: { ...origin, stack },
});

const pages: Readonly<Record<string, Document>> = {
  diagnosis: { ...diagnosisDocument(diagnosis, "prod"), origins: [origin] },
  health: { ...healthDocument(health, "prod"), origins: [origin] },
  drift: {
    ...driftDocument(
      driftReport({
        stack: "prod",
        judged: [
          { finding: finding(), verdict: "new" },
          { finding: stranger(), verdict: "new" },
        ],
      }),
    ),
    origins: [origin],
  },
  report: previewDocument([preview("staging"), preview("prod")]),
};

describe.each(Object.entries(pages))("the page of a %s", (name, document) => {
  test.each([
    [1280, "light"],
    [1280, "dark"],
    [390, "light"],
    [390, "dark"],
  ] as const)("at %d pixels, %s, is whole and readable", async (width, colorScheme) => {
    const { page, errors } = await open(name, document, width, colorScheme);
    expect(await page.locator(".origins li").first().textContent()).toContain(
      `account ${origin.account} · commit 0123456789`,
    );
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
    if (width === 1280) expect(await page.evaluate(broken)).toEqual([]);
    expect(errors).toEqual([]);
  });
});

test("health has its verdict first, then what is broken, with one mark a line", async () => {
  const { page } = await open("health", pages["health"]!, 1280, "light");
  expect(await page.locator("main > p").first().textContent()).toContain(
    "2 things would break messages. 1 check could not be made.",
  );
  expect(await page.locator("main > ul:not(.origins) > li").allTextContents()).toEqual([
    "✗ Flex Flows: 2 found",
    "? Queues: Queues could not be read.",
    "✓ Services: Chat and Proxy are Flex's.",
  ]);
});

test("drift has both sides in colours that judge neither, and its commands in a part of their own", async () => {
  const { page } = await open("drift", pages["drift"]!, 1280, "light");
  expect(await page.locator("code.before, code.after").count()).toBe(0);
  expect(await page.locator("code.declared").count()).toBe(1);
  expect(await page.locator("code.found").count()).toBe(1);
  const commands = page.locator("section", { has: page.getByRole("heading", { name: "What to do" }) });
  expect(await commands.locator("code.command").allTextContents()).toEqual([
    "npx flex-stack drift --stack prod --fix revert",
    "npx flex-stack drift --stack prod --fix adopt",
    'npx flex-stack drift --stack prod --baseline drift.prod.yaml --write-baseline --comment "why"',
  ]);
});

test("a command is copied as it is, and another script runs nowhere", async () => {
  const { page, errors } = await open("health", pages["health"]!, 1280, "light");
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByRole("button", { name: "Copy" }).first().click();
  await page.getByRole("button", { name: "Copied" }).waitFor();
  expect(await page.evaluate("navigator.clipboard.readText()")).toBe(problem.command);
  await page.evaluate(
    "document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.ran = true' }))",
  );
  expect(await page.evaluate("window.ran")).toBeUndefined();
  expect(errors.join()).toContain("Content Security Policy");
});

test("without a command there is no script, and without scripts the command is there", async () => {
  expect(htmlDocument(pages["report"]!)).not.toContain("<script");
  const { page } = await browser.open({ javaScriptEnabled: false });
  await page.setContent(htmlDocument(pages["health"]!));
  expect(await page.locator("code.command").first().textContent()).toBe(problem.command);
  expect(await page.locator("button").count()).toBe(0);
});

async function open(name: string, document: Document, width: number, colorScheme: "light" | "dark") {
  const file = join(folder, `${name}.html`);
  writeFileSync(file, htmlDocument(document));
  const opened = await browser.open({ viewport: { width, height: 900 }, colorScheme });
  await opened.page.goto(pathToFileURL(file).href);
  const kept = process.env["SCREENSHOTS"];
  if (kept)
    await opened.page.screenshot({ path: join(kept, `${name}-${width}-${colorScheme}.png`), fullPage: true });
  return opened;
}

/** Words that go on in the next line; what is longer than a SID may. */
const broken = `(() => {
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    for (const { 0: word, index } of node.data.matchAll(/[\\p{L}\\p{N}_]+/gu)) {
      const run = /\\S*$/.exec(node.data.slice(0, index))[0] + /^\\S*/.exec(node.data.slice(index))[0];
      if (run.length > 40) continue;
      const range = document.createRange();
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      const tops = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
      if (tops.size > 1) found.push(word);
    }
  }
  return found;
})()`;
