import { describe, expect, test } from "@jest/globals";
import { keyOf, parsePropertyPath, propertyPathText, valueAt } from "./property-path.ts";

describe("property paths", () => {
  test.each([
    ["friendlyName", ["friendlyName"]],
    ["a.b.c", ["a", "b", "c"]],
    ["filters[0].targets[12]", ["filters", 0, "targets", 12]],
    ['a["b.c"]', ["a", "b.c"]],
    ['a["say \\"hi\\""]', ["a", 'say "hi"']],
    ['["x y"].z', ["x y", "z"]],
  ])("%s is read and written back", (text, path) => {
    expect(parsePropertyPath(text)).toEqual(path);
    expect(propertyPathText(path)).toBe(text);
  });

  test.each([
    ["definition.states[0].properties.apiKey", "apiKey"],
    ["a.tokens[2]", "tokens"],
    ["[0]", ""],
    [["a", "api key", 0], "api key"],
  ])("%j is named %s", (path, key) => {
    expect(keyOf(path)).toBe(key);
  });

  test.each([
    [["a", 0, "b"], 1],
    [["a", 1, "b"], undefined],
    [["c", "d"], undefined],
    [[], { a: [{ b: 1 }], c: null }],
  ])("%j leads to %j", (path, value) => {
    expect(valueAt({ a: [{ b: 1 }], c: null }, path)).toEqual(value);
  });
});
