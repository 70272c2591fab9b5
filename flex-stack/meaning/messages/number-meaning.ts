import { isUnknown } from "../../values/property-value.ts";
import { said, type Phrase, type Statement } from "../statement.ts";
import type { Properties, Subject } from "../../changes/subject.ts";
import type { Surroundings } from "../surroundings.ts";
import { conversationText, openedBy, openingFor } from "./opening.ts";
import { address, former, textOf } from "./words.ts";

/** Who gets the texts that come in on a number. */
interface Handler {
  /** `flex`: a Proxy service, where Flex's own handling starts; `twilio`: what Twilio runs; `own`: a URL elsewhere. */
  readonly kind: "flex" | "twilio" | "own" | "nobody";
  readonly words: readonly Phrase[];
}

/** Properties that decide it; an application goes before the URL. */
export const numberHandling: readonly string[] = ["smsUrl", "smsApplicationSid"];

/** Properties whose change has consequences beside that: another number is another purchase. */
export const numberConsequences: readonly string[] = [
  ...numberHandling,
  "phoneNumber",
  "areaCode",
  "voiceCallerIdLookup",
];

/** Where the texts to a number go because of a change, what it costs, and that a number which is given back is lost. */
export function numberMeaning(subject: Subject, surroundings: Surroundings): Statement[] {
  const { name, before, after } = subject;
  const from = before && handlerOf(before, surroundings);
  if (!after) {
    const opened = former(lastOpened(before, surroundings));
    const conversation = opened.length > 0 ? ["; its texts opened ", ...opened] : [];
    const words =
      from && from.kind !== "nobody" ? ["; its texts went to ", ...former(from.words)] : conversation;
    return [danger([...givenBack(before, name), ...words])];
  }
  return [...numberCosts(subject), ...newHandling(subject, from, surroundings)];
}

/** What is paid for, and what is given up, because of a change. */
function numberCosts({ name, before, after, stays, found, differences }: Subject): Statement[] {
  const replaced = (differences ?? []).some(({ replaces }) => replaces);
  return [
    ...(replaced && stays !== true ? [danger(givenBack(before, name))] : []),
    ...(replaced && found !== true ? [purchase(after)] : []),
    ...(before?.["voiceCallerIdLookup"] === true ? [] : lookups(after)),
  ];
}

function givenBack(number: Properties | undefined, name: string): Phrase[] {
  return [{ before: numberText(number, name) }, " is given back to Twilio, and may never be had again"];
}

function purchase(number: Properties | undefined): Statement {
  const area = textOf(number?.["areaCode"]);
  const which: Phrase =
    area && !isKnownText(number?.["phoneNumber"])
      ? `a number in the area ${area}`
      : { after: numberText(number, "a number") };
  return danger(["buys ", which, ", which costs money every month until it is given back"]);
}

function lookups(number: Properties | undefined): Statement[] {
  if (number?.["voiceCallerIdLookup"] !== true) return [];
  return [danger(["the name of every caller is looked up, which costs money each time"])];
}

function newHandling(
  { name, after = {} }: Subject,
  from: Handler | undefined,
  surroundings: Surroundings,
): Statement[] {
  const to = handlerOf(after, surroundings);
  const texts: Phrase[] = ["texts to ", { code: numberText(after, name) }];
  if (!to || same(from, to)) return [];
  const opening = openingOf(after, surroundings);
  if (to.kind === "nobody") {
    if (!opening) return [danger(["nobody handles ", ...texts])];
    const leave = from ? [" no longer go to ", ...former(from.words), ": they open "] : [" open "];
    return [said("consequence", [], [...texts, ...leave, ...opening])];
  }
  const words = [...texts, " now go to ", ...to.words];
  if (opening) return [danger([...words, ...besides(opening)])];
  if (to.kind === "flex") return [said("consequence", [], words)];
  const leavesFlex = from?.kind === "flex";
  if (to.kind === "own") words.push("; Flex has no part in them");
  else if (leavesFlex) words.push(", and not to Flex");
  return [said("consequence", [], words, { danger: leavesFlex })];
}

/** What a number that is bought costs, and where its texts go; who handles it may be set later, by a Proxy service. */
export function numberSummary(after: Properties, surroundings: Surroundings): Statement[] {
  const costs = [purchase(after), ...lookups(after)];
  const handler = handlerOf(after, surroundings);
  const opening = openingOf(after, surroundings);
  if (handler?.kind === "nobody" && opening)
    return [...costs, said("add", [], ["new, texts to it open ", ...opening])];
  if (!handler || handler.kind === "nobody") return costs;
  if (opening)
    return [
      ...costs,
      said("add", [], ["new, texts to it go to ", ...handler.words, ...besides(opening)], { danger: true }),
    ];
  const part = handler.kind === "own" ? ["; Flex has no part in them"] : [];
  return [...costs, said("add", [], ["new, texts to it go to ", ...handler.words, ...part])];
}

/** What a number's texts open by an Address of the stack, which Twilio asks before the number's own URL. */
function openingOf(number: Properties, surroundings: Surroundings): readonly Phrase[] | undefined {
  const to = textOf(number["phoneNumber"]);
  return to ? openingFor({ channel: "sms", to }, surroundings) : undefined;
}

/** What they opened last: Twilio deletes an Address with its number. */
function lastOpened(number: Properties | undefined, surroundings: Surroundings): readonly Phrase[] {
  const address = surroundings.of("twilio:conversations:Address").find(({ properties }) => {
    const opened = openedBy(properties);
    return typeof opened === "object" && opened.channel === "sms" && opened.to === number?.["phoneNumber"];
  });
  return (address && conversationText(address.properties, surroundings)) ?? [];
}

function besides(opening: readonly Phrase[]): Phrase[] {
  return [", and open ", ...opening, ": customers get two answers"];
}

/** Where a number itself sends its texts, Addresses aside; undefined where it is not known. */
export function handlerOfNumber(
  number: Properties,
  surroundings: Surroundings,
): readonly Phrase[] | "nobody" | undefined {
  const handler = handlerOf(number, surroundings);
  return handler?.kind === "nobody" ? "nobody" : handler?.words;
}

/** Where a number's texts go when not to Flex; undefined where they do, or where nobody knows. */
export function otherHandler(number: Properties, surroundings: Surroundings): readonly Phrase[] | undefined {
  const handler = handlerOf(number, surroundings);
  return handler?.kind === "own" || handler?.kind === "twilio" ? handler.words : undefined;
}

// The host differs by edge and region.
const twilioUrl = /^https:\/\/(?:[\w-]+\.)*twilio\.com\//;
const proxyUrl = /\/Proxy\/(KS[0-9a-f]{32})\/Webhooks\/Message\b/;
const studioUrl = /\/Flows\/(FW[0-9a-f]{32})\b/;

/** Undefined where it is not known. */
function handlerOf(
  { smsUrl, smsApplicationSid }: Properties,
  surroundings: Surroundings,
): Handler | undefined {
  const [url, application] = [textOf(smsUrl), textOf(smsApplicationSid)];
  if (application) return { kind: "twilio", words: ["the TwiML application ", { after: application }] };
  if (url === undefined || application === undefined) return undefined;
  if (url === "") return { kind: "nobody", words: ["nobody"] };
  if (!twilioUrl.test(url)) return { kind: "own", words: [{ after: address(url) }] };
  const proxy = proxyUrl.exec(url)?.[1];
  if (proxy) {
    const name = surroundings.nameOf(proxy, "twilio:proxy:Service");
    return { kind: "flex", words: ["Flex, through the Proxy service ", { after: name }] };
  }
  const flow = studioUrl.exec(url)?.[1];
  if (flow) {
    const name = surroundings.nameOf(flow, "twilio:studio:Flow");
    return { kind: "twilio", words: ["the Studio flow ", { after: name }] };
  }
  return { kind: "twilio", words: [{ after: address(url) }] };
}

function same(one: Handler | undefined, other: Handler): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The number, else the resource's name in the program. */
function numberText(properties: Properties | undefined, name: string): string {
  const number = properties?.["phoneNumber"];
  return isKnownText(number) ? number : name;
}

function isKnownText(value: unknown): value is string {
  return typeof value === "string" && !isUnknown(value);
}

function danger(text: readonly Phrase[]): Statement {
  return said("consequence", [], text, { danger: true });
}
