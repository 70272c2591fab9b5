import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { renderDocument } from "../../report/render.ts";
import { cuts, type Cut, type Stage } from "../stage.ts";
import { planDocument } from "./plan-document.ts";
import { planOf } from "./plan.ts";

const plan = (cut: Cut, stage: Stage = "legacy") => planOf({ key: "main", stage }, "prod", cut);
const cutting = (cut: Cut) => plan(cut).steps.find(({ to }) => to === "cut");

test.each<[Cut, string[], RegExp, RegExp]>([
  ["drain", ["The Address is turned on", "SmsUrl is emptied"], /^None/, /^None of open chats/],
  ["enable-first", ["The Address is turned on", "SmsUrl is emptied"], /^None\.$/, /between the two requests/],
  [
    "clear-first",
    ["SmsUrl is emptied", "The Address is turned on"],
    /between the two requests.*--replay/s,
    /^None\.$/,
  ],
  ["pool", ["The Address is turned on", "The number becomes a sender"], /^None\.$/, /up to a minute/],
])("%s: the order of the cut, and what it costs", (cut, order, lost, doubled) => {
  const step = cutting(cut);
  expect(step?.does.slice(1, 3).map((text, index) => text.startsWith(order[index] ?? "?"))).toEqual([
    true,
    true,
  ]);
  expect(step?.lost).toMatch(lost);
  expect(step?.doubled).toMatch(doubled);
  expect(step?.back).toContain("npx flex-stack migrate back --number main --stack prod");
});

test("every step has its way back, and the last has none", () => {
  for (const cut of cuts) {
    const { steps, inferred } = plan(cut);
    expect(steps.filter(({ back }) => back === "")).toEqual([]);
    expect(steps.at(-1)).toMatchObject({ to: "done", back: expect.stringMatching(/^None\./) });
    expect(steps.some(({ title }) => title === "Drain")).toBe(cut === "drain");
    expect(inferred.length).toBe(cut === "pool" ? 5 : 4);
  }
});

test.each<[Stage, string[]]>([
  ["legacy", []],
  ["prepared", ["Prepare"]],
  ["cut", ["Prepare", "Cut"]],
  ["done", ["Check", "Prepare", "Cut", "Watch", "Finish"]],
])("of a number that is %s these are done: %j", (stage, titles) => {
  expect(
    plan("enable-first", stage)
      .steps.filter(({ isDone }) => isDone)
      .map(({ title }) => title),
  ).toEqual(titles);
});

test.each<[Stage, Cut | undefined, Cut, string[]]>([
  ["legacy", undefined, "enable-first", ["", ""]],
  ["legacy", undefined, "drain", [" --cut drain", ""]],
  ["legacy", undefined, "pool", [" --cut pool --messaging-service MG…", ""]],
  ["prepared", "drain", "drain", ["", ""]],
  ["prepared", "drain", "enable-first", ["", " --cut enable-first"]],
  ["cut", "drain", "clear-first", ["", ""]],
])("of a number that is %s (%s) the plan for %s has the commands to type", (stage, written, cut, told) => {
  const { steps } = planOf({ key: "main", stage, cut: written }, "prod", cut);
  const first = (title: string) => steps.find((step) => step.title === title)?.does[0];
  const next = (more: string) =>
    `npx flex-stack migrate next --number main --stack prod${more}, commit, npx flex-stack up --stack prod`;
  expect([first("Prepare"), first("Cut")]).toEqual(told.map(next));
  expect(steps.find(({ title }) => title === "Watch")?.does[1]).toContain(
    "npx flex-stack migrate reconcile --number main --stack prod --since 1h",
  );
});

test("has a picture in each format", () => {
  const document = planDocument(plan("clear-first"), "prod");
  const terminal = { columns: 120, style: (_: unknown, text: string) => text };
  expect(renderDocument(document, "markdown", { terminal })).toContain(
    [
      "```mermaid",
      "flowchart LR",
      '  s0["legacy<br/>Flex Flow on<br/>SmsUrl at Proxy"]',
      '  s1["prepared<br/>Address there, off"]',
      '  s2["cut<br/>Address on<br/>Flex Flow off<br/>open chats go on"]',
      '  s3["done<br/>Address alone"]',
      '  s0 -- "next: nothing lost or doubled" --> s1',
      '  s1 -. "back" .-> s0',
      '  s1 -- "next: texts in between: lost, replayed" --> s2',
      '  s2 -. "back" .-> s1',
      '  s2 -- "finish: no way back" --> s3',
      "```",
    ].join("\n"),
  );
  expect(renderDocument(document, "html", { terminal })).toContain(
    '<li class="target same"><span>→ finish: no way back</span></li>',
  );
  expect(renderDocument(document, "text", { terminal })).toContain(
    "[prepared] Address there, off\n     ↓ next: texts in between: lost, replayed   ↑ back",
  );
});

test("the picture is the one of docs/migration.md", () => {
  const terminal = { columns: 120, style: (_: unknown, text: string) => text };
  const text = renderDocument(planDocument(plan("enable-first"), "dev"), "text", { terminal });
  const page = readFileSync(new URL("../../../docs/migration.md", import.meta.url), "utf8");
  expect(page).toContain(text.slice(text.indexOf("  [legacy]"), text.indexOf("\n\n1. Check")));
});
