import { beforeEach, describe, expect, test } from "@jest/globals";

import { placeSid, sessionOn, sidOf, thing, Things } from "../testing/thing.ts";
import { checkLookup } from "./checkLookup.ts";
import { lookup } from "./lookup.ts";
import type { Properties } from "./value.ts";

const first = sidOf("TH", 1);
let things: Things;
beforeEach(() => {
  things = new Things();
});
const find = (args: Properties, definition = thing) =>
  lookup(sessionOn(things), definition, { placeSid, ...args });

describe("a look-up", () => {
  test("finds by SID, with one request", async () => {
    things.add({ name: "one" });
    const found = await find({ sid: first });
    expect(found).toMatchObject({ id: `${placeSid}/${first}`, sid: first, name: "one", placeSid, count: 1 });
    expect(found["adopted"]).toBeUndefined();
    expect(things.requests).toEqual([["fetch", first]]);
  });

  test("finds by name", async () => {
    things.add({ name: "other" });
    things.add({ name: "one" });
    expect(await find({ name: "one" })).toMatchObject({ sid: sidOf("TH", 2) });
  });

  test("finds by a name whose case does not count", async () => {
    things.add({ name: "One" });
    const loose = { ...thing, keys: [{ inputs: ["name"], ignoreCase: true }] };
    expect(await find({ name: "oNE" }, loose)).toMatchObject({ sid: first });
    await expect(find({ name: "oNE" })).rejects.toThrow("there is no Thing");
  });

  test("finds by a name that stands for the SID", async () => {
    things.add({ name: "one" });
    const direct = { ...thing, keys: [{ inputs: ["name"], fetch: () => first }] };
    expect(await find({ name: "one" }, direct)).toMatchObject({ sid: first });
    things.stored.clear();
    await expect(find({ name: "one" }, direct)).rejects.toThrow("there is no Thing");
  });

  const errors: [string, string[], Properties, string][] = [
    [
      "none of that SID",
      [],
      { sid: first },
      `there is no Thing ${first} in ${placeSid}.\nFix: check the SID and the account`,
    ],
    [
      "none of that name",
      ["two"],
      { name: "one" },
      `there is no Thing with name "one" in ${placeSid}.\nFix: check the name, or create it`,
    ],
    [
      "several of that name",
      ["one", "one"],
      { name: "one" },
      `there are 2 Thing resources with name "one" in ${placeSid}: ${first}, ${sidOf("TH", 2)}.\nFix: give the sid of one`,
    ],
    ["nothing to look for", [], {}, "nothing says which Thing to get.\nFix: give sid, or name"],
  ];
  for (const [name, there, args, message] of errors) {
    test(`is an error: ${name}`, async () => {
      for (const one of there) things.add({ name: one });
      await expect(find(args)).rejects.toThrow(message);
    });
  }
});

describe("arguments of a look-up", () => {
  test("are sound", () => expect(checkLookup(thing, { placeSid, name: "one" })).toEqual([]));
  test("are all checked", () => {
    expect(
      checkLookup(thing, { placeSid: "x", sid: "y", nam: "one" }).map(({ path, reason }) => [
        path[0],
        reason,
      ]),
    ).toEqual([
      ["nam", "is no argument; did you mean name?"],
      ["placeSid", 'must be a SID: PL and 32 hexadecimal digits, got "x"'],
      ["sid", 'must be a SID: TH and 32 hexadecimal digits, got "y"'],
    ]);
  });
  test("need the parent", () => {
    expect(checkLookup(thing, { name: "one" })).toEqual([
      { path: ["placeSid"], reason: "is missing. Place it is in." },
    ]);
  });
});
