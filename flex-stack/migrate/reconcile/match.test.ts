import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { match } from "./match.ts";
import type { Entry, Gap, Text } from "./text.ts";

const noon = Date.parse("2026-03-01T12:00:00Z");
const at = (seconds: number): Date => new Date(noon + seconds * 1000);
const ann = "+14155550170";
const bob = "+14155550171";

let count = 0;
const sid = (prefix: string): string => prefix + String(++count).padStart(32, "0");
const text = (seconds: number, body = "ok", more: Partial<Text> = {}): Text => ({
  sid: sid("SM"),
  from: ann,
  to: "+14155550142",
  body,
  media: 0,
  at: at(seconds),
  ...more,
});
const entry = (seconds: number, body = "ok", more: Partial<Entry> = {}): Entry => ({
  world: "conversations",
  place: `CH${"1".repeat(32)}`,
  author: ann,
  body,
  hasMedia: false,
  at: at(seconds),
  ...more,
});
const gap = (after: number, before: number): Gap => ({
  world: "chat",
  place: `CH${"1".repeat(32)}`,
  author: ann,
  after: at(after),
  before: at(before),
});

/** Positions of the texts that were found, and of what each of them is. */
const positions = (texts: readonly Text[], entries: readonly Entry[], gaps: readonly Gap[] = []) => {
  const found = match(texts, entries, gaps);
  return {
    found: texts.flatMap((one, index) => {
      const its = found.entries.get(one);
      return its === undefined ? [] : [[index, entries.indexOf(its)]];
    }),
    gaps: texts.flatMap((one, index) => (found.gaps.has(one) ? [index] : [])),
    again: found.again.map((one) => entries.indexOf(one)),
  };
};

const named = text(0, "named");

test.each<[string, Text[], Entry[], number[][]]>([
  ["nothing is nothing", [], [], []],
  ["the same", [text(0)], [entry(1)], [[0, 0]]],
  ["another body", [text(0)], [entry(1, "no")], []],
  ["another author", [text(0)], [entry(1, "ok", { author: bob })], []],
  ["as late as may be", [text(0)], [entry(60)], [[0, 0]]],
  ["as early as may be", [text(0)], [entry(-60)], [[0, 0]]],
  ["too late", [text(0)], [entry(61)], []],
  ["too early", [text(0)], [entry(-61)], []],
  [
    "three times the same are three",
    [text(0), text(5), text(9)],
    [entry(9), entry(1), entry(5)],
    [
      [0, 1],
      [1, 2],
      [2, 0],
    ],
  ],
  ["three times the same, of which one is there", [text(0), text(50), text(100)], [entry(101)], [[2, 0]]],
  ["of equal texts the one that is nearest", [text(0), text(20)], [entry(21)], [[1, 0]]],
  [
    "as many as can be before those that are nearest",
    [text(0), text(50)],
    [entry(55), entry(100)],
    [
      [0, 0],
      [1, 1],
    ],
  ],
  ["of the same second the first", [text(0), text(0)], [entry(1)], [[0, 0]]],
  ["four seconds after a minute it is the next", [text(0), text(64)], [entry(65)], [[1, 0]]],
  [
    "the one with a file is the one with a file",
    [text(0), text(2, "ok", { media: 1 })],
    [entry(1, "ok", { hasMedia: true }), entry(3)],
    [
      [0, 1],
      [1, 0],
    ],
  ],
  ["a file that is told of nowhere else", [text(0, "look", { media: 1 })], [entry(1, "look")], [[0, 0]]],
  ["a body that was taken out of the log", [text(0, "")], [entry(1, "secret")], [[0, 0]]],
  ["a file without a body is no such", [text(0, "", { media: 1 })], [entry(1, "secret")], []],
  ["by its SID, whenever and whatever", [named], [entry(9000, "else", { textSid: named.sid })], [[0, 0]]],
  ["what names another text is not this", [text(0)], [entry(1, "ok", { textSid: sid("SM") })], []],
])("%s", (_, texts, entries, expected) => {
  expect(positions(texts, entries).found).toEqual(expected);
});

test("two messages that say that they are one text are told", () => {
  const entries = [entry(0, "a", { textSid: named.sid }), entry(9, "a", { textSid: named.sid })];
  expect(positions([named], entries)).toEqual({ found: [[0, 0]], gaps: [], again: [1] });
});

test.each<[string, Text[], Gap[], number[]]>([
  ["between its neighbours", [text(0)], [gap(-300, 300)], [0]],
  ["one text for one that is removed", [text(0), text(1)], [gap(-5, 5)], [0]],
  ["not long before", [text(-400)], [gap(-300, 300)], []],
  ["not of somebody else", [text(0, "ok", { from: bob })], [gap(-300, 300)], []],
])("a message that was removed may have been a text: %s", (_, texts, gaps, expected) => {
  expect(positions(texts, [], gaps).gaps).toEqual(expected);
});

test("what is there is no message that was removed", () => {
  expect(positions([text(0), text(1, "no")], [entry(0)], [gap(-5, 5)])).toEqual({
    found: [[0, 0]],
    gaps: [1],
    again: [],
  });
});

test.each<[string, Text[], Entry[], Entry[], number[], number[]]>([
  ["one before the cut and one after it", [text(0), text(20)], [entry(1)], [entry(21)], [0], [1]],
  ["the same within one second", [text(0), text(0)], [entry(0)], [entry(0)], [1], [0]],
  ["one doubled and one lost, by their times", [text(0), text(20)], [entry(1)], [entry(1)], [0], [0]],
  ["both doubled", [text(0), text(1)], [entry(1), entry(2)], [entry(1), entry(2)], [0, 1], [0, 1]],
])("equal texts in two worlds: %s", (_, texts, chat, conversations, inChat, inConversations) => {
  const talk = match(texts, conversations).entries;
  const heard = match(texts, chat, [], new Set(talk.keys())).entries;
  const indices = (found: ReadonlyMap<Text, Entry>) =>
    texts.flatMap((one, index) => (found.has(one) ? [index] : []));
  expect([indices(heard), indices(talk)]).toEqual([inChat, inConversations]);
});

test("thousands of equal texts are paired, too", () => {
  const texts = Array.from({ length: 3000 }, (_, index) => text(index));
  const entries = Array.from({ length: 3000 }, (_, index) => entry(index + 1));
  expect(match(texts, entries).entries.size).toBe(3000);
});

/** Texts of two customers who say little, over five minutes, and which of them arrived, how much later. */
const traffic = fc
  .array(
    fc.record({
      seconds: fc.integer({ min: 0, max: 300 }),
      from: fc.constantFrom(ann, bob),
      body: fc.constantFrom("ok", "no", ""),
      media: fc.constantFrom(0, 1),
      arrives: fc.option(fc.integer({ min: -2, max: 55 }), { freq: 2 }),
    }),
    { maxLength: 14 },
  )
  .map((sent) => [...sent].sort((one, other) => one.seconds - other.seconds));

test("as many as can be are found, each once, and never one of somebody else", () => {
  fc.assert(
    fc.property(traffic, fc.infiniteStream(fc.nat()), (sent, random) => {
      const texts = sent.map(({ seconds, from, body, media }) => text(seconds, body, { from, media }));
      const entries = sent
        .flatMap(({ seconds, from, body, media, arrives }) =>
          arrives === null ? [] : [entry(seconds + arrives, body, { author: from, hasMedia: media > 0 })],
        )
        .map((one) => [random.next().value ?? 0, one] as const)
        .sort(([one], [other]) => one - other)
        .map(([, one]) => one);
      const found = match(texts, entries).entries;
      expect(new Set(found.values()).size).toBe(found.size);
      for (const [one, its] of found) {
        expect(its.author).toBe(one.from);
        expect(Math.abs(its.at.getTime() - one.at.getTime())).toBeLessThanOrEqual(60_000);
      }
      // All that arrived fits some text, so that none is left over; and what did not arrive is missed in the count.
      expect(found.size).toBe(entries.length);
    }),
    { numRuns: 300 },
  );
});
