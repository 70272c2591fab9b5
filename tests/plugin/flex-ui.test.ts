import { describe, expect, test } from "@jest/globals";
import type { Request, Route } from "playwright-core";
import type { Offer } from "../../plugin/testing/protocol.ts";
import { flexUis, type OpenFlexUi, type OpenOptions, useFlexUi, versionOf } from "./useFlexUi.ts";

// The plugin as it is deployed, loaded by the real Flex UI in a real browser. Reservations come from a stand-in for
// Flex UI's worker client; what happens to them is Flex UI's own doing.

const flexUi = useFlexUi();
const handlerUrl = "https://handler.example.com/flex";

/** A reservation of a chat task that wants to be accepted by itself. */
const offer = (sid: string, changes: Partial<Offer> = {}): Offer => ({
  sid,
  taskSid: sid.replace("WR", "WT"),
  taskChannelUniqueName: "chat",
  attributes: { autoAnswer: "true", channelSid: "CH1", name: "Zoe" },
  ...changes,
});
/** One that waits for the agent. */
const waiting = (sid: string, changes: Partial<Offer> = {}) =>
  offer(sid, { attributes: { channelSid: "CH1", name: "Zoe" }, ...changes });

const acceptedByItself = (sid: string) =>
  ["before AcceptTask", "after AcceptTask", "before SelectTask", "after SelectTask"].map(
    (action) => `${action} ${sid}`,
  );

/** What Flex UI's own orchestration sent to add an agent to a channel. */
const additions = ({ requests }: OpenFlexUi) =>
  requests.filter((request) => /(flex-api|preview)\.twilio\.com\/.*Users$/.test(request.url()));

/** The forms that the handler got. */
const handled = ({ requests }: OpenFlexUi) =>
  requests
    .filter((request) => request.url() === handlerUrl)
    .map((request) => Object.fromEntries(new URLSearchParams(request.postData() ?? "")));

/** Answers everything with a status, for all pages to see. */
const answering =
  (status: () => number) =>
  (_: Request, route: Route): Promise<void> =>
    route.fulfill({ status: status(), headers: { "access-control-allow-origin": "*" }, body: "" });

describe.each(flexUis)("%s", (name) => {
  const open = (flexMessaging?: unknown, options: OpenOptions = {}) =>
    flexUi.open(name, { attributes: { other: { kept: true }, flexMessaging }, ...options });
  const autoAccept = { taskChannels: ["chat"] };
  const orchestration = { kind: "custom", handlerUrl, tasks: "all" };

  test("loads the plugin, which changes nothing without a configuration", async () => {
    const ui = await open();
    expect(await ui.page.evaluate("Twilio.Flex.VERSION")).toBe(versionOf(name));
    expect(ui.console).toEqual(["log loading FlexMessagingPlugin@0.1.0 plugin"]);
    await ui.flex.offer(offer("WR1"));
    expect([await ui.flex.seenActions(), ui.asked]).toEqual([[], []]);
  });

  test("FAQ: a task is auto-accepted and selected", async () => {
    const ui = await open({ autoAccept });
    await ui.flex.offer(offer("WR1"));
    await ui.seen("after SelectTask WR1");
    expect(await ui.flex.seenActions()).toEqual(acceptedByItself("WR1"));
    expect(ui.asked).toEqual(["WR1 accepted"]);
    expect(await ui.flex.status("WR1")).toBe("accepted");
    expect(ui.console.slice(1)).toEqual([]);
  });

  test("FAQ: custom task channels and channel types are chats", async () => {
    const label = "Partner messaging";
    const custom1 = { name: "custom1", channelType: "custom", label, icon: "Sms", color: "#0B7A75" };
    const byName = waiting("WR1", { taskChannelUniqueName: "custom1" });
    const attributes = { channelType: "custom" };
    const byType = waiting("WR2", { taskChannelUniqueName: "default", attributes });
    const sms = waiting("WR3", { taskChannelUniqueName: "sms" });
    const before = await open();
    const ui = await open({ taskChannels: [custom1, { name: "custom2" }] });
    expect(await ui.flex.channels()).toEqual(["custom1", "custom2", ...(await before.flex.channels())]);
    for (const task of [byName, byType]) {
      await before.flex.offer(task);
      expect(await before.flex.channelOf(task.sid)).toMatchObject({
        name: "default",
        capabilities: ["Info"],
      });
      await ui.flex.offer(task);
      expect(await ui.flex.channelOf(task.sid)).toMatchObject({
        name: "custom1",
        capabilities: ["Chat", "Info", "Wrapup"],
        color: { Pending: "#0B7A75", Accepted: "#0B7A75" },
        icons: { main: "Sms", active: "Sms" },
        templates: {
          TaskListItem: { secondLine: { Pending: label } },
          TaskCanvasTabs: { contentTabHeader: label },
        },
      });
    }
    await ui.flex.offer(sms);
    expect(await ui.flex.channelOf("WR3")).toMatchObject({ name: "chat-sms" });
    expect(ui.console.slice(1)).toEqual([]);
  });

  test("FAQ: with an orchestration of one's own, Flex UI does not add agents, and the handler is called", async () => {
    const ui = await open({ orchestration }, { answer: answering(() => 204), token: "flex-token-1" });
    expect(await ui.flex.orchestrations()).toEqual({ accepted: [], wrapup: [], completed: [] });
    await ui.flex.offer(waiting("WR1"));
    expect(await ui.flex.act("AcceptTask", "WR1")).toBeUndefined();
    await ui.waitForRequest(() => handled(ui).length === 1);
    expect(await ui.flex.act("WrapupTask", "WR1")).toBeUndefined();
    expect(await ui.flex.act("CompleteTask", "WR1")).toBeUndefined();
    const sids = { ReservationSid: "WR1", TaskSid: "WT1", WorkerSid: "WK1", Token: "flex-token-1" };
    expect(handled(ui)).toEqual(["accepted", "wrapup", "completed"].map((Event) => ({ Event, ...sids })));
    expect(ui.asked).toEqual(["WR1 accepted", "WR1 wrapping", "WR1 completed"]);
    expect(additions(ui)).toEqual([]);
    expect([ui.console.slice(1), await ui.flex.notifications()]).toEqual([[], []]);
  });

  test("FAQ: without the override, Flex UI fails to add the agent, who has accepted by then", async () => {
    const ui = await open({}, { answer: answering(() => 404) });
    await ui.flex.offer(waiting("WR1"));
    expect(await ui.flex.act("AcceptTask", "WR1")).toBeUndefined();
    await ui.until('flexPage.notifications().includes("ChatOrchestrationAddToChatChannelFailed")');
    expect([additions(ui).length, await ui.flex.status("WR1")]).toEqual([1, "accepted"]);
  });

  test("a wrap-up and a completion that the handler refuses are not made, and can be tried again", async () => {
    let status = 403;
    const ui = await open({ orchestration }, { answer: answering(() => status) });
    await ui.flex.offer(waiting("WR1", { status: "accepted" }));
    for (const [action, asked] of [
      ["WrapupTask", "wrapping"],
      ["CompleteTask", "completed"],
    ] as const) {
      status = 403;
      expect(await ui.flex.act(action, "WR1")).toMatch(/cancelled by "?before"? event/);
      expect(ui.asked).not.toContain(`WR1 ${asked}`);
      expect(await ui.flex.notifications()).toContain(
        `${action} failed for reservation WR1: the handler answered 403`,
      );
      status = 200;
      expect(await ui.flex.act(action, "WR1")).toBeUndefined();
      expect(ui.asked).toContain(`WR1 ${asked}`);
    }
  });

  test("the handler hears of a task that was accepted elsewhere", async () => {
    const ui = await open({ orchestration }, { answer: answering(() => 200) });
    await ui.flex.offer(waiting("WR1"));
    await ui.flex.acceptElsewhere("WR1");
    await ui.waitForRequest(() => handled(ui).length === 1);
    expect(handled(ui)).toMatchObject([{ Event: "accepted", ReservationSid: "WR1" }]);
    expect(await ui.flex.seenActions()).toEqual([]);
  });

  test("an action that is refused is told with the reservation's SID, and nothing is selected", async () => {
    const ui = await open({ autoAccept }, { respond: () => Promise.reject(new Error("410 Gone")) });
    await ui.flex.offer(offer("WR1"));
    const problem = "AcceptTask failed for reservation WR1: ";
    await ui.until(`flexPage.notifications().some((text) => text.startsWith("${problem}"))`);
    expect((await ui.flex.notifications()).at(-1)).toContain("410 Gone");
    expect(ui.console.slice(1)).toEqual([
      expect.stringMatching(`^error Flex messaging: ${problem}.*410 Gone`),
    ]);
    expect(await ui.flex.seenActions()).toEqual(["before AcceptTask WR1"]);
  });

  test("a reservation that is rescinded while it is accepted is told on the console only", async () => {
    const refused = Promise.withResolvers<void>();
    const ui = await open({ autoAccept }, { respond: () => refused.promise });
    await ui.flex.offer(offer("WR1"));
    await ui.seen("before AcceptTask WR1");
    await ui.flex.end("WR1", "rescinded");
    const told = ui.page.waitForEvent("console", (line) => line.text().startsWith("Flex messaging:"));
    refused.reject(new Error("410 Gone"));
    await told;
    expect(ui.console.slice(1)).toEqual([
      expect.stringMatching(/^warning Flex messaging: AcceptTask failed for reservation WR1: .*410 Gone/),
    ]);
    expect(await ui.flex.seenActions()).toEqual(["before AcceptTask WR1"]);
    expect([await ui.flex.notifications(), ui.errors]).toEqual([[], []]);
  });

  test.each([
    [2, ["WR1 accepted", "WR2 accepted"]],
    [1, ["WR1 accepted"]],
  ])("of two reservations at once, with room for %d, these are accepted: %j", async (chat, accepted) => {
    const ui = await open({ autoAccept }, { capacities: { chat } });
    await ui.flex.offer(offer("WR1"), { tell: false });
    await ui.flex.offer(offer("WR2"), { tell: false });
    await ui.flex.reconnect();
    for (const asked of accepted) await ui.seen(`after SelectTask ${asked.slice(0, 3)}`);
    expect([...ui.asked].sort()).toEqual(accepted);
    expect(await ui.flex.notifications()).not.toContainEqual(expect.stringContaining("failed"));
  });

  test("a reservation that is told of twice is accepted once", async () => {
    const ui = await open({ autoAccept });
    await ui.flex.offer(offer("WR1"));
    await ui.flex.offer(offer("WR1"));
    await ui.seen("after SelectTask WR1");
    await ui.flex.offer(offer("WR1"));
    await ui.flex.reconnect();
    expect([ui.asked, await ui.flex.seenActions()]).toEqual([["WR1 accepted"], acceptedByItself("WR1")]);
  });

  test("what does not ask for it, or is not there any more, is left alone", async () => {
    const ui = await open({ autoAccept });
    await ui.flex.offer(offer("WR1", { attributes: null }));
    await ui.flex.offer(offer("WR2", { attributes: { autoAnswer: "yes" } }));
    await ui.flex.offer(offer("WR3", { taskChannelUniqueName: "sms" }));
    await ui.flex.offer(offer("WR4", { status: "rescinded" }));
    expect([await ui.flex.seenActions(), ui.asked, ui.errors]).toEqual([[], [], []]);
    await ui.flex.offer(offer("WR5"));
    await ui.seen("after SelectTask WR5");
    expect(await ui.flex.seenActions()).toEqual(acceptedByItself("WR5"));
  });

  test("a wrong part and an unknown key are told, and the other parts work", async () => {
    const ui = await open({ autoAccept, orchestration: { kind: "own" }, autoAcept: true });
    const problem = 'flexMessaging.orchestration.kind is "own", and has to be flex or custom';
    expect(ui.console.slice(1)).toEqual([
      "warning Flex messaging: flexMessaging.autoAcept is not a setting (known here: autoAccept, taskChannels, orchestration)",
      `error Flex messaging: ${problem}`,
    ]);
    expect(await ui.flex.notifications()).toEqual([problem]);
    expect(await ui.flex.orchestrations()).toMatchObject({ accepted: ["AddToChatChannel"] });
    await ui.flex.offer(offer("WR1"));
    await ui.seen("after SelectTask WR1");
  });

  test("a task channel that another plugin has registered is left as it is", async () => {
    const change = `Flex.TaskChannels.register(Flex.DefaultTaskChannels.createChatTaskChannel("custom1", () => false));`;
    const ui = await open({ taskChannels: [{ name: "custom1" }, { name: "custom2" }] }, { change });
    expect((await ui.flex.channels()).slice(0, 2)).toEqual(["custom2", "custom1"]);
    expect(ui.console.slice(1)).toEqual([
      "warning Flex messaging: task channel custom1 is registered already, and is left as it is",
    ]);
  });

  test("without a connection to TaskRouter, the agent is told", async () => {
    const ui = await open({ autoAccept }, { disconnected: true });
    expect(await ui.flex.notifications()).toEqual([expect.stringContaining("not connected to TaskRouter")]);
  });

  test("agents see labels, and problems as text", async () => {
    const taskChannels = [{ name: "custom1", label: "Partner messaging" }];
    const ui = await open({ autoAccept: "<i>on</i>", taskChannels });
    await ui.flex.offer(waiting("WR1", { taskChannelUniqueName: "custom1" }));
    await ui.flex.render();
    await ui.page.getByText("Partner messaging").first().waitFor();
    const problem = 'Flex messaging: flexMessaging.autoAccept is "<i>on</i>", and has to be an object';
    await ui.page.getByText(problem).waitFor();
    expect(ui.errors).toEqual([]);
  });
});

describe("an orchestration of one's own for some tasks only", () => {
  const flexMessaging = {
    taskChannels: [{ name: "custom1" }],
    orchestration: { kind: "custom", handlerUrl, tasks: "custom" },
  };

  test("leaves the others to Flex UI", async () => {
    const ui = await flexUi.open("@twilio/flex-ui", { attributes: { flexMessaging } });
    await ui.flex.offer(waiting("WR1"));
    await ui.flex.offer(waiting("WR2", { taskChannelUniqueName: "custom1" }));
    expect(await ui.flex.orchestrations("WR1")).toEqual({
      accepted: ["AddToChatChannel"],
      wrapup: ["DeactivateChatChannel"],
      completed: ["DeactivateChatChannel", "LeaveChatChannel"],
    });
    expect(await ui.flex.orchestrations("WR2")).toEqual({ accepted: [], wrapup: [], completed: [] });
  });

  test("is refused by a Flex UI that knows all tasks or none", async () => {
    const ui = await flexUi.open("flex-ui-1.9", { attributes: { flexMessaging } });
    expect(await ui.flex.orchestrations()).toMatchObject({ accepted: ["AddToChatChannel"] });
    expect(await ui.flex.notifications()).toEqual([
      expect.stringMatching(
        /needs Flex UI 1\.12 or newer, and this is Flex UI 1\.9\.0: its ChatOrchestrator/,
      ),
    ]);
  });
});

test("a Flex UI without a ChatOrchestrator refuses an orchestration of one's own, and says why", async () => {
  const flexMessaging = {
    autoAccept: { taskChannels: ["chat"] },
    orchestration: { kind: "custom", handlerUrl },
  };
  // The last one without it was 1.8.2.
  const change = `Flex.VERSION = "1.8.2"; delete Flex.ChatOrchestrator;`;
  const ui = await flexUi.open("flex-ui-1.9", { attributes: { flexMessaging }, change });
  expect(await ui.flex.notifications()).toEqual([
    expect.stringMatching(
      /needs Flex UI 1\.9 or newer, and this is Flex UI 1\.8\.2: it has no ChatOrchestrator/,
    ),
  ]);
  await ui.flex.offer(offer("WR1"));
  await ui.seen("after SelectTask WR1");
  await ui.waitForRequest(() => additions(ui).length > 0);
  expect(handled(ui)).toEqual([]);
});
