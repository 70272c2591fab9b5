import type { Twilio } from "twilio";

/** Brings a conversation to an agent, with every parameter: interaction, channel, invites, participants, transfers; web chats. */
export async function walkInteractions(client: Twilio): Promise<void> {
  const { workspaceSid, workerSid, workflowSid } = await hire(client);
  const conversations = client.conversations.v1;
  const { sid: conversationSid } = await conversations.conversations.create({});
  await conversations.conversations(conversationSid).participants.create({ identity: "walker" });
  const routing = {
    properties: {
      workspace_sid: workspaceSid,
      workflow_sid: workflowSid,
      task_channel_unique_name: "default",
      attributes: { walk: true },
    },
  };
  const interaction = await client.flexApi.v1.interaction.create({
    channel: {
      type: "web",
      initiated_by: "customer",
      properties: { media_channel_sid: conversationSid },
    },
    routing,
    interactionContextSid: `HQ${"1".repeat(32)}`,
    webhookTtid: "flex_interactionwebhook_1",
  });
  const found = client.flexApi.v1.interaction(interaction.sid);
  await found.fetch();
  await found.update({ webhookTtid: "flex_interactionwebhook_2" });
  const [first] = await found.channels.list({ pageSize: 1 });
  const channel = found.channels(first?.sid ?? "");
  await channel.fetch();
  await channel.invites.create({ routing });
  await channel.invites.list({ pageSize: 1 });
  await channel.participants.create({
    type: "customer",
    mediaProperties: { identity: "guest" },
    routingProperties: { task_sid: `WT${"1".repeat(32)}` },
  });
  await channel.participants.list({ pageSize: 1 });
  await walkAgent(client, channel, { workspaceSid, workerSid });
  await channel.update({ status: "inactive", routing: { status: "closed" } });
  await channel.update({ status: "closed" });
  await walkWebChat(client);
  await client.taskrouter.v1.workspaces(workspaceSid).remove();
}

/** A workspace with somebody in it. */
async function hire(client: Twilio) {
  const { workspaces } = client.taskrouter.v1;
  const { sid: workspaceSid } = await workspaces.create({ friendlyName: "Interactions" });
  const inside = workspaces(workspaceSid);
  const { sid: queue } = await inside.taskQueues.create({ friendlyName: "All" });
  const { sid: workflowSid } = await inside.workflows.create({
    friendlyName: "All",
    configuration: JSON.stringify({ task_routing: { default_filter: { queue } } }),
  });
  const activities = await inside.activities.list();
  const { sid: workerSid } = await inside.workers.create({
    friendlyName: "walk",
    activitySid: activities.find(({ available }) => available)?.sid,
  });
  const [channel] = await inside.workers(workerSid).workerChannels.list();
  await inside
    .workers(workerSid)
    .workerChannels(channel?.sid ?? "")
    .update({ capacity: 10 });
  return { workspaceSid, workerSid, workflowSid };
}

type Channel = ReturnType<ReturnType<Twilio["flexApi"]["v1"]["interaction"]>["channels"]>;

/** An agent hands the conversation on, the other one wraps up. */
async function walkAgent(
  client: Twilio,
  channel: Channel,
  { workspaceSid, workerSid }: { workspaceSid: string; workerSid: string },
): Promise<void> {
  await accept(client, workspaceSid, workerSid);
  const agentSid = async (): Promise<string> =>
    (await channel.participants.list()).find(({ type }) => type === "agent")?.sid ?? "";
  const transfer = await channel.transfers.create({ type: "cold", from: await agentSid(), to: workerSid });
  await channel.transfers(transfer.sid).fetch();
  await channel.transfers(transfer.sid).update({ status: "completed" });
  await accept(client, workspaceSid, workerSid);
  await channel.participants(await agentSid()).update({ status: "wrapup" });
}

/** Accepts what is offered, as Flex UI does by a request that no document has. */
async function accept(client: Twilio, workspaceSid: string, workerSid: string): Promise<void> {
  const inside = client.taskrouter.v1.workspaces(workspaceSid);
  const [offered] = await inside.workers(workerSid).reservations.list({ reservationStatus: "pending" });
  const { attributes } = await inside.tasks(offered?.taskSid ?? "").fetch();
  const names = JSON.parse(attributes) as Record<string, string>;
  const { flexInteractionSid, flexInteractionChannelSid, flexChannelInviteSid } = names;
  const uri =
    `https://flex-api.twilio.com/v1/Interactions/${flexInteractionSid}/Channels/${flexInteractionChannelSid}` +
    `/Invites/${flexChannelInviteSid}`;
  const routing = JSON.stringify({ type: "taskrouter", reservation: { sid: offered?.sid } });
  await client.request({ method: "post", uri, data: { Action: "accept", Routing: routing } });
}

async function walkWebChat(client: Twilio): Promise<void> {
  const { addressConfigurations } = client.conversations.v1;
  const { sid } = await addressConfigurations.create({ type: "chat", address: "walk" });
  await client.flexApi.v2.webChannels.create({
    addressSid: sid,
    chatFriendlyName: "With a visitor",
    customerFriendlyName: "Visitor",
    preEngagementData: '{"page":"cart"}',
    identity: "visitor-of-v2",
    uiVersion: "2.0",
  });
  await addressConfigurations(sid).remove();
}
