import type twilio from "twilio";

type Client = ReturnType<typeof twilio>;

/** A name that would be code, if it were not quoted. */
export const hostileName = 'B`${process.exit(1)}`"*/ \u2028 //\\';

const flow = (workflow: string, channel: string) => ({
  description: "Built by hand",
  initial_state: "Trigger",
  flags: { allow_concurrent_calls: true },
  states: [
    {
      name: "Trigger",
      type: "trigger",
      transitions: [{ event: "incomingMessage", next: "Agent" }],
      properties: { offset: { x: 0, y: 0 } },
    },
    {
      name: "Agent",
      type: "send-to-flex",
      transitions: [{ event: "callComplete" }, { event: "failedToEnqueue" }, { event: "callFailure" }],
      properties: {
        offset: { x: 0, y: 200 },
        workflow,
        channel,
        attributes: '{"name": "{{trigger.message.ChannelAttributes.from}}"}',
      },
    },
  ],
});

/** Changes a new Flex account as a team does over the years, in the console: with the SDK. */
export async function extendByHand(client: Client): Promise<void> {
  const configuration = await client.flexApi.v1.configuration().fetch();
  const workspace = client.taskrouter.v1.workspaces(configuration.taskrouterWorkspaceSid);
  const chat = client.chat.v2.services(configuration.chatServiceInstanceSid);
  const routing = await buildRouting(client, workspace);
  await workspace.update({ friendlyName: "Contact centre" });
  await chat.update({
    friendlyName: "Acme Chat",
    postWebhookUrl: "https://archive.example.com/chat",
    webhookFilters: ["onMessageSent"],
    "limits.channelMembers": 50,
    typingIndicatorTimeout: 9,
  });
  const permissions = ["sendMessage", "leaveChannel"];
  await chat.roles.create({ friendlyName: "auditor", type: "channel", permission: permissions });
  // Only their SIDs tell these two apart.
  await chat.roles.create({ friendlyName: "observer", type: "channel", permission: permissions });
  await chat.roles.create({ friendlyName: "observer", type: "deployment", permission: ["joinChannel"] });
  await client.taskrouter.v1.workspaces.create({ friendlyName: "Voice of another team" });
  await buildMessages(client, configuration.chatServiceInstanceSid, routing);
  await client.flexApi.v1.configuration().update({
    account_sid: client.accountSid,
    taskrouter_target_workflow_sid: routing.returning,
    taskrouter_target_taskqueue_sid: routing.second,
  });
}

type Workspace = ReturnType<Client["taskrouter"]["v1"]["workspaces"]>;

async function buildRouting(client: Client, workspace: Workspace) {
  const lunch = await workspace.activities.create({ friendlyName: "Lunch & learn", available: false });
  const [unavailable] = await workspace.activities.list({ friendlyName: "Unavailable" });
  await workspace.update({
    timeoutActivitySid: unavailable!.sid,
    eventsFilter: "task.created,task.canceled",
  });
  await workspace.taskChannels.create({ friendlyName: "Partners", uniqueName: "partner chat" });
  const queue = async (friendlyName: string, more: object = {}) =>
    (await workspace.taskQueues.create({ friendlyName, ...more })).sid;
  const billing = await queue("Billing", { targetWorkers: 'routing.skills HAS "billing"' });
  const again = await queue("billing!", { targetWorkers: 'routing.skills HAS "billing" AND level > 2' });
  const second = await queue("2nd line", { maxReservedWorkers: 5, taskOrder: "LIFO" });
  const hostile = await queue(hostileName, { reservationActivitySid: lunch.sid });
  // To old readers of YAML these are truth, a time and a number.
  for (const name of ["日本語サポート", "Yes", "12:30", "0x1F"]) await queue(name);
  const workflow = async (friendlyName: string, rules: object, more: object = {}) =>
    (
      await workspace.workflows.create({
        friendlyName,
        configuration: JSON.stringify({ task_routing: rules }, null, 2),
        ...more,
      })
    ).sid;
  const returning = await workflow(
    "Back to the same agent",
    {
      filters: [
        {
          filter_friendly_name: "Named worker",
          expression: "targetWorker != null",
          targets: [
            { queue: billing, expression: "task.targetWorker == worker.contact_uri", timeout: 30 },
            { queue: second, priority: 10, order_by: "worker.level DESC" },
          ],
        },
      ],
      default_filter: { queue: hostile },
    },
    { taskReservationTimeout: 45, assignmentCallbackUrl: "https://example.com/assign" },
  );
  // As older consoles wrote it: numbers in quotes, no names.
  const old = await workflow("Old one", {
    filters: [{ expression: 'topic == "x"', targets: [{ queue: again, timeout: "30", priority: "1" }] }],
    default_filter: { queue: second },
  });
  const [sms] = (await workspace.taskChannels.list()).filter(({ uniqueName }) => uniqueName === "sms");
  return { workspaceSid: lunch.workspaceSid, second, returning, old, sms: sms!.sid };
}

async function buildMessages(
  client: Client,
  chatServiceSid: string,
  routing: { workspaceSid: string; returning: string; old: string; sms: string },
): Promise<void> {
  const [proxy] = await client.proxy.v1.services.list();
  await client.proxy.v1.services(proxy!.sid).update({
    geoMatchLevel: "area-code",
    callbackUrl: "https://example.com/proxy",
  });
  const [shared] = (await client.studio.v2.flows.list()).filter(
    ({ friendlyName }) => friendlyName === "Messaging Flow",
  );
  await client.studio.v2.flows(shared!.sid).update({
    friendlyName: "Texts",
    status: "published",
    definition: flow(routing.returning, routing.sms),
  });
  const own = await client.studio.v2.flows.create({
    friendlyName: "Partners",
    status: "published",
    definition: flow(routing.old, routing.sms),
  });

  const numbers = await client.incomingPhoneNumbers.list();
  const byNumber = (phoneNumber: string) => numbers.find((number) => number.phoneNumber === phoneNumber)!.sid;
  await client.proxy.v1.services(proxy!.sid).phoneNumbers.create({ sid: byNumber("+14155550142") });
  await client.incomingPhoneNumbers(byNumber("+14155550142")).update({ friendlyName: "Main line" });
  await client.incomingPhoneNumbers(byNumber("+12065550187")).update({
    friendlyName: "Parcels",
    smsUrl: "https://parcels.example.com/sms",
    smsFallbackUrl: "https://parcels.example.com/fallback",
  });
  // In the pool, and a Flex Flow that is off: half configured.
  const half = await client.incomingPhoneNumbers.create({ phoneNumber: "+12025550123" });
  await client.proxy.v1.services(proxy!.sid).phoneNumbers.create({ sid: half.sid });

  const flexFlow = { chatServiceSid, janitorEnabled: true };
  await client.flexApi.v1.flexFlow.create({
    ...flexFlow,
    friendlyName: "Flex Messaging Channel Flow",
    channelType: "sms",
    contactIdentity: "+14155550142",
    enabled: true,
    integrationType: "studio",
    "integration.flowSid": shared!.sid,
  });
  await client.flexApi.v1.flexFlow.create({
    ...flexFlow,
    friendlyName: "Outbound only",
    channelType: "sms",
    contactIdentity: "+12025550123",
    enabled: false,
    integrationType: "task",
    "integration.workspaceSid": routing.workspaceSid,
    "integration.workflowSid": routing.old,
    "integration.channel": "sms",
  });
  await client.flexApi.v1.flexFlow.create({
    ...flexFlow,
    friendlyName: "Partners by WhatsApp",
    channelType: "whatsapp",
    contactIdentity: "whatsapp:+14155550142",
    enabled: true,
    integrationType: "studio",
    "integration.flowSid": own.sid,
    "integration.retryCount": 1,
  });
}

/** Sets up an empty account with the SDK so that the components can't declare it: without a chat service. */
export async function buildWithoutChat(client: Client): Promise<void> {
  const { sid } = await client.taskrouter.v1.workspaces.create({ friendlyName: "Care" });
  const workspace = client.taskrouter.v1.workspaces(sid);
  const queue = await workspace.taskQueues.create({ friendlyName: "Care", targetWorkers: "1==1" });
  const workflow = await workspace.workflows.create({
    friendlyName: "Care",
    configuration: JSON.stringify({ task_routing: { default_filter: { queue: queue.sid } } }),
  });
  const channels = await workspace.taskChannels.list();
  const chat = channels.find(({ uniqueName }) => uniqueName === "chat")!.sid;
  // Two of one name.
  for (const status of ["published", "draft"] as const)
    await client.studio.v2.flows.create({
      friendlyName: "Messaging Flow",
      status,
      definition: flow(workflow.sid, chat),
    });
  const number = await client.incomingPhoneNumbers.create({ phoneNumber: "+14155550142" });
  await client.incomingPhoneNumbers(number.sid).update({ smsUrl: "https://care.example.com/sms" });
  await client.flexApi.v1.configuration().update({
    account_sid: client.accountSid,
    taskrouter_workspace_sid: sid,
    taskrouter_target_workflow_sid: workflow.sid,
    taskrouter_target_taskqueue_sid: queue.sid,
  });
}
