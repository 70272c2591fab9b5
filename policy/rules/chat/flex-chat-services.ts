import type { Plan, PlannedResource } from "../../planned.ts";
import { textOf } from "../../unknown.ts";

/** A service, through either API of the one store. */
type ChatService = PlannedResource<"twilio:chat:Service"> | PlannedResource<"twilio:conversations:Service">;

/** What Flex calls the service that it makes. */
export const flexServiceNames: readonly unknown[] = ["Flex Chat Service", "Flex Conversation Service"];

/** Services of the plan, through Chat and through Conversations. */
export function servicesOf(plan: Plan): ChatService[] {
  return [...plan.of("twilio:chat:Service"), ...plan.of("twilio:conversations:Service")];
}

/** The planned services that Flex works with: by name, or because Flex, its Proxy service or Conversations points there. */
export function flexChatServices(plan: Plan): ChatService[] {
  const used = [
    ...plan.of("twilio:flex:FlexFlow").map(({ properties }) => properties.chatServiceSid),
    ...plan.of("twilio:flex:Configuration").map(({ properties }) => properties.chatServiceInstanceSid),
    ...plan.of("twilio:proxy:Service").map(({ properties }) => properties.chatInstanceSid),
    ...plan
      .of("twilio:conversations:Configuration")
      .map(({ properties }) => properties.defaultChatServiceSid),
  ].flatMap((sid) => textOf(sid) ?? []);
  return servicesOf(plan).filter(({ properties: { friendlyName, sid } }) => {
    const known = textOf(sid);
    return flexServiceNames.includes(friendlyName) || (known !== undefined && used.includes(known));
  });
}
