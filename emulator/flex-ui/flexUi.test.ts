import { beforeAll, describe, expect, test } from "@jest/globals";
import { accessToken } from "../../flex-stack/simulate/access-token.ts";
import { Centre } from "../../tests/journey/centre.ts";
import { BridgeClient, refusal, TwilsockClient } from "../../tests/support/browserClients.ts";
import { useLocalTwilio } from "../../tests/support/useLocalTwilio.ts";

// What the clients in an agent's browser say to Twilio, and are told. tests/desktop has the real ones say it.

const local = useLocalTwilio({ seed: "flex-conversations" });
const number = "+14155550142";
let centre: Centre;
let workspaceSid: string;
let serviceSid: string;
let alice: string;
let customers = 0;

beforeAll(async () => {
  centre = new Centre(local.client, local.emulator);
  const configuration = await local.client.flexApi.v1.configuration().fetch();
  workspaceSid = configuration.taskrouterWorkspaceSid;
  serviceSid = configuration.chatServiceInstanceSid;
  alice = await centre.hire("alice");
  await centre.hire("bob", { activity: "Offline" });
  const flows = await local.client.studio.v2.flows.list();
  await local.client.conversations.v1.addressConfigurations.create({
    type: "sms",
    address: number,
    "autoCreation.enabled": true,
    "autoCreation.type": "studio",
    "autoCreation.studioFlowSid":
      flows.find(({ friendlyName }) => friendlyName === "Messaging Flow")?.sid ?? "",
  });
});

const tokenOf = (identity: string) =>
  accessToken(local.emulator, { identity, chatServiceSid: serviceSid }, Date.now());

interface Asking {
  readonly method?: string;
  readonly params?: object;
  readonly as?: string;
  readonly token?: string;
}

/** Sends an envelope as an agent. */
async function ask(
  url: string,
  { method = "GET", params = {}, as = "alice", token = tokenOf(as) }: Asking = {},
) {
  const body = JSON.stringify({ url, method, params, token });
  const { status, body: answer } = await local.send("POST", "https://event-bridge.twilio.com/v1/wschannels", {
    body,
    headers: { authorization: undefined, apiVersion: "v2" },
  });
  const { payload, ...error } = answer as { payload?: Record<string, unknown>; code?: number };
  return status === 200 ? (payload as Record<string, never>) : { status, code: error.code };
}

const workspace = () => `Workspaces/${workspaceSid}`;
const worker = () => `${workspace()}/Workers/${alice}`;

/** A customer writes: alice is offered the task. */
async function offer(bridge: BridgeClient) {
  await centre.text(`+1628555${String(1000 + ++customers)}`, number, "Where is my parcel?");
  const { payload } = await bridge.event("reservation.created");
  const task = payload["task"] as Record<string, string>;
  const attributes = JSON.parse(task["attributes"] ?? "{}") as Record<string, string>;
  const {
    flexInteractionSid,
    flexInteractionChannelSid,
    flexChannelInviteSid,
    conversationSid = "",
  } = attributes;
  const channel = `v1/Interactions/${flexInteractionSid}/Channels/${flexInteractionChannelSid}`;
  const sid = String(payload["sid"]);
  return {
    sid,
    payload,
    task,
    channel,
    conversationSid,
    invite: `${channel}/Invites/${flexChannelInviteSid}`,
  };
}

const accept = ({ sid, invite }: { sid: string; invite: string }) =>
  ask(invite, {
    method: "POST",
    params: { action: "accept", routing: { type: "taskrouter", reservation: { sid } } },
  });
const end = ({ channel }: { channel: string }, status: "wrapup" | "closed") =>
  ask(channel, { method: "POST", params: { status: "closed", routing: { status } } });

describe("the login", () => {
  const configuration = "https://flex-api.twilio.com/v1/Configuration";
  const basic = (token: string) => Buffer.from(`token:${token}`).toString("base64");

  test("takes the header that Flex's SDK sends, with its stray parenthesis", async () => {
    const authorization = `Basic ${basic(tokenOf("alice"))})`;
    const { status, body } = await local.send("GET", `${configuration}?UiVersion=undefined`, {
      headers: { authorization },
    });
    expect([status, body]).toMatchObject([
      200,
      {
        ui_attributes: { version_compatibility: "yes" },
        attributes: {},
        taskrouter_workspace_sid: workspaceSid,
      },
    ]);
  });

  test("the configuration is as it is stored for whoever is no Flex UI", async () => {
    const { body } = await local.send("GET", configuration);
    expect((body as { ui_attributes: object }).ui_attributes).toEqual({});
  });

  const info = () => ({
    valid: true,
    identity: "alice",
    roles: ["agent"],
    worker_sid: alice,
    flex_user_sid: alice.replace("WK", "FU"),
    permissions: {},
  });

  test("tells who has a token: to Flex UI 2 …", async () => {
    const token = tokenOf("alice");
    const url = `https://flex-api.twilio.com/v1/Accounts/${local.emulator.accountSid}/Tokens/Info`;
    const headers = { authorization: `Basic ${basic(token)}` };
    expect(await local.send("POST", url, { form: { Token: token }, headers })).toMatchObject({
      status: 200,
      body: info(),
    });
  });

  test("… and to Flex UI 1.x", async () => {
    const url = `https://iam.twilio.com/v1/Accounts/${local.emulator.accountSid}/Tokens/validate`;
    const answer = (token: string) =>
      local.send("POST", url, { body: JSON.stringify({ token }), headers: { authorization: undefined } });
    expect(await answer(tokenOf("alice"))).toMatchObject({ status: 200, body: info() });
    expect(await answer("e30.e30.x")).toMatchObject({ status: 401, body: { code: 20003 } });
    expect(await answer(tokenOf("nobody"))).toMatchObject({ status: 403, body: { code: 20403 } });
  });

  test("tells which features are on, and knows nothing else of Flex's host", async () => {
    const at = (path: string) => local.send("GET", `https://flex.twilio.com${path}`);
    expect(await at("/api/v1/Session")).toMatchObject({
      status: 200,
      body: { insights_active: false, features: [] },
    });
    expect(await at("/plugins")).toMatchObject({ status: 404, body: { code: 20404 } });
  });

  test("an agent's token opens no more of Flex's API than that", async () => {
    const headers = { authorization: `Basic ${basic(tokenOf("alice"))}` };
    expect(await local.send("GET", "https://flex-api.twilio.com/v1/FlexFlows", { headers })).toMatchObject({
      status: 403,
      body: { code: 20403 },
    });
  });
});

describe("the event bridge", () => {
  test("greets agents, and nobody else", async () => {
    const bridge = await BridgeClient.open(local.emulator, tokenOf("alice"));
    expect(await bridge.event("init")).toEqual({
      event_type: "init",
      payload: {
        channel_id: alice,
        account_sid: local.emulator.accountSid,
        workspace_sid: workspaceSid,
        token_lifetime: 86_400_000,
      },
    });
    bridge.close();
    const refused = (token: string) =>
      refusal(local.emulator, "event-bridge.twilio.com", `/v1/wschannels?token=${token}`);
    expect([await refused("e30.e30.x"), await refused(tokenOf("nobody"))]).toEqual([401, 403]);
    expect(await refusal(local.emulator, "taskrouter.twilio.com", "/v1/wschannels")).toBe(404);
  });

  test("a session that wants to be the only one ends the others", async () => {
    const first = await BridgeClient.open(local.emulator, tokenOf("alice"));
    const second = await BridgeClient.open(local.emulator, tokenOf("alice"), "&closeExistingSessions=true");
    await first.closed();
    second.close();
  });

  test("reads are as TaskRouter's client wants them: seconds, texts of JSON, contents", async () => {
    const seconds = expect.any(Number);
    expect(await ask(worker())).toEqual({
      sid: alice,
      account_sid: local.emulator.accountSid,
      workspace_sid: workspaceSid,
      friendly_name: "alice",
      attributes: '{"contact_uri":"client:alice","roles":["agent"]}',
      activity_sid: expect.stringMatching(/^WA/),
      activity_name: "Available",
      available: true,
      date_created: seconds,
      date_updated: seconds,
      date_status_changed: seconds,
      version: "0",
    });
    const { contents, after_sid } = (await ask(`${workspace()}/Activities`)) as unknown as {
      contents: { friendly_name: string }[];
      after_sid: null;
    };
    expect([contents.map(({ friendly_name }) => friendly_name), after_sid]).toEqual([
      ["Offline", "Available", "Unavailable", "Break"],
      null,
    ]);
    const channels = (await ask(`${worker()}/WorkerChannels`)) as unknown as { contents: object[] };
    expect(channels.contents).toContainEqual(
      expect.objectContaining({ task_channel_unique_name: "sms", configured_capacity: 1, assigned_tasks: 0 }),
    );
    expect(await ask(`${worker()}/Reservations`, { params: { Active: "true" } })).toMatchObject({
      contents: [],
    });
  });

  test.each<[string, string, Asking, object]>([
    ["a token that is none", "", { token: "x" }, { status: 401, code: 20003 }],
    [
      "somebody else's worker",
      "bob",
      { method: "POST", params: { ActivitySid: "WA1" } },
      { status: 403, code: 20403 },
    ],
    ["another workspace", "other", {}, { status: 404, code: 20404 }],
    ["what there is not", "Nothing", {}, { status: 404, code: 20404 }],
  ])("refuses %s", async (_what, which, options, refused) => {
    const [bob] = await (await centre.workspace()).workers.list({ friendlyName: "bob" });
    const url = { bob: `${workspace()}/Workers/${bob?.sid}`, other: "Workspaces/WS1/Activities" }[which];
    expect(await ask(url ?? `${workspace()}/${which}`, options)).toEqual(refused);
  });

  test("an envelope that is none", async () => {
    const url = "https://event-bridge.twilio.com/v1/wschannels";
    expect(await local.send("POST", url, { body: "{}" })).toMatchObject({
      status: 400,
      body: { code: 20001 },
    });
    expect(await local.send("GET", url)).toMatchObject({ status: 404 });
  });

  test("an agent changes activity, and every session of the agent hears of it", async () => {
    const bridge = await BridgeClient.open(local.emulator, tokenOf("alice"));
    const activities = await (await centre.workspace()).activities.list();
    const sidOf = (name: string) => activities.find(({ friendlyName }) => friendlyName === name)?.sid;
    const change = (name: string) => ask(worker(), { method: "POST", params: { ActivitySid: sidOf(name) } });
    expect(await change("Break")).toMatchObject({ activity_name: "Break", available: false });
    expect((await bridge.event("worker.activity.update")).payload).toMatchObject({
      sid: alice,
      activity_sid: sidOf("Break"),
    });
    await change("Available");
    bridge.close();
  });

  test("an agent's capacity is told", async () => {
    const bridge = await BridgeClient.open(local.emulator, tokenOf("alice"));
    const channels = (await centre.workspace()).workers(alice).workerChannels;
    await channels("sms").update({ capacity: 20 });
    expect((await bridge.event("worker.capacity.update")).payload).toMatchObject({
      task_channel_unique_name: "sms",
      configured_capacity: 20,
    });
    bridge.close();
  });

  test("a conversation comes in, is accepted by its invite, wrapped up and completed", async () => {
    const bridge = await BridgeClient.open(local.emulator, tokenOf("alice"));
    const offered = await offer(bridge);
    expect(offered.payload).toMatchObject({
      reservation_status: "pending",
      worker_sid: alice,
      task: { assignment_status: "reserved", task_channel_unique_name: "sms", addons: "{}", version: "1" },
    });
    await local.advance(1);
    expect(await ask(`${offered.channel}/Participants`)).toMatchObject({
      participants: [{ type: "customer" }],
    });
    expect(await accept(offered)).toMatchObject({ sid: expect.stringMatching(/^KG/) });
    expect((await bridge.event("reservation.accepted")).payload).toMatchObject({
      sid: offered.sid,
      reservation_status: "accepted",
      task: { assignment_status: "assigned" },
    });
    await end(offered, "wrapup");
    expect((await bridge.event("reservation.wrapup")).payload).toMatchObject({
      reservation_status: "wrapping",
    });
    expect((await bridge.event("task.wrapup")).payload).toMatchObject({ sid: offered.task["sid"] });
    await end(offered, "closed");
    expect((await bridge.event("reservation.completed")).payload).toMatchObject({ sid: offered.sid });
    await bridge.event("task.completed");
    expect(bridge.rest).toEqual(["init"]);
    bridge.close();
  });

  test("a reservation that TaskRouter takes back is told", async () => {
    const bridge = await BridgeClient.open(local.emulator, tokenOf("alice"));
    const { sid, task } = await offer(bridge);
    await (
      await centre.workspace()
    )
      .tasks(task["sid"] ?? "")
      .update({ assignmentStatus: "canceled", reason: "Gone" });
    expect((await bridge.event("reservation.canceled")).payload).toMatchObject({ sid });
    expect((await bridge.event("task.canceled")).payload).toMatchObject({ reason: "Gone" });
    bridge.close();
  });

  test("whoever accepted and could not be added hears why", async () => {
    const bridge = await BridgeClient.open(local.emulator, tokenOf("alice"));
    const offered = await offer(bridge);
    const { roles } = local.client.conversations.v1.services(serviceSid);
    const role = (await roles.list()).find(({ friendlyName }) => friendlyName === "agent")!;
    await role.remove();
    await accept(offered);
    expect((await bridge.event("participant.add.failed")).payload).toMatchObject({
      routing_properties: { task_sid: offered.task["sid"], reservation_sid: offered.sid },
      error_data: { error_code: 50101, error_message: expect.stringContaining("Role not found") },
    });
    const { friendlyName, type, permissions } = role;
    await roles.create({ friendlyName, type, permission: permissions });
    await end(offered, "closed");
    bridge.close();
  });

  test("what an agent has paused is listed for that agent", async () => {
    const bridge = await BridgeClient.open(local.emulator, tokenOf("alice"));
    const offered = await offer(bridge);
    await accept(offered);
    await local.advance(1);
    const params = { status: "pause", routing: { status: "closed" } };
    expect(await ask(offered.channel, { method: "POST", params })).toMatchObject({
      status: "pause",
      error_code: 0,
    });
    const paused = await ask("v1/Channels", { params: { status: "pause", pageSize: 60 } });
    expect(paused).toMatchObject({ content: [{ sid: offered.channel.split("/").at(-1), status: "pause" }] });
    expect(await ask("v1/Channels", { params: { status: "pause" }, as: "bob" })).toEqual({ content: [] });
    bridge.close();
  });
});

describe("Twilsock and Sync", () => {
  const client = "https://aim.us1.twilio.com/Client/v2";
  const sync = "https://cds.us1.twilio.com/v3";
  const own = () => `${client}/Services/${serviceSid}`;

  test("nobody gets in without a good token, and what is no frame ends it", async () => {
    const stranger = await TwilsockClient.open(local.emulator);
    expect((await stranger.init("e30.e30.x")).header["status"]).toMatchObject({
      code: 401,
      errorCode: 20003,
    });
    expect(await stranger.request("GET", `${client}/Configuration`)).toMatchObject({
      status: 401,
      body: { code: 20003 },
    });
    stranger.sendRaw("GET / HTTP/1.1\r\n\r\n");
    expect(await stranger.ended()).toEqual({ code: 406, status: "NOT_ACCEPTABLE" });
  });

  test("the greeting is in the header for some versions, and in the payload for others", async () => {
    const socket = await TwilsockClient.open(local.emulator);
    const greeting = {
      continuation_token: expect.any(String),
      offline_storage: expect.objectContaining({ ip_messaging: { storage_id: expect.any(String) } }),
    };
    const { header, payload } = await socket.init(tokenOf("alice"));
    expect([header, payload]).toMatchObject([greeting, greeting]);
    expect((await socket.send({ method: "telemetry.v1", events: [] })).header["status"]).toMatchObject({
      code: 200,
    });
    expect(await socket.request("GET", "https://elsewhere.twilio.com/")).toMatchObject({ status: 404 });
    socket.close();
  });

  test("a conversation is seen by its agent as it goes on, and by nobody else", async () => {
    const bridge = await BridgeClient.open(local.emulator, tokenOf("alice"));
    const socket = await TwilsockClient.open(local.emulator);
    await socket.init(tokenOf("alice"));
    const { body: configuration } = await socket.request("GET", `${client}/Configuration`);
    const objects = configuration["sync_objects"] as Record<string, string>;
    const { body: mine } = await socket.request("GET", `${sync}/Maps/${objects["my_conversations"]}`);
    const subscribed = await socket.subscribe(String(mine["sid"]), "map", Number(mine["last_event_id"]));
    expect(subscribed.payload["event"]).toMatchObject({
      object_sid: mine["sid"],
      replay_status: "completed",
    });

    const offered = await offer(bridge);
    const { conversationSid: sid } = offered;
    const messages = `${sync}/Lists/${sid}.messages`;
    expect(await socket.request("GET", messages)).toMatchObject({ status: 404 });
    await accept(offered);
    expect(await socket.event("map_item_added")).toMatchObject({
      item_key: sid,
      item_data: { status: "joined", channel: `${sid}.channel`, messages: `${sid}.messages` },
    });

    const { body: list } = await socket.request("GET", messages);
    const items = await socket.request(
      "GET",
      `${sync}/Lists/${String(list["sid"])}/Items?PageSize=1&Order=desc`,
    );
    expect(items.body).toMatchObject({
      items: [{ index: 0, data: { text: "Where is my parcel?", type: "text" } }],
      meta: { next_token: null },
    });
    await socket.subscribe(String(list["sid"]), "list", Number(list["last_event_id"]));
    const post = (text: string) =>
      socket.request("POST", `${own()}/Conversations/${sid}/Messages`, {
        body: text,
        attributes: "{}",
        media_sids: [],
      });
    expect(await post("It comes today.")).toMatchObject({ status: 201, body: { author: "alice", index: 1 } });
    expect(await socket.event("list_item_added")).toMatchObject({
      item_index: 1,
      item_data: { author: "alice", text: "It comes today.", memberSid: expect.stringMatching(/^MB/) },
      list_sid: list["sid"],
    });

    const { body: document } = await socket.request("GET", `${sync}/Documents/${sid}.channel`);
    expect(document["data"]).toMatchObject({ state: { current: "active" }, lastMessage: { index: 1 } });
    await socket.subscribe(String(document["sid"]), "document", Number(document["last_event_id"]));
    await end(offered, "closed");
    expect(await socket.event("document_updated")).toMatchObject({
      document_data: { state: { current: "closed" } },
    });
    expect(await socket.event("map_item_removed")).toMatchObject({ item_key: sid });
    expect(await post("Too late")).toMatchObject({ status: 403, body: { code: 50107 } });

    const other = await TwilsockClient.open(local.emulator);
    await other.init(tokenOf("bob"));
    for (const path of [`${sync}/Lists/${sid}.messages`, `${own()}/Conversations/${sid}/Messages`])
      expect((await other.request("GET", path)).status).toBeGreaterThan(400);
    for (const each of [bridge, socket, other]) each.close();
  });

  test("what a client missed is told when it comes back", async () => {
    const service = local.client.conversations.v1.services(serviceSid);
    const conversation = await service.conversations.create();
    await service.conversations(conversation.sid).participants.create({ identity: "alice" });
    const said = (body: string) => service.conversations(conversation.sid).messages.create({ body });
    await said("first");
    const read = async () => {
      const socket = await TwilsockClient.open(local.emulator);
      await socket.init(tokenOf("alice"));
      const { body } = await socket.request("GET", `${sync}/Lists/${conversation.sid}.messages`);
      return { socket, sid: String(body["sid"]), last: Number(body["last_event_id"]) };
    };
    const before = await read();
    before.socket.close();
    await said("second");
    // By its SID alone: that is all that a client has when it comes back.
    const after = { socket: await TwilsockClient.open(local.emulator) };
    await after.socket.init(tokenOf("alice"));
    await after.socket.subscribe(before.sid, "list", before.last);
    expect([
      await after.socket.event("list_item_added"),
      await after.socket.event("list_item_added"),
    ]).toMatchObject([
      { item_index: 0, item_data: { text: "first" } },
      { item_index: 1, item_data: { text: "second" } },
    ]);
    after.socket.close();
  });

  test("a client of Chat has a session: commands go in, and what came of them comes out", async () => {
    const chat = local.client.chat.v2.services(serviceSid);
    const { sid } = await chat.channels.create({ type: "private", friendlyName: "Old" });
    const role = (await chat.roles.list()).find(({ friendlyName }) => friendlyName === "agent");
    await chat.channels(sid).members.create({ identity: "alice", roleSid: role?.sid ?? "" });
    const socket = await TwilsockClient.open(local.emulator);
    await socket.init(tokenOf("alice"));
    const { body: session } = await socket.request("POST", `${sync}/Lists`, {
      purpose: "com.twilio.rtd.ipmsg",
      context: { type: "IpMsgSession", apiVersion: "3" },
    });
    await socket.subscribe(String(session["sid"]), "list", 0);
    expect(await socket.event("list_context_updated")).toMatchObject({
      context_data: {
        identity: "alice",
        apiVersion: "3",
        myChannels: expect.stringMatching(/^US\w+\.channels$/),
      },
    });
    const command = async (action: string, request: object) => {
      const data = { commandId: action, request: { action, ...request } };
      await socket.request("POST", `${sync}/Lists/${String(session["sid"])}/Items`, { data });
      const { item_data } = await socket.event("list_item_updated");
      return (item_data as { response: object }).response;
    };
    expect(await command("sendMessage", { channelSid: sid, text: "Hello", attributes: "{}" })).toEqual({
      status: 200,
      statusText: "OK",
      messageId: 0,
    });
    expect(await command("destroyChannel", { channelSid: sid })).toMatchObject({ status: 501 });
    expect(await command("editUniqueName", { channelSid: sid, uniqueName: "mine" })).toMatchObject({
      status: 403,
    });
    expect(
      await command("consumptionReportV2", { report: [{ channelSid: sid, messageIdx: 0 }] }),
    ).toMatchObject({
      report: [{ channelSid: sid, unreadMessagesCount: 0 }],
    });
    const again = await TwilsockClient.open(local.emulator);
    await again.init(tokenOf("alice"));
    const { payload } = await again.subscribe(String(session["sid"]), "list", 0);
    expect(payload["event_type"]).toBe("subscription_established");
    again.close();
    const lost = `${sync}/Lists/ES00000000000000000000000000000000/Items`;
    expect(await socket.request("POST", lost, { data: {} })).toMatchObject({
      status: 404,
      body: { code: 54150 },
    });
    await socket.subscribe(String(session["sid"]), "list", 0);
    expect(await command("leaveChannel", { channelSid: sid })).toEqual({ status: 200, statusText: "OK" });
    expect(await chat.channels(sid).members.list()).toEqual([]);
    const found = await socket.request("GET", `https://aim.twilio.com/Client/v1/Channels/${sid}`);
    expect(found).toMatchObject({ status: 200, body: { sid, status: "notParticipating", type: "private" } });
    expect(await socket.request("POST", `${sync}/Lists`, { unique_name: "mine" })).toMatchObject({
      status: 400,
    });
    socket.close();
  });
});

test("the oldest Flex UI adds its agent to a chat channel where the API was then", async () => {
  const sent = (identity: string, token = tokenOf("alice")) =>
    local.send("POST", "https://preview.twilio.com/Flex/WebChannels/Users", {
      form: { ChatChannelSid: "CH00000000000000000000000000000000", Identity: identity },
      headers: { authorization: `Basic ${Buffer.from(`token:${token}`).toString("base64")}` },
    });
  // As at the API of today: no such channel, and nobody adds others.
  expect(await sent("alice")).toMatchObject({ status: 404 });
  expect(await sent("bob")).toMatchObject({ status: 403, body: { code: 20403 } });
});
