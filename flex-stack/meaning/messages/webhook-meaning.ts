import { isObject } from "../../values/property-value.ts";
import { said, type Phrase, type Statement } from "../statement.ts";
import type { Properties, Subject } from "../../changes/subject.ts";
import type { Surroundings } from "../surroundings.ts";
import { address, former, textOf } from "./words.ts";

/** Properties that decide who hears of a chat service's events; without events a URL hears of none. */
export const chatWebhooks: readonly string[] = ["preWebhookUrl", "postWebhookUrl", "webhookFilters"];

/** Who is told and asked of what happens in a chat service's conversations, and that all are lost with the service. */
export function chatServiceMeaning({ before, after }: Subject): Statement[] {
  if (!before) return [];
  if (!after) {
    const text = "every conversation in it is lost, with its messages";
    return [said("consequence", [], [text], { danger: true })];
  }
  return hearing(before, after);
}

/** Who is told and asked of what happens in conversations because of a change. */
export function hearing(before: Properties, after: Properties): Statement[] {
  return [
    ...heard(before, after, "preWebhookUrl", "asked before something happens in a conversation", false),
    ...heard(before, after, "postWebhookUrl", "told what happened in conversations", true),
  ];
}

/** @param keeps Whether what is not heard is lost. */
function heard(
  before: Properties,
  after: Properties,
  property: string,
  of: string,
  keeps: boolean,
): Statement[] {
  const [from, to] = [listener(before, property), listener(after, property)];
  if (from === undefined || to === undefined || from === to) return [];
  if (to === "") {
    return [said("consequence", [], [{ before: address(from) }, ` is no longer ${of}`], { danger: keeps })];
  }
  const instead: Phrase[] = from === "" ? [] : ["; before, ", { before: address(from) }, " was"];
  return [said("consequence", [], [{ after: address(to) }, ` is now ${of}`, ...instead])];
}

/** The URL that hears of any event; empty where none does, undefined where that is not known. */
export function listener(properties: Properties, property: string): string | undefined {
  // Conversations calls no URL where Flex is told instead.
  if (properties["target"] === "flex") return "";
  const events = properties["webhookFilters"] ?? properties["filters"];
  if (events === undefined || (Array.isArray(events) && events.length === 0)) return "";
  return Array.isArray(events) ? textOf(properties[property]) : undefined;
}

/** What a channel's webhook that is new does. */
export function channelWebhookSummary(after: Properties, surroundings: Surroundings): Statement[] {
  const action = actionOf(after, surroundings);
  return action ? [said("add", [], ["new, ", ...action])] : [];
}

/** What a channel's webhook that is gone does no more. */
export function channelWebhookMeaning({ before, after }: Subject, surroundings: Surroundings): Statement[] {
  const action = before && !after ? actionOf(before, surroundings) : undefined;
  return action ? [said("consequence", [], ["no longer ", ...former(action)], { danger: true })] : [];
}

/** `calls https://… on onMessageSent`; undefined where it is not known. */
function actionOf({ type, configuration }: Properties, surroundings: Surroundings): Phrase[] | undefined {
  if (!isObject(configuration)) return undefined;
  const { url, flowSid, filters, triggers } = configuration;
  const [called, flow] = [textOf(url), textOf(flowSid)];
  if (type === "studio" && flow) {
    const name = surroundings.nameOf(flow, "twilio:studio:Flow");
    return ["runs the Studio flow ", { after: name }, " for each message in the channel"];
  }
  if (!called) return undefined;
  const listed = (list: unknown) =>
    Array.isArray(list) ? list.flatMap((each) => textOf(each) ?? []).join(", ") : "";
  const calls: Phrase[] = ["calls ", { after: address(called) }];
  if (type === "webhook") return [...calls, " on ", { code: listed(filters) }, " in the channel"];
  if (type === "trigger")
    return [...calls, " for messages with ", { code: listed(triggers) }, " in the channel"];
  return undefined;
}
