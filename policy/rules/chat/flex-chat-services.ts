import type { Plan, PlannedResource } from "../../planned.ts";
import { textOf } from "../../unknown.ts";

type ChatService = PlannedResource<"twilio:chat:Service">;

/** What Flex calls the chat service that it makes. */
const names: readonly unknown[] = ["Flex Chat Service", "Flex Conversation Service"];

/** The planned chat services that Flex works with: by name, or because Flex or its Proxy service points there. */
export function flexChatServices(plan: Plan): ChatService[] {
  const used = [
    ...plan.of("twilio:flex:FlexFlow").map(({ properties }) => properties.chatServiceSid),
    ...plan.of("twilio:flex:Configuration").map(({ properties }) => properties.chatServiceInstanceSid),
    ...plan.of("twilio:proxy:Service").map(({ properties }) => properties.chatInstanceSid),
  ].flatMap((sid) => textOf(sid) ?? []);
  return plan.of("twilio:chat:Service").filter(({ properties: { friendlyName, sid } }) => {
    const known = textOf(sid);
    return names.includes(friendlyName) || (known !== undefined && used.includes(known));
  });
}
