import { describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { changeStackFile } from "./stack-file.ts";

const change = (text: string, values: Record<string, unknown>) =>
  changeStackFile("Pulumi.prod.yaml", text, values);

describe("values of a stack's file", () => {
  test("are added, what is short on one line", () => {
    const { text, added, replaced } = change("# Ours.\nconfig:\n  a:b: 1 # One.\nencryptionsalt: x\n", {
      "f:proxy": { uniqueName: "Flex" },
      "f:deep": { map: { list: [{ a: 1 }], long: "x".repeat(90) } },
    });
    expect([added, replaced]).toEqual([["f:proxy", "f:deep"], []]);
    expect(text).toBe(
      "# Ours.\nconfig:\n  a:b: 1 # One.\n  f:proxy: {uniqueName: Flex}\n  f:deep:\n    map:\n      list:\n        - {a: 1}\n" +
        `      long: ${"x".repeat(90)}\nencryptionsalt: x\n`,
    );
  });

  test("are replaced where they differ; comments beside what stays are kept", () => {
    const before = `config:
  f:routing:
    # Who takes what.
    queues:
      a: {friendlyName: A} # The first.
      gone: {friendlyName: B}
    defaultActivity: Offline
`;
    const { text, added, replaced } = change(before, {
      "f:routing": {
        queues: { a: { friendlyName: "A" }, c: { friendlyName: "C" } },
        defaultActivity: "Break",
      },
    });
    expect([added, replaced]).toEqual([[], ["f:routing"]]);
    expect(text).toBe(`config:
  f:routing:
    # Who takes what.
    queues:
      a: {friendlyName: A} # The first.
      c: {friendlyName: C}
    defaultActivity: Break
`);
  });

  test.each([
    ["as they are", 'config:\n    "f:a":   {b: 1}\n', { "f:a": { b: 1 } }],
    ["as Pulumi writes truth", 'config:\n  f:protect: "true"\n', { "f:protect": true }],
  ])("that are there %s leave the text alone", (_, text, values) => {
    expect(change(text, values)).toEqual({ text, added: [], replaced: [] });
  });

  test.each(["", "{}", "config:\n", "config: {}\n", "config: null\n"])("come into %j", (text) => {
    const changed = change(text, { "f:a": { b: "yes" } });
    expect(changed.added).toEqual(["f:a"]);
    expect(parse(changed.text)).toEqual({ config: { "f:a": { b: "yes" } } });
  });

  test("are texts to every reader of YAML, and stay on their line", () => {
    const names = [
      "Yes",
      "on",
      "null",
      "12:30",
      "0x1F",
      "1e3",
      "=",
      "- a",
      "a\u2028b",
      "a\u0085b",
      "日本",
      "+1",
      "~",
      "a: b # c",
    ];
    const { text } = change("config: {}\n", { "f:names": { list: names.map((name) => ({ name })) } });
    expect(parse(text)).toEqual({ config: { "f:names": { list: names.map((name) => ({ name })) } } });
    expect(parse(text, { version: "1.1" })).toEqual(parse(text));
    expect(text).not.toMatch(/[\u0085\u2028\u2029]/);
  });

  test("come into JSON as JSON", () => {
    const { text } = changeStackFile("Pulumi.prod.json", '{"config": {"a:b": 1}}', { "f:a": { b: 2 } });
    expect(JSON.parse(text)).toEqual({ config: { "a:b": 1, "f:a": { b: 2 } } });
  });

  test.each([
    ["config:\n  a: [\n", /./],
    ["- a\n", /It is not a map of settings/],
  ])("can't come into %j", (text, why) => {
    const attempt = () => change(text, { "f:a": 1 });
    expect(attempt).toThrow("Pulumi.prod.yaml can't be read.");
    expect(attempt).toThrow(expect.objectContaining({ why: expect.stringMatching(why), exitCode: 2 }));
  });
});
