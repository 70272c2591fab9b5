import { beforeEach, describe, expect, test } from "@jest/globals";
import { accountSid, placeSid, sessionOn, sidOf, thing, Things, urn, what } from "../testing/thing.ts";
import { create, HalfMade } from "./create.ts";
import { ConnectionError, TwilioError } from "./errors.ts";
import type { Properties } from "./value.ts";

const base: Properties = { placeSid, name: "one" };
const first = sidOf("TH", 1);
const lost = new ConnectionError("socket hang up", { sent: true, code: "ECONNRESET" });
const unavailable = new TwilioError("try again", { status: 503 });

let things: Things;
beforeEach(() => {
  things = new Things();
});
const make = (inputs: Properties, session = sessionOn(things)) =>
  create(session, thing, { inputs: { ...base, ...inputs }, what });

describe("a new resource", () => {
  test("is created with what is set, as Twilio takes it", async () => {
    const { id } = await make({
      on: false,
      tags: ["b", "a"],
      events: ["x", "y"],
      rules: { a: 1 },
      list: "[1]",
      recipe: "rich",
      limits: { max: 3 },
      color: null,
    });
    expect(id).toBe(`${placeSid}/${first}`);
    expect(things.requests).toEqual([
      [
        "create",
        {
          name: "one",
          on: false,
          tags: ["b", "a"],
          events: "x,y",
          rules: '{"a":1}',
          list: "[1]",
          recipe: "rich",
          "limits.max": 3,
        },
      ],
    ]);
  });

  test("has in its state what Twilio answered, written as the program writes it", async () => {
    const { state } = await make({ tags: ["b", "a"], rules: '{ "a": 1 }', recipe: "rich" });
    expect(state).toEqual({
      placeSid,
      sid: first,
      name: "one",
      color: "red",
      count: 1,
      on: false,
      ownerSid: sidOf("OW", 7),
      tags: ["b", "a"],
      rules: { a: 1 },
      shared: { theirs: true },
      size: 0,
      recipe: "rich",
      mood: "calm",
      limits: { max: 100, perUser: 5 },
      accountSid,
      dateCreated: "2026-01-01T00:00:00.000Z",
      dateUpdated: "2026-01-01T00:00:00.000Z",
      url: `https://example.com/${first}`,
      version: 1,
      adopted: false,
      __baseline: { ownerSid: sidOf("OW", 7) },
    });
  });

  test("records the default of what Twilio never shows", async () => {
    expect((await make({})).state["recipe"]).toBe("plain");
  });

  test("gets what only updates take right after", async () => {
    const { state } = await make({ later: "now", limits: { perUser: 7 } });
    expect(things.requests).toEqual([
      ["create", { name: "one" }],
      ["update", first, { later: "now", "limits.perUser": 7 }],
    ]);
    expect(state).toMatchObject({ later: "now", limits: { max: 100, perUser: 7 }, version: 2 });
  });

  test("is spared the update when it is as wanted already", async () => {
    await make({ limits: { perUser: 5 } });
    expect(things.requests).toEqual([["create", { name: "one" }]]);
  });

  test("is kept with what was done when the update fails", async () => {
    things.before = (operation) => {
      if (operation === "update") throw new TwilioError("later is bad", { status: 400, code: 7 });
    };
    const error = await make({ later: "now" }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(HalfMade);
    const { created, message } = error as HalfMade;
    expect(message).toBe(
      `can't update the Thing "one" (just created as ${first}): later is bad (HTTP 400, Twilio error 7)`,
    );
    expect(created.id).toBe(`${placeSid}/${first}`);
    expect(created.state["later"]).toBeUndefined();
  });
});

describe("a name that is taken", () => {
  test("says how to take it over, with the id", async () => {
    things.add({ name: "one" });
    await expect(make({})).rejects.toThrow(
      `can't create the Thing "one": one already exists (HTTP 400, Twilio error 20001)\n` +
        `Fix: a Thing with name "one" exists (${placeSid}/${first}). Set adopt: true to take it over, or import it: ` +
        `pulumi import twilio:test:Thing <name> ${placeSid}/${first}`,
    );
  });

  test("can't be helped when it can't be found", async () => {
    things.add({ name: "one" });
    things.before = (operation) => {
      if (operation === "list") throw unavailable;
    };
    await expect(make({})).rejects.toThrow("pulumi import twilio:test:Thing <name> its id");
  });
});

describe("an answer that is lost", () => {
  for (const error of [lost, unavailable]) {
    test(`(${error.message}) after the create took effect finds what was made`, async () => {
      things.after = (operation) => {
        if (operation === "create") throw error;
      };
      const { id } = await make({ count: 3 });
      expect(id).toBe(`${placeSid}/${first}`);
      expect(things.requests.map(([operation]) => operation)).toEqual(["create", "list"]);
      expect(things.stored.size).toBe(1);
    });

    test(`(${error.message}) before the create took effect sends it again`, async () => {
      let failures = 2;
      things.before = (operation) => {
        if (operation === "create" && failures-- > 0) throw error;
      };
      const session = sessionOn(things);
      await make({}, session);
      expect(things.requests.map(([operation]) => operation)).toEqual([
        "create",
        "list",
        "create",
        "list",
        "create",
      ]);
      expect(session.pauses).toEqual([0, 1]);
      expect(things.stored.size).toBe(1);
    });
  }

  test("is given up after the retries, having made nothing", async () => {
    things.before = (operation) => {
      if (operation === "create") throw unavailable;
    };
    await expect(make({})).rejects.toThrow("try again (HTTP 503)");
    expect(things.requests.filter(([operation]) => operation === "create")).toHaveLength(3);
  });

  test("takes no resource that was there before", async () => {
    things.add({ name: "one" });
    things.now += 60_000;
    let failed = false;
    things.before = (operation) => {
      if (operation === "create" && !failed) {
        failed = true;
        throw lost;
      }
    };
    await expect(make({})).rejects.toThrow("one already exists");
  });

  test("takes no resource that is otherwise, or that this run made", async () => {
    const common = { ...thing, keys: [{ inputs: ["name"], unique: false }] };
    const session = sessionOn(things);
    things.add({ name: "one", count: 9 });
    session.claims.take(thing, `${placeSid}/${things.add({ name: "one", count: 3 })}`, `${urn}-other`);
    things.before = (operation) => {
      if (operation === "create") {
        things.before = () => undefined;
        throw lost;
      }
    };
    // The pretended Twilio refuses a second thing of that name: it was sent again, so none was taken.
    await expect(create(session, common, { inputs: { ...base, count: 3 }, what })).rejects.toThrow(
      "already exists",
    );
  });

  test("is an error when several may be it", async () => {
    things.before = (operation) => {
      if (operation !== "create") return;
      things.add({ name: "one" });
      things.add({ name: "one" });
      throw lost;
    };
    await expect(make({})).rejects.toThrow(
      `there are now several Thing resources it may have made: ${first}, ${sidOf("TH", 2)}`,
    );
  });

  test("a refusal is not lost", async () => {
    things.before = () => {
      throw new TwilioError("not here", { status: 501 });
    };
    await expect(make({})).rejects.toThrow("The local Twilio does not have this operation");
    expect(things.requests).toHaveLength(1);
  });

  test("what there was no room for was not made", async () => {
    things.before = () => {
      throw new TwilioError("the disk is full", { status: 507 });
    };
    await expect(make({})).rejects.toThrow("the disk is full (HTTP 507)");
    expect(things.requests).toHaveLength(1);
  });
});

describe("what Twilio makes by itself", () => {
  const given = {
    ...thing,
    life: "given" as const,
    at: () => ({ ...things.operations(), create: undefined }),
  };
  test("is taken over: what was there is remembered, and only what differs is sent", async () => {
    const sid = things.add({ name: "one", count: 4, callback: "https://example.com" });
    const { id, state } = await create(sessionOn(things), given, { inputs: { ...base, count: 5 }, what });
    expect(id).toBe(`${placeSid}/${sid}`);
    expect(things.requests.slice(1)).toEqual([["update", sid, { count: 5 }]]);
    expect(state["__baseline"]).toMatchObject({ count: 4, callback: "https://example.com", later: null });
  });

  test("must be there", async () => {
    await expect(create(sessionOn(things), given, { inputs: base, what })).rejects.toThrow(
      'there is no Thing with name "one"',
    );
  });
});
