import { beforeAll, describe, expect, test } from "@jest/globals";
import { pluginAttributes } from "../../components/flex-plugin/plugin-configuration.ts";
import { type FlexUiName, flexUis } from "../../plugin/desktop/serve.ts";
import { Centre, handleByFlex, number } from "../journey/centre.ts";
import { useLocalTwilio } from "../support/useLocalTwilio.ts";
import { useDesktop } from "./useDesktop.ts";

// The real Flex UIs, signed in to the local Twilio with their own clients: TaskRouter's, Chat's or Conversations'. Nothing in
// the page is a stand-in. The plugin is there as it is deployed.

const local = useLocalTwilio({ judge: false });
const desktop = useDesktop();
const conversationNumber = "+12065550187";
const handlerUrl = "https://handler.example.com/flex";
let centre: Centre;
let workspace: Awaited<ReturnType<Centre["workspace"]>>;
let serviceSid: string;
let workflowSid: string;
let customers = 0;

beforeAll(async () => {
  const { client } = local;
  centre = new Centre(client, local.emulator);
  workspace = await centre.workspace();
  serviceSid = (await client.flexApi.v1.configuration().fetch()).chatServiceInstanceSid;
  workflowSid = (await workspace.workflows.list())[0]?.sid ?? "";
  await workspace.taskChannels.create({ friendlyName: "Partners", uniqueName: "custom1" });
  await handleByFlex(client);
  const { sid } = await client.studio.v2.flows.create({
    friendlyName: "Conversations",
    status: "published",
    definition: {
      description: "To whoever is there",
      states: [
        {
          name: "Trigger",
          type: "trigger",
          transitions: [{ event: "incomingConversationMessage", next: "Agent" }],
          properties: { offset: { x: 0, y: 0 } },
        },
        {
          name: "Agent",
          type: "send-to-flex",
          transitions: [],
          properties: {
            offset: { x: 0, y: 200 },
            workflow: workflowSid,
            channel: (await workspace.taskChannels("sms").fetch()).sid,
            attributes: "{}",
          },
        },
      ],
      initial_state: "Trigger",
      flags: { allow_concurrent_calls: true },
    },
  });
  await client.conversations.v1.addressConfigurations.create({
    type: "sms",
    address: conversationNumber,
    "autoCreation.enabled": true,
    "autoCreation.type": "studio",
    "autoCreation.studioFlowSid": sid,
  });
});

const customer = () => `+1628556${String(1000 + ++customers)}`;
const textsTo = async (to: string) =>
  (await local.client.messages.list({ to })).map(({ body }) => body).reverse();

/** Has the Flex Configuration hold what a stack writes; the oldest Flex UI has one orchestration for all tasks. */
async function configure(name: FlexUiName): Promise<void> {
  const stack = {
    taskChannels: { sms: { friendlyName: "SMS" }, custom1: { friendlyName: "Partner messaging" } },
    kinds: name === "1.9" ? (["flex"] as const) : (["flex", "conversations", "custom"] as const),
  };
  const args = { autoAccept: { taskChannels: ["sms", "custom1"] }, orchestration: { handlerUrl } };
  const { client } = local;
  const attributes = { other: "kept", ...pluginAttributes(args, stack) };
  await client.flexApi.v1.configuration().update({ account_sid: client.accountSid, attributes });
}

describe.each(Object.entries(flexUis))("Flex UI %s", (name, { version }) => {
  const flexUi = name as FlexUiName;
  const hasConversations = version.startsWith("2.");

  test("an agent works with every kind of task there is", async () => {
    // Whoever was here before takes no more tasks, whatever became of them.
    const [offline] = await workspace.activities.list({ friendlyName: "Offline" });
    for (const { sid } of await workspace.workers.list())
      await workspace.workers(sid).update({ activitySid: offline?.sid ?? "" });
    await configure(flexUi);
    const identity = `alice${name}`;
    const workerSid = await centre.hire(identity, { full_name: "Alice" });
    const worker = workspace.workers(workerSid);
    for (const channel of ["sms", "custom1"]) await worker.workerChannels(channel).update({ capacity: 5 });
    const pending = async () => {
      const all = await worker.reservations.list({ reservationStatus: "pending" });
      return all.at(-1) ?? { sid: "", taskSid: "" };
    };
    const wantsAnswer = async (taskSid: string) => {
      const { attributes } = await workspace.tasks(taskSid).fetch();
      const changed = JSON.stringify({ ...(JSON.parse(attributes) as object), autoAnswer: true });
      await workspace.tasks(taskSid).update({ attributes: changed });
    };
    const attributesOf = async (taskSid: string) =>
      JSON.parse((await workspace.tasks(taskSid).fetch()).attributes) as Record<string, string>;

    // Flex UI 2 reports wrap-ups and completions as made that were not, such as before it has loaded the conversation: an
    // agent sees that the task is still there, and tries again.
    const untilTask = async (action: string, sid: string, taskSid: string, status: string) => {
      for (let attempt = 0; attempt < 10; attempt++) {
        await page.act(action, sid);
        if ((await workspace.tasks(taskSid).fetch()).assignmentStatus === status) return;
        await page.page.waitForTimeout(500);
      }
      throw new Error(`${action} leaves task ${taskSid} as it is`);
    };
    const wrapUp = (sid: string, taskSid: string) => untilTask("WrapupTask", sid, taskSid, "wrapping");
    const complete = (sid: string, taskSid: string) => untilTask("CompleteTask", sid, taskSid, "completed");

    // A text waits before anybody has a page: accepted by the plugin when it is loaded.
    const chatting = customer();
    await centre.text(chatting, number, "Where is my parcel?");
    const chat = await pending();
    await wantsAnswer(chat.taskSid);
    const page = await desktop.open(flexUi, {
      emulator: local.emulator,
      identity,
      workerSid,
      serviceSid,
    });
    await page.page.route(handlerUrl, async (route, request) => {
      const form = Object.fromEntries(new URLSearchParams(request.postData() ?? ""));
      heard.push(`${form["Event"]} ${form["ReservationSid"]}`);
      await route.fulfill({ status: answer, headers: { "access-control-allow-origin": "*" }, body: "" });
    });
    const heard: string[] = [];
    let answer = 204;
    expect(await page.page.evaluate("Twilio.Flex.VERSION")).toBe(version);
    await page.until(chat.sid, "accepted");
    await page.shows("Where is my parcel?");
    await page.type("It comes today.");
    await page.shows("It comes today.");
    await centre.text(chatting, number, "Thank you!");
    await page.shows("Thank you!");
    expect(await textsTo(chatting)).toContain("It comes today.");
    await wrapUp(chat.sid, chat.taskSid);
    await complete(chat.sid, chat.taskSid);
    expect(heard).toEqual([]);

    // One that came while the page had lost its connections: accepted when it has them again.
    const late = customer();
    let missed = { sid: "", taskSid: "" };
    await page.away(async () => {
      await centre.text(late, number, "Are you there?");
      missed = await pending();
      await wantsAnswer(missed.taskSid);
    });
    await page.until(missed.sid, "accepted");
    await page.shows("Are you there?");
    await complete(missed.sid, missed.taskSid);

    // A task of one's own: the handler is called, and has a say in what is made.
    if (flexUi !== "1.9") {
      const { sid: channelSid } = await local.client.chat.v2
        .services(serviceSid)
        .channels.create({ friendlyName: "Own", type: "private" });
      const { sid: taskSid } = await workspace.tasks.create({
        ...{ workflowSid, taskChannel: "custom1" },
        attributes: JSON.stringify({ channelSid, autoAnswer: "true", name: "Zoe" }),
      });
      const { sid } = (await worker.reservations.list()).find((each) => each.taskSid === taskSid) ?? {
        sid: "",
      };
      await page.until(sid, "accepted");
      answer = 403;
      expect(await page.act("WrapupTask", sid)).toMatch(/cancelled by "?before"? event/);
      expect(await page.reservations()).toContain(`${sid} accepted`);
      answer = 204;
      expect(await page.act("WrapupTask", sid)).toBeUndefined();
      await page.until(sid, "wrapping");
      await page.act("CompleteTask", sid);
      expect(await workspace.tasks(taskSid).fetch()).toMatchObject({ assignmentStatus: "completed" });
      expect(heard.splice(0)).toEqual([
        `accepted ${sid}`,
        `wrapup ${sid}`,
        `wrapup ${sid}`,
        `completed ${sid}`,
      ]);
      const members = await local.client.chat.v2.services(serviceSid).channels(channelSid).members.list();
      expect(members).toEqual([]);
    }

    // A conversation: accepted by a click, answered, wrapped up and completed; the plugin stays out of it.
    if (hasConversations) {
      const conversing = customer();
      await centre.text(conversing, conversationNumber, "Do you open on Sunday?");
      const { sid, taskSid } = await pending();
      const { conversationSid = "" } = await attributesOf(taskSid);
      // Whatever notification is in the way of a mouse.
      await page.page.locator(".Twilio-TaskButton-Accept").first().dispatchEvent("click");
      await page.until(sid, "accepted");
      await page.act("SelectTask", sid);
      await page.shows("Do you open on Sunday?");
      await page.type("Yes, at ten.");
      await page.shows("Yes, at ten.");
      expect(await textsTo(conversing)).toContain("Yes, at ten.");
      await wrapUp(sid, taskSid);
      await complete(sid, taskSid);
      const conversation = await local.client.conversations.v1.conversations(conversationSid).fetch();
      expect(conversation).toMatchObject({ state: "closed" });

      // And one that is accepted by itself.
      await centre.text(customer(), conversationNumber, "Hello");
      const offered = await pending();
      await wantsAnswer(offered.taskSid);
      await page.reload();
      await page.until(offered.sid, "accepted");
      await page.shows("Hello");
      await complete(offered.sid, offered.taskSid);
      expect(heard).toEqual([]);
    }
    const told = page.lines.filter(
      (line) => !/^error .*WrapupTask failed .*: the handler answered 403$/.test(line),
    );
    expect(told).toEqual([]);
  });
});
