import { beforeEach, describe, expect, test } from "@jest/globals";
import {
  offer,
  RecordedFlex,
  RecordedManager,
  RecordedReport,
  settled,
} from "../../testing/recorded-flex.ts";
import { autoAccept } from "./auto-accept.ts";

let flex: RecordedFlex;
let report: RecordedReport;
beforeEach(() => {
  flex = new RecordedFlex();
  report = new RecordedReport();
});

function start(capacities: Record<string, number> = { chat: 5, sms: 5 }) {
  const { workerClient } = new RecordedManager(capacities);
  autoAccept(flex, workerClient, { taskChannels: ["chat", "custom1"] }, report);
  flex.act = async (action, sid) => {
    if (action === "AcceptTask") await workerClient.reservations.get(sid)?.accept();
  };
  return workerClient;
}

function conversation(attributes: object) {
  return { autoAnswer: true, flexInteractionChannelSid: "UO1", ...attributes };
}

const accepted = (sid: string) => [`AcceptTask ${sid}`, `SelectTask ${sid}`];

test.each<[string, Parameters<typeof offer>[1], boolean]>([
  ["the text 'true'", {}, true],
  ["true", { attributes: { autoAnswer: true } }, true],
  ["false", { attributes: { autoAnswer: false } }, false],
  ["the text 'false'", { attributes: { autoAnswer: "false" } }, false],
  ["1", { attributes: { autoAnswer: 1 } }, false],
  ["the text 'TRUE'", { attributes: { autoAnswer: "TRUE" } }, false],
  ["not there", { attributes: {} }, false],
  ["true on another task channel", { taskChannelUniqueName: "sms" }, false],
  ["true on a task channel whose capacity is not known", { taskChannelUniqueName: "custom1" }, true],
  ["true, of a conversation that comes in", { attributes: conversation({ direction: "inbound" }) }, true],
  [
    "true, of one that goes out to nobody in particular",
    { attributes: conversation({ direction: "outbound" }) },
    true,
  ],
  [
    "true, of one that goes out for this agent, which Flex accepts",
    { attributes: conversation({ direction: "outbound" }), routingTarget: "WK1" },
    false,
  ],
  [
    "true, of a call that goes out",
    { attributes: { autoAnswer: true, direction: "outbound" }, routingTarget: "WK1" },
    true,
  ],
  ["true, and the reservation is accepted", { status: "accepted" }, false],
  ["true, and the reservation is rescinded", { status: "rescinded" }, false],
])("autoAnswer is %s", async (_, changes, isAccepted) => {
  start().offer(offer("WR1", changes));
  await settled();
  expect(flex.invoked).toEqual(isAccepted ? accepted("WR1") : []);
  expect(report.lines).toEqual([]);
});

test.each([null, undefined])("a task whose attributes are %s is left alone", async (attributes) => {
  const worker = start();
  worker.emit("reservationCreated", {
    ...{ sid: "WR1", status: "pending" },
    task: { sid: "WT1", taskChannelUniqueName: "chat", attributes },
  });
  await settled();
  expect(flex.invoked).toEqual([]);
});

test("a reservation that is told of several times is accepted once", async () => {
  const worker = start();
  flex.act = async () => {};
  worker.offer(offer("WR1"));
  worker.offer(offer("WR1"));
  worker.emit("ready");
  // As the client makes it anew after a reconnect.
  worker.reservations.delete("WR1");
  worker.offer(offer("WR1"));
  await settled();
  expect(flex.invoked).toEqual(accepted("WR1"));
});

test("reservations that came before the plugin, or while TaskRouter was away, are accepted", async () => {
  const { workerClient } = new RecordedManager({ chat: 5 });
  workerClient.offer(offer("WR1"), { tell: false });
  autoAccept(flex, workerClient, { taskChannels: ["chat"] }, report);
  workerClient.offer(offer("WR2"), { tell: false });
  workerClient.emit("ready");
  await settled();
  expect(new Set(flex.invoked)).toEqual(new Set([...accepted("WR1"), ...accepted("WR2")]));
  expect(flex.invoked).toHaveLength(4);
});

describe("capacity", () => {
  test("two at once are both accepted where there is room for both", async () => {
    const worker = start({ chat: 2 });
    worker.offer(offer("WR1"));
    worker.offer(offer("WR2"));
    await settled();
    expect(new Set(flex.invoked)).toEqual(new Set([...accepted("WR1"), ...accepted("WR2")]));
    expect(flex.invoked).toHaveLength(4);
  });

  test("of two at once, the second is left to the agent where there is room for one", async () => {
    const worker = start({ chat: 1 });
    worker.offer(offer("WR1"));
    worker.offer(offer("WR2"));
    await settled();
    expect(flex.invoked).toEqual(accepted("WR1"));
    expect(report.lines).toEqual([
      "info reservation WR2 is left to the agent, who has no capacity left for it",
    ]);
  });

  test("there is room again when accepting has failed", async () => {
    const worker = start({ chat: 1 });
    flex.act = () => Promise.reject(new Error("no"));
    worker.offer(offer("WR1"));
    await settled();
    worker.offer(offer("WR2"));
    await settled();
    expect(flex.invoked).toEqual(["AcceptTask WR1", "AcceptTask WR2"]);
  });
});

test("an agent who was faster is not told of it", async () => {
  const worker = start();
  flex.act = () => Promise.reject(new Error("Action is pending"));
  worker.offer(offer("WR1"));
  await settled();
  expect(report.lines).toEqual(["warn AcceptTask failed for reservation WR1: Action is pending"]);
  expect(flex.invoked).toEqual(["AcceptTask WR1"]);
});

describe("what Flex refuses is told with the reservation's SID", () => {
  test.each<[string, unknown, string]>([
    ["an error", new Error("no such thing"), "no such thing"],
    ["a text, as Flex UI 1.9 does", "Not available", "Not available"],
    [
      "an error that describes itself, as Flex UI 1.34 does",
      Object.assign(new Error("NOT_PENDING"), { content: { description: "WR1 is not pending" } }),
      "WR1 is not pending",
    ],
    [
      "an error with its cause inside, as Flex UI 2 does",
      Object.assign(new Error("Could not accept reservation"), {
        content: { wrappedError: new Error("410 Gone") },
      }),
      "Could not accept reservation: 410 Gone",
    ],
  ])("%s", async (_, refusal, reason) => {
    const worker = start();
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- Flex UI 1.9 rejects with texts
    flex.act = () => Promise.reject(refusal);
    worker.offer(offer("WR1"));
    await settled();
    expect(flex.invoked).toEqual(["AcceptTask WR1"]);
    expect(report.lines).toEqual([`error AcceptTask failed for reservation WR1: ${reason}`]);
  });

  test("when the task can't be selected", async () => {
    const worker = start();
    flex.act = (action) => (action === "SelectTask" ? Promise.reject(new Error("gone")) : Promise.resolve());
    worker.offer(offer("WR1"));
    await settled();
    expect(report.lines).toEqual(["error SelectTask failed for reservation WR1: gone"]);
  });

  test.each(["rescinded", "canceled", "timeout"])(
    "only on the console when it is %s meanwhile",
    async (status) => {
      const worker = start();
      flex.act = (_, sid) => {
        worker.reservations.get(sid)?.end(status);
        return Promise.reject(new Error("not pending"));
      };
      worker.offer(offer("WR1"));
      await settled();
      expect(report.lines).toEqual(["warn AcceptTask failed for reservation WR1: not pending"]);
    },
  );
});
