import type { Context } from "../../kernel/context.ts";
import type { Document } from "../../kernel/document.ts";
import { incomingPhoneNumber, type IncomingPhoneNumber } from "../api/kinds.ts";

/** Points a number that leaves a pool to Twilio's demo; what it pointed to before is not known any more. */
export function releaseNumber(context: Context, numberSid: string): void {
  const number = context.of(incomingPhoneNumber).get(numberSid);
  if (number === undefined) return;
  const demo = "https://demo.twilio.com/welcome";
  setUrls(context, number, `${demo}/sms/reply/`, `${demo}/voice/`);
}

export function setUrls(
  context: Context,
  number: Document<IncomingPhoneNumber>,
  smsUrl: string,
  voiceUrl: string,
): void {
  context.of(incomingPhoneNumber).update(number, {
    ...number.fields,
    sms_url: smsUrl,
    sms_method: "POST",
    voice_url: voiceUrl,
    voice_method: "POST",
  });
}
