import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { useLocalTwilio } from "../support/useLocalTwilio.ts";
import { Centre } from "./centre.ts";

// Executions as Studio's API tells of them: started by it, with steps and context; and flows that run flows.

const local = useLocalTwilio({ clock: () => Date.parse("2026-01-02T03:04:05Z") });
const studio = () => local.client.studio.v2;
const number = "+14155550142";
let contact = "";
let contacts = 0;

beforeEach(() => {
  contact = `+1415555${String(5000 + ++contacts)}`;
});
afterEach(async () => {
  for (const { sid } of await studio().flows.list()) await studio().flows(sid).remove();
});

type Next = Record<string, string | undefined>;

const state = (name: string, type: string, next: Next, properties: object = {}) => ({
  name,
  type,
  transitions: Object.entries(next).map(([event, to]) => ({ event, ...(to !== undefined && { next: to }) })),
  properties: { offset: { x: 0, y: 0 }, ...properties },
});
const set = (name: string, variables: Record<string, string>, next?: string) =>
  state(
    name,
    "set-variables",
    { next },
    { variables: Object.entries(variables).map(([key, value]) => ({ key, value })) },
  );
const ask = (name: string, body: string, next?: string) =>
  state(
    name,
    "send-and-wait-for-reply",
    { incomingMessage: next, timeout: undefined, deliveryFailure: undefined },
    {
      from: "{{flow.channel.address}}",
      body,
      timeout: "3600",
    },
  );
const run = (flow: string, next: Next, parameters: Record<string, string> = {}) =>
  state("Sub", "run-subflow", next, {
    flow_sid: flow,
    flow_revision: "LatestPublished",
    parameters: Object.entries(parameters).map(([key, value]) => ({ key, value })),
  });

/** Publishes a flow whose trigger leads to its first state, whatever started it. */
async function publish(states: readonly { name: string }[], status: "published" | "draft" = "published") {
  const first = states[0]?.name;
  const events = { incomingMessage: first, incomingRequest: first, incomingParent: first };
  const definition = {
    description: "test",
    states: [state("Trigger", "trigger", events), ...states],
    initial_state: "Trigger",
    flags: { allow_concurrent_calls: false },
  };
  const { sid } = await studio().flows.create({ friendlyName: "Flow", status, definition });
  return sid;
}

const start = (flowSid: string, parameters?: object) =>
  studio()
    .flows(flowSid)
    .executions.create({ to: contact, from: number, ...(parameters && { parameters }) });
const contextOf = async (flowSid: string, sid: string) =>
  (await studio().flows(flowSid).executions(sid).executionContext().fetch()).context as Record<
    string,
    unknown
  >;
const stepsOf = async (flowSid: string, sid: string) =>
  (await studio().flows(flowSid).executions(sid).steps.list()).map(
    ({ name, transitionedFrom, transitionedTo }) => `${transitionedFrom} ${name} ${transitionedTo}`,
  );

describe("an execution that the API starts", () => {
  test("runs the published flow with its parameters; context and steps tell how", async () => {
    const flowSid = await publish([
      set("Greet", { greeting: "{{flow.data.word}}, {{trigger.request.parameters.name}}" }, "Shout"),
      set("Shout", { loud: "{{flow.variables.greeting | upcase}}" }),
    ]);
    const { sid } = await start(flowSid, { word: "Hello", name: "Ann" });
    expect(await studio().flows(flowSid).executions(sid).fetch()).toMatchObject({
      flowSid,
      status: "ended",
      contactChannelAddress: contact,
      context: {},
    });
    expect(await contextOf(flowSid, sid)).toMatchObject({
      contact: { channel: { address: contact } },
      flow: {
        sid,
        flow_sid: flowSid,
        channel: { address: number },
        data: { word: "Hello", name: "Ann" },
        variables: { greeting: "Hello, Ann", loud: "HELLO, ANN" },
      },
      trigger: { request: { parameters: { word: "Hello", name: "Ann" }, from: number, to: contact } },
    });
    expect(await stepsOf(flowSid, sid)).toEqual([
      "Shout next Ended",
      "Greet next Shout",
      "Trigger incomingRequest Greet",
    ]);
  });

  test("each step has the context as it was when it was over", async () => {
    const flowSid = await publish([set("One", { n: "1" }, "Two"), set("Two", { n: "2" })]);
    const { sid } = await start(flowSid);
    const execution = studio().flows(flowSid).executions(sid);
    const contexts: unknown[] = [];
    for (const step of await execution.steps.list()) {
      expect(await execution.steps(step.sid).fetch()).toMatchObject({
        sid: step.sid,
        executionSid: sid,
        flowSid,
        name: step.name,
        context: {},
        parentStepSid: null,
      });
      const { context, stepSid } = await execution.steps(step.sid).stepContext().fetch();
      expect(stepSid).toBe(step.sid);
      contexts.push((context as { flow: { variables: object } }).flow.variables);
    }
    expect(contexts).toEqual([{ n: 2 }, { n: 1 }, {}]);
  });

  test("a contact is in a flow once at a time; ended, it may begin anew", async () => {
    const flowSid = await publish([ask("Ask", "Well?")]);
    const { sid, status } = await start(flowSid);
    expect(status).toBe("active");
    await expect(start(flowSid)).rejects.toMatchObject({ status: 409, code: 20409 });
    const { executions } = studio().flows(flowSid);
    expect(await executions(sid).update({ status: "ended" })).toMatchObject({ status: "ended" });
    expect(await executions(sid).update({ status: "ended" })).toMatchObject({ status: "ended" });
    const again = await start(flowSid);
    expect((await executions.list()).map((one) => one.sid)).toEqual([again.sid, sid]);
    await executions(sid).remove();
    await expect(executions(sid).fetch()).rejects.toMatchObject({ status: 404 });
    await expect(executions(sid).executionContext().fetch()).rejects.toMatchObject({ status: 404 });
  });

  test("runs what was published when it began, not what came later", async () => {
    const flowSid = await publish([ask("Ask", "Well?", "Old"), set("Old", { which: "old" })]);
    const { sid } = await start(flowSid);
    const later = await publish([set("New", { which: "new" })]);
    const { definition } = await studio().flows(later).fetch();
    await studio()
      .flows(flowSid)
      .update({ status: "published", definition: definition as object });
    const [owned] = await local.client.incomingPhoneNumbers.list({ phoneNumber: number });
    await local.client.incomingPhoneNumbers(owned?.sid ?? "").update({
      smsUrl: `https://webhooks.twilio.com/v1/Accounts/${local.emulator.accountSid}/Flows/${flowSid}`,
    });
    await new Centre(local.client, local.emulator).text(contact, number, "Yes");
    expect(await contextOf(flowSid, sid)).toMatchObject({ flow: { variables: { which: "old" } } });
    const next = await start(flowSid);
    expect(await contextOf(flowSid, next.sid)).toMatchObject({ flow: { variables: { which: "new" } } });
  });

  test("needs a published flow, and parameters that are an object", async () => {
    const draft = await publish([set("One", { n: "1" })], "draft");
    await expect(start(draft)).rejects.toMatchObject({ status: 400, code: 20001 });
    const flowSid = await publish([set("One", { n: "1" })]);
    await expect(start(flowSid, [1])).rejects.toMatchObject({ status: 400, code: 20001 });
    const update = { status: "active" } as const;
    const { sid } = await start(flowSid);
    await expect(studio().flows(flowSid).executions(sid).update(update)).rejects.toMatchObject({
      status: 400,
    });
  });

  test("tells the revision that it runs, and the SID of the request that started it", async () => {
    const flowSid = await publish([ask("Ask", "Well?")]);
    await studio().flows(flowSid).update({ status: "published" });
    const { headers, body } = await local.send(
      "POST",
      `https://studio.twilio.com/v2/Flows/${flowSid}/Executions`,
      { form: { To: contact, From: number } },
    );
    const { sid } = body as { sid: string };
    expect(headers["twilio-request-id"]).toMatch(/^RQ[0-9a-f]{32}$/);
    const told = { flowVersion: 2, initiatedBy: headers["twilio-request-id"], contactSid: null };
    const fetched = await studio().flows(flowSid).executions(sid).fetch();
    expect(fetched).toMatchObject(told);
    await studio().flows(flowSid).update({ status: "published" });
    expect(await fetched.update({ status: "ended" })).toMatchObject(told);
  });

  test("lists are of a time and a status", async () => {
    const flowSid = await publish([set("One", { n: "1" })]);
    const { sid } = await start(flowSid);
    const { executions } = studio().flows(flowSid);
    const listed = async (filter: object) => (await executions.list(filter)).map((one) => one.sid);
    const [before, after] = [new Date("2026-01-02T03:04:04Z"), new Date("2026-01-02T03:04:06Z")];
    expect(await listed({ dateCreatedFrom: before, dateCreatedTo: after })).toEqual([sid]);
    expect(await listed({ dateCreatedFrom: after })).toEqual([]);
    expect(await listed({ dateCreatedTo: before })).toEqual([]);
    expect(await listed({ status: "ended" })).toEqual([sid]);
    expect(await listed({ status: "active" })).toEqual([]);
  });
});

describe("run-subflow", () => {
  const outcome = (flowSid: string, sid: string) => stepsOf(flowSid, sid).then((steps) => steps[0]);

  test("gives parameters and the trigger to another flow, and gets its variables back", async () => {
    const sub = await publish([
      set("Inside", {
        heard: "{{trigger.parent.parameters.word}} from {{trigger.request.parameters.name}}",
        contact: "{{contact.channel.address}}",
      }),
    ]);
    const flowSid = await publish([
      run(sub, { completed: "After", failed: undefined }, { word: "{{flow.data.word | upcase}}" }),
      set("After", { result: "{{widgets.Sub.heard}}" }),
    ]);
    const { sid } = await start(flowSid, { word: "hello", name: "Ann" });
    const [child] = await studio().flows(sub).executions.list();
    expect(child).toMatchObject({ status: "ended", contactChannelAddress: contact, initiatedBy: sid });
    expect(await contextOf(flowSid, sid)).toMatchObject({
      flow: { variables: { result: "HELLO from Ann" } },
      widgets: { Sub: { sid: child?.sid, heard: "HELLO from Ann", contact } },
    });
    expect(await stepsOf(sub, child?.sid ?? "")).toEqual([
      "Inside next Ended",
      "Trigger incomingParent Inside",
    ]);
    expect(await stepsOf(flowSid, sid)).toEqual([
      "After next Ended",
      "Sub completed After",
      "Trigger incomingRequest Sub",
    ]);
  });

  test("waits as long as the subflow does, whose question the contact answers", async () => {
    const sub = await publish([
      ask("Ask", "Your name?", "Keep"),
      set("Keep", { name: "{{widgets.Ask.inbound.Body}}" }),
    ]);
    const flowSid = await publish([
      run(sub, { completed: "After", failed: undefined }),
      set("After", { result: "{{widgets.Sub.name}}" }),
    ]);
    const [owned] = await local.client.incomingPhoneNumbers.list({ phoneNumber: number });
    await local.client.incomingPhoneNumbers(owned?.sid ?? "").update({
      smsUrl: `https://webhooks.twilio.com/v1/Accounts/${local.emulator.accountSid}/Flows/${flowSid}`,
    });
    const centre = new Centre(local.client, local.emulator);
    const initiatedBy = await centre.text(contact, number, "Hello");
    const [execution] = await studio().flows(flowSid).executions.list();
    expect(execution).toMatchObject({ status: "active", initiatedBy });
    await centre.text(contact, number, "Ann");
    expect(await contextOf(flowSid, execution?.sid ?? "")).toMatchObject({
      flow: { variables: { result: "Ann" } },
    });
    expect(await studio().flows(flowSid).executions.list()).toHaveLength(1);
    expect(await studio().flows(sub).executions.list()).toHaveLength(1);
  });

  test.each<[string, (sub: string) => Promise<unknown>]>([
    ["was ended", (sub) => endFirst(sub)],
    ["was deleted", (sub) => removeFirst(sub)],
  ])("a subflow that %s has failed", async (_what, end) => {
    const sub = await publish([ask("Ask", "Well?")]);
    const flowSid = await publish([
      run(sub, { completed: undefined, failed: "Failed" }),
      set("Failed", { result: "failed" }),
    ]);
    const { sid } = await start(flowSid);
    await end(sub);
    expect(await outcome(flowSid, sid)).toBe("Failed next Ended");
  });

  const endFirst = async (flow: string) => {
    const { executions } = studio().flows(flow);
    await executions((await executions.list())[0]?.sid ?? "").update({ status: "ended" });
  };
  const removeFirst = async (flow: string) => {
    const { executions } = studio().flows(flow);
    await executions((await executions.list())[0]?.sid ?? "").remove();
  };

  test("who ends the flow ends its subflow", async () => {
    const sub = await publish([ask("Ask", "Well?")]);
    const flowSid = await publish([run(sub, { completed: undefined, failed: undefined })]);
    await start(flowSid);
    await endFirst(flowSid);
    expect((await studio().flows(sub).executions.list())[0]).toMatchObject({ status: "ended" });
  });

  test("a subflow that breaks, is not published, or runs a flow itself has failed", async () => {
    const broken = await publish([
      state(
        "Call",
        "make-http-request",
        { success: undefined, failed: undefined },
        {
          method: "GET",
          url: "nowhere",
          content_type: "application/json",
        },
      ),
    ]);
    const draft = await publish([set("One", { n: "1" })], "draft");
    const leaf = await publish([set("One", { n: "1" })]);
    const nested = await publish([run(leaf, { completed: undefined, failed: undefined })]);
    for (const sub of [broken, draft, nested, `FW${"0".repeat(32)}`]) {
      const flowSid = await publish([
        run(sub, { completed: undefined, failed: "Failed" }),
        set("Failed", { result: "failed" }),
      ]);
      const { sid } = await start(flowSid);
      expect([sub, await outcome(flowSid, sid)]).toEqual([sub, "Failed next Ended"]);
    }
  });
});
