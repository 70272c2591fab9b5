import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { Failure } from "../failure/failure.ts";
import { planChange, type Change } from "./change.ts";
import type { Move, MoveOptions } from "./moves.ts";
import { numberNamed, readNumbers, requireMovable } from "./numbers.ts";

const dev = readFileSync(fileURLToPath(new URL("../../Pulumi.dev.yaml", import.meta.url)), "utf8");
let folder: string;
const file = () => join(folder, "Pulumi.dev.yaml");
const text = () => readFileSync(file(), "utf8");
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "change-"));
  writeFileSync(file(), dev);
});
afterEach(() => rmSync(folder, { recursive: true }));

const edit = (from: string | RegExp, to: string) => writeFileSync(file(), text().replace(from, to));
const facts = { isProtected: true, proxyNames: ["flex-proxy-service"] };
const configured = () => readNumbers({ projectFolder: folder, name: "dev" });

function change(move: Move, key = "main", options: MoveOptions = {}): Change {
  const found = configured();
  return planChange(found, numberNamed(found, key), move, { options, facts });
}

/** Lines that differ. */
function changed(before: string, after: string): string[] {
  const [old, now] = [before.split("\n"), after.split("\n")];
  return now.filter((line) => !old.includes(line)).map((line) => line.trim());
}

test("changes the number's line alone, and leads back", () => {
  change("next").write();
  const line = 'main: {phoneNumber: "+14155550142", friendlyName: Main line';
  expect(changed(dev, text())).toEqual([`${line}, migration: {stage: prepared, cut: enable-first}}`]);
  change("next").write();
  expect(changed(dev, text())).toEqual([
    `${line}, migration: {stage: cut, cut: enable-first}, kind: conversations}`,
  ]);
  change("back").write();
  change("back").write();
  expect(changed(dev, text())).toEqual([`${line}, kind: flex}`]);
  expect(readdirSync(folder)).toEqual(["Pulumi.dev.yaml"]);
});

test("what is written in lines stays so, with what is said beside it", () => {
  edit(
    /main: \{.*\}/,
    'main:\n        # the old line\n        phoneNumber: "+14155550142" # ours\n        friendlyName: Main line\n        migration:\n          # until June\n          stage: prepared\n          cut: drain',
  );
  const before = text();
  change("next").write();
  expect(changed(before, text())).toEqual(["stage: cut", "kind: conversations"]);
  expect(text()).toContain("# until June\n          stage: cut\n          cut: drain");
});

test("tells what it writes before it does", () => {
  const planned = change("next", "main", { cut: "pool", messagingServiceSid: `MG${"0".repeat(32)}` });
  expect(text()).toBe(dev);
  expect(planned).toMatchObject({ from: "legacy", to: "prepared", cut: "pool", file: "Pulumi.dev.yaml" });
  expect(planned.edits.map(({ setting, before }) => [setting, before])).toEqual([
    ["flex-messaging:messageHandling.numbers.main.messagingServiceSid", undefined],
    ["flex-messaging:messageHandling.numbers.main.migration", undefined],
  ]);
});

test("with the last number what only Chat and Proxy needed goes, and the file is accepted", () => {
  edit(/ {6}shop: .*\n/, "");
  edit("friendlyName: Main line}", "friendlyName: Main line, kind: conversations, migration: {stage: cut}}");
  const last = change("finish");
  expect(last).toMatchObject({ to: "done", leavesChat: true });
  last.write();
  const found = configured();
  expect(found.settings).toMatchObject({
    allowedDeletions: ["flex-proxy-service"],
    messageHandling: { kind: "conversations", numbers: { main: { kind: "conversations" } } },
    conversations: {
      defaultClosedTimer: "P1D",
      service: { friendlyName: "Flex Chat Service" },
      roles: { auditor: { type: "conversation", permissions: ["leaveConversation"] } },
      webhooks: { filters: ["onMessageAdded", "onConversationRemoved"] },
    },
  });
  expect(found.settings["chat"]).toBeUndefined();
  expect(found.settings["proxy"]).toBeUndefined();
});

test("what is said beside settings of Chat goes with them", () => {
  edit(/ {6}shop: .*\n/, "");
  edit("friendlyName: Main line}", "friendlyName: Main line, kind: conversations, migration: {stage: cut}}");
  edit("webhookFilters:", "# The archive wants no more.\n    webhookFilters:");
  edit("permissions: [leaveChannel]", "permissions: [leaveChannel] # No sendMessage.");
  change("finish").write();
  const [, written] = /( {4}service:[^]*?) {2}# What a new conversation/.exec(text()) ?? [];
  expect(written).toBe(`    service:
      friendlyName: Flex Chat Service
    roles:
      # Read along without writing.
      auditor:
        friendlyName: auditor
        type: conversation
        permissions: [leaveConversation] # No sendMessage.
    webhooks:
      postWebhookUrl: http://127.0.0.1:4200/chat-archive
      method: POST
      # The archive wants no more.
      filters: [onMessageAdded, onConversationRemoved]
`);
});

test("with another number on Chat and Proxy all of that stays", () => {
  edit("friendlyName: Main line}", "friendlyName: Main line, kind: conversations, migration: {stage: cut}}");
  expect(change("finish")).toMatchObject({ leavesChat: false, byHand: [] });
});

describe("refuses, and writes nothing", () => {
  const numbers = '      main: {phoneNumber: "+14155550142", friendlyName: Main line}';
  test.each<[string, () => void, string, RegExp]>([
    [
      "a number that is an alias",
      () => {
        edit("config:\n", 'shared: &line {phoneNumber: "+14155550142"}\nconfig:\n');
        edit(numbers, "      main: *line");
      },
      "Pulumi.dev.yaml can't be edited.",
      /messageHandling\.numbers\.main is no map of its own/,
    ],
    [
      "a value with an anchor that another number shares",
      () => {
        edit(
          numbers,
          '      main: {phoneNumber: "+14155550142", kind: &k flex, migration: {stage: prepared}}',
        );
        edit("friendlyName: Shop}", "friendlyName: Shop, kind: *k}");
      },
      "Pulumi.dev.yaml can't be edited.",
      /an anchor/,
    ],
    [
      "JSON text, as pulumi config set writes it",
      () => {
        const all = JSON.stringify(configured().handling);
        edit(
          / {2}flex-messaging:messageHandling:\n(?: {4}.*\n)+/,
          `  flex-messaging:messageHandling: '${all}'\n`,
        );
      },
      "Pulumi.dev.yaml can't be edited.",
      /messageHandling is text/,
    ],
    [
      "a file that is wrong before",
      () => edit("kind: flex\n", "kind: nobody\n"),
      'The configuration of stack "dev" is not accepted.',
      /messageHandling\.kind/,
    ],
  ])("%s", (_, spoil, what, why) => {
    spoil();
    const before = text();
    try {
      change("next");
      throw new Error("It was not refused");
    } catch (error) {
      expect(error).toBeInstanceOf(Failure);
      const failure = error as Failure;
      expect([failure.what, failure.exitCode]).toEqual([what, 2]);
      expect(failure.why).toMatch(why);
    }
    expect(text()).toBe(before);
    expect(readdirSync(folder)).toEqual(["Pulumi.dev.yaml"]);
  });

  test("an unknown key, with the known ones; a custom number; a move that is none", () => {
    expect(() => change("next", "nobody")).toThrow('Stack "dev" has no number "nobody".');
    edit("friendlyName: Main line}", "friendlyName: Main line, kind: custom}");
    const found = configured();
    expect(() => requireMovable(numberNamed(found, "main"), "dev")).toThrow("kind custom: not moved by this");
    expect(() => change("next")).toThrow('The number main of stack "dev" can\'t go on.');
    expect(() => change("finish", "shop")).toThrow('The number shop of stack "dev" can\'t go to its end.');
  });
});
