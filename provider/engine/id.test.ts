import { describe, expect, test } from "@jest/globals";

import { accountSid, placeSid, sidOf, thing } from "../testing/thing.ts";
import { formatId, idPattern, parseId } from "./id.ts";

const sid = sidOf("TH", 1);
const { sid: _, ...settings } = thing;
const lone = { ...thing, parents: {} };
const single = { ...settings, parents: {} };

const cases = [
  ["in a place", thing, { parents: { placeSid }, sid }, `${placeSid}/${sid}`, "PL…/TH…"],
  ["one per place", settings, { parents: { placeSid }, sid: "" }, placeSid, "PL…"],
  ["alone", lone, { parents: {}, sid }, sid, "TH…"],
  ["one per account", single, { parents: {}, sid: "" }, accountSid, "AC…"],
] as const;
for (const [name, definition, location, id, pattern] of cases) {
  test(`an id of a resource ${name}`, () => {
    expect(formatId(definition, location, accountSid)).toBe(id);
    expect(parseId(definition, id, accountSid)).toEqual(location);
    expect(idPattern(definition)).toBe(pattern);
  });
}

describe("what is no id says what one looks like", () => {
  const wrong: [typeof thing, string, string][] = [
    [thing, sid, `"${sid}" is no id of a Thing: expected PL…/TH…`],
    [thing, `${sid}/${placeSid}`, "expected PL…/TH…"],
    [thing, `${placeSid}/${sid}/x`, "expected PL…/TH…"],
    [thing, `${placeSid}/one`, "expected PL…/TH…"],
    [thing, "", '"" is no id of a Thing'],
    [single, "here", `an account has one, whose id is the account's SID, ${accountSid}`],
  ];
  for (const [definition, id, message] of wrong) {
    test(JSON.stringify(id), () => expect(() => parseId(definition, id, accountSid)).toThrow(message));
  }
});
