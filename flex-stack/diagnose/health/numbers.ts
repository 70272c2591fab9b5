import { consolePage } from "../console-page.ts";
import type { Problem } from "../finding.ts";
import { handlerProblem } from "../number-handler.ts";
import { opens } from "../reads/conversations.ts";
import { addressMissing } from "../flex-conversations/address-problem.ts";
import { isUnhandled } from "../flex-conversations/collect-talk.ts";
import { secondHandlerOf } from "../flex-conversations/second-handler.ts";
import { addressOf, flexFlowOf, pooled } from "../repair.ts";
import type { Check } from "./check.ts";

/** Numbers whose messages nobody gets, or which only half lead to Flex. */
export const numbers: Check = {
  name: "numbers",
  holds: "Every number hands its messages to somebody, and Flex's numbers lead to Flex.",
  async find({ reads, repair, cleanUp }) {
    // One that is disabled is told of with the Flex Flows.
    const flows = (await reads.flex.flows()).filter(({ channelType }) => channelType === "sms");
    const forFlex = new Set(flows.map(({ contactIdentity }) => contactIdentity));
    const pool = new Set((await reads.proxy.numbers()).map(({ sid }) => sid));
    const addresses = await reads.conversations.addresses();
    const opening = new Map(
      addresses
        .filter((one) => opens(one) && one.type.toLowerCase() === "sms")
        .map((address) => [address.address, address.sid]),
    );
    const closed = new Set(addresses.filter((one) => !opens(one)).map(({ address }) => address));
    const found: Problem[] = [];
    for (const number of await reads.messaging.numbers()) {
      const { sid, phoneNumber, capabilities } = number;
      if (capabilities?.sms === false) continue;
      const addressSid = opening.get(phoneNumber);
      if (addressSid !== undefined) {
        const also = await secondHandlerOf({ reads, repair, cleanUp }, number, addressSid);
        if (also !== undefined) found.push(also);
        continue;
      }
      if (isUnhandled(number)) {
        // An address that is off is told of with the others.
        if (closed.has(phoneNumber)) continue;
        if (repair.declared(addressOf(phoneNumber)) !== undefined) {
          found.push(addressMissing(repair, phoneNumber));
          continue;
        }
      }
      const isFlex = forFlex.has(phoneNumber);
      const problem = await handlerProblem(number, reads, repair);
      if (problem !== undefined && (isFlex || pool.has(sid) || problem.cause === "number-no-handler"))
        found.push(problem);
      else if (problem === undefined && !isFlex)
        found.push({
          cause: "flex-flow-missing",
          sentence: `${phoneNumber} leads to Flex's Proxy service, and there is no Flex Flow for texts to it (Twilio error 45205).`,
          fix: repair.or("Add the number in the Flex messaging manager", flexFlowOf(phoneNumber)),
          page: consolePage.flexMessaging(),
        });
      if (isFlex && !pool.has(sid))
        found.push({
          cause: "number-not-in-pool",
          sentence: `${phoneNumber} has a Flex Flow and is not in the number pool of Flex's Proxy service (Twilio error 80620).`,
          fix: repair.or("Add the number in the Flex messaging manager", ...pooled(phoneNumber, sid)),
          page: consolePage.number(sid),
        });
    }
    return found;
  },
};
