import { describe, expect, test } from "@jest/globals";
import type { Value } from "../../provider/access.ts";
import { sidOf } from "./account.fixture.ts";
import { literal, quoted } from "./literal.ts";

const queue = sidOf("WQ", 1);
const reference = (sid: string) => (sid === queue ? "billing.sid" : undefined);

describe("a value as TypeScript", () => {
  test.each<[Value, string]>([
    ["plain", '"plain"'],
    ['skill == "x"', "'skill == \"x\"'"],
    ['it\'s "it"', '"it\'s \\"it\\""'],
    ["a\nb\u2028\u202ec", '"a\\nb\\u2028\\u202ec"'],
    [queue, "billing.sid"],
    [`${queue}x`, `"${queue}x"`],
    [`a\`\${b}\\ ${queue} "c"`, 'pulumi.interpolate`a\\`\\${b}\\\\ ${billing.sid} "c"`'],
    [sidOf("WW", 9), `"${sidOf("WW", 9)}"`],
    [[1, true, null, []], "[1, true, null, []]"],
    [{}, "{}"],
    [{ a: 1, "b-c": { d: queue } }, '{ a: 1, "b-c": { d: billing.sid } }'],
    [{ ["__proto__"]: 1 }, '{ ["__proto__"]: 1 }'],
    [
      { a: "x".repeat(60), b: "y".repeat(60) },
      `{\n    a: "${"x".repeat(60)}",\n    b: "${"y".repeat(60)}",\n  }`,
    ],
  ])("%j", (value, text) => expect(literal(value, reference, "  ")).toBe(text));

  test("is the same value again when it runs", () => {
    const values: Value = [
      "`${1}`",
      "\\`",
      "\"'",
      "*/ // \u0000 \u2029",
      { "a b": ["\ud800"], ["__proto__"]: { c: "\r" } },
    ];
    const run = new Function(`return ${literal(values, () => undefined)};`) as () => unknown;
    expect(run()).toEqual(values);
    expect(Object.keys((run() as object[])[4]!)).toEqual(["a b", "__proto__"]);
  });
});

test("a quoted text never ends its line", () => expect(quoted("a\r\n\u0085b")).toBe('"a\\r\\n\\u0085b"'));
