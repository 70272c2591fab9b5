import type { Rule } from "../../rule.ts";
import { textOf } from "../../unknown.ts";

export const numberOneHandler: Rule = {
  id: "number-has-one-handler",
  severity: "high",
  level: "mandatory",
  description: "A number with an smsUrl has no SMS application.",
  why: "Twilio sends messages to the application and ignores smsUrl, so that the handler everybody sees gets none.",
  fix: 'Set smsApplicationSid to "", or remove smsUrl.',
  scope: "resource",
  check(plan, report) {
    for (const number of plan.of("twilio:api:IncomingPhoneNumber")) {
      const { smsUrl, smsApplicationSid } = number.properties;
      const application = textOf(smsApplicationSid);
      if (smsUrl !== undefined && smsUrl !== "" && application)
        report(number, "smsApplicationSid", `is ${application}, which gets the messages in place of smsUrl`);
    }
  },
};
