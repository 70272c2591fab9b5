import type { Twilio } from "twilio";

const definition = (description: string): object => ({
  description,
  states: [
    {
      name: "Trigger",
      type: "trigger",
      transitions: [
        { event: "incomingMessage", next: "SendMessageToAgent" },
        { event: "incomingCall" },
        { event: "incomingRequest" },
      ],
      properties: { offset: { x: 0, y: 0 } },
    },
    {
      name: "SendMessageToAgent",
      type: "send-to-flex",
      transitions: [{ event: "callComplete" }, { event: "failedToEnqueue" }, { event: "callFailure" }],
      properties: {
        offset: { x: 0, y: 200 },
        workflow: `WW${"0".repeat(31)}1`,
        channel: `TC${"0".repeat(31)}1`,
        attributes: '{"name": "{{trigger.message.ChannelAttributes.from}}"}',
      },
    },
  ],
  initial_state: "Trigger",
  flags: { allow_concurrent_calls: true },
});

/** Validates, creates, reads, lists, updates and deletes a flow, with every parameter. */
export async function walkStudio(client: Twilio): Promise<void> {
  const { flows, flowValidate } = client.studio.v2;
  const given = {
    friendlyName: "Walk",
    status: "draft",
    definition: definition("first"),
    commitMessage: "One",
    authorSid: `US${"0".repeat(31)}1`,
  } as const;
  await flowValidate.update(given);
  const { sid } = await flows.create(given);
  await flows(sid).fetch();
  await flows(sid).update({
    status: "published",
    friendlyName: "Walked",
    definition: definition("second"),
    commitMessage: "Two",
    authorSid: `US${"0".repeat(31)}2`,
  });
  await flows.list({ pageSize: 1 });
  await flows(sid).revisions.list({ pageSize: 1 });
  await flows(sid).revisions("1").fetch();
  await flows(sid).revisions("LatestPublished").fetch();
  await flows(sid)
    .testUsers()
    .update({ testUsers: ["+15017122661", "jane"] });
  await flows(sid).testUsers().fetch();
  await walkExecutions(client, sid);
  await flows(sid).remove();
}

async function walkExecutions(client: Twilio, flowSid: string): Promise<void> {
  const { executions } = client.studio.v2.flows(flowSid);
  const created = await executions.create({
    to: "+15017122661",
    from: "+15017122662",
    parameters: { greeting: "Hello" },
  });
  const execution = executions(created.sid);
  await execution.fetch();
  await execution.executionContext().fetch();
  await executions.list({
    status: "active",
    dateCreatedFrom: new Date("2020-01-01T00:00:00Z"),
    dateCreatedTo: new Date("2100-01-01T00:00:00Z"),
    pageSize: 1,
  });
  await execution.update({ status: "ended" });
  const [step] = await execution.steps.list({ pageSize: 1 });
  if (step !== undefined) {
    await execution.steps(step.sid).fetch();
    await execution.steps(step.sid).stepContext().fetch();
  }
  await execution.remove();
}
