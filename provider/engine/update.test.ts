import { beforeEach, describe, expect, test } from "@jest/globals";

import { placeSid, sessionOn, sidOf, thing, Things, what } from "../testing/thing.ts";
import { create } from "./create.ts";
import { previewUpdate } from "./preview.ts";
import { update } from "./update.ts";
import { UNKNOWN } from "./value.ts";
import type { Params, Properties } from "./value.ts";

const base: Properties = { placeSid, name: "one" };
const first = sidOf("TH", 1);
const location = { parents: { placeSid }, sid: first };

let things: Things;
beforeEach(() => {
  things = new Things();
});

/** What an update from one set of inputs to another sends. */
async function sent(old: Properties, inputs: Properties, definition = thing): Promise<Params | undefined> {
  const session = sessionOn(things);
  const oldInputs = { ...base, ...old };
  const { state } = await create(session, definition, { inputs: oldInputs, what });
  things.requests.length = 0;
  await update(session, definition, { location, state, oldInputs, inputs: { ...base, ...inputs }, what });
  return things.requests.find(([operation]) => operation === "update")?.[2] as Params | undefined;
}

describe("an update sends", () => {
  const cases: [string, Properties, Properties, Params | undefined][] = [
    ["nothing when nothing changed", { count: 2 }, { count: 2 }, undefined],
    ["what changed, only", { count: 2, color: "blue" }, { count: 3, color: "blue" }, { count: 3 }],
    ["the default of what is no longer set", { count: 2 }, {}, { count: 1 }],
    ["nothing for a truth value that was never set", { count: 2 }, { count: 3 }, { count: 3 }],
    ["an empty text to clear a URL", { callback: "https://example.com" }, {}, { callback: "" }],
    ["an empty text to clear a set", { tags: ["a"] }, {}, { tags: "" }],
    ["an empty text for an empty set", { tags: ["a"] }, { tags: [] }, { tags: "" }],
    ["nothing for what can't be cleared", { ownerSid: sidOf("OW", 9) }, {}, undefined],
    ["a document as a string", { rules: { a: 1 } }, { rules: { a: 2 } }, { rules: '{"a":2}' }],
    ["a string as it is written", { rules: { a: 1 } }, { rules: '{ "a": 2 }' }, { rules: '{ "a": 2 }' }],
    [
      "an instruction with what it is for",
      { hurry: true },
      { hurry: true, rules: { a: 1 } },
      { rules: '{"a":1}', hurry: true },
    ],
    ["no instruction with anything else", { hurry: true }, { hurry: true, count: 2 }, { count: 2 }],
    ["in a group, one parameter", { limits: { max: 1 } }, { limits: { max: 2 } }, { "limits.max": 2 }],
  ];
  for (const [name, old, inputs, params] of cases) {
    test(name, async () => expect(await sent(old, inputs)).toEqual(params));
  }

  test("what Twilio wants in every update", async () => {
    const { color } = thing.inputs;
    const demanding = {
      ...thing,
      inputs: { ...thing.inputs, color: { ...color!, always: true } },
    } as typeof thing;
    expect(await sent({ color: "blue" }, { color: "blue", count: 2 }, demanding)).toEqual({
      count: 2,
      color: "blue",
    });
    things = new Things();
    expect(await sent({ color: "blue" }, { color: "blue" }, demanding)).toBeUndefined();
  });
});

test("an update of a shared document keeps the keys of others, whoever put them there since", async () => {
  const session = sessionOn(things);
  const oldInputs = { ...base, shared: { mine: { a: 1 } } };
  const { state } = await create(session, thing, { inputs: oldInputs, what });
  things.get(first)["shared"] = { mine: { a: 1, b: 2 }, theirs: true };
  const inputs = { ...base, shared: { mine: { a: 3 } } };
  await update(session, thing, { location, state, oldInputs, inputs, what });
  expect(things.requests.slice(1)).toEqual([
    ["fetch", first],
    ["update", first, { shared: { mine: { a: 3, b: 2 }, theirs: true } }],
  ]);
});

test("an update completes what a create left undone", async () => {
  const session = sessionOn(things);
  const inputs = { ...base, later: "now" };
  things.add({ name: "one" });
  const { state } = await create(session, thing, { inputs: { ...base, adopt: true }, what });
  const after = await update(session, thing, { location, state, oldInputs: inputs, inputs, what });
  expect(after["later"]).toBe("now");
});

test("an update remembers Twilio's choice of what is no longer set", async () => {
  const session = sessionOn(things);
  const oldInputs = { ...base, ownerSid: sidOf("OW", 9) };
  const { state } = await create(session, thing, { inputs: oldInputs, what });
  expect(state["__baseline"]).toBeUndefined();
  const after = await update(session, thing, {
    location,
    state,
    oldInputs,
    inputs: { ...base, count: 2 },
    what,
  });
  expect(after["__baseline"]).toEqual({ ownerSid: sidOf("OW", 9) });
});

test("a refused update says what was refused and where to read on", async () => {
  const session = sessionOn(things);
  const { state } = await create(session, thing, { inputs: base, what });
  things.stored.clear();
  await expect(
    update(session, thing, { location, state, oldInputs: base, inputs: { ...base, count: 2 }, what }),
  ).rejects.toThrow(
    `can't update the Thing "one": ${first} was not found (HTTP 404, Twilio error 20404)\n` +
      "Fix: It was deleted behind Pulumi's back: run pulumi refresh, or pulumi up --refresh, to find out.",
  );
});

test("a preview knows what an update does not change", async () => {
  const { state } = await create(sessionOn(things), thing, { inputs: base, what });
  const after = previewUpdate(thing, {
    state,
    oldInputs: base,
    inputs: { ...base, count: UNKNOWN, rules: '{"a":1}' },
  });
  expect(after).toMatchObject({
    sid: first,
    url: `https://example.com/${first}`,
    count: UNKNOWN,
    rules: { a: 1 },
    version: UNKNOWN,
    dateUpdated: UNKNOWN,
  });
  expect(previewUpdate(thing, { state, oldInputs: base, inputs: base })).toEqual(state);
});
