import { isObject, isSecret, isUnknown } from "../../values/property-value.ts";
import type { Properties } from "../../changes/subject.ts";
import { displayName, type KnownResource } from "../known-resource.ts";
import type { Phrase } from "../statement.ts";
import type { Surroundings } from "../surroundings.ts";
import { address, textOf } from "./words.ts";

/** Messages by what they come in on and whom they are to. */
export interface Addressed {
  /** `sms`, `whatsapp`: Twilio takes any case. */
  readonly channel: string;
  readonly to: string;
}

/** The messages that open conversations by an Address. `none`: it is a record only. Undefined where it is not known. */
export function openedBy({ type, address, autoCreation }: Properties): Addressed | "none" | undefined {
  const [channel, to] = [textOf(type), textOf(address)];
  if (isUnknown(autoCreation) || isSecret(autoCreation)) return undefined;
  const enabled = isObject(autoCreation) ? autoCreation["enabled"] : undefined;
  if (!channel || !to || isUnknown(enabled)) return undefined;
  // Twilio opens conversations unless it is told not to.
  return enabled === false ? "none" : { channel: channel.toLowerCase(), to };
}

export function sameAddressed(one: Addressed, other: Addressed): boolean {
  return one.channel === other.channel && one.to === other.to;
}

/** `texts to +14155550142`. */
export function messagesTo({ channel, to }: Addressed): Phrase[] {
  return [`${channel === "sms" ? "texts" : `${channel} messages`} to `, { code: to }];
}

/** `a conversation in Flex, which goes through the Studio flow Messaging`; undefined where it is not known. */
export function conversationText(
  { autoCreation }: Properties,
  surroundings: Surroundings,
): Phrase[] | undefined {
  const { type, conversationServiceSid, studioFlowSid, webhookUrl, webhookMethod } = isObject(autoCreation)
    ? autoCreation
    : {};
  const [kind, own, flow, url] = [type, conversationServiceSid, studioFlowSid, webhookUrl].map(textOf);
  if (kind === undefined || own === undefined || flow === undefined || url === undefined) return undefined;
  const service = own || defaultService(surroundings);
  const words: Phrase[] = service
    ? ["a conversation in ", { after: surroundings.nameOf(service) }]
    : ["a conversation"];
  if (kind === "studio" && flow)
    return [
      ...words,
      ", which goes through the Studio flow ",
      { after: surroundings.nameOf(flow, "twilio:studio:Flow") },
    ];
  if (kind === "webhook" && url) {
    const sent = textOf(webhookMethod)?.toLowerCase() === "get" ? "told" : "posted";
    return [...words, `, which is ${sent} to `, { after: address(url) }];
  }
  return kind === "default" || kind === "" ? [...words, ", which no flow or handler hears of"] : undefined;
}

/** Where conversations are whose Address names no service, as far as the stack says it. */
function defaultService(surroundings: Surroundings): string | undefined {
  const [configuration] = surroundings.of("twilio:conversations:Configuration");
  return textOf(configuration?.properties["defaultChatServiceSid"]);
}

/** The stack's Address that opens conversations for these messages, but for the one of a name in the program. */
export function addressFor(
  messages: Addressed,
  surroundings: Surroundings,
  own?: string,
): KnownResource | undefined {
  return surroundings.of("twilio:conversations:Address").find(({ name, fate, properties }) => {
    const opened = openedBy(properties);
    return fate !== "gone" && name !== own && typeof opened === "object" && sameAddressed(opened, messages);
  });
}

/** What these messages open by an Address of the stack; undefined where they open nothing. */
export function openingFor(messages: Addressed, surroundings: Surroundings): readonly Phrase[] | undefined {
  const found = addressFor(messages, surroundings);
  if (!found) return undefined;
  return (
    conversationText(found.properties, surroundings) ?? [
      "a conversation by the Address ",
      { after: displayName(found) },
    ]
  );
}
