import { isUnknown } from "../../changes/property-value.ts";
import { said, type Phrase, type Statement } from "../statement.ts";
import type { Properties, Subject } from "../subject.ts";
import type { Surroundings } from "../surroundings.ts";
import { address, former, textOf } from "./words.ts";

/** Who gets the texts that come in on a number. */
interface Handler {
  /** `flex`: a Proxy service, where Flex's own handling starts; `twilio`: what Twilio runs; `own`: a URL elsewhere. */
  readonly kind: "flex" | "twilio" | "own" | "nobody";
  readonly words: readonly Phrase[];
}

/** Properties that decide it; an application goes before the URL. */
export const numberHandling: readonly string[] = ["smsUrl", "smsApplicationSid"];

/** Where the texts to a number go because of a change, and that a number which is given back is lost. */
export function numberMeaning({ name, before, after }: Subject, surroundings: Surroundings): Statement[] {
  const from = before && handlerOf(before, surroundings);
  if (!after) {
    const words = from && from.kind !== "nobody" ? ["; its texts went to ", ...former(from.words)] : [];
    const lost = " is given back to Twilio, and may never be had again";
    return [danger([{ before: numberText(before, name) }, lost, ...words])];
  }
  const to = handlerOf(after, surroundings);
  const texts: Phrase[] = ["texts to ", { code: numberText(after, name) }];
  if (!to || same(from, to)) return [];
  if (to.kind === "nobody") return [danger(["nobody handles ", ...texts])];
  const words = [...texts, " now go to ", ...to.words];
  if (to.kind === "flex") return [said("consequence", [], words)];
  const leavesFlex = from?.kind === "flex";
  if (to.kind === "own") words.push("; Flex has no part in them");
  else if (leavesFlex) words.push(", and not to Flex");
  return [said("consequence", [], words, { danger: leavesFlex })];
}

/** Where the texts to a number that is bought go; who handles it may be set later, by a Proxy service. */
export function numberSummary(after: Properties, surroundings: Surroundings): Statement[] {
  const handler = handlerOf(after, surroundings);
  if (!handler || handler.kind === "nobody") return [];
  const part = handler.kind === "own" ? ["; Flex has no part in them"] : [];
  return [said("add", [], ["new, texts to it go to ", ...handler.words, ...part])];
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
  return typeof number === "string" && !isUnknown(number) ? number : name;
}

function danger(text: readonly Phrase[]): Statement {
  return said("consequence", [], text, { danger: true });
}
