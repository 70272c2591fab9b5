import type { TwilioAccount } from "../../account/account.ts";
import { answerOf } from "../../account/answer.ts";
import type { Place } from "../../whereabouts/place.ts";
import type { Lines } from "./lines.ts";

/** In which services conversations with a number can be: Flex's, and those where its Addresses open them. */
export async function servicesOf(
  account: TwilioAccount,
  { chatServiceSid }: Place,
  { openings }: Lines,
): Promise<readonly string[]> {
  const named = [...openings.values()].map(({ serviceSid }) => serviceSid);
  const isUsual = named.includes(undefined) || (named.length === 0 && chatServiceSid === undefined);
  const usual = isUsual ? await usualService(account) : undefined;
  return [...new Set([chatServiceSid, usual, ...named].filter((sid) => sid !== undefined))];
}

/** The service where conversations are made unless something else is said. */
export async function usualService({ client }: TwilioAccount): Promise<string | undefined> {
  const answer = await answerOf(() => client.conversations.v1.configuration().fetch());
  return answer.kind === "found" ? answer.value.defaultChatServiceSid || undefined : undefined;
}
