import { describe, expect, test } from "@jest/globals";
import type { Edit } from "../config-files/edit.ts";
import { moved, type Move, type MoveOptions } from "./moves.ts";
import type { NumberSettings } from "./stage.ts";

const phoneNumber = "+14155550142";
const sid = `MG${"0".repeat(32)}`;
const external = { type: "external", url: "https://handler.example.com/flex" };
const webhook = { type: "webhook", url: "https://handler.example.com/talk", filters: ["onMessageAdded"] };

/** The number after a move; keys that were there keep their order. */
function after(number: NumberSettings, edits: readonly Edit[]): NumberSettings {
  const copy = structuredClone(number) as Record<string, unknown>;
  for (const { path, value } of edits) {
    const [first, second] = path.map(String);
    const parent = second === undefined ? copy : (copy[first!] as Record<string, unknown>);
    const name = second ?? first!;
    if (value === undefined) delete parent[name];
    else parent[name] = value;
  }
  return copy;
}

function result(move: Move, number: NumberSettings, options: MoveOptions = {}, usual = "flex") {
  const found = moved(move, number, usual, options);
  if ("refused" in found) throw new Error(found.refused);
  return after(number, found.edits);
}

const legacy = { phoneNumber };
const migration = (stage: string, more: object = {}) => ({ stage, cut: "enable-first", ...more });

describe("moves", () => {
  test.each<[string, Move, NumberSettings, MoveOptions, NumberSettings]>([
    ["prepares", "next", legacy, {}, { phoneNumber, migration: migration("prepared") }],
    [
      "prepares for another cut",
      "next",
      { phoneNumber, kind: "flex", friendlyName: "Main" },
      { cut: "drain" },
      { phoneNumber, kind: "flex", friendlyName: "Main", migration: { stage: "prepared", cut: "drain" } },
    ],
    [
      "prepares for a pool",
      "next",
      legacy,
      { cut: "pool", messagingServiceSid: sid },
      { phoneNumber, messagingServiceSid: sid, migration: { stage: "prepared", cut: "pool" } },
    ],
    [
      "cuts, with a kind of the number's own where it had the stack's",
      "next",
      { phoneNumber, migration: migration("prepared") },
      {},
      { phoneNumber, migration: migration("cut"), kind: "conversations" },
    ],
    [
      "cuts, and each world keeps its integration",
      "next",
      {
        kind: "flex",
        integration: external,
        phoneNumber,
        migration: migration("prepared", { integration: webhook }),
      },
      {},
      {
        kind: "conversations",
        integration: webhook,
        phoneNumber,
        migration: migration("cut", { integration: external }),
      },
    ],
    [
      "cuts with an integration that only Chat and Proxy have",
      "next",
      { phoneNumber, integration: external, migration: migration("prepared") },
      {},
      { phoneNumber, migration: migration("cut", { integration: external }), kind: "conversations" },
    ],
    [
      "cuts otherwise than it was prepared for",
      "next",
      { phoneNumber, migration: migration("prepared") },
      { cut: "clear-first" },
      { phoneNumber, migration: { stage: "cut", cut: "clear-first" }, kind: "conversations" },
    ],
    [
      "goes back from the cut",
      "back",
      {
        phoneNumber,
        kind: "conversations",
        integration: webhook,
        migration: migration("cut", { integration: external }),
      },
      {},
      {
        phoneNumber,
        kind: "flex",
        integration: external,
        migration: migration("prepared", { integration: webhook }),
      },
    ],
    [
      "goes back from the cut, and out of a Messaging Service that Chat and Proxy have no use for",
      "back",
      { phoneNumber, kind: "conversations", messagingServiceSid: sid, migration: migration("cut") },
      {},
      { phoneNumber, kind: "flex", migration: migration("prepared") },
    ],
    [
      "goes back from a pool, whose Messaging Service it remembers",
      "back",
      {
        phoneNumber,
        kind: "conversations",
        messagingServiceSid: sid,
        migration: { stage: "cut", cut: "pool" },
      },
      {},
      { phoneNumber, kind: "flex", messagingServiceSid: sid, migration: { stage: "prepared", cut: "pool" } },
    ],
    [
      "goes back to where it was",
      "back",
      { phoneNumber, kind: "flex", messagingServiceSid: sid, migration: { stage: "prepared", cut: "pool" } },
      {},
      { phoneNumber, kind: "flex" },
    ],
    [
      "finishes, and forgets what had names in Chat and Proxy",
      "finish",
      {
        phoneNumber,
        kind: "conversations",
        flexFlowName: "Texts",
        addressName: "Line",
        messagingServiceSid: sid,
        migration: migration("cut", { integration: external }),
      },
      {},
      { phoneNumber, kind: "conversations", addressName: "Line", messagingServiceSid: sid },
    ],
  ])("%s", (_, move, number, options, expected) => {
    const found = result(move, number, options);
    expect(found).toEqual(expected);
    expect(Object.keys(found)).toEqual(Object.keys(expected));
  });

  test("leads back by the inverse of each step, whatever was set", () => {
    for (const start of [
      legacy,
      { phoneNumber, kind: "flex" },
      { phoneNumber, kind: "flex", integration: external },
      { phoneNumber, integration: { type: "studio" }, flexFlowName: "Texts", addressName: "" },
    ]) {
      const prepared = result("next", start);
      const cut = result("next", prepared);
      const again = result("back", cut);
      expect(again).toEqual({ ...prepared, kind: "flex" });
      expect(result("back", again)).toEqual({ ...start, kind: "flex" });
    }
  });

  test("says nothing of a kind that it does not change", () => {
    const found = moved("next", legacy, "flex");
    expect(found).toMatchObject({ from: "legacy", to: "prepared", cut: "enable-first" });
    expect("edits" in found && found.edits.map(({ path }) => path.join("."))).toEqual(["migration"]);
  });
});

const cut = { phoneNumber, kind: "conversations", migration: migration("cut") };

describe("refuses", () => {
  test.each<[Move, NumberSettings, MoveOptions, string, RegExp]>([
    ["next", { kind: "custom" }, {}, "It is of kind custom", /^Set kind: conversations/],
    ["back", { kind: "custom" }, {}, "It is of kind custom", /^Set kind: conversations/],
    ["finish", { kind: "custom" }, {}, "It is of kind custom", /^Set kind: conversations/],
    ["next", cut, {}, "It is cut already.", /migrate finish/],
    ["next", { kind: "conversations" }, {}, "It is on Flex Conversations", /nothing to do/],
    ["back", legacy, {}, "there is nothing before that", /nothing to do/],
    ["back", { kind: "conversations" }, {}, "It was finished", /Twilio may no longer make a Flex Flow/],
    ["finish", legacy, {}, "It is legacy", /migrate next/],
    ["finish", { migration: migration("prepared") }, {}, "It is prepared", /migrate next/],
    ["finish", { kind: "conversations" }, {}, "nothing of Chat and Proxy is left", /nothing to do/],
    ["next", legacy, { cut: "pool" }, "The cut pool needs the Messaging Service", /--messaging-service MG/],
    [
      "back",
      cut,
      { cut: "drain" },
      "The cut of a number that is through it is enable-first.",
      /Leave --cut out/,
    ],
  ])("%s of %j", (move, number, options, refused, fix) => {
    const found = moved(move, number, "flex", options);
    expect(found).toEqual({ refused: expect.stringContaining(refused), fix: expect.stringMatching(fix) });
  });
});
