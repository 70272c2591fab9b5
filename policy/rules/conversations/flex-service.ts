import type { Plan, PlannedResource } from "../../planned.ts";
import { pointsAt } from "../../points-at.ts";
import { textOf } from "../../unknown.ts";
import { flexServiceNames, servicesOf } from "../chat/flex-chat-services.ts";
import { autoCreationOf, mayOpen } from "../messaging/opening-address.ts";
import { statesOf } from "../studio/states.ts";

type Address = PlannedResource<"twilio:conversations:Address">;
type Service = ReturnType<typeof servicesOf>[number];

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
  const planned = servicesOf(plan).filter((service) => isOfFlex(plan, known, service));
  const flex = known[0] ?? planned[0]?.name;
  if (flex === undefined) return [];
  return plan
    .of("twilio:conversations:Address")
    .filter(mayOpen)
    .flatMap((address): Elsewhere[] => {
      const creation = autoCreationOf(address);
      if (!creation) return [];
      const own = creation.conversationServiceSid;
      const [holder, property] =
        own === undefined
          ? ([plan.of("twilio:conversations:Configuration")[0], "defaultChatServiceSid"] as const)
          : ([address, "autoCreation"] as const);
      const sid = textOf(own ?? (holder?.properties as { [property]?: unknown } | undefined)?.[property]);
      const service =
        sid ??
        // One that is made in the same run has no SID yet.
        (holder && servicesOf(plan).find((each) => holder.dependsOn[property]?.includes(each.urn)));
      if (!service || (typeof service === "string" ? known.includes(service) : planned.includes(service)))
        return [];
      const name = typeof service === "string" ? service : service.name;
      const which =
        own === undefined ? `is left out, so that it is the default service ${name}` : `is ${name}`;
      return [{ address, problem: `${which}, and Flex's is ${flex}`, forFlex: handsOver(plan, address) }];
    });
}

/** Whether a service of the stack is one of Flex: by its SID or name, or since Flex, a Flex Flow or Proxy will name it. */
function isOfFlex(plan: Plan, known: readonly string[], service: Service): boolean {
  const sid = textOf(service.properties.sid);
  return (
    (sid !== undefined && known.includes(sid)) ||
    flexServiceNames.includes(service.properties.friendlyName) ||
    plan.of("twilio:flex:Configuration").some((each) => pointsAt(each, "chatServiceInstanceSid", service)) ||
    plan.of("twilio:flex:FlexFlow").some((each) => pointsAt(each, "chatServiceSid", service)) ||
    plan.of("twilio:proxy:Service").some((each) => pointsAt(each, "chatInstanceSid", service))
  );
}

function handsOver(plan: Plan, address: Address): boolean {
  return plan
    .of("twilio:studio:Flow")
    .filter((flow) => pointsAt(address, "autoCreation", flow))
    .some(({ properties }) => statesOf(properties.definition).some(({ type }) => type === "send-to-flex"));
}
