import type { Plan, PlannedResource } from "../../planned.ts";
import { pointsAt } from "../../points-at.ts";
import { textOf } from "../../unknown.ts";
import { flexServiceNames, servicesOf } from "../chat/flex-chat-services.ts";
import { autoCreationOf, mayOpen } from "../messaging/opening-address.ts";
import { statesOf } from "../studio/states.ts";

type Address = PlannedResource<"twilio:conversations:Address">;

/** SIDs of the services whose conversations Flex shows: those that it, its Flex Flows or its Proxy service name, and those of its name. */
export function flexServiceSids(plan: Plan): string[] {
  const named = servicesOf(plan).filter(({ properties }) =>
    flexServiceNames.includes(properties.friendlyName),
  );
  return [
    ...plan.of("twilio:flex:Configuration").map(({ properties }) => properties.chatServiceInstanceSid),
    ...plan.of("twilio:flex:FlexFlow").map(({ properties }) => properties.chatServiceSid),
    ...plan.of("twilio:proxy:Service").map(({ properties }) => properties.chatInstanceSid),
    ...named.map(({ properties }) => properties.sid),
  ].flatMap((sid) => textOf(sid) || []);
}

/** An Address that opens conversations where Flex does not show them. */
export interface Elsewhere {
  readonly address: Address;
  /** What is wrong with its service, after the path. */
  readonly problem: string;
  /** Its Studio flow hands conversations over to Flex, so that they have to be there. */
  readonly forFlex: boolean;
}

/** The Addresses that open conversations in a service that is known, and known not to be Flex's. */
export function addressesElsewhere(plan: Plan): Elsewhere[] {
  const known = flexServiceSids(plan);
  const [first] = known;
  if (first === undefined) return [];
  const defaults = plan
    .of("twilio:conversations:Configuration")
    .map(({ properties }) => textOf(properties.defaultChatServiceSid));
  return plan
    .of("twilio:conversations:Address")
    .filter(mayOpen)
    .flatMap((address): Elsewhere[] => {
      const creation = autoCreationOf(address);
      if (!creation) return [];
      const own = creation.conversationServiceSid;
      const service = own === undefined ? defaults[0] : textOf(own);
      if (!service || known.includes(service)) return [];
      const which =
        own === undefined ? `is left out, so that it is the default service ${service}` : `is ${service}`;
      return [{ address, problem: `${which}, and Flex's is ${first}`, forFlex: handsOver(plan, address) }];
    });
}

function handsOver(plan: Plan, address: Address): boolean {
  return plan
    .of("twilio:studio:Flow")
    .filter((flow) => pointsAt(address, "autoCreation", flow))
    .some(({ properties }) => statesOf(properties.definition).some(({ type }) => type === "send-to-flex"));
}
