/**
 * A program for the stack of a real account. Nothing is taken over, so that a preview asks Twilio nothing. With
 * SPOILED set it breaks the rules that spare a local Twilio, and is good otherwise.
 */
import * as twilio from "@pulumi/twilio";

const spoiled = Boolean(process.env["SPOILED"]);

new twilio.api.IncomingPhoneNumber(
  "number",
  {
    phoneNumber: "+12065550111",
    smsUrl: spoiled ? "http://handler.acme-support.com/sms" : "https://handler.acme-support.com/sms",
    smsFallbackUrl: `https://${spoiled ? "10.1.2.3" : "fallback.acme-support.com"}/sms`,
  },
  { protect: !spoiled },
);
