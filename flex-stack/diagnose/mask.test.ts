import { expect, test } from "@jest/globals";
import { consolePage, pageAt } from "./console-page.ts";
import { hidden, maskNumbers, withoutSecrets, withPagesAt } from "./mask.ts";

test.each([
  ["+14155550170 wrote", "+•••••••0170 wrote"],
  ["whatsapp:+14155550170", "whatsapp:+•••••••0170"],
  ["https://example.com/?from=%2B14155550170&x=1", "https://example.com/?from=%2B•••••••0170&x=1"],
  ['name is "14155550170"', 'name is "•••••••0170"'],
  // What only looks like one.
  [`CH${"1".repeat(32)}`, `CH${"1".repeat(32)}`],
  ["AC10ca1000000000000000000000000000", "AC10ca1000000000000000000000000000"],
  ["2026-11-24 12:00:05, 86400 s, error 45205", "2026-11-24 12:00:05, 86400 s, error 45205"],
  ["http://127.0.0.1:54321/sms", "http://127.0.0.1:54321/sms"],
])("%s becomes %s", (text, expected) => expect(maskNumbers(text)).toBe(expected));

test("masks every text in a value, and keeps times", () => {
  const at = new Date(0);
  expect(hidden({ at, list: ["+14155550170"], inner: { sentence: "from +14155550170", count: 3 } })).toEqual({
    at,
    list: ["+•••••••0170"],
    inner: { sentence: "from +•••••••0170", count: 3 },
  });
});

test("leaves out a command that would be wrong without the number", () => {
  const command = 'curl --data-urlencode \'Attributes={"from":"+14155550170"}\' https://chat.twilio.com/v2';
  expect(hidden([{ command }, { command: "curl https://chat.twilio.com/v2" }])).toEqual([
    { command: "# It names a phone number: run diagnose again with --show-content to see it." },
    { command: "curl https://chat.twilio.com/v2" },
  ]);
});

test("shows no credential in an address, nor a command that has one", () => {
  const own = `curl -u "AC${"1".repeat(32)}:$TWILIO_AUTH_TOKEN" https://chat.twilio.com/v2`;
  const sentence = "Messages go to https://ann:hunter2@example.com/sms?token=hunter2&v=1, not to Flex.";
  expect(withoutSecrets([{ sentence }, { command: own }, { command: `${own}?token=hunter2` }])).toEqual([
    { sentence: "Messages go to https://ann:[secret]@example.com/sms?token=[secret]&v=1, not to Flex." },
    { command: own },
    { command: "# It names a credential: put it right in Twilio's console." },
  ]);
});

const local = "http://127.0.0.1:4100/";
const [parent, sid] = [`WS${"a1".repeat(16)}`, `WT${"0".repeat(32)}`];

test.each([
  [consolePage.task(parent, sid), local, `http://127.0.0.1:4100/#/account/${sid}`],
  [consolePage.message(`AC${"0".repeat(32)}`, sid), local, `http://127.0.0.1:4100/#/account/${sid}`],
  [consolePage.numbers(), local, "http://127.0.0.1:4100/#/account"],
  [consolePage.session(parent, sid), "https://[::1]:4443", `https://[::1]:4443/#/account/${sid}`],
  [consolePage.flow(sid), undefined, consolePage.flow(sid)],
  [consolePage.flow(sid), "https://twilio-proxy.example.com", consolePage.flow(sid)],
])("the page %s of an account at %j is %s", (page, endpoint, shown) => {
  expect(pageAt(page, endpoint)).toBe(shown);
  expect(withPagesAt({ a: [{ page, sentence: page }] }, endpoint)).toEqual({
    a: [{ page: shown, sentence: page }],
  });
});
