import { describe, expect, test } from "@jest/globals";

import { placeSid, sidOf, thing } from "../testing/thing.ts";
import { check } from "./check.ts";
import { formatPath, UNKNOWN } from "./value.ts";
import type { Properties } from "./value.ts";

const sound: Properties = { placeSid, name: "one" };

/** Failures of a sound thing with some properties otherwise, by path. */
function failures(changes: Properties): { [path: string]: string } {
  const found = check(thing, { ...sound, ...changes });
  return Object.fromEntries(found.map(({ path, reason }) => [formatPath(path), reason]));
}

describe("sound inputs", () => {
  const cases: [string, Properties][] = [
    ["the required ones", {}],
    ["limits themselves", { name: "0123456789", count: 10 }],
    [
      "every sort",
      { color: "blue", on: true, callback: "https://example.com/a?b=c", ownerSid: sidOf("OX", 2) },
    ],
    ["cleared ones", { callback: "", ownerSid: "", tags: [], events: [] }],
    ["null for unset", { color: null, limits: null }],
    ["a document as an object", { rules: { a: [1] }, list: [1] }],
    ["a document as a string", { rules: '{"a":[1]}', list: "[1]" }],
    ["a group", { limits: { max: 1 } }],
    [
      "unknown values",
      { placeSid: UNKNOWN, name: UNKNOWN, count: UNKNOWN, tags: ["a", UNKNOWN], rules: { a: UNKNOWN } },
    ],
    ["what Pulumi adds", { __defaults: [] }],
    ["adoption", { adopt: true, deleteAdopted: true }],
    ["adoption under a name not known yet", { adopt: true, name: UNKNOWN }],
  ];
  test.each(cases)("%s", (_name, inputs) => expect(failures(inputs)).toEqual({}));
});

describe("wrong inputs", () => {
  const cases: [string, Properties, { [path: string]: string }][] = [
    ["no name", { name: null }, { name: "is missing. Name." }],
    ["an empty name", { name: "" }, { name: "must not be empty" }],
    ["a long name", { name: "0123456789a" }, { name: "must have at most 10 characters, got 11; shorten it" }],
    ["a number for a text", { name: 1 }, { name: "must be a text, got 1" }],
    ["too low", { count: -1 }, { count: "must be a whole number from 0 to 10, got -1" }],
    ["too high", { count: 11 }, { count: "must be a whole number from 0 to 10, got 11" }],
    ["a fraction", { count: 1.5 }, { count: "must be a whole number from 0 to 10, got 1.5" }],
    ["a text for a number", { count: "1" }, { count: 'must be a whole number from 0 to 10, got "1"' }],
    ["a text for a truth value", { on: "true" }, { on: 'must be true or false, got "true"' }],
    [
      "no choice",
      { color: "gren" },
      { color: 'must be one of red, green, blue, got "gren"; did you mean green?' },
    ],
    [
      "a relative URL",
      { callback: "/a" },
      { callback: 'must be an absolute URL that begins with https:// or http://, got "/a"' },
    ],
    [
      "another scheme",
      { callback: "ftp://example.com" },
      { callback: 'must be an absolute URL that begins with https:// or http://, got "ftp://example.com"' },
    ],
    [
      "another SID",
      { ownerSid: "OW1" },
      { ownerSid: 'must be a SID: OW or OX and 32 hexadecimal digits, got "OW1"' },
    ],
    [
      "no parent",
      { placeSid: null },
      { placeSid: "is missing; it must be a SID: PL and 32 hexadecimal digits" },
    ],
    [
      "no SID of a parent",
      { placeSid: "PL1" },
      { placeSid: 'must be a SID: PL and 32 hexadecimal digits, got "PL1"' },
    ],
    ["no list", { tags: "a" }, { tags: 'must be a list of texts, got "a"' }],
    [
      "a key that Pulumi loses",
      { rules: '{"a": {"__proto__": 1}}' },
      { rules: "has the key __proto__, which gets lost on the way; rename it" },
    ],
    [
      "list items that would not come back",
      { tags: [""], events: ["x,y", " z", "", "fine"] },
      {
        "tags[0]": "must not be empty; leave it out",
        "events[0]": 'must be one name without commas and blanks around it, got "x,y"',
        "events[1]": 'must be one name without commas and blanks around it, got " z"',
        "events[2]": "must not be empty; leave it out",
      },
    ],
    ["too many", { tags: ["a", "b", "c", "a"] }, { tags: "must have at most 3 items, got 4" }],
    [
      "wrong items",
      { tags: ["a", "d", 1] },
      { "tags[1]": 'must be one of a, b, c, got "d"; did you mean a?', "tags[2]": "must be a text, got 1" },
    ],
    ["an array for an object", { rules: [] }, { rules: "must be a JSON object, got []" }],
    ["an object for an array", { list: "{}" }, { list: "must be a JSON array, got {}" }],
    ["no group", { limits: 1 }, { limits: "must be an object with max, perUser" }],
    ["inside a group", { limits: { max: "1" } }, { "limits.max": 'must be a whole number, got "1"' }],
    [
      "a mistyped name",
      { colour: "red" },
      { colour: "is no property of this resource; did you mean color?" },
    ],
    [
      "a mistyped name in a group",
      { limits: { peruser: 1 } },
      { "limits.peruser": "is no property of this resource; did you mean perUser?" },
    ],
  ];
  test.each(cases)("%s", (_name, inputs, expected) => expect(failures(inputs)).toEqual(expected));

  test("a name nothing like any", () => {
    expect(failures({ wavelength: 1 })["wavelength"]).toMatch(
      /^is no property of this resource; it has name, color, /,
    );
  });

  test("malformed JSON says what breaks it, without an excerpt", () => {
    expect(failures({ rules: '{"secret":}' })).toEqual({
      rules: "is no JSON: Unexpected token '}'; give an object, or a string of valid JSON",
    });
    expect(failures({ rules: '{"secret": 1 "b"}' })["rules"]).toBe(
      "is no JSON: Expected ',' or '}' after property value in JSON at position 13 (line 1 column 14); give an " +
        "object, or a string of valid JSON",
    );
  });

  test("all of them at once", () => {
    expect(Object.keys(failures({ name: "", count: 99, color: "x", limits: { max: 1.5 } }))).toEqual([
      "name",
      "color",
      "count",
      "limits.max",
    ]);
  });

  test("adoption of a resource without a name", () => {
    const nameless = { ...thing, keys: [{ inputs: ["callback", "later"] }] };
    expect(check(nameless, { ...sound, adopt: true, callback: "https://example.com" })).toEqual([
      { path: ["adopt"], reason: "needs to know which Thing to take over; give callback and later" },
    ]);
  });

  test("rules between inputs come once each input is sound, without nulls", () => {
    const seen: Properties[] = [];
    const strict = {
      ...thing,
      check: (inputs: Properties) => {
        seen.push(inputs);
        return [{ path: ["name"], reason: "no" }];
      },
    };
    expect(check(strict, { ...sound, count: 99 })).toHaveLength(1);
    expect(seen).toEqual([]);
    expect(check(strict, { ...sound, color: null })).toEqual([{ path: ["name"], reason: "no" }]);
    expect(seen).toEqual([sound]);
  });
});

test("rules between inputs see no null, which is how some languages leave a property out", () => {
  const rules = { a: null };
  const seen: Properties[] = [];
  const checked = { ...thing, check: (inputs: Properties) => (seen.push(inputs), []) };
  check(checked, { ...sound, color: null, limits: { max: 1, perUser: null }, rules });
  expect(seen).toEqual([{ ...sound, limits: { max: 1 }, rules }]);
});
