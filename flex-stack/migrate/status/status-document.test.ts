import { expect, test } from "@jest/globals";
import { renderDocument } from "../../report/render.ts";
import { statusDocument } from "./status-document.ts";
import type { NumberStatus } from "./status.ts";

const terminal = { columns: 120, style: (_: unknown, text: string) => text };
const number: NumberStatus = {
  ...{ number: "main", phoneNumber: "+14155550142", stage: "cut", cut: "clear-first" },
  ...{ stands: "on Conversations", differences: [], blocks: [], splits: [], conversations: undefined },
  openChats: { count: 0, withoutSession: 0, oldest: undefined },
  ...{ unreached: undefined, next: "npx flex-stack migrate finish --number main --stack prod" },
};
const since = "2026-03-01T12:00:00.000Z";
const told = (more: Partial<NumberStatus>) =>
  renderDocument(
    statusDocument({ numbers: [{ ...number, ...more }], since, unread: [], shortened: [], calls: 1 }, "prod"),
    "text",
    { terminal },
  );

test("names the command that finds texts in neither world, whatever the stage", () => {
  const lost = [
    "  Lost: 2 texts are in neither world. See which, and put them in with --replay:",
    `    npx flex-stack migrate reconcile --number main --since ${since} --stack prod`,
  ].join("\n");
  expect(told({ unreached: 2 })).toContain(lost);
  expect(told({ unreached: 2, stage: "done", next: undefined })).toContain(lost);
  expect(told({ unreached: 0 })).not.toContain("Lost:");
});

test.each<[number, number, RegExp]>([
  [0, 0, / {2}0 +–/],
  [2, 0, / {2}2, oldest of 2026-03-01 12:00 UTC +–/],
  [2, 1, / {2}1, oldest of 2026-03-01 12:00 UTC \(1 left over\) +–/],
  [2, 2, / {2}0 \(2 left over\) +–/],
])("of %i chats %i have no session", (count, withoutSession, expected) => {
  const oldest = count === 0 ? undefined : since;
  expect(told({ openChats: { count, withoutSession, oldest } })).toMatch(expected);
});
