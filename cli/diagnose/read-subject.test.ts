import { expect, test } from "@jest/globals";
import type { Subject } from "../../flex-stack/diagnose/index.ts";
import { readSubject, type SubjectOptions } from "./read-subject.ts";

const sid = (prefix: string): string => prefix + "0a".repeat(16);

test.each<[SubjectOptions, Subject]>([
  [{ message: ` ${sid("SM")} ` }, { kind: "message", sid: sid("SM") }],
  [{ message: sid("MM") }, { kind: "message", sid: sid("MM") }],
  [{ task: sid("WT") }, { kind: "task", sid: sid("WT") }],
  [{ channel: sid("CH") }, { kind: "channel", sid: sid("CH") }],
  [{ from: "+1 (415) 555-0170" }, { kind: "from", number: "+14155550170", sinceMs: 3_600_000 }],
  [
    { from: "whatsapp:+14155550170", since: "90s" },
    { kind: "from", number: "whatsapp:+14155550170", sinceMs: 90_000 },
  ],
  [
    { from: "+14155550170", since: "2d" },
    { kind: "from", number: "+14155550170", sinceMs: 172_800_000 },
  ],
])("%j is understood", (options, expected) => expect(readSubject(options)).toEqual(expected));

test.each<[SubjectOptions, string]>([
  [{}, "Nothing says which message it is about."],
  [{ task: sid("WT"), channel: sid("CH") }, "Only one of them can be looked for."],
  [{ message: sid("IM") }, "--message must be a SID: SM or MM and 32 hexadecimal digits."],
  [{ from: "+0155550170" }, "--from must be a number in E.164, such as +14155550142."],
  [{ from: "+14155550170", since: "0h" }, "--since must be a time such as 30m, 1h or 2d."],
  [{ from: "+14155550170", since: "1 week" }, "--since must be a time such as 30m, 1h or 2d."],
])("%j is refused", (options, what) => {
  expect(() => readSubject(options)).toThrow(expect.objectContaining({ what, exitCode: 2 }));
});

test("whoever gives a message of a conversation is told what to give", () => {
  expect(() => readSubject({ message: sid("IM") })).toThrow(
    expect.objectContaining({
      fix: "A message of a conversation is known in that alone: give --channel CH…, or the text's SM….",
    }),
  );
});
