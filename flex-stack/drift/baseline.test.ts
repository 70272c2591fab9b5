import { describe, expect, test } from "@jest/globals";
import { blocks } from "../../tests/docs/blocks.ts";
import { Failure } from "../failure/failure.ts";
import { parseBaseline, withEntries } from "./baseline.ts";
import { isDay } from "./day.ts";

const entry = {
  resource: "flex-chat-service",
  property: "postWebhookUrl",
  comment: "moving",
  expires: "2026-12-31",
};
const yaml = (changes: Record<string, unknown>) =>
  `accepted:\n  - ${JSON.stringify({ ...entry, ...changes })}\n`;

const refusal = (text: string) => {
  try {
    parseBaseline(text, "b.yaml");
  } catch (error) {
    if (error instanceof Failure) return { why: error.why, exitCode: error.exitCode };
    throw error;
  }
  throw new Error("It was accepted");
};

test("the sample of the documentation is one", () => {
  const all = blocks(new URL("../../docs/drift.md", import.meta.url));
  const sample = all.find(({ language }) => language === "yaml")?.text ?? "";
  expect(parseBaseline(sample, "b.yaml").entries).toHaveLength(2);
});

test.each([
  [
    "YAML",
    `# why\naccepted:\n  - resource: a\n    kind: deleted\n    comment: c\n    expires: 2026-12-31\n`,
    1,
  ],
  ["JSON", JSON.stringify({ accepted: [entry, { ...entry, kind: "changed" }] }), 2],
  ["an empty file", "", 0],
  ["a file of comments", "# nothing yet\n", 0],
  ["an empty list", "accepted: []\n", 0],
  ["no list", "accepted:\n", 0],
  ["a fingerprint", yaml({ fingerprint: "0123456789abcdef" }), 1],
])("reads %s", (_case, text, count) => {
  expect(parseBaseline(text, "b.yaml").entries).toHaveLength(count);
});

describe("says what is wrong, and where", () => {
  test.each([
    ["no YAML", "accepted: [\n", /^b\.yaml:2:1 Flow sequence in block collection must be/],
    ["a list", "- a\n", /^b\.yaml:1:1 It must be a map with the key accepted$/],
    ["another key", "accepted: []\nacepted: []\n", /^b\.yaml:1:1 It has "acepted", which it can't have$/],
    ["no list", "accepted: 1\n", /^b\.yaml:1:11 accepted must be a list of accepted drift$/],
    [
      "a day that is none",
      "accepted:\n  - resource: a\n    kind: deleted\n    comment: c\n    expires: 2026-02-30\n",
      /^b\.yaml:5:14 accepted\[0\]\.expires must be a day, such as 2026-12-31$/,
    ],
    ["no expiry", yaml({ expires: undefined }), /^b\.yaml:2:5 accepted\[0\]\.expires needs the last day/],
    ["no comment", yaml({ comment: "  " }), /accepted\[0\]\.comment needs the reason why it is accepted$/],
    ["no resource", yaml({ resource: undefined }), /accepted\[0\]\.resource needs the name of a resource/],
    [
      "neither property nor kind",
      yaml({ property: undefined }),
      /needs a property that may differ, or a kind/,
    ],
    [
      "another kind",
      yaml({ kind: "gone" }),
      /accepted\[0\]\.kind must be one of changed, deleted, unmanaged$/,
    ],
    [
      "a property of what is gone",
      yaml({ kind: "deleted" }),
      /has a property, so its kind can only be changed$/,
    ],
    ["part of a property", yaml({ property: "limits.userChannels" }), /parts of it can't be accepted$/],
    ["a short fingerprint", yaml({ fingerprint: "abc" }), /must be the 16 digits/],
    ["a misspelt key", yaml({ commment: "x" }), /accepted\[0\] has "commment", which it can't have$/],
  ])("%s", (_case, text, why) => {
    expect(refusal(text)).toEqual({ why: expect.stringMatching(why) as unknown, exitCode: 2 });
  });

  test("all of it at once", () => {
    expect(refusal(yaml({ comment: "", expires: "soon" })).why?.split("\n")).toHaveLength(2);
  });
});

describe("adds entries", () => {
  const added = { resource: "a", kind: "deleted" as const, comment: "c", expires: "2026-12-31" };
  const lines = "  - resource: a\n    kind: deleted\n    comment: c\n    expires: 2026-12-31\n";

  test.each([
    ["to nothing", "", `accepted:\n${lines}`],
    ["to an empty list", "accepted:\n", `accepted:\n${lines}`],
    [
      "to others, whose comments stay",
      "# read me\naccepted:\n  - resource: b # who\n    kind: deleted\n    comment: d\n    expires: 2026-01-01\n",
      `# read me\naccepted:\n  - resource: b # who\n    kind: deleted\n    comment: d\n    expires: 2026-01-01\n${lines}`,
    ],
  ])("%s", (_case, before, after) => {
    expect(withEntries(parseBaseline(before, "b.yaml"), [added])).toBe(after);
  });

  test("in the place of those that hold no more", () => {
    const text =
      "accepted:\n  - {resource: a, kind: deleted, comment: c, expires: 2020-01-01}\n  # stays\n  - {resource: b, kind: deleted, comment: c, expires: 2999-01-01}\n";
    const baseline = parseBaseline(text, "b.yaml");
    const rest = parseBaseline(withEntries(baseline, [added], baseline.entries.slice(0, 1)), "b.yaml");
    expect(rest.entries.map(({ resource, expires }) => `${resource} ${expires}`)).toEqual([
      "b 2999-01-01",
      "a 2026-12-31",
    ]);
  });
});

test.each([
  ["2026-12-31", true],
  ["2024-02-29", true],
  ["2026-02-29", false],
  ["2026-1-1", false],
  ["tomorrow", false],
  ["2026-12-31T00:00", false],
])("%s is a day: %s", (text, is) => {
  expect(isDay(text)).toBe(is);
});
