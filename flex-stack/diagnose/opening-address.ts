import type { Case } from "./case.ts";
import { channelTypeOf } from "./journey.ts";
import { permitted } from "./permitted.ts";

/** The address by which messages to the journey's number open conversations of Flex Conversations, if they do. */
export async function openingAddress({ journey, reads }: Case): Promise<string | undefined> {
  const { number } = journey;
  if (number === undefined || channelTypeOf(number) !== "sms") return undefined;
  return (await permitted(() => reads.conversations.opening(number)))?.sid;
}
