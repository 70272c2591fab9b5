import type { Properties, Subject } from "../../changes/subject.ts";
import { displayName } from "../known-resource.ts";
import { phraseText, said, type Phrase, type Statement } from "../statement.ts";
import type { Surroundings } from "../surroundings.ts";
import { handlerOfNumber } from "./number-meaning.ts";
import {
  addressFor,
  conversationText,
  messagesTo,
  openedBy,
  sameAddressed,
  type Addressed,
} from "./opening.ts";
import { former } from "./words.ts";

/** Properties that decide whose messages open conversations, and what hears of these. */
export const addressHandling: readonly string[] = ["type", "address", "autoCreation"];

/** Whose messages open conversations by an Address that is new, and what hears of these. */
export function addressSummary(after: Properties, surroundings: Surroundings): Statement[] {
  const on = openedBy({ ...after, autoCreation: undefined });
  const opened = openedBy(after);
  const conversation = conversationText(after, surroundings);
  if (!opened || typeof on !== "object" || !conversation) return [];
  const words: Phrase[] = ["new, ", ...messagesTo(on), " open ", ...conversation];
  if (opened === "none") return [said("add", [], [...words, ", once it is enabled"])];
  return [said("add", [], words), ...beside(opened, surroundings)];
}

/** Messages that no longer open a conversation, that now do, or whose conversations something else hears of. */
export function addressMeaning(subject: Subject, surroundings: Surroundings): Statement[] {
  const { before, after } = subject;
  const [was, is] = [before, after].map((each) => (each ? openedBy(each) : "none"));
  if (was === undefined || is === undefined) return [];
  const [from, to] = [before, after].map((each) => each && conversationText(each, surroundings));
  if (was !== "none" && is !== "none" && sameAddressed(was, is)) {
    if (!from || !to || phraseText(from) === phraseText(to)) return [];
    return [consequence([...messagesTo(is), " now open ", ...to, "; before, ", ...former(from)])];
  }
  const start = is === "none" ? [] : [...messagesTo(is), " now open ", ...(to ?? ["a conversation"])];
  return [
    ...(was === "none" ? [] : [lost(was, subject, surroundings)]),
    ...(is === "none" ? [] : [consequence(start), ...beside(is, surroundings)]),
  ];
}

function lost(was: Addressed, { name, after }: Subject, surroundings: Surroundings): Statement {
  const heir = addressFor(was, surroundings, after ? name : undefined);
  if (heir)
    return consequence([...messagesTo(was), " are taken by the Address ", { after: displayName(heir) }]);
  const text: Phrase[] = [...messagesTo(was), " no longer open a conversation"];
  const handler = handlerOf(was, surroundings);
  if (handler === "nobody") return danger([...text, ", and nobody else handles them"]);
  return handler ? consequence([...text, ": they go to ", ...handler]) : danger(text);
}

/** Tells of the number's own handler, which answers beside the conversation. */
function beside(messages: Addressed, surroundings: Surroundings): Statement[] {
  const handler = handlerOf(messages, surroundings);
  if (!handler || handler === "nobody") return [];
  return [danger([...messagesTo(messages), " also go to ", ...handler, ": customers get two answers"])];
}

/** Where the number of these messages sends them itself; undefined where nobody knows. */
function handlerOf(
  { channel, to }: Addressed,
  surroundings: Surroundings,
): readonly Phrase[] | "nobody" | undefined {
  if (channel !== "sms") return undefined;
  const number = surroundings
    .of("twilio:api:IncomingPhoneNumber")
    .find(({ properties, fate }) => fate !== "gone" && properties["phoneNumber"] === to);
  return number && handlerOfNumber(number.properties, surroundings);
}

function consequence(text: readonly Phrase[]): Statement {
  return said("consequence", [], text);
}

function danger(text: readonly Phrase[]): Statement {
  return said("consequence", [], text, { danger: true });
}
