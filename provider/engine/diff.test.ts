import { describe, expect, test } from "@jest/globals";

import { placeSid, sidOf, thing } from "../testing/thing.ts";
import { difference } from "./diff.ts";
import { UNKNOWN } from "./value.ts";
import type { Properties } from "./value.ts";

const owner = sidOf("OW", 7);
/** A thing as the state has it when the program sets nothing but the name. */
const state: Properties = {
  placeSid,
  sid: sidOf("TH", 1),
  name: "one",
  color: "red",
  count: 1,
  on: false,
  ownerSid: owner,
  rules: {},
  shared: { theirs: true },
  size: 0,
  recipe: "plain",
  mood: "calm",
  limits: { max: 100, perUser: 5 },
  adopted: false,
  __baseline: { ownerSid: owner },
};
const base: Properties = { placeSid, name: "one" };

/** What differs for a thing that had some inputs, and state, and now has others. */
function diff(old: Properties, inputs: Properties, recorded: Properties = old, ignored: string[] = []) {
  const found = difference(
    thing,
    { state: { ...state, ...recorded }, oldInputs: { ...base, ...old }, inputs: { ...base, ...inputs } },
    ignored,
  );
  return Object.fromEntries([...found.properties].map(([path, { kind }]) => [path, kind]));
}

describe("no change", () => {
  const cases: [string, Properties, Properties, Properties?][] = [
    ["nothing said", {}, {}],
    ["the same", { color: "blue", count: 2 }, { color: "blue", count: 2 }],
    ["a default, said", {}, { color: "red", count: 1, on: false, rules: {}, limits: { max: 100 } }],
    ["a default, no longer said", { color: "red", count: 1 }, {}],
    ["null for unset", {}, { color: null, limits: null }],
    ["a document written otherwise", { rules: { a: 1, b: [2] } }, { rules: '{ "b": [2], "a": 1 }' }],
    ["an empty document for the default", {}, { rules: "{}" }],
    ["a set in another order", { tags: ["a", "b"] }, { tags: ["b", "a", "b"] }],
    ["an empty set for none", {}, { tags: [], events: [] }],
    ["an empty text for none", {}, { callback: "" }],
    ["what Twilio chose, said", {}, { ownerSid: owner }],
    [
      "what Twilio can't clear, no longer said",
      { ownerSid: sidOf("OW", 9) },
      {},
      { ownerSid: sidOf("OW", 9), __baseline: {} },
    ],
    ["an instruction", { hurry: false }, { hurry: true }],
    ["a shared document without the keys of others", {}, { shared: { theirs: true } }],
    ["a setting of the provider", {}, { adopt: true, deleteAdopted: true }],
    ["never set, whatever it is now", {}, {}, { color: "blue", mood: "wild" }],
    ["what an imported thing was made with", {}, { recipe: "rich" }, { recipe: null }],
  ];
  for (const [name, old, inputs, recorded] of cases) {
    test(name, () => expect(diff(old, inputs, recorded)).toEqual({}));
  }
});

describe("a change", () => {
  const cases: [string, Properties, Properties, { [path: string]: string }, Properties?][] = [
    ["of one property", { count: 1 }, { count: 2 }, { count: "update" }],
    ["of two", { count: 1 }, { count: 2, name: "two" }, { count: "update", name: "update" }],
    ["a property more", {}, { callback: "https://example.com" }, { callback: "add" }],
    ["a property less", { callback: "https://example.com" }, {}, { callback: "delete" }],
    ["back to the default", { count: 3 }, {}, { count: "delete" }],
    [
      "back to what Twilio chose",
      { ownerSid: sidOf("OW", 9) },
      {},
      { ownerSid: "delete" },
      { ownerSid: sidOf("OW", 9) },
    ],
    [
      "in a group",
      { limits: { max: 3 } },
      { limits: { max: 4 } },
      { "limits.max": "update" },
      { limits: { max: 3 } },
    ],
    ["of a set", { tags: ["a"] }, { tags: ["a", "b"] }, { tags: "update" }],
    [
      "inside a document",
      { rules: { a: { b: [1, 2] }, c: 1 } },
      { rules: { a: { b: [1, 3, 4] }, d: 2 } },
      { "rules.a.b[1]": "update", "rules.a.b[2]": "add", "rules.c": "delete", "rules.d": "add" },
    ],
    ["of a document that is a string", { rules: { a: 1 } }, { rules: '{"a":2}' }, { rules: "update" }],
    ["of a shared document", {}, { shared: { theirs: false } }, { "shared.theirs": "update" }],
    ["that replaces", { size: 1 }, { size: 2 }, { size: "update-replace" }],
    ["that replaces by its default", { size: 1 }, {}, { size: "delete-replace" }],
    ["of what is never shown", { recipe: "plain" }, { recipe: "rich" }, { recipe: "update-replace" }],
    ["of the parent", {}, { placeSid: sidOf("PL", 2) }, { placeSid: "update-replace" }],
    ["to what is not known yet", { count: 1 }, { count: UNKNOWN }, { count: "update" }],
    ["to a parent that is not known yet", {}, { placeSid: UNKNOWN }, { placeSid: "update-replace" }],
    [
      "of a group that is not known yet",
      { limits: { max: 3 } },
      { limits: UNKNOWN },
      { limits: "update" },
      { limits: { max: 3, perUser: 5 } },
    ],
    [
      "inside a document, not known yet",
      { rules: { a: 1, b: 2 } },
      { rules: { a: UNKNOWN, b: 2 } },
      { "rules.a": "update" },
    ],
    [
      "behind the program's back, of what it set",
      { count: 2 },
      { count: 2 },
      { count: "update" },
      { count: 5 },
    ],
    ["behind its back, of what it left out", { count: 5 }, {}, { count: "delete" }, { count: 5 }],
  ];
  for (const [name, old, inputs, expected, recorded] of cases) {
    test(name, () => expect(diff(old, inputs, recorded)).toEqual(expected));
  }

  test("of more than twenty places in a document shows as one", () => {
    const document = (value: number) =>
      Object.fromEntries(Array.from({ length: 21 }, (_, key) => [`k${key}`, value]));
    expect(diff({ rules: document(1) }, { rules: document(2) })).toEqual({ rules: "update" });
  });
});

describe("ignored changes", () => {
  const old = { count: 1, rules: { a: 1, b: 1 } };
  const inputs = { count: 2, rules: { a: 2, b: 2 } };
  const cases: [string[], string[]][] = [
    [["count"], ["rules.a", "rules.b"]],
    [["rules"], ["count"]],
    [["rules.a"], ["rules.b", "count"]],
    [["*"], []],
  ];
  test.each(cases)("%j leaves %j", (ignored, left) => {
    expect(Object.keys(diff(old, inputs, old, ignored)).sort()).toEqual([...left].sort());
  });
});

describe("replacement", () => {
  const replacement = (inputs: Properties) =>
    difference(thing, { state, oldInputs: base, inputs: { ...base, ...inputs } }).deleteBeforeReplace;
  test("deletes first when the new one has the same unique name", () =>
    expect(replacement({ size: 3 })).toBe(true));
  test("creates first under another name", () => expect(replacement({ size: 3, name: "two" })).toBe(false));
  test("creates first in another place", () => expect(replacement({ placeSid: sidOf("PL", 2) })).toBe(false));
  test("creates first where names are not unique", () => {
    const common = { ...thing, keys: [{ inputs: ["name"], unique: false }] };
    const found = difference(common, { state, oldInputs: base, inputs: { ...base, size: 3 } });
    expect(found.deleteBeforeReplace).toBe(false);
  });
  test("names the properties", () => {
    const found = difference(thing, { state, oldInputs: base, inputs: { ...base, size: 3, count: 4 } });
    expect(found.replaces).toEqual(["size"]);
  });
});

test("deleteAdopted counts for what was adopted", () => {
  expect(diff({}, { deleteAdopted: true }, { adopted: true })).toEqual({ deleteAdopted: "update" });
});

test("outputs that an update does not change", () => {
  expect(difference(thing, { state, oldInputs: base, inputs: base }).stables).toEqual([
    "sid",
    "accountSid",
    "dateCreated",
    "url",
  ]);
});
