import { describe, expect, test } from "@jest/globals";
import { readTwiml, type TwimlMessage } from "./twiml.ts";

const xml = "text/xml; charset=utf-8";
const base = "https://example.com/texts/in?key=1";
const message = (text: string, more: Partial<TwimlMessage> = {}): TwimlMessage => ({
  text,
  to: undefined,
  from: undefined,
  mediaUrls: [],
  statusCallback: undefined,
  ...more,
});
const read = (body: string, type = xml) => readTwiml(body, type, base);
const inResponse = (content: string) => read(`<Response>${content}</Response>`);

describe("messages", () => {
  test.each<[body: string, replies: TwimlMessage[]]>([
    ["", []],
    ["<Response/>", []],
    ["<Response></Response>", []],
    ["<Response><Message>Hi</Message></Response>", [message("Hi")]],
    [
      '<?xml version="1.0" encoding="UTF-8"?>\n<Response>\n  <Message>Hi</Message>\n</Response>\n',
      [message("Hi")],
    ],
    ['\uFEFF<?xml version="1.0"?><Response><Message>Hi</Message></Response>', [message("Hi")]],
    ["<Response><Message>Hi</Message></Response >", [message("Hi")]],
    ["<!DOCTYPE Response><Response><Message>Hi</Message></Response>", [message("Hi")]],
    ['<Response xmlns="http://example.com/twiml"><Message>Hi</Message></Response>', [message("Hi")]],
    ['<t:Response xmlns:t="urn:twiml"><t:Message>Hi</t:Message></t:Response>', [message("Hi")]],
    ["<Response><Message><Body>Hi</Body></Message></Response>", [message("Hi")]],
    ["<Response><Message>\n  <Body>One </Body>\n <Body>Two</Body></Message></Response>", [message("OneTwo")]],
    [
      "<Response><Message><Body>See</Body><Media>https://example.com/a.png?b=1&amp;c=2</Media></Message></Response>",
      [message("See", { mediaUrls: ["https://example.com/a.png?b=1&c=2"] })],
    ],
    [
      "<Response><Message>See<Media> /a.png </Media><Media>b.png</Media></Message></Response>",
      [message("See", { mediaUrls: ["https://example.com/a.png", "https://example.com/texts/b.png"] })],
    ],
    [
      "<Response><Message to=\"+14155550199\" from='+12065550187'>Hi</Message></Response>",
      [message("Hi", { to: "+14155550199", from: "+12065550187" })],
    ],
    [
      '<Response><Message statusCallback="/status?a=1&amp;b=2">Hi</Message></Response>',
      [message("Hi", { statusCallback: "https://example.com/status?a=1&b=2" })],
    ],
    ["<Response><Message>1</Message><Sms>2</Sms></Response>", [message("1"), message("2")]],
    [
      "<Response><Message>Fish &amp; chips &lt;3 &#x1F600; &#233;</Message></Response>",
      [message("Fish & chips <3 😀 é")],
    ],
    ["<Response><Message><![CDATA[a < b]]></Message></Response>", [message("a < b")]],
    ["<Response><Message>Hello <![CDATA[a & b]]> you</Message></Response>", [message("Hello a & b you")]],
    ["<Response><Message>a<!-- not this -->b</Message></Response>", [message("ab")]],
    ["<Response><Message>one\r\ntwo\rthree</Message></Response>", [message("one\ntwo\nthree")]],
    ["<Response><!-- <Message>no</Message> --><Message>yes</Message></Response>", [message("yes")]],
    [
      "<Response><Message><![CDATA[<Message>in</Message>]]></Message></Response>",
      [message("<Message>in</Message>")],
    ],
  ])("%s", (body, replies) => {
    expect(read(body)).toEqual({ replies, warnings: [] });
  });

  test("plain text is one", () => {
    expect(read("Hello <you>\n", "text/plain")).toEqual({ replies: [message("Hello <you>")], warnings: [] });
  });
});

describe("where a session goes on", () => {
  const redirect = (url: string, method = "POST") => ({ url, method, by: "Redirect" });
  test.each([
    ["<Redirect>https://other.example/next</Redirect>", redirect("https://other.example/next")],
    ["<Redirect>next?a=1&amp;b=2</Redirect>", redirect("https://example.com/texts/next?a=1&b=2")],
    ["<Redirect> /next </Redirect>", redirect("https://example.com/next")],
    ["<Redirect>//other.example</Redirect>", redirect("https://other.example/")],
    ["<Redirect/>", redirect(base)],
    ['<Redirect method="get">/next</Redirect>', redirect("https://example.com/next", "GET")],
    ["<Redirect>/one</Redirect><Redirect>/two</Redirect>", redirect("https://example.com/one")],
  ])("%s", (content, next) => {
    expect(inResponse(content)).toEqual({ replies: [], warnings: [], next });
  });

  test("what follows a Redirect is not reached, what precedes it is done", () => {
    expect(inResponse("<Message>1</Message><Redirect>/next</Redirect><Message>2</Message>")).toEqual({
      replies: [message("1")],
      warnings: [],
      next: redirect("https://example.com/next"),
    });
  });

  test("a message's action takes over, too", () => {
    expect(inResponse('<Message action="/sent" method="GET">1</Message><Message>2</Message>')).toEqual({
      replies: [message("1")],
      warnings: [],
      next: { url: "https://example.com/sent", method: "GET", by: "Message" },
    });
  });

  test("a name and password stay with their host", () => {
    const from = "https://ann:open@example.com/in";
    const urlOf = (target: string) =>
      readTwiml(`<Response><Redirect>${target}</Redirect></Response>`, xml, from).next?.url;
    expect(urlOf("/next")).toBe("https://ann:open@example.com/next");
    expect(urlOf("https://bob:shut@example.com/next")).toBe("https://bob:shut@example.com/next");
    expect(urlOf("https://other.example/next")).toBe("https://other.example/next");
  });
});

describe("what can't be done is said", () => {
  test.each([
    ["<Say>Hi</Say>", 14110, "the verb <Say>, which no message is answered with"],
    ["<message>Hi</message>", 14110, "the verb <message>, which no message is answered with"],
    ["Hi", 12200, "text outside of a verb, which is not sent; <Message> sends it"],
    ["<Message/>", 14103, "a <Message> with neither text nor media, which is not sent"],
    [
      `<Message>${"x".repeat(1601)}</Message>`,
      14103,
      "a text of more than 1600 characters, which is not sent",
    ],
    [
      "<Redirect>mailto:ann@example.com</Redirect>",
      11100,
      '"mailto:ann@example.com", which is no URL, in <Redirect>',
    ],
  ])("%s", (content, code, text) => {
    expect(inResponse(content)).toEqual({ replies: [], warnings: [{ code, text }] });
  });

  test.each([
    ["<Media>http://</Media>", 11100, '"http://", which is no URL, in <Media>'],
    ["<b>x</b>", 12200, "<b> in <Message>, where it means nothing"],
  ])("%s in a message, which is sent", (content, code, text) => {
    expect(inResponse(`<Message>Hi${content}</Message>`)).toEqual({
      replies: [message("Hi")],
      warnings: [{ code, text }],
    });
  });

  test("a plain text that is too long", () => {
    expect(read("x".repeat(1600), "text/plain").replies).toEqual([message("x".repeat(1600))]);
    expect(read("x".repeat(1601), "text/plain")).toEqual({
      replies: [],
      warnings: [{ code: 14103, text: "a text of more than 1600 characters, which is not sent" }],
    });
  });

  test("a bad method and status callback", () => {
    expect(
      inResponse('<Message statusCallback="http://">Hi</Message><Redirect method="PUT">/a</Redirect>'),
    ).toEqual({
      replies: [message("Hi")],
      warnings: [
        { code: 14105, text: 'the statusCallback "http://", which is no URL' },
        { code: 14104, text: "the method PUT; POST is taken instead" },
      ],
      next: { url: "https://example.com/a", method: "POST", by: "Redirect" },
    });
  });
});

describe("refused is", () => {
  test.each([
    ["<Message>Hi</Message>", 12100, "a <Message> where <Response> should be"],
    ["<response/>", 12100, "a <response> where <Response> should be"],
  ])("%s", (body, code, text) => {
    expect(read(body)).toEqual({ replies: [], warnings: [], error: { code, text } });
  });

  test('{"a":1} as JSON', () => {
    expect(read('{"a":1}', "application/json").error).toEqual({
      code: 12300,
      text: "content type application/json, which is no TwiML",
    });
  });

  test.each([
    ["an open element", "<Response><Message>Hi", "Unclosed root tag (line 1, column 21)"],
    ["a wrong end", "<Response><Message>Hi</Massage></Response>", "Unexpected close tag"],
    ["a bare ampersand", "<Response><Message>a & b</Message></Response>", "Invalid character in entity name"],
    ["a bare less-than", "<Response><Message>a < b</Message></Response>", "Invalid character in tag name"],
    ["an entity of HTML", "<Response><Message>a&nbsp;b</Message></Response>", "Invalid character entity"],
    [
      "an attribute without quotes",
      "<Response><Message to=1>a</Message></Response>",
      "Unquoted attribute value",
    ],
    [
      "an attribute twice",
      '<Response><Message to="1" to="2">a</Message></Response>',
      "Attribute to is there twice",
    ],
    ["two roots", "<Response/><Response/>", "There is more than one root element"],
    ["text after the root", "<Response/>Hi", "Text data outside of root node."],
    ["no element", "<!-- nothing -->", "There is no root element"],
    [
      "elements in elements, without end",
      `<Response><Message><Body>${"<b>".repeat(8000)}deep${"</b>".repeat(8000)}</Body></Message></Response>`,
      "Elements stand in more than 100 others",
    ],
    ["an unknown prefix", "<t:Response/>", 'Unbound namespace prefix: "t:Response"'],
    ["text", "Hello", "Non-whitespace before first tag."],
  ])("%s", (_what, body, why) => {
    const { error, replies } = read(body);
    expect(replies).toEqual([]);
    expect(error?.code).toBe(12100);
    expect(error?.text).toContain(`what is no well-formed XML: ${why}`);
  });

  test("an entity that the document declares, of its own or of a file: none is expanded or read", () => {
    const declared = (entities: string, used: string) =>
      read(`<!DOCTYPE Response [${entities}]><Response><Message>${used}</Message></Response>`).error?.text;
    expect(declared('<!ENTITY x "text">', "&x;")).toContain("Invalid character entity");
    expect(declared('<!ENTITY x SYSTEM "file:///etc/hostname">', "&x;")).toContain(
      "Invalid character entity",
    );
    const growing = Array.from({ length: 30 }, (_, n) => `<!ENTITY x${n + 1} "&x${n};&x${n};">`).join("");
    expect(declared(`<!ENTITY x0 "ha">${growing}`, "&x30;")).toContain("Invalid character entity");
  });
});
