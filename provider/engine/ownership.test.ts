import { beforeEach, describe, expect, test } from "@jest/globals";

import { placeSid, sessionOn, sidOf, thing, Things, what } from "../testing/thing.ts";
import type { TestSession } from "../testing/thing.ts";
import { create } from "./create.ts";
import type { ResourceDefinition } from "./definition.ts";
import { TwilioError } from "./errors.ts";
import { previewCreate } from "./preview.ts";
import { read } from "./read.ts";
import type { Elsewhere, Owner } from "./records.ts";
import { remove } from "./remove.ts";
import type { Session } from "./session.ts";
import type { Properties } from "./value.ts";

const first = sidOf("TH", 1);
const id = `${placeSid}/${first}`;
const location = { parents: { placeSid }, sid: first };
const inputs: Properties = { placeSid, name: "one", adopt: true };
const urnOf = (name: string) => `urn:pulumi:dev::test::twilio:test:Thing::${name}`;
const given: ResourceDefinition = { ...thing, life: "given", onDelete: "restore" };

let things: Things;
let owners: Owner[];
let elsewhere: Elsewhere;
let session: TestSession;
beforeEach(() => {
  things = new Things();
  things.add({ name: "one", count: 4 });
  owners = [];
  elsewhere = { stacks: [], unread: [] };
  session = sessionOn(things, {
    urn: urnOf("new"),
    records: {
      owners: async (_, one) => (one === id ? owners : []),
      elsewhere: async () => elsewhere,
    },
  });
});
const owner = (name: string, state: Properties = {}, of: Properties = inputs): Owner => ({
  urn: urnOf(name),
  inputs: of,
  state: { placeSid, sid: first, name: "one", count: 4, adopted: false, ...state },
});
const as = (name: string): Session => ({ ...session, urn: urnOf(name) });
const removeAs = async (
  name: string,
  state: Properties = {},
  definition = thing,
  of: Properties = inputs,
) => {
  await remove(as(name), definition, { location, state, inputs: of, what });
  return session.messages.at(-1);
};

describe("a resource that gets another name", () => {
  test("stays the stack's own", async () => {
    owners = [owner("old", { __baseline: { color: "blue" } })];
    const { state } = await create(session, thing, { inputs, what });
    expect([state["adopted"], state["__baseline"]]).toMatchObject([false, { color: "blue" }]);
    expect(session.messages).toEqual([
      ["info", `took over ${first} from "old", whose deletion leaves it in place, as it is`],
    ]);
  });

  test("stays adopted, with what was there at first", async () => {
    const baseline = { count: 2, color: "green" };
    owners = [owner("old", { adopted: true, __baseline: baseline })];
    const { state } = await create(session, thing, { inputs: { ...inputs, count: 5 }, what });
    expect([state["adopted"], state["__baseline"], state["count"]]).toMatchObject([true, baseline, 5]);
    expect(things.requests).toEqual([["list"], ["update", first, { count: 5 }]]);
  });

  test("gives back what it no longer sets, as in an update", async () => {
    owners = [owner("old", { adopted: true, __baseline: { count: 2 } }, { ...inputs, count: 4 })];
    expect((await create(session, thing, { inputs, what })).state["count"]).toBe(2);
    expect(things.requests).toEqual([["list"], ["update", first, { count: 2 }]]);
  });

  test("keeps what only creation takes, which Twilio never tells", async () => {
    owners = [owner("old", { recipe: "rich" })];
    expect((await create(session, thing, { inputs, what })).state["recipe"]).toBe("rich");
  });

  test("is previewed with the same", async () => {
    owners = [owner("old")];
    expect((await previewCreate(session, thing, { inputs, what })).state["adopted"]).toBe(false);
    expect(session.messages).toEqual([
      ["info", `takes over ${first} from "old", whose deletion leaves it in place, as it is`],
    ]);
  });

  test("is made by the stack when one of its names says so", async () => {
    owners = [owner("older", { adopted: true }), owner("old")];
    expect((await create(session, thing, { inputs, what })).state["adopted"]).toBe(false);
  });

  test("is imported with the same", async () => {
    owners = [owner("old", { adopted: true, __baseline: { count: 2 } })];
    const found = await read(session, thing, { location, state: {}, inputs: {}, what });
    expect(found?.state).toMatchObject({ adopted: true, __baseline: { count: 2 } });
    session.claims.hold(thing, id, session.urn);
    expect(await removeAs("old", owners[0]!.state)).toEqual([
      "info",
      `left ${first} in place: it is "new" now`,
    ]);
    expect(things.stored.size).toBe(1);
  });

  test("of what is always there keeps what was there at first", async () => {
    owners = [owner("old", { __baseline: { count: 2 } }, { ...inputs, count: 4 })];
    const { state } = await create(session, given, { inputs: { ...inputs, count: 4 }, what });
    expect(state["__baseline"]).toMatchObject({ count: 2 });
    things.requests.length = 0;
    expect(await removeAs("old", owners[0]!.state, given)).toEqual([
      "info",
      `left ${first} in place: it is "new" now`,
    ]);
    expect(things.requests).toEqual([]);
  });

  test("is not what a create of the same moment made, whose answer was lost", async () => {
    owners = [owner("old")];
    things.before = (operation) => {
      if (operation === "create") throw new TwilioError("Busy", { status: 503 });
    };
    const lost = create({ ...session, serverTime: () => 0 }, thing, {
      inputs: { placeSid, name: "one" },
      what,
    });
    await expect(lost).rejects.toThrow("Busy");
  });
});

describe("a deletion", () => {
  test("of one of two names sends nothing, of the second deletes", async () => {
    owners = [owner("old"), owner("new")];
    expect(await removeAs("old")).toEqual(["info", `left ${first} in place: it is "new" now`]);
    expect(things.requests).toEqual([]);
    await removeAs("new");
    expect(things.requests).toEqual([["remove", first]]);
  });

  test("of both at once deletes once", async () => {
    owners = [owner("old"), owner("new")];
    await Promise.all([removeAs("old"), removeAs("new")]);
    expect(things.requests).toEqual([["remove", first]]);
  });

  test("deletes what the stack made, though its last name says that it was there before", async () => {
    owners = [owner("old"), owner("new", { adopted: true })];
    await removeAs("old", owners[0]!.state);
    await removeAs("new", owners[1]!.state);
    expect(things.stored.size).toBe(0);
  });

  test("waits for another name that could not take the object over", async () => {
    owners = [owner("old")];
    things.before = (operation) => {
      if (operation === "update") throw new TwilioError("Not now", { status: 400 });
    };
    await expect(create(session, thing, { inputs: { ...inputs, count: 5 }, what })).rejects.toThrow(
      "Not now",
    );
    await expect(removeAs("old")).rejects.toThrow(
      `${first} is to be "new", which could not take it over.\nFix: what keeps that from it, and run it again`,
    );
    expect(things.stored.size).toBe(1);
  });

  test("that Twilio refuses can be tried again", async () => {
    owners = [owner("old"), owner("new")];
    await removeAs("old");
    things.before = () => {
      throw new TwilioError("In use", { status: 400 });
    };
    await expect(removeAs("new")).rejects.toThrow("In use");
    things.before = () => undefined;
    await removeAs("new");
    expect(things.stored.size).toBe(0);
  });

  test.each<
    [what: string, unread: string[], definition: ResourceDefinition, state: Properties, sent: number]
  >([
    ["what the stack made goes where another stack can't be read", ["x"], thing, { adopted: false }, 1],
    ["what was there before stays then", ["x"], thing, { adopted: true }, 0],
    ["what would be restored stays then", ["x"], given, { count: 4, __baseline: { count: 2 } }, 0],
    ["what was there before goes otherwise, if it is to", [], thing, { adopted: true }, 1],
  ])("%s", async (_, unread, definition, state, sent) => {
    elsewhere = { stacks: [], unread };
    owners = [owner("old", state)];
    await removeAs("old", state, definition, { ...inputs, count: 4, deleteAdopted: true });
    expect(things.requests).toHaveLength(sent);
  });

  test.each([
    ["made", thing, { adopted: false }],
    ["took over and would delete", thing, { adopted: true }],
    ["would restore", given, { count: 4, __baseline: { count: 2 } }],
  ])("leaves to another stack what this one %s", async (_, definition, state) => {
    elsewhere = { stacks: ["staging"], unread: [] };
    const message = await removeAs("old", state, definition, { ...inputs, count: 4, deleteAdopted: true });
    expect(message).toEqual(["warning", `left ${first} in place: stack "staging" records it, too`]);
    expect(things.requests).toEqual([]);
  });
});

test("what is taken over from another stack says whose it is, and is warned of once a run", async () => {
  elsewhere = { stacks: ["prod", "staging"], unread: [] };
  things.add({ name: "two" });
  const origin = ', which stacks "prod" and "staging" record too, as it is';
  await previewCreate(session, thing, { inputs, what });
  await previewCreate(as("second"), thing, { inputs: { ...inputs, name: "two" }, what });
  expect(session.messages).toEqual([
    ["warning", expect.stringMatching(/^stacks "prod" and "staging" record what this stack takes over/)],
    ["info", `takes over ${first}${origin}`],
    ["info", `takes over ${sidOf("TH", 2)}${origin}`],
  ]);
});
