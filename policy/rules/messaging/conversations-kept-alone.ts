import type { Plan } from "../../planned.ts";
import type { Rule } from "../../rule.ts";
import { numberOf } from "./conversations-alone.ts";
import { poolPlacesOf } from "./number-handler.ts";
import { openingAddresses } from "./opening-address.ts";

export const conversationsKeptAlone: Rule = {
  id: "conversations-stay-alone",
  severity: "medium",
  level: "advisory",
  description:
    "A number whose messages open conversations is declared without a URL, and is in no Proxy pool.",
  why: "A URL that the program leaves out is nobody's drift when somebody sets it, and a pool may set its own again: from then on customers get two answers.",
  fix: 'Declare smsUrl as "". Take the number out of the pool when its last session is closed, and see to it that smsUrl is still empty then.',
  scope: "stack",
  check(plan, report) {
    for (const { resource, address, isNumber } of openingAddresses(plan)) {
      const number = isNumber ? numberOf(plan, address) : undefined;
      if (!number) continue;
      const { smsUrl, sid } = number.properties;
      const places = poolPlacesOf(plan, address, sid);
      // With both it is no advice: conversations-answer-alone refuses it.
      if (smsUrl === undefined && places.length === 0)
        report(
          number,
          "smsUrl",
          `is left to others, though ${resource.name} opens conversations for ${address}`,
        );
      // A Flex Flow that is kept, turned off, is the way back of a number whose chats are still open.
      if (smsUrl === "" && !keepsWayBack(plan, address))
        for (const place of places)
          report(
            place,
            "",
            `keeps ${address} in a pool of Proxy, though its messages open conversations (${resource.name})`,
          );
    }
  },
};

function keepsWayBack(plan: Plan, address: string): boolean {
  return plan
    .of("twilio:flex:FlexFlow")
    .some(({ properties }) => properties.contactIdentity === address && properties.enabled === false);
}
