import { describe, expect, test } from "@jest/globals";

import { thing } from "../testing/thing.ts";
import { Claims } from "./claims.ts";
import type { Owner } from "./records.ts";

const id = "PL1/TH1";
const [a, b, c] = ["a", "b", "c"].map((name) => `urn:pulumi:dev::test::twilio:test:Thing::${name}`) as [
  string,
  string,
  string,
];
const recorded = (...urns: string[]): Owner[] => urns.map((urn) => ({ urn, state: {}, inputs: {} }));

type Step = (claims: Claims) => void;
const takes =
  (urn: string): Step =>
  (claims) =>
    claims.take(thing, id, urn);
const holds =
  (urn: string): Step =>
  (claims) =>
    void claims.hold(thing, id, urn);
const makes =
  (urn: string): Step =>
  (claims) =>
    claims.made(thing, id, urn);
const imports =
  (urn: string): Step =>
  (claims) => {
    claims.imports(thing, id, urn);
    claims.hold(thing, id, urn);
  };
const letsGo =
  (urn: string, owners: readonly Owner[]): Step =>
  (claims) =>
    void claims.release(thing, id, urn, owners);

describe("who is left when a resource lets go of an object", () => {
  test.each<[what: string, before: Step[], urn: string, owners: Owner[] | undefined, left: string[]]>([
    ["its only owner goes", [], a, recorded(a), []],
    ["an earlier run recorded another name", [], a, recorded(a, b), [b]],
    ["it was taken over in this run", [takes(b)], a, recorded(a), [b]],
    ["it was imported in this run", [imports(b)], a, recorded(a), [b]],
    ["both of its names go, the first", [], a, recorded(a, b), [b]],
    ["both of its names go, the second", [letsGo(a, recorded(a, b))], b, recorded(a, b), []],
    ["a replacement took its own place in this run", [takes(a)], a, recorded(a), [a]],
    ["a replacement took its own place in a run before", [], a, recorded(a, a), [a]],
    ["both halves of that go", [letsGo(a, recorded(a, a))], a, recorded(a, a), []],
    ["the state was read after it was made", [makes(b)], a, recorded(a, b), [b]],
    ["a resource that is declared and recorded counts once", [holds(b)], a, recorded(a, b), [b]],
    ["the state knows what is deleted by a former name", [], b, recorded(a), []],
    ["an alias renamed it, and another name has it, too", [holds(b)], c, recorded(a, b), [b]],
    ["the state can't be read: nobody was seen", [], a, undefined, []],
    ["the state can't be read: it was taken over", [takes(b)], a, undefined, [b]],
    ["the state can't be read: another is declared with it", [holds(b)], a, undefined, [b]],
    ["the state can't be read: it took its own place", [holds(a), takes(a)], a, undefined, [a]],
  ])("%s", (_, before, urn, owners, left) => {
    const claims = new Claims();
    before.forEach((step) => step(claims));
    expect(claims.release(thing, id, urn, owners).owners).toEqual(left);
  });

  test("what could not be deleted keeps its owner", () => {
    const claims = new Claims();
    claims.release(thing, id, a, recorded(a, b));
    claims.keep(thing, id, a);
    expect(claims.release(thing, id, b, recorded(a, b)).owners).toEqual([a]);
  });

  test("who failed to take it over is none, but is told", () => {
    const claims = new Claims();
    claims.take(thing, id, b);
    claims.fail(thing, id, b);
    expect(claims.release(thing, id, a, recorded(a))).toEqual({ owners: [], failed: b });
  });

  test("a resource that got another object needs its former one no more", () => {
    const claims = new Claims();
    claims.hold(thing, id, b);
    claims.made(thing, "PL1/TH2", b);
    expect(claims.release(thing, id, a, undefined).owners).toEqual([]);
  });
});

test("two of the program can't be one object, whichever way", () => {
  const message = `${id} is already "a" of this program.\nFix: declare it once, or give each a name of its own`;
  for (const step of [holds, takes, imports, makes]) {
    const claims = new Claims();
    claims.hold(thing, id, a);
    expect(() => step(b)(claims)).toThrow(message);
  }
});
