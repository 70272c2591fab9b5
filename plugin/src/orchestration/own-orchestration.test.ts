import { beforeEach, describe, expect, test } from "@jest/globals";
import {
  offer,
  RecordedFlex,
  RecordedManager,
  RecordedReport,
  settled,
  task,
} from "../../testing/recorded-flex.ts";
import type { Configuration } from "../configuration/configuration.ts";
import type { FlexTask, Orchestrations } from "../flex.ts";
import type { HandlerCall } from "./handler.ts";
import { ownOrchestration } from "./own-orchestration.ts";

const handlerUrl = "https://handler.example.com/flex";
let flex: RecordedFlex;
let manager: RecordedManager;
let report: RecordedReport;
let calls: HandlerCall[];
let fails: string | undefined;
beforeEach(() => {
  flex = new RecordedFlex();
  manager = new RecordedManager();
  report = new RecordedReport();
  calls = [];
  fails = undefined;
});

function start(orchestration: Partial<Configuration["orchestration"]> = {}) {
  const configuration: Configuration = {
    autoAccept: { taskChannels: [] },
    taskChannels: [{ name: "custom1", channelType: "custom" }],
    orchestration: { kind: "custom", handlerUrl, tasks: "all", ...orchestration },
  };
  ownOrchestration(flex, manager, configuration, report, (url, call) => {
    expect(url).toBe(handlerUrl);
    calls.push(call);
    return fails === undefined ? Promise.resolve() : Promise.reject(new Error(fails));
  });
}

/** A reservation that Flex knows. */
function reserve(changes: Partial<FlexTask> = {}) {
  const known = task(changes);
  flex.tasks.set(known.sid, known);
  const { sid, taskSid, taskChannelUniqueName } = known;
  manager.workerClient.offer(offer(sid, { taskSid, taskChannelUniqueName }));
  const reservation = manager.workerClient.reservations.get(sid);
  if (reservation === undefined) throw new Error("There is no reservation.");
  return { task: known, reservation };
}

const heard = () => calls.map(({ event, reservationSid }) => `${event} ${reservationSid}`);

describe("for all tasks", () => {
  test("Flex's orchestrations are taken away, with a handler and without", () => {
    start({ handlerUrl: "" });
    expect(Object.fromEntries(flex.orchestrations)).toEqual({ accepted: [], wrapup: [], completed: [] });
    expect(flex.listeners.size).toBe(0);
  });

  test("the handler hears once of acceptance, wrap-up and completion, with SIDs and the token of that moment", async () => {
    start();
    const { task, reservation } = reserve();
    await reservation.accept();
    manager.user.token = "renewed";
    expect(await flex.before("WrapupTask", task)).toBe(false);
    await reservation.wrap();
    expect(await flex.before("CompleteTask", task)).toBe(false);
    await reservation.complete();
    const sids = { reservationSid: "WR1", taskSid: "WT1", workerSid: "WK1" };
    expect(calls).toEqual([
      { event: "accepted", ...sids, token: "flex-token" },
      { event: "wrapup", ...sids, token: "renewed" },
      { event: "completed", ...sids, token: "renewed" },
    ]);
    expect(report.lines).toEqual([]);
  });

  test("it hears of what no action did", async () => {
    start();
    const { reservation } = reserve();
    for (const event of ["accepted", "wrapup", "completed"]) reservation.emit(event);
    await settled();
    expect(heard()).toEqual(["accepted WR1", "wrapup WR1", "completed WR1"]);
  });

  test("it hears nothing of calls", async () => {
    start();
    const { task, reservation } = reserve({ taskChannelUniqueName: "voice" });
    await reservation.accept();
    expect(await flex.before("CompleteTask", task)).toBe(false);
    expect(calls).toEqual([]);
  });

  test("it hears nothing of a task that Flex does not know", async () => {
    start();
    manager.workerClient.offer(offer("WR9"));
    await manager.workerClient.reservations.get("WR9")?.accept();
    expect(calls).toEqual([]);
  });
});

describe("a handler that fails", () => {
  test("is told of when a reservation was accepted", async () => {
    start();
    fails = "the handler answered 500";
    await reserve().reservation.accept();
    await settled();
    expect(report.lines).toEqual(["error reservation WR1 is accepted, and the handler answered 500"]);
  });

  test.each([
    ["WrapupTask", "wrapup"],
    ["CompleteTask", "completed"],
  ])("keeps %s from being done, until it works", async (action, event) => {
    start();
    const { task } = reserve();
    fails = "the handler answered 503";
    expect(await flex.before(action, task)).toBe(true);
    expect(report.lines).toEqual([`error ${action} failed for reservation WR1: the handler answered 503`]);
    fails = undefined;
    expect(await flex.before(action, task)).toBe(false);
    expect(heard()).toEqual([`${event} WR1`, `${event} WR1`]);
  });
});

describe("for tasks of custom task channels", () => {
  const of = (orchestrations: Orchestrations | undefined, one: FlexTask) =>
    typeof orchestrations === "function" ? orchestrations(one) : orchestrations;

  test("Flex keeps its orchestrations of the others, and those that other plugins gave it", () => {
    flex.orchestrations.set("completed", (one) => [`of ${one.sid}`]);
    start({ tasks: "custom" });
    const all = ["accepted", "wrapup", "completed"].map((event) => flex.orchestrations.get(event));
    expect(all.map((one) => of(one, task({ taskChannelUniqueName: "custom1" })))).toEqual([[], [], []]);
    expect(all.map((one) => of(one, task({ channelType: "custom" })))).toEqual([[], [], []]);
    expect(all.map((one) => of(one, task()))).toEqual([
      ["AddToChatChannel"],
      ["DeactivateChatChannel"],
      ["of WR1"],
    ]);
  });

  test("the handler hears of those only", async () => {
    start({ tasks: "custom" });
    const others = reserve({ sid: "WR1" });
    const own = reserve({ sid: "WR2", taskChannelUniqueName: "custom1" });
    await others.reservation.accept();
    await own.reservation.accept();
    await flex.before("WrapupTask", others.task);
    await flex.before("CompleteTask", own.task);
    expect(heard()).toEqual(["accepted WR2", "completed WR2"]);
  });
});

test.each(["all", "custom"] as const)("of %s tasks, those of Flex Conversations are none", async (tasks) => {
  start({ tasks });
  const attributes = { flexInteractionChannelSid: "UO1", conversationSid: "CH1" };
  const conversation = reserve({ sid: "WR1", taskChannelUniqueName: "custom1", attributes });
  await conversation.reservation.accept();
  expect(await flex.before("WrapupTask", conversation.task)).toBe(false);
  expect(await flex.before("CompleteTask", conversation.task)).toBe(false);
  expect(heard()).toEqual([]);
});

describe("a Flex UI that can't do it is refused, and told why", () => {
  test.each<[string, "all" | "custom", boolean, RegExp]>([
    ["1.8.2", "all", false, /needs Flex UI 1\.9 or newer, and this is Flex UI 1\.8\.2: it has no ChatOrch/],
    ["1.9.0", "all", false, /needs Flex UI 1\.9 or newer/],
    [
      "1.9.2",
      "custom",
      true,
      /for some tasks only needs Flex UI 1\.12 or newer, and this is Flex UI 1\.9\.2/,
    ],
  ])("%s for %s tasks", (version, tasks, hasOrchestrator, reason) => {
    flex.VERSION = version;
    if (!hasOrchestrator) flex.ChatOrchestrator = undefined;
    const before = new Map(flex.orchestrations);
    start({ tasks });
    expect(report.lines).toEqual([expect.stringMatching(reason)]);
    expect([flex.orchestrations, flex.listeners.size]).toEqual([before, 0]);
  });
});
