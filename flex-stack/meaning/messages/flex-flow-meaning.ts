import { isObject, isSecret, isUnknown, valueText } from "../../values/property-value.ts";
import { displayName } from "../known-resource.ts";
import { phraseText, said, type Phrase, type Statement } from "../statement.ts";
import type { Properties, Subject } from "../../changes/subject.ts";
import type { Surroundings } from "../surroundings.ts";
import { handlerOfNumber, otherHandler } from "./number-meaning.ts";
import { openingFor } from "./opening.ts";
import { address, former, textOf } from "./words.ts";

/** Properties that decide whose messages a Flex Flow takes, and where they go. */
export const flexFlowHandling: readonly string[] = [
  "enabled",
  "channelType",
  "contactIdentity",
  "integrationType",
  "integration",
];

/** Whose messages a Flex Flow that is new takes, and where they go. */
export function flexFlowSummary(after: Properties, surroundings: Surroundings): Statement[] {
  const { channelType, contactIdentity, enabled } = after;
  const handler = handlerOf(after, surroundings);
  if (!handler) return [];
  const to: Phrase[] = contactIdentity === undefined ? [] : [" to ", { code: shown(contactIdentity) }];
  const off = enabled === false ? [", once it is enabled"] : [];
  const text: Phrase[] = [`new, takes ${shown(channelType)} messages`, ...to, " to ", ...handler, ...off];
  return [said("add", [], text)];
}

/** Messages that no longer start a conversation in Flex, that now do, or that now go elsewhere. */
export function flexFlowMeaning(subject: Subject, surroundings: Surroundings): Statement[] {
  const { before, after } = subject;
  if (!isReadable(before) || !isReadable(after)) return [];
  const [was, is] = [takenBy(before), takenBy(after)];
  const [from, to] = [before, after].map((each) => each && handlerOf(each, surroundings));
  if (was && is && sameMessages(was, is)) {
    if (!from || !to || phraseText(from) === phraseText(to)) return [];
    return [consequence([...messages(is), " now go to ", ...to, "; before, to ", ...former(from)])];
  }
  const start: Phrase[] = to
    ? [" now start a conversation in Flex, with ", ...to]
    : [" now start a conversation in Flex"];
  return [
    ...(was ? [lost(was, subject, surroundings)] : []),
    ...(is ? [consequence([...messages(is), ...start, ...unlessElsewhere(is, surroundings)])] : []),
  ];
}

function lost(was: Taken, { name, after }: Subject, surroundings: Surroundings): Statement {
  const heir = otherFlow(was, after ? name : undefined, surroundings);
  if (heir) return consequence([...messages(was), " are taken by the Flex Flow ", { after: heir }]);
  const opening = openingFor({ channel: was.channel, to: was.contact }, surroundings);
  if (opening) return consequence([...messages(was), " go to no Flex Flow any more: they open ", ...opening]);
  const text: Phrase[] = [...messages(was), " no longer start a conversation in Flex"];
  const number = numberOf(was, surroundings);
  const handler = number && otherHandler(number, surroundings);
  if (handler) return consequence([...text, ": they go to ", ...handler]);
  return said("consequence", [], text, { danger: true });
}

/** Flex has no part in texts that the number itself brings elsewhere, or nowhere. */
function unlessElsewhere(taken: Taken, surroundings: Surroundings): Phrase[] {
  const number = numberOf(taken, surroundings);
  const other = number && otherHandler(number, surroundings);
  if (other) return [", once the number leads to Proxy: now it leads to ", ...other];
  const leadsNowhere = number && handlerOfNumber(number, surroundings) === "nobody";
  return leadsNowhere ? [", once the number leads to Proxy: now it leads nowhere"] : [];
}

/** The stack's number that texts to it come in on. */
function numberOf({ channel, contact }: Taken, surroundings: Surroundings): Properties | undefined {
  if (channel !== "sms") return undefined;
  return surroundings
    .of("twilio:api:IncomingPhoneNumber")
    .find(({ properties, fate }) => fate !== "gone" && properties["phoneNumber"] === contact)?.properties;
}

/** The name of another Flex Flow that takes the same messages: one for just them, else one for all of the channel. */
function otherFlow(taken: Taken, own: string | undefined, surroundings: Surroundings): string | undefined {
  const others = surroundings.of("twilio:flex:FlexFlow").filter(({ name, fate, properties }) => {
    return fate !== "gone" && name !== own && isReadable(properties);
  });
  const heir = [taken.contact, ""].flatMap((contact) =>
    others.filter(({ properties }) => {
      const other = takenBy(properties);
      return other && sameMessages(other, { ...taken, contact });
    }),
  );
  return heir[0] && displayName(heir[0]);
}

/** The messages that a Flex Flow takes; of all that come in on the channel, where the contact is empty. */
interface Taken {
  readonly channel: string;
  readonly contact: string;
}

/** Undefined for a flow that takes none. */
function takenBy(properties: Properties | undefined): Taken | undefined {
  if (properties?.["enabled"] !== true) return undefined;
  return { channel: shown(properties["channelType"]), contact: textOf(properties["contactIdentity"]) ?? "" };
}

function sameMessages(one: Taken, other: Taken): boolean {
  return one.channel === other.channel && one.contact === other.contact;
}

/** Whether it is known which messages a flow takes. */
function isReadable(properties: Properties = {}): boolean {
  return ["enabled", "channelType", "contactIdentity"].every(
    (name) => !isUnknown(properties[name]) && !isSecret(properties[name]),
  );
}

function messages({ channel, contact }: Taken): Phrase[] {
  const what = channel === "sms" ? "texts" : `${channel} messages`;
  return contact === "" ? [`${what} to addresses without a Flex Flow`] : [`${what} to `, { code: contact }];
}

/** What a Flex Flow hands messages to; undefined where it is not known. */
function handlerOf(
  { integrationType, integration }: Properties,
  surroundings: Surroundings,
): Phrase[] | undefined {
  if (!isObject(integration)) return undefined;
  const { flowSid, url, workflowSid } = integration;
  const [flow, called, workflow] = [textOf(flowSid), textOf(url), textOf(workflowSid)];
  // Another type of integration leaves at Twilio what it does not need.
  const of = (type: string) => integrationType === undefined || integrationType === type;
  if (of("studio") && flow)
    return ["the Studio flow ", { after: surroundings.nameOf(flow, "twilio:studio:Flow") }];
  if (of("external") && called) return [{ after: address(called) }];
  if (of("task") && workflow) {
    return [
      "a task of the workflow ",
      { after: surroundings.nameOf(workflow, "twilio:taskrouter:Workflow") },
    ];
  }
  return undefined;
}

function consequence(text: readonly Phrase[]): Statement {
  return said("consequence", [], text);
}

function shown(value: unknown): string {
  return typeof value === "string" && !isUnknown(value) ? value : valueText(value);
}
