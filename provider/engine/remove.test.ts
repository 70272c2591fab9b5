import { beforeEach, describe, expect, test } from "@jest/globals";

import { placeSid, sessionOn, sidOf, thing, Things, what } from "../testing/thing.ts";
import type { OnDelete } from "./definition.ts";
import { TwilioError } from "./errors.ts";
import { remove } from "./remove.ts";
import type { Properties } from "./value.ts";

const first = sidOf("TH", 1);
const location = { parents: { placeSid }, sid: first };
const inputs: Properties = { placeSid, name: "one", count: 5 };

let things: Things;
beforeEach(() => {
  things = new Things();
  things.add({ name: "one", count: 5 });
});

const removeAs = async (onDelete: OnDelete | undefined, state: Properties = {}) => {
  const session = sessionOn(things);
  const definition = onDelete === undefined ? thing : { ...thing, onDelete: async () => onDelete };
  await remove(session, definition, { location, state, inputs, what });
  return session.messages;
};

describe("deletion", () => {
  test("deletes", async () => {
    await removeAs(undefined);
    expect(things.stored.size).toBe(0);
  });

  test("of what is gone succeeds, and does not pass for a deletion", async () => {
    things.stored.clear();
    expect(await removeAs(undefined)).toEqual([["info", `${first} was gone already`]]);
  });

  test("comes with Twilio's refusal and a fix", async () => {
    things.before = () => {
      throw new TwilioError("It is in use.", { status: 400, code: 42, moreInfo: "https://example.com/42" });
    };
    await expect(removeAs(undefined)).rejects.toThrow(
      `can't delete the Thing "one": It is in use (HTTP 400, Twilio error 42)\n` +
        "Fix: Empty it first.\nSee https://example.com/42",
    );
  });

  test("forgets, and says why", async () => {
    expect(await removeAs({ forget: "there is always one" })).toEqual([
      ["info", "left in place: there is always one"],
    ]);
    expect(things.requests).toEqual([]);
  });

  test("sends what the definition has it send", async () => {
    let sent = 0;
    expect(await removeAs({ send: async () => void sent++ })).toEqual([]);
    expect([sent, things.requests]).toEqual([1, []]);
  });

  test("restores what was there, of what the program set", async () => {
    const baseline = { count: 2, color: "blue", callback: null };
    await removeAs("restore", { ...inputs, color: "red", __baseline: baseline });
    expect(things.requests).toEqual([["update", first, { count: 2 }]]);
  });

  test("of what nobody knows who else has it is refused", async () => {
    const unread = "no answer within 60 seconds";
    const records = {
      owners: async () => undefined,
      elsewhere: async () => ({ stacks: [], unread: [] }),
      unread,
    };
    const session = { ...sessionOn(things), records };
    await expect(remove(session, thing, { location, state: {}, inputs, what })).rejects.toThrow(
      `${first} stays: what else this stack records of it can't be read (no answer within 60 seconds).`,
    );
    expect(things.requests).toEqual([]);
  });
});
