import { describe, expect, test } from "@jest/globals";
import { isSecret, isUnknown, parsedJson, publicValue, valueText, withoutSecrets } from "./property-value.ts";

const secret = {
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  ciphertext: "[secret]",
};
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

describe("values", () => {
  test("secrets and unknowns are recognised", () => {
    expect([isSecret(secret), isSecret({ ciphertext: "x" }), isSecret("[secret]")]).toEqual([
      true,
      false,
      false,
    ]);
    expect([isUnknown(unknown), isUnknown("04da6b54")]).toEqual([true, false]);
  });

  test.each([
    ["Billing", '"Billing"'],
    [30, "30"],
    [false, "false"],
    [null, "(none)"],
    [undefined, "(none)"],
    [secret, "[secret]"],
    [unknown, "(known after up)"],
    [{}, "{}"],
    [["a", 1], '["a", 1]'],
    [{ queue: "WQ1", token: secret }, '{ queue: "WQ1", token: [secret] }'],
    ['{"a":{"b":[1]}}', "{ a: { b: [1] } }"],
    ["{not json", '"{not json"'],
    ["https://u:pw@a.example.com", '"https://u:[secret]@a.example.com"'],
    ['{"apiKey":"abc"}', '{ apiKey: "[secret]" }'],
  ])("%j reads %s", (value, text) => {
    expect(valueText(value)).toBe(text);
  });

  test.each([
    ["abc", "apiKey", '"[secret]"'],
    [["abc", "{{widgets.x}}"], "token", '["[secret]", "{{widgets.x}}"]'],
    ["abc", "skill", '"abc"'],
    [5, "token", "[secret]"],
  ])("%j under the name %s reads %s", (value, key, text) => {
    expect(valueText(value, 100, key)).toBe(text);
  });

  test("a long value is cut to the width", () => {
    expect(valueText("x".repeat(50), 10)).toBe('"xxxxxxxx…');
  });

  test.each([
    ['{"a":1}', { a: 1 }],
    ["[1]", [1]],
    ["12", "12"],
    ["{", "{"],
    [7, 7],
  ])("JSON text %j is %j", (value, parsed) => {
    expect(parsedJson(value)).toEqual(parsed);
  });

  test("secrets are taken out at any depth", () => {
    expect(withoutSecrets({ a: [secret, { b: secret }], c: "d" })).toEqual({
      a: ["[secret]", { b: "[secret]" }],
      c: "d",
    });
  });

  test("credentials inside texts are taken out too where others read", () => {
    expect(publicValue({ a: [secret, "https://a.example.com/?token=t"], apiKey: "abc", b: 7 })).toEqual({
      a: ["[secret]", "https://a.example.com/?token=[secret]"],
      apiKey: "[secret]",
      b: 7,
    });
  });
});
