import { beforeEach, describe, expect, test } from "@jest/globals";

import { placeSid, sessionOn, sidOf, thing, Things, what } from "../testing/thing.ts";
import { create } from "./create.ts";
import { difference } from "./diff.ts";
import { TwilioError } from "./errors.ts";
import { read } from "./read.ts";
import type { Properties, Response } from "./value.ts";

const base: Properties = { placeSid, name: "one" };
const first = sidOf("TH", 1);
const location = { parents: { placeSid }, sid: first };

let things: Things;
beforeEach(() => {
  things = new Things();
});

/** Creates a thing, lets somebody change it, and reads it: the inputs then, and what an update would do. */
async function drift(given: Properties, changes: Response) {
  const session = sessionOn(things);
  const inputs = { ...base, ...given };
  const { state } = await create(session, thing, { inputs, what });
  Object.assign(things.get(first), changes);
  const found = await read(session, thing, { location, state, inputs, what });
  const next = difference(thing, { state: found!.state, oldInputs: found!.inputs, inputs }).properties;
  const { placeSid: _, name: __, ...rest } = found!.inputs;
  return { inputs: rest, next: Object.fromEntries([...next].map(([path, { kind }]) => [path, kind])) };
}

describe("a refresh", () => {
  const cases: [string, Properties, Response, Properties, { [path: string]: string }][] = [
    [
      "sees nothing where nothing changed",
      { count: 2, rules: '{ "a": 1 }' },
      {},
      { count: 2, rules: '{ "a": 1 }' },
      {},
    ],
    ["sees what the program set", { count: 2 }, { count: 3 }, { count: 3 }, { count: "update" }],
    [
      "sees what it set and is gone",
      { callback: "https://example.com" },
      { callback: null },
      {},
      { callback: "add" },
    ],
    ["sees a default that changed", {}, { color: "blue" }, { color: "blue" }, { color: "delete" }],
    [
      "sees what was nothing",
      {},
      { callback: "https://e.com" },
      { callback: "https://e.com" },
      { callback: "delete" },
    ],
    [
      "sees Twilio's choice that changed",
      {},
      { ownerSid: sidOf("OW", 9) },
      { ownerSid: sidOf("OW", 9) },
      { ownerSid: "delete" },
    ],
    [
      "sees a group",
      {},
      { limits: { max: 9, per_user: 5 } },
      { limits: { max: 9 } },
      { "limits.max": "delete" },
    ],
    [
      "sees a document, written as the program does",
      { rules: '{"a":1}' },
      { rules: '{"a":2}' },
      { rules: '{"a":2}' },
      { rules: "update" },
    ],
    [
      "sees inside a document",
      { rules: { a: 1 } },
      { rules: '{"a":2}' },
      { rules: { a: 2 } },
      { "rules.a": "update" },
    ],
    [
      "keeps a document that only looks otherwise",
      { rules: '{ "a": 1 }' },
      { rules: '{"a":1}' },
      { rules: '{ "a": 1 }' },
      {},
    ],
    ["keeps a set in another order", { tags: ["b", "a"] }, { tags: ["a", "b"] }, { tags: ["b", "a"] }, {}],
    [
      "sees its keys of a shared document",
      { shared: { mine: 1 } },
      { shared: { mine: 2, theirs: false } },
      { shared: { mine: 2 } },
      { "shared.mine": "update" },
    ],
    [
      "leaves the others' keys",
      { shared: { mine: 1 } },
      { shared: { mine: 1, theirs: false } },
      { shared: { mine: 1 } },
      {},
    ],
    ["watches what lives only when it is set", {}, { mood: "wild" }, {}, {}],
    [
      "watches what lives when it is set",
      { mood: "calm" },
      { mood: "wild" },
      { mood: "wild" },
      { mood: "update" },
    ],
    ["keeps what Twilio never shows", { recipe: "rich" }, {}, { recipe: "rich" }, {}],
  ];
  for (const [name, given, changes, inputs, next] of cases) {
    test(name, async () => expect(await drift(given, changes)).toEqual({ inputs, next }));
  }

  test("finds a resource gone", async () => {
    expect(await read(sessionOn(things), thing, { location, state: {}, inputs: {}, what })).toBeUndefined();
  });

  test("finds a resource gone as its definition says", async () => {
    const odd = { ...thing, gone: (error: TwilioError) => error.code === 50050 };
    things.before = () => {
      throw new TwilioError("Service instance not found", { status: 403, code: 50050 });
    };
    expect(await read(sessionOn(things), odd, { location, state: {}, inputs: {}, what })).toBeUndefined();
    await expect(read(sessionOn(things), thing, { location, state: {}, inputs: {}, what })).rejects.toThrow(
      "can't read the Thing",
    );
  });
});

describe("an import", () => {
  test("fills in everything that is not a default", async () => {
    things.add({
      name: "one",
      count: 2,
      color: "red",
      callback: "https://example.com",
      tags: ["a"],
      events: "x,y",
      rules: '{"a":1}',
      size: 3,
      limits: { max: 100, per_user: 6 },
    });
    const found = await read(sessionOn(things), thing, { location, state: {}, inputs: {}, what });
    expect(found!.inputs).toEqual({
      placeSid,
      name: "one",
      count: 2,
      callback: "https://example.com",
      ownerSid: sidOf("OW", 7),
      tags: ["a"],
      events: ["x", "y"],
      rules: { a: 1 },
      size: 3,
      limits: { perUser: 6 },
    });
    const { state, inputs } = found!;
    expect(difference(thing, { state, oldInputs: inputs, inputs }).properties.size).toBe(0);
    // A program that leaves out what Twilio chose, or gives what Twilio never shows, changes nothing either.
    const { ownerSid: _, ...rest } = inputs;
    expect(
      difference(thing, { state, oldInputs: inputs, inputs: { ...rest, recipe: "rich" } }).properties.size,
    ).toBe(0);
  });
});
