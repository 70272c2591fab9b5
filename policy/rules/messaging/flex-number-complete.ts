import type { Plan, PlannedResource } from "../../planned.ts";
import type { Report, Rule } from "../../rule.ts";
import { mayEqual, textOf, UNKNOWN } from "../../unknown.ts";
import { handledNumbers, proxyServiceOf, type HandledNumber } from "./number-handler.ts";
import { mayOpenConversations } from "./opening-address.ts";

export const flexNumberComplete: Rule = {
  id: "flex-number-complete",
  severity: "critical",
  level: "mandatory",
  description:
    "A number that Flex handles is in the pool of its Proxy service and has one enabled Flex Flow.",
  why: "Where one of the three is missing, off or elsewhere, a customer's message ends before it reaches anybody, and Twilio reports no error.",
  fix: "Declare all three; the component MessageHandling of kind flex does.",
  scope: "stack",
  check(plan, report) {
    checkUnanswered(plan, report);
    for (const number of handledNumbers(plan)) {
      if (number.kind !== "flex") continue;
      checkFlow(number, plan.of("twilio:flex:FlexFlow"), report);
      checkPool(number, plan, report);
    }
  },
};

/** Numbers that lead nowhere, though a Flex Flow waits for their messages. */
function checkUnanswered(plan: Plan, report: Report): void {
  for (const resource of plan.of("twilio:api:IncomingPhoneNumber")) {
    const { smsUrl, smsApplicationSid } = resource.properties;
    const phoneNumber = textOf(resource.properties.phoneNumber);
    if (!phoneNumber || smsUrl !== "" || smsApplicationSid === UNKNOWN || smsApplicationSid) continue;
    if (mayOpenConversations(plan, phoneNumber)) continue;
    const flow = plan
      .of("twilio:flex:FlexFlow")
      .find(({ properties }) => properties.contactIdentity === phoneNumber && properties.enabled === true);
    if (flow)
      report(
        resource,
        "smsUrl",
        `is empty, so that no message of ${phoneNumber} comes to ${flow.name}, which is enabled for it`,
      );
  }
}

type FlexFlow = PlannedResource<"twilio:flex:FlexFlow">;

function checkFlow(
  { resource, phoneNumber }: HandledNumber,
  flows: readonly FlexFlow[],
  report: Report,
): void {
  const own = flows.filter(({ properties }) => properties.contactIdentity === phoneNumber);
  const [first, second] = own.filter(({ properties }) => properties.enabled === true);
  if (first && second) {
    report(
      second,
      "contactIdentity",
      `is ${phoneNumber}, as that of ${first.name}; only one of them gets the messages`,
    );
    return;
  }
  if (first || own.some(({ properties }) => properties.enabled === UNKNOWN)) return;
  const [off] = own;
  if (off) {
    report(
      off,
      "enabled",
      `is off, though the messages of ${phoneNumber} go to Flex`,
      "Set enabled to true.",
    );
    return;
  }
  const shared = flows.some(
    ({ properties: { contactIdentity, channelType, enabled } }) =>
      contactIdentity === UNKNOWN ||
      (contactIdentity === undefined && mayEqual(channelType, "sms") && mayEqual(enabled, true)),
  );
  if (!shared) report(resource, "smsUrl", `goes to Flex, which has no Flex Flow for ${phoneNumber}`);
}

function checkPool({ resource, phoneNumber }: HandledNumber, plan: Plan, report: Report): void {
  const service = proxyServiceOf(resource.properties.smsUrl);
  const members = plan
    .of("twilio:proxy:PhoneNumber")
    .filter(
      ({ properties }) =>
        mayEqual(properties.phoneNumber ?? UNKNOWN, phoneNumber) &&
        mayEqual(properties.phoneNumberSid ?? UNKNOWN, resource.properties.sid),
    );
  if (members.length === 0)
    report(resource, "smsUrl", `goes to Proxy, and ${phoneNumber} is not in the pool of a Proxy service`);
  else if (!members.some(({ properties }) => mayEqual(properties.serviceSid, service)))
    report(
      resource,
      "smsUrl",
      `goes to the Proxy service ${service}, and ${phoneNumber} is in the pool of another`,
    );
}
