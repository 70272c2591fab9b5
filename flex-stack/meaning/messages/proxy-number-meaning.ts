import { sidOfKnown, type KnownResource } from "../known-resource.ts";
import { said, type Phrase, type Statement } from "../statement.ts";
import type { Properties, Subject } from "../../changes/subject.ts";
import type { Surroundings } from "../surroundings.ts";
import { otherHandler } from "./number-meaning.ts";
import { openingFor } from "./opening.ts";
import { former, textOf } from "./words.ts";

/** What a number that comes into a Proxy service's pool gets from there. */
export function proxyNumberSummary(after: Properties, surroundings: Surroundings): Statement[] {
  const pool = poolText(after, surroundings);
  const number = numberText(after, surroundings);
  if (!pool || number === undefined) return [];
  return [said("add", [], ["new, brings texts to ", { code: number }, " to ", ...pool])];
}

/**
 * What becomes of a number that goes out of a Proxy service's pool. Twilio then points it at a demo page; a number that
 * somebody else handles by then is left in the pool for that reason.
 */
export function proxyNumberMeaning({ before, after }: Subject, surroundings: Surroundings): Statement[] {
  if (!before || after) return [];
  const texts: Phrase[] = ["texts to ", { before: numberText(before, surroundings) ?? "the number" }];
  const number = numberOf(before, surroundings);
  const other = number && number.fate !== "gone" && otherHandler(number.properties, surroundings);
  if (other) return [said("consequence", [], [...texts, " go to ", ...other, "; Proxy has no part in them"])];
  const to = numberText(before, surroundings);
  const opening = to === undefined ? undefined : openingFor({ channel: "sms", to }, surroundings);
  // A URL that the program keeps empty is somebody's handler, too.
  if (opening && number && number.fate !== "gone" && number.properties["smsUrl"] === "")
    return [said("consequence", [], [...texts, " open ", ...opening, "; Proxy has no part in them"])];
  const pool = poolText(before, surroundings) ?? ["the Proxy service"];
  const beside = opening ? ", which answers beside the conversations that they open" : "";
  const page = `: Twilio points the number at a demo page${beside}`;
  return [said("consequence", [], [...texts, " no longer go to ", ...former(pool), page], { danger: true })];
}

function poolText({ serviceSid }: Properties, surroundings: Surroundings): Phrase[] | undefined {
  const sid = textOf(serviceSid);
  return sid
    ? ["the Proxy service ", { after: surroundings.nameOf(sid, "twilio:proxy:Service") }]
    : undefined;
}

function numberText(properties: Properties, surroundings: Surroundings): string | undefined {
  const number = numberOf(properties, surroundings)?.properties["phoneNumber"];
  return (
    textOf(properties["phoneNumber"]) || textOf(number) || textOf(properties["phoneNumberSid"]) || undefined
  );
}

/** The stack's own resource for the number. */
function numberOf(
  { phoneNumber, phoneNumberSid }: Properties,
  surroundings: Surroundings,
): KnownResource | undefined {
  const [number, sid] = [textOf(phoneNumber), textOf(phoneNumberSid)];
  return surroundings
    .of("twilio:api:IncomingPhoneNumber")
    .find(
      (each) => (sid && sidOfKnown(each) === sid) || (number && each.properties["phoneNumber"] === number),
    );
}
