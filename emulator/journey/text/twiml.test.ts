import { expect, test } from "@jest/globals";
import { readReplies, type TwimlMessage } from "./twiml.ts";

const xml = "text/xml; charset=utf-8";
const message = (text: string, more: Partial<TwimlMessage> = {}): TwimlMessage => ({
  text,
  to: undefined,
  mediaUrls: [],
  ...more,
});

test.each<[body: string, replies: TwimlMessage[]]>([
  ["", []],
  ["<Response/>", []],
  ["<Response></Response>", []],
  ["<Response><Message>Hi</Message></Response>", [message("Hi")]],
  [
    '<?xml version="1.0" encoding="UTF-8"?>\n<Response>\n  <Message>Hi</Message>\n</Response>\n',
    [message("Hi")],
  ],
  ["<Response><Message><Body>Hi</Body></Message></Response>", [message("Hi")]],
  [
    "<Response><Message><Body>See</Body><Media>https://example.com/a.png?b=1&amp;c=2</Media></Message></Response>",
    [message("See", { mediaUrls: ["https://example.com/a.png?b=1&c=2"] })],
  ],
  ['<Response><Message to="+14155550199">Hi</Message></Response>', [message("Hi", { to: "+14155550199" })]],
  ["<Response><Message>1</Message><Message>2</Message></Response>", [message("1"), message("2")]],
  [
    "<Response><Message>Fish &amp; chips &lt;3 &#x1F600; &#233;</Message></Response>",
    [message("Fish & chips <3 😀 é")],
  ],
  ["<Response><Message><![CDATA[a < b]]></Message></Response>", [message("a < b")]],
  ["<Response><!-- <Message>no</Message> --><Message>yes</Message></Response>", [message("yes")]],
  ["<Response><Redirect>https://example.com</Redirect></Response>", []],
])("%s", (body, replies) => {
  expect(readReplies(body, xml)).toEqual({ replies });
});

test("plain text is one message", () => {
  expect(readReplies("Hello\n", "text/plain")).toEqual({ replies: [message("Hello")] });
});

test.each([
  ["<Message>Hi</Message>", xml, 12100, "no well-formed <Response>"],
  ["<Response><Message>Hi", xml, 12100, "no well-formed <Response>"],
  ['{"a":1}', "application/json", 12300, "content type application/json, which is no TwiML"],
])("%s as %s is refused with %d", (body, type, code, text) => {
  expect(readReplies(body, type)).toEqual({ replies: [], error: { code, text } });
});
