import type { Plan, PlannedResource } from "../../planned.ts";
import { pointsAt } from "../../points-at.ts";
import type { Report, Rule } from "../../rule.ts";
import { textOf, UNKNOWN } from "../../unknown.ts";
import { poolPlacesOf } from "./number-handler.ts";
import { openingAddresses, type OpeningAddress } from "./opening-address.ts";

export const conversationsAlone: Rule = {
  id: "conversations-answer-alone",
  severity: "critical",
  level: "mandatory",
  description: "Messages that open conversations go to no other handler.",
  why: "Twilio calls a number's own URL beside the conversation, so that customers get two answers and agents two tasks; a Flex Flow that stays on takes the messages over as soon as that URL is Proxy's again.",
  fix: 'Set smsUrl and smsApplicationSid of the number to "" and the enabled of its Flex Flow to false, or the autoCreation.enabled of the Address.',
  scope: "stack",
  check(plan, report) {
    for (const opening of openingAddresses(plan)) {
      const { resource, address, isNumber } = opening;
      for (const flow of plan.of("twilio:flex:FlexFlow"))
        if (flow.properties.contactIdentity === address && flow.properties.enabled === true)
          report(
            flow,
            "enabled",
            `is true for ${address}, whose messages open conversations (${resource.name})`,
          );
      if (isNumber) checkNumber(opening, plan, report);
    }
  },
};

function checkNumber({ resource, address }: OpeningAddress, plan: Plan, report: Report): void {
  const number = numberOf(plan, address);
  if (number !== undefined && isHeldBySender(number, plan)) return;
  for (const handler of ["smsUrl", "smsApplicationSid"] as const)
    if (number && textOf(number.properties[handler]))
      report(
        number,
        handler,
        `is set, and so answers ${address} beside the conversations of ${resource.name}`,
        `Set ${handler} to "".`,
      );
  // A pool writes its URL where the program does not; what is said of a number that has one is said above.
  if (number !== undefined && number.properties.smsUrl !== undefined) return;
  for (const place of poolPlacesOf(plan, address, number?.properties.sid))
    report(
      place,
      "",
      `gives ${address} the URL of Proxy, which answers beside the conversations of ${resource.name}`,
      'Declare the number with smsUrl "", or take it out of the pool.',
    );
}

/** Whether a number is in a Messaging Service that does not send its texts on to the number's own URL. */
function isHeldBySender(number: PlannedResource<"twilio:api:IncomingPhoneNumber">, plan: Plan): boolean {
  const sender = plan
    .of("twilio:messaging:PhoneNumber")
    .find((one) => pointsAt(one, "phoneNumberSid", number));
  if (sender === undefined) return false;
  const service = plan.of("twilio:messaging:Service").find((one) => pointsAt(sender, "serviceSid", one));
  const sendsOn = service?.properties.useInboundWebhookOnNumber;
  return sendsOn !== true && sendsOn !== UNKNOWN;
}

/** The number of an Address, where it is planned. */
export function numberOf(
  plan: Plan,
  address: string,
): PlannedResource<"twilio:api:IncomingPhoneNumber"> | undefined {
  return plan
    .of("twilio:api:IncomingPhoneNumber")
    .find(({ properties }) => properties.phoneNumber === address);
}
