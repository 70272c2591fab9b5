import { textLimits } from "../../products/api/kinds.ts";
import { type Element, isElement, parseXml, textOf } from "./xml.ts";

/** A message that a handler's TwiML sends. */
export interface TwimlMessage {
  readonly text: string;
  /** Whom to; undefined: whoever wrote. */
  readonly to: string | undefined;
  /** Whom from; undefined: whom was written to. */
  readonly from: string | undefined;
  readonly mediaUrls: readonly string[];
  readonly statusCallback: string | undefined;
}

/** Where the session goes on. */
export interface Continuation {
  readonly url: string;
  readonly method: "GET" | "POST";
  /** `Message`: the last message's `action`, which is told of it. */
  readonly by: "Redirect" | "Message";
}

/** Something wrong with an answer, in the codes of Twilio's debugger. */
export interface TwimlProblem {
  readonly code: number;
  readonly text: string;
}

export interface Twiml {
  readonly replies: readonly TwimlMessage[];
  /** Undefined: the session is over. */
  readonly next?: Continuation;
  /** What could not be done; the rest is. */
  readonly warnings: readonly TwimlProblem[];
  /** Why nothing can be done. */
  readonly error?: TwimlProblem;
}

/**
 * Reads a handler's answer: TwiML (https://www.twilio.com/docs/messaging/twiml), or plain text, which is one message.
 *
 * @param base what relative URLs start from: where the document came from
 */
export function readTwiml(body: string, contentType: string, base: string): Twiml {
  const text = body.trim();
  if (text === "") return { replies: [], warnings: [] };
  if (/^text\/plain/i.test(contentType))
    return text.length > textLimits.body
      ? { replies: [], warnings: [tooLong] }
      : { replies: [{ ...empty, text }], warnings: [] };
  if (!/xml|html/i.test(contentType))
    return failed(12300, `content type ${contentType || "none"}, which is no TwiML`);
  let root: Element;
  try {
    root = parseXml(text);
  } catch (error) {
    return failed(12100, `what is no well-formed XML: ${(error as Error).message}`);
  }
  if (root.name !== "Response") return failed(12100, `a <${root.name}> where <Response> should be`);
  return readVerbs(root, base);
}

const empty: TwimlMessage = {
  text: "",
  to: undefined,
  from: undefined,
  mediaUrls: [],
  statusCallback: undefined,
};

const tooLong: TwimlProblem = {
  code: 14103,
  text: `a text of more than ${textLimits.body} characters, which is not sent`,
};

const failed = (code: number, text: string): Twiml => ({ replies: [], warnings: [], error: { code, text } });

function readVerbs(root: Element, base: string): Twiml {
  const replies: TwimlMessage[] = [];
  const warnings: TwimlProblem[] = [];
  const warn = (code: number, text: string): void => void warnings.push({ code, text });
  if (root.children.some((child) => !isElement(child) && child.trim() !== ""))
    warn(12200, "text outside of a verb, which is not sent; <Message> sends it");
  // What follows on a verb that leads on is not reached.
  for (const verb of root.children.filter(isElement)) {
    if (verb.name === "Redirect") {
      // An empty one asks the same document again.
      const next = continuation(textOf(verb).trim(), verb, base, warn);
      return { replies, warnings, ...(next !== undefined && { next }) };
    }
    // The older name of the same verb, which Twilio still takes.
    if (verb.name !== "Message" && verb.name !== "Sms") {
      warn(14110, `the verb <${verb.name}>, which no message is answered with`);
      continue;
    }
    const reply = readMessage(verb, base, warn);
    if (reply !== undefined) replies.push(reply);
    const action = verb.attributes.get("action")?.trim() ?? "";
    if (action === "" || reply === undefined) continue;
    const next = continuation(action, verb, base, warn);
    if (next !== undefined) return { replies, warnings, next };
  }
  return { replies, warnings };
}

type Warn = (code: number, text: string) => void;

function continuation(target: string, verb: Element, base: string, warn: Warn): Continuation | undefined {
  const url = resolve(target, base);
  if (url === undefined) {
    warn(11100, `${JSON.stringify(target)}, which is no URL, in <${verb.name}>`);
    return undefined;
  }
  const given = verb.attributes.get("method") ?? "POST";
  const method = given.toUpperCase();
  if (method !== "GET" && method !== "POST") warn(14104, `the method ${given}; POST is taken instead`);
  return {
    url,
    method: method === "GET" ? "GET" : "POST",
    by: verb.name === "Redirect" ? "Redirect" : "Message",
  };
}

function readMessage(verb: Element, base: string, warn: Warn): TwimlMessage | undefined {
  const parts = verb.children.filter(isElement);
  const named = (name: string): string[] =>
    parts.filter((part) => part.name === name).map((part) => textOf(part).trim());
  const bodies = named("Body");
  const own = verb.children.filter((child) => !isElement(child)).join("");
  const text = (bodies.length > 0 ? bodies.join("") : own).trim();
  const mediaUrls = named("Media").flatMap((given) => {
    const url = resolve(given, base);
    if (url === undefined) warn(11100, `${JSON.stringify(given)}, which is no URL, in <Media>`);
    return url === undefined ? [] : [url];
  });
  for (const { name } of parts)
    if (name !== "Body" && name !== "Media")
      warn(12200, `<${name}> in <${verb.name}>, where it means nothing`);
  if (text === "" && mediaUrls.length === 0) {
    warn(14103, `a <${verb.name}> with neither text nor media, which is not sent`);
    return undefined;
  }
  if (text.length > textLimits.body) {
    warn(tooLong.code, tooLong.text);
    return undefined;
  }
  const callback = verb.attributes.get("statusCallback")?.trim() ?? "";
  const statusCallback = callback === "" ? undefined : resolve(callback, base);
  if (callback !== "" && statusCallback === undefined)
    warn(14105, `the statusCallback ${JSON.stringify(callback)}, which is no URL`);
  return {
    text,
    to: number(verb.attributes.get("to")),
    from: number(verb.attributes.get("from")),
    mediaUrls,
    statusCallback,
  };
}

const number = (given: string | undefined): string | undefined =>
  given === undefined || given.trim() === "" ? undefined : given.trim();

/** An http or https URL, relative ones as of the document; undefined when it is none. */
function resolve(given: string, base: string): string | undefined {
  if (!URL.canParse(given, base)) return undefined;
  const url = new URL(given, base);
  if (url.protocol !== "http:" && url.protocol !== "https:") return undefined;
  // A name and password go on to the same place, and to no other.
  const from = new URL(base);
  if (url.host === from.host && url.username === "") {
    url.username = from.username;
    url.password = from.password;
  }
  return url.href;
}
