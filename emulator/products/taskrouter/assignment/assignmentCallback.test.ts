import { describe, expect, test } from "@jest/globals";
import twilio from "twilio";
import { type ContactCentre, contactCentre } from "../../../../tests/support/contactCentre.ts";
import { useReceiver } from "../../../../tests/support/receiver.ts";
import { useLocalTwilio } from "../../../../tests/support/useLocalTwilio.ts";

const start = Date.UTC(2024, 0, 1);
const local = useLocalTwilio({ seed: "empty", clock: () => start, webhookTimeout: 200 });
const receiver = useReceiver();

/** A centre whose workflow calls `/assignment`, then `/fallback`. */
async function called(): Promise<{ centre: ContactCentre; worker: string }> {
  const centre = await contactCentre(local, {
    workflow: {
      assignmentCallbackUrl: `${receiver.url}/assignment`,
      fallbackAssignmentCallbackUrl: `${receiver.url}/fallback`,
    },
  });
  const worker = await centre.addWorker("ann", { attributes: { contact_uri: "client:ann" } });
  return { centre, worker };
}

/** What was wrong with the answers to the callbacks of a task. */
async function problemsOf(taskSid: string): Promise<unknown[]> {
  await local.advance(0);
  const { webhooks } = (await local.own("GET", "/webhooks")).body as {
    webhooks: { parameters: { TaskSid: string }; problem?: unknown }[];
  };
  return webhooks.flatMap(({ parameters, problem }) =>
    parameters.TaskSid === taskSid && problem !== undefined ? [problem] : [],
  );
}

test("tells of the reservation, signed", async () => {
  const { centre, worker } = await called();
  receiver.answer = () => ({ json: {} });
  const taskSid = await centre.addTask({ attributes: { a: 1 }, priority: 7 });
  await local.advance(0);
  const [request, ...more] = receiver.received;
  expect(more).toEqual([]);
  const [reservation] = await centre.workspace.tasks(taskSid).reservations.list();
  expect(request?.form).toEqual({
    Timestamp: String(Date.parse(String(reservation?.dateCreated)) / 1000),
    AccountSid: local.emulator.accountSid,
    WorkspaceSid: centre.workspaceSid,
    WorkflowSid: centre.workflowSid,
    TaskQueueSid: centre.queues["Everyone"],
    WorkerSid: worker,
    WorkerAttributes: '{"contact_uri":"client:ann"}',
    TaskSid: taskSid,
    TaskAttributes: '{"a":1}',
    TaskAge: "0",
    TaskPriority: "7",
    ReservationSid: reservation?.sid,
  });
  const given = String(request?.headers["x-twilio-signature"]);
  const url = `${receiver.url}/assignment`;
  expect(twilio.validateRequest(local.emulator.authToken, given, url, request?.form ?? {})).toBe(true);
});

describe("the answer", () => {
  test("accept assigns the task", async () => {
    const { centre } = await called();
    receiver.answer = () => ({ json: { instruction: "accept" } });
    const sid = await centre.addTask();
    await local.advance(0);
    expect([await centre.statusOf(sid), await centre.reservations(sid)]).toEqual([
      "assigned",
      ["ann accepted"],
    ]);
  });

  test("reject moves the worker, and the task waits", async () => {
    const { centre } = await called();
    receiver.answer = () => ({
      json: { instruction: "reject", activity_sid: centre.activities["Unavailable"] },
    });
    const sid = await centre.addTask();
    await local.advance(0);
    expect([await centre.statusOf(sid), await centre.reservations(sid)]).toEqual([
      "pending",
      ["ann rejected"],
    ]);
    expect((await centre.worker("ann")).activityName).toBe("Unavailable");
  });

  test.each([
    ["an empty object leaves it to the worker", { json: {} }, undefined],
    ["reject needs an activity", { json: { instruction: "reject" } }, 40100],
    ["reject needs a valid activity", { json: { instruction: "reject", activity_sid: "WA1" } }, 40100],
    ["there are no calls to make", { json: { instruction: "call", url: "https://example.com/" } }, 40113],
    ["there are no calls to redirect", { json: { instruction: "redirect" } }, 40122],
    ["there are no calls to dequeue", { json: { instruction: "dequeue" } }, 40140],
    ["there are no calls for a conference", { json: { instruction: "conference" } }, 40142],
    ["no such instruction", { json: { instruction: "juggle" } }, 55555],
    ["no instruction", { json: { accept: true } }, 40005],
    ["no object", { json: ["accept"] }, 40001],
    ["no JSON", { status: 200, type: "application/json", text: "accept" }, 40001],
  ] as const)("%s: the reservation stays pending", async (_what, answer, code) => {
    const { centre } = await called();
    receiver.answer = () => answer;
    const sid = await centre.addTask();
    expect(await problemsOf(sid)).toMatchObject(code === undefined ? [] : [{ code }]);
    expect(await centre.reservations(sid)).toEqual(["ann pending"]);
    expect(receiver.received.map(({ path }) => path)).toEqual(["/assignment"]);
  });

  test("too late does nothing", async () => {
    const { centre } = await called();
    let answered: Promise<void> | undefined;
    receiver.answer = ({ form }) => {
      const reservation = centre.workspace
        .tasks(form["TaskSid"] ?? "")
        .reservations(form["ReservationSid"] ?? "");
      // The worker answers while the callback is still being handled.
      answered = reservation.update({ reservationStatus: "accepted" }).then(() => undefined);
      return "hang";
    };
    const sid = await centre.addTask();
    await local.advance(0);
    await answered;
    expect(await centre.reservations(sid)).toEqual(["ann accepted"]);
    expect(receiver.received.map(({ path }) => path)).toEqual(["/assignment"]);
  });
});

describe("the fallback is asked", () => {
  test.each([
    ["after an error", { status: 500 }, 11200],
    ["after no answer", "hang", 11200],
    ["after another status than 200", { json: { instruction: "accept" }, status: 201 }, 11200],
    ["after another type than JSON", { status: 200, type: "text/plain", text: "{}" }, 40000],
  ] as const)("%s", async (_what, answer, code) => {
    const { centre } = await called();
    receiver.answer = ({ path }) => (path === "/fallback" ? { json: { instruction: "accept" } } : answer);
    const sid = await centre.addTask();
    expect(await problemsOf(sid)).toMatchObject([{ code }]);
    expect(await centre.reservations(sid)).toEqual(["ann accepted"]);
  });

  test("and when it fails as well, the reservation is canceled and the task offered on", async () => {
    const { centre } = await called();
    const bea = await centre.addWorker("bea", { activity: "Offline" });
    receiver.answer = ({ form }) => ({
      status: form["WorkerSid"] === bea ? 200 : 503,
      type: "application/json",
      text: '{"instruction":"accept"}',
    });
    await centre.workspace.workers(bea).update({ activitySid: centre.activities["Available"] });
    const sid = await centre.addTask();
    await local.advance(0);
    const reservations = await centre.reservations(sid);
    expect(reservations.at(-1)).toBe("bea accepted");
    expect(reservations.slice(0, -1).every((each) => each === "ann canceled")).toBe(true);
  });
});
