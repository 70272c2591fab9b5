import type { BrokenCentre } from "./centre.ts";

/** Takes a number from Chat and Proxy to Flex Conversations, as a stack does: what is open in Chat stays open. */
export async function moves(centre: BrokenCentre): Promise<void> {
  await prepares(centre, true);
  await centre.ownNumber.update({ smsUrl: "" });
  await (await centre.flexFlow()).update({ enabled: false });
}

/** And back: a conversation that is open keeps its pair of numbers. @param smsUrl Where its texts went before */
export async function movesBack(centre: BrokenCentre, smsUrl: string): Promise<void> {
  await (await centre.flexFlow()).update({ enabled: true });
  await centre.ownNumber.update({ smsUrl });
  const { addressConfigurations } = centre.client.conversations.v1;
  for (const { sid, address } of await addressConfigurations.list())
    if (address === centre.number) await addressConfigurations(sid).update({ "autoCreation.enabled": false });
}

/** Gives a number an Address beside what it has. */
export async function prepares(centre: BrokenCentre, enabled = false): Promise<void> {
  await centre.client.conversations.v1.addressConfigurations.create({
    type: "sms",
    address: centre.number,
    "autoCreation.enabled": enabled,
    "autoCreation.type": "studio",
    "autoCreation.studioFlowSid": centre.sids.flow,
    "autoCreation.conversationServiceSid": centre.sids.chat,
  });
}
