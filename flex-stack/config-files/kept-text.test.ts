import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { parseDocument, stringify } from "yaml";
import { keptText } from "./kept-text.ts";

/** The text with `n.main.kind` set to b, and `n.main.more` to a map. */
function edited(text: string): string {
  const document = parseDocument(text);
  document.setIn(["n", "main", "kind"], "b");
  document.setIn(["n", "main", "more"], document.createNode({ at: 1 }, { flow: true }));
  return keptText(text, document);
}

const flow = "n:\n  main: {kind: a}\n";
const flowAfter = "n:\n  main: {kind: b, more: {at: 1}}\n";
const odd = [
  "%YAML 1.2",
  "---",
  "",
  "",
  "# numbers",
  "big: 12345678901234567890123   # too long for one",
  "price: 1.50",
  "hex: 0x1F",
  "none: ~",
  "s: 'it''s'",
  '"quoted key":   x',
  "secret:",
  "  secure: >-",
  "    AAAA",
  "    BBBB",
  "list:",
  "- a",
  "-   b",
  "",
].join("\n");

test.each<[string, string, string]>([
  ["on one line", flow, flowAfter],
  ["in lines", "n:\n  main:\n    kind: a\n", "n:\n  main:\n    kind: b\n    more: {at: 1}\n"],
  ["line ends of Windows", flow.replaceAll("\n", "\r\n"), flowAfter.replaceAll("\n", "\r\n")],
  ["with a byte order mark", `\ufeff# x\n${flow}`, `\ufeff# x\n${flowAfter}`],
  ["without an end of the last line", `${flow}last: 1`, `${flowAfter}last: 1`],
  [
    "room in braces",
    `o: { a: 1 }\nn:\n  main: { kind: a }\n`,
    "o: { a: 1 }\nn:\n  main: { kind: b, more: { at: 1 } }\n",
  ],
  [
    "indented by four",
    "n:\n    main:\n        kind: a\n",
    "n:\n    main:\n        kind: b\n        more: {at: 1}\n",
  ],
  [
    "indented in several ways",
    "o:\n  a: 1   # x\nn:\n    main:\n         kind: a\n         z: 1\n",
    "o:\n  a: 1   # x\nn:\n    main:\n         kind: b\n         z: 1\n         more: {at: 1}\n",
  ],
  [
    "comments beside it",
    `n:  # n\n  # m\n  main: {kind: a}   # k\n  # o\n`,
    `n:  # n\n  # m\n  main: {kind: b, more: {at: 1}} # k\n  # o\n`,
  ],
  ["all that is written in other ways", odd + flow, odd + flowAfter],
])("what is not edited stays as it is written: %s", (_, before, after) => {
  expect(edited(before)).toBe(after);
});

test("without an edit nothing changes", () => {
  const text = `${odd}n:   {main:   {}}\n\n\n`;
  expect(keptText(text, parseDocument(text))).toBe(text);
});

const name = fc.constantFrom("a", "b", "c", "d");
const { map } = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom("x", "007", "it's", "a: b", "# c", ""),
    fc.integer(),
    tie("map"),
  ),
  map: fc.dictionary(name, tie("any"), { maxKeys: 4, noNullPrototype: true }),
}));

test("however it is indented, it says what the document says", () => {
  const indents = fc.constantFrom(1, 2, 3, 4);
  fc.assert(
    fc.property(
      map,
      name,
      indents,
      fc.constantFrom("\n", "\r\n"),
      fc.boolean(),
      (value, key, indent, end, removes) => {
        const before = stringify(
          { o: value, n: value, p: value },
          { indent, aliasDuplicateObjects: false },
        ).replaceAll("\n", end);
        const document = parseDocument(before);
        if (removes) document.deleteIn(["n", key]);
        else document.setIn(["n", key], document.createNode({ new: { a: 1 } }));
        const after = keptText(before, document);
        expect(parseDocument(after).toJS()).toEqual(document.toJS());
        // The lines before and behind are the same.
        const [o, p] = [{ o: value }, { p: value }].map((part) =>
          stringify(part, { indent }).replaceAll("\n", end),
        );
        expect([after.startsWith(o ?? ""), after.endsWith(p ?? "")]).toEqual([true, true]);
      },
    ),
  );
});
