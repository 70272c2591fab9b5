import fc from "fast-check";
import structPb from "google-protobuf/google/protobuf/struct_pb.js";
import { describe, expect, test } from "@jest/globals";

import { UNKNOWN } from "../engine/value.ts";
import type { Path, Properties, Value } from "../engine/value.ts";
import { decode, encode, remainingSecrets, secretTexts } from "./values.ts";

const signature = "4dabf18193072939515e22adb298388d";
const secret = (value: unknown) => ({ [signature]: "1b47061264138c4ac30d75fd1eb44270", value });
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const struct = (value: object) =>
  structPb.Struct.fromJavaScript(value as { [name: string]: structPb.JavaScriptValue });
const wire = (properties: Properties, secrets: Path[]) => encode({ properties, secrets }).toJavaScript();

describe("decoding", () => {
  test("notes secrets by path, however deep, and unknown values of every type", () => {
    const found = decode(
      struct({
        plain: [1, "a", null, true],
        token: secret("hush"),
        config: { keys: [{ value: secret({ deep: secret("in") }) }] },
        text: unknown,
        number: "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
        list: [unknown],
        hidden: secret(unknown),
      }),
    );
    expect(found.properties).toEqual({
      plain: [1, "a", null, true],
      token: "hush",
      config: { keys: [{ value: { deep: "in" } }] },
      text: UNKNOWN,
      number: UNKNOWN,
      list: [UNKNOWN],
      hidden: UNKNOWN,
    });
    expect(new Set(found.secrets)).toEqual(
      new Set([
        ["token"],
        ["config", "keys", 0, "value"],
        ["config", "keys", 0, "value", "deep"],
        ["hidden"],
      ]),
    );
  });

  test("takes outputs, known or not, for their values", () => {
    const output = (more: object) => ({ [signature]: "d0e6a833031e9bbcd3f4e8bde6ca49a4", ...more });
    const found = decode(
      struct({ known: output({ value: 1 }), not: output({}), hidden: output({ value: "x", secret: true }) }),
    );
    expect(found).toEqual({ properties: { known: 1, not: UNKNOWN, hidden: "x" }, secrets: [["hidden"]] });
  });

  test("takes nothing for no properties", () =>
    expect(decode(undefined)).toEqual({ properties: {}, secrets: [] }));
});

describe("encoding", () => {
  test("wraps what is secret where it is", () => {
    expect(wire({ a: "x", b: { c: ["y", "z"] } }, [["a"], ["b", "c", 1]])).toEqual({
      a: secret("x"),
      b: { c: ["y", secret("z")] },
    });
  });
  test("wraps the nearest thing around a path that leads nowhere", () => {
    expect(wire({ a: { b: 1 }, d: "{}" }, [["a", "c"], ["d", "e"], ["f"]])).toEqual({
      a: secret({ b: 1 }),
      d: secret("{}"),
    });
  });
  test("wraps nothing twice", () => {
    expect(wire({ a: { b: "x" } }, [["a"], ["a"], ["a", "b"]])).toEqual({ a: secret({ b: secret("x") }) });
  });
  test("keeps unknown values unknown", () => expect(wire({ a: [UNKNOWN] }, [])).toEqual({ a: [unknown] }));
});

describe("round trip", () => {
  const leaf = fc.oneof(
    fc.string(),
    fc.boolean(),
    fc.constant(null),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (number === 0 ? 0 : number)),
    fc.constant(UNKNOWN),
  );
  const key = fc.string({ minLength: 1 }).filter((name) => name !== "__proto__" && name !== signature);
  const { value } = fc.letrec<{ value: Value }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      leaf,
      fc.array(tie("value"), { maxLength: 4 }),
      fc.dictionary(key, tie("value"), { maxKeys: 4, noNullPrototype: true }),
    ),
  }));
  const properties = fc.dictionary(key, value, { maxKeys: 5, noNullPrototype: true });

  /** Every path in a value. */
  const paths = (inside: Value, path: Path): Path[] => {
    const inner = Array.isArray(inside)
      ? inside.flatMap((item, index) => paths(item, [...path, index]))
      : typeof inside === "object" && inside !== null
        ? Object.entries(inside).flatMap(([name, item]) => paths(item, [...path, name]))
        : [];
    return path.length === 0 ? inner : [path, ...inner];
  };

  test("of any values, with any of them secret, changes nothing", () => {
    fc.assert(
      fc.property(properties, fc.array(fc.nat(), { maxLength: 4 }), (given, picks) => {
        const all = paths(given, []);
        const chosen = all.length === 0 ? [] : picks.map((pick) => all[pick % all.length]!);
        const distinct = [...new Map(chosen.map((path) => [JSON.stringify(path), path])).values()];
        const there = decode(
          structPb.Struct.deserializeBinary(
            encode({ properties: given, secrets: distinct }).serializeBinary(),
          ),
        );
        expect(there.properties).toEqual(given);
        const order = (list: readonly Path[]) => list.map((path) => JSON.stringify(path)).sort();
        expect(order(there.secrets)).toEqual(order(distinct));
      }),
      { numRuns: 500 },
    );
  });
});

test("secret texts are found wherever they are, longest first, short ones not", () => {
  const properties = { a: ["hush-hush", { b: "quiet", c: "abc" }], d: "open", e: 12345 };
  expect(secretTexts({ properties, secrets: [["a"], ["e"]] })).toEqual(["hush-hush", "quiet"]);
});

test("secret texts are found as they are quoted, and inside a document", () => {
  const properties = { a: 'say "hush"', b: '{"pin":"hush-pin"}' };
  expect(secretTexts({ properties, secrets: [["a"], ["b"]] })).toEqual([
    '{\\"pin\\":\\"hush-pin\\"}',
    '{"pin":"hush-pin"}',
    'say \\"hush\\"',
    'say "hush"',
    "hush-pin",
  ]);
});

test("the baseline is secret where anything is", () => {
  const state = { url: "hush", open: 1, __baseline: { url: "hush" } };
  expect(decode(encode({ properties: state, secrets: [["url"]] })).secrets).toEqual([
    ["__baseline"],
    ["url"],
  ]);
  expect(decode(encode({ properties: state, secrets: [] })).secrets).toEqual([]);
});

test("what the inputs no longer say stays secret", () => {
  const secrets = [["url"], ["open"], ["attributes", "pin"], ["__baseline"]];
  const state = { url: "hush", open: "hush", attributes: { pin: "hush" }, __baseline: {} };
  const inputs = { open: "now open", attributes: { pin: "now open" } };
  expect(remainingSecrets({ properties: state, secrets }, { properties: inputs, secrets: [] })).toEqual([
    ["url"],
    ["__baseline"],
  ]);
});
