import { beforeEach, describe, expect, test } from "@jest/globals";

import { placeSid, sessionOn, sidOf, thing, Things, urn, what } from "../testing/thing.ts";
import type { TestSession } from "../testing/thing.ts";
import { create } from "./create.ts";
import { difference } from "./diff.ts";
import { previewCreate } from "./preview.ts";
import { remove } from "./remove.ts";
import { update } from "./update.ts";
import { UNKNOWN } from "./value.ts";
import type { Properties } from "./value.ts";

const base: Properties = { placeSid, name: "one", adopt: true };
const first = sidOf("TH", 1);
const id = `${placeSid}/${first}`;
const location = { parents: { placeSid }, sid: first };

let things: Things;
let session: TestSession;
beforeEach(() => {
  things = new Things();
  session = sessionOn(things);
});
const adopt = (inputs: Properties = {}) => create(session, thing, { inputs: { ...base, ...inputs }, what });
const preview = (inputs: Properties = {}) =>
  previewCreate(session, thing, { inputs: { ...base, ...inputs }, what });

describe("adoption", () => {
  test("updates what the program says otherwise, and leaves the rest", async () => {
    things.add({ name: "one", count: 4, color: "blue" });
    const adopted = await adopt({ count: 5 });
    expect(adopted.id).toBe(id);
    expect(adopted.state).toMatchObject({ adopted: true, count: 5, color: "blue" });
    expect(things.requests).toEqual([["list"], ["update", first, { count: 5 }]]);
    expect(session.messages).toEqual([["info", `took over ${first} and changed count from 4 to 5`]]);
  });

  test("only reads where nothing differs", async () => {
    things.add({ name: "one" });
    await adopt();
    expect(things.requests).toEqual([["list"]]);
    expect(session.messages).toEqual([["info", `took over ${first} as it is`]]);
  });

  test("looks at what lists leave out before it says that something differs", async () => {
    things.add({ name: "one", rules: { a: 1 } });
    const inPart = {
      ...thing,
      listsInPart: true,
      at: () => {
        const { list, ...rest } = things.operations();
        return { ...rest, list: async () => (await list!({})).map((item) => ({ ...item, rules: null })) };
      },
    };
    await create(session, inPart, { inputs: { ...base, rules: { a: 1 } }, what });
    expect(things.requests).toEqual([["list"], ["fetch", first]]);
  });

  test("creates where there is none", async () => {
    const made = await adopt();
    expect(made.state["adopted"]).toBe(false);
    expect(things.requests).toEqual([["list"], ["create", { name: "one" }]]);
  });

  test("refuses what can't be changed, since it never replaces", async () => {
    things.add({ name: "one", size: 2 });
    const message =
      `${id} can't become what the program says, and adoption never replaces: size is 2, not 3.\n` +
      "Fix: give the values it has, or another name so that a new one is created";
    await expect(adopt({ size: 3 })).rejects.toThrow(message);
    await expect(preview({ size: 3 })).rejects.toThrow(message);
    expect(things.requests).toEqual([["list"], ["list"]]);
  });

  test("refuses to choose between several", async () => {
    things.add({ name: "one" });
    things.add({ name: "one" });
    await expect(adopt()).rejects.toThrow(
      `there are 2 Thing resources with name "one": ${id}, ${placeSid}/${sidOf("TH", 2)}.`,
    );
  });

  test("refuses what the program has already", async () => {
    things.add({ name: "one" });
    await adopt();
    session.urn = `${urn}-more`;
    const message = `${id} is already "one" of this program.\nFix: declare it once, or give each a name of its own`;
    await expect(adopt({ count: 7 })).rejects.toThrow(message);
    await expect(preview({ count: 7 })).rejects.toThrow(message);
    expect(things.get(first)["count"]).toBe(1);
  });

  test("does not claim to have created with what Twilio never shows", async () => {
    things.add({ name: "one" });
    expect((await adopt({ recipe: "rich" })).state["recipe"]).toBeUndefined();
  });
});

describe("preview of an adoption", () => {
  test("says which one, and what would change, and changes nothing", async () => {
    things.add({ name: "one", count: 4 });
    const found = await preview({ count: 5, rules: { a: 1 } });
    expect(found.id).toBe(id);
    expect(found.state).toMatchObject({ sid: first, count: 5, rules: { a: 1 }, version: UNKNOWN });
    expect(session.messages).toEqual([
      ["info", `takes over ${first} and would change count from 4 to 5, rules`],
    ]);
    expect(things.requests).toEqual([["list"]]);
  });

  test("does not ask where the parent is not known yet", async () => {
    const found = await preview({ placeSid: UNKNOWN });
    expect(found).toMatchObject({ id: "", state: { sid: UNKNOWN, adopted: UNKNOWN } });
    expect(things.requests).toEqual([]);
  });

  test("does not take a resource that is being replaced for somebody else's", async () => {
    things.add({ name: "one", size: 1 });
    session.claims.replace(thing, id);
    expect((await preview({ size: 2 })).id).toBe("");
  });
});

test("the preview of what is always there says what would change in it", async () => {
  things.add({ name: "one", count: 4 });
  const given = { ...thing, life: "given" as const };
  const inputs = { placeSid, name: "one", count: 5 };
  const found = await previewCreate(session, given, { inputs, what });
  expect(found).toMatchObject({ id, state: { count: 5 } });
  await previewCreate(session, given, { inputs: { placeSid, name: "one" }, what });
  expect(session.messages).toEqual([
    ["info", "takes over what is there and would change count from 4 to 5"],
    ["info", "takes over what is there as it is"],
  ]);
  expect(things.requests).toEqual([["list"], ["list"]]);
});

describe("what was adopted", () => {
  test("is never replaced by itself", async () => {
    things.add({ name: "one", size: 2 });
    const { state } = await adopt();
    const versions = { state, oldInputs: base };
    expect(() => difference(thing, { ...versions, inputs: { ...base, size: 3 } })).toThrow(
      `${id} can't become what the program says, and adoption never replaces: size is 2, not 3.`,
    );
    const renamed = difference(thing, { ...versions, inputs: { ...base, name: "two", size: 3 } });
    expect(renamed.replaces).toEqual(["size"]);
  });

  test("is not deleted for a resource of another name that the program had it as before", async () => {
    const made = await create(session, thing, { inputs: base, what });
    const next = sessionOn(things, { urn: `${urn}-renamed` });
    expect((await create(next, thing, { inputs: base, what })).id).toBe(made.id);
    await remove({ ...next, urn }, thing, { location, state: made.state, inputs: base, what });
    expect(things.stored.size).toBe(1);
    expect(next.messages.at(-1)).toEqual(["info", `left ${first} in place: it is "one-renamed" now`]);
  });

  test("gets back the value it had when the program no longer sets it", async () => {
    things.add({ name: "one", count: 4, callback: null, ownerSid: sidOf("OW", 3) });
    const oldInputs = { ...base, count: 5, callback: "https://example.com", ownerSid: sidOf("OW", 4) };
    const { state } = await adopt(oldInputs);
    const changed = difference(thing, { state, oldInputs, inputs: base }).properties;
    expect([...changed.keys()]).toEqual(["count", "callback", "ownerSid"]);
    await update(session, thing, { location, state, oldInputs, inputs: base, what });
    expect(things.requests.at(-1)).toEqual([
      "update",
      first,
      { count: 4, callback: "", ownerSid: sidOf("OW", 3) },
    ]);
  });

  test("is left in place when it is destroyed", async () => {
    things.add({ name: "one" });
    const { state } = await adopt();
    session = sessionOn(things);
    await remove(session, thing, { location, state, inputs: base, what });
    expect(things.stored.size).toBe(1);
    expect(session.messages.at(-1)).toEqual([
      "info",
      `left ${first} in place: it was there before. Set deleteAdopted: true to delete such`,
    ]);
  });

  test("is deleted when the program asks for it", async () => {
    things.add({ name: "one" });
    const { state } = await adopt();
    await remove(sessionOn(things), thing, {
      location,
      state,
      inputs: { ...base, deleteAdopted: true },
      what,
    });
    expect(things.stored.size).toBe(0);
  });
});
