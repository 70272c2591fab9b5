import { beforeAll, expect, test } from "@jest/globals";
import { accessToken } from "../../flex-stack/simulate/access-token.ts";
import { pluginAttributes } from "../../components/flex-plugin/plugin-configuration.ts";
import { number, useCentre } from "../journey/centre.ts";
import { flexUis, type FlexUiPackage, useFlexUi } from "./useFlexUi.ts";

// The plugin in the real Flex UI, with the local Twilio behind it: TaskRouter's reservations reach Flex UI, what Flex
// UI does with them reaches TaskRouter and the chat service, and the configuration is the one that a stack writes.

const setup = useCentre();
const flexUi = useFlexUi();
const handlerUrl = "https://handler.example.com/flex";
const cors = { "access-control-allow-origin": "*" };
let workspace: Awaited<ReturnType<typeof setup.centre.workspace>>;
let chatServiceSid: string;
let workflowSid: string;

beforeAll(async () => {
  const { client } = setup.local;
  workspace = await setup.centre.workspace();
  await workspace.taskChannels.create({ friendlyName: "Partners", uniqueName: "custom1" });
  chatServiceSid = (await client.flexApi.v1.configuration().fetch()).chatServiceInstanceSid;
  workflowSid = (await workspace.workflows.list())[0]?.sid ?? "";
});

/** Has the Flex Configuration hold what a stack writes that accepts tasks by itself. */
async function configure(kind: "flex" | "custom"): Promise<void> {
  const stack = {
    taskChannels: { sms: { friendlyName: "SMS" }, custom1: { friendlyName: "Partners" } },
    kinds: [kind],
  };
  const args = { autoAccept: { taskChannels: ["sms", "custom1"] }, orchestration: { handlerUrl } };
  const { client } = setup.local;
  const attributes = { other: "of somebody else", ...pluginAttributes(args, stack) };
  await client.flexApi.v1.configuration().update({ account_sid: client.accountSid, attributes });
}

/** Opens Flex UI at the local Twilio, as an agent who is hired for it; `handler` answers the plugin with a status. */
async function openAs(
  agent: string,
  name: FlexUiPackage,
  handler: (form: Readonly<Record<string, string>>) => Promise<number>,
) {
  const { centre, local } = setup;
  await centre.dismissAll();
  const workerSid = await centre.hire(agent);
  const worker = workspace.workers(workerSid);
  const { attributes } = await local.client.flexApi.v1.configuration().fetch();
  const chatToken = accessToken(local.emulator, { identity: agent, chatServiceSid }, Date.now());
  const added = Promise.withResolvers<string>();
  const ui = await flexUi.open(name, {
    attributes,
    workerSid,
    capacities: { sms: 1, custom1: 1 },
    token: `flex token of ${agent}`,
    chat: { identity: agent, token: chatToken },
    async respond(sid, status) {
      await worker.reservations(sid).update({ reservationStatus: status as "accepted" });
    },
    async answer(request, route) {
      const url = request.url();
      const form = Object.fromEntries(new URLSearchParams(request.postData() ?? ""));
      if (url === handlerUrl) return route.fulfill({ status: await handler(form), headers: cors });
      if (!url.startsWith("https://flex-api.twilio.com/v1/Channels/")) return route.abort();
      // What Flex UI asks of Twilio with the agent's own token.
      expect(await request.headerValue("authorization")).toBe(
        `Basic ${Buffer.from(`token:${chatToken}`).toString("base64")}`,
      );
      await centre.http.send({ method: "POST", url, form, credentials: ["token", chatToken] });
      await route.fulfill({ status: 200, headers: cors, json: {} });
      added.resolve(new URL(url).pathname);
    },
  });
  return {
    ...ui,
    workerSid,
    /** The path by which Flex UI added the agent to a channel. */
    added: added.promise,
    /** Lets Flex UI hear of the agent's only pending reservation, as TaskRouter's client does. */
    async offer(): Promise<string> {
      const [reservation, ...others] = await worker.reservations.list({ reservationStatus: "pending" });
      if (reservation === undefined || others.length > 0) throw new Error(`${agent} has not one reservation`);
      const { sid, taskSid } = reservation;
      const task = await workspace.tasks(taskSid).fetch();
      await ui.flex.offer({
        ...{ sid, taskSid, taskChannelUniqueName: task.taskChannelUniqueName },
        attributes: JSON.parse(task.attributes) as Record<string, unknown>,
      });
      return sid;
    },
  };
}

const channel = (sid: string) => setup.local.client.chat.v2.services(chatServiceSid).channels(sid);
const members = async (sid: string) => (await channel(sid).members.list()).map(({ identity }) => identity);

test("flex: a text becomes a task that is accepted by itself, and Flex UI adds the agent to its channel", async () => {
  await configure("flex");
  const alice = await openAs("alice", "@twilio/flex-ui", () => Promise.reject(new Error("is not called")));
  await setup.centre.text("+14155550170", number, "Hello");
  const [{ sid: taskSid = "", attributes: text = "{}" } = {}] = await workspace.tasks.list();
  const attributes = JSON.parse(text) as { channelSid: string };
  expect(await members(attributes.channelSid)).not.toContain("alice");
  await workspace.tasks(taskSid).update({ attributes: JSON.stringify({ ...attributes, autoAnswer: true }) });

  const sid = await alice.offer();
  await alice.seen(`after SelectTask ${sid}`);
  expect(await alice.added).toBe(`/v1/Channels/${attributes.channelSid}/Roles/agent/Users`);
  expect(await members(attributes.channelSid)).toContain("alice");
  expect(await workspace.tasks(taskSid).fetch()).toMatchObject({ assignmentStatus: "assigned" });
  expect(alice.requests.map((request) => request.url())).not.toContain(handlerUrl);
  await workspace.tasks(taskSid).update({ assignmentStatus: "completed" });
});

test.each(flexUis)(
  "custom: a task is accepted by itself, and the handler adds the agent (%s)",
  async (name) => {
    await configure("custom");
    const { client } = setup.local;
    const { sid: channelSid } = await client.chat.v2
      .services(chatServiceSid)
      .channels.create({ friendlyName: "Own", type: "private" });
    const heard: string[] = [];
    const told = Promise.withResolvers<void>();
    const bob = await openAs("bob", name, async ({ Event, TaskSid = "", Token }) => {
      if (Token !== "flex token of bob") return 403;
      heard.push(`${Event} ${(await workspace.tasks(TaskSid).fetch()).assignmentStatus}`);
      if (Event === "accepted") await channel(channelSid).members.create({ identity: "bob" });
      if (Event === "completed") await channel(channelSid).members("bob").remove();
      told.resolve();
      return 204;
    });
    const { sid: taskSid } = await workspace.tasks.create({
      ...{ workflowSid, taskChannel: "custom1" },
      attributes: JSON.stringify({ channelSid, autoAnswer: "true" }),
    });

    const sid = await bob.offer();
    await bob.seen(`after SelectTask ${sid}`);
    await told.promise;
    expect(await members(channelSid)).toEqual(["bob"]);
    expect(await bob.flex.channelOf(sid)).toMatchObject({
      name: "custom1",
      capabilities: ["Chat", "Info", "Wrapup"],
    });
    expect(await bob.flex.act("WrapupTask", sid)).toBeUndefined();
    expect(await workspace.tasks(taskSid).fetch()).toMatchObject({ assignmentStatus: "wrapping" });
    expect(await bob.flex.act("CompleteTask", sid)).toBeUndefined();
    expect(await workspace.tasks(taskSid).fetch()).toMatchObject({ assignmentStatus: "completed" });
    // Each comes before TaskRouter hears of it, but for the acceptance.
    expect(heard).toEqual(["accepted assigned", "wrapup assigned", "completed wrapping"]);
    expect(await members(channelSid)).toEqual([]);
    expect(
      bob.requests.map((request) => request.url()).filter((url) => /twilio\.com.*Users$/.test(url)),
    ).toEqual([]);
    expect(bob.console.slice(1)).toEqual([]);
  },
);
