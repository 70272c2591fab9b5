import type { Plan, PlannedResource } from "../../planned.ts";
import { textOf } from "../../unknown.ts";

/** A service, through either API of the one store. */
type ChatService = PlannedResource<"twilio:chat:Service"> | PlannedResource<"twilio:conversations:Service">;

/** What Flex calls the chat service that it makes. */
const names: readonly unknown[] = ["Flex Chat Service", "Flex Conversation Service"];

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
  const services = [...plan.of("twilio:chat:Service"), ...plan.of("twilio:conversations:Service")];
  return services.filter(({ properties: { friendlyName, sid } }) => {
    const known = textOf(sid);
    return names.includes(friendlyName) || (known !== undefined && used.includes(known));
  });
}
