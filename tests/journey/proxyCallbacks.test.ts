import { afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import twilio from "twilio";
import { useReceiver } from "../support/receiver.ts";
import { Centre } from "./centre.ts";
import { useLocalTwilio } from "../support/useLocalTwilio.ts";

// What Proxy tells and asks the URLs of a service: https://www.twilio.com/docs/proxy/api/webhooks. No Flex here: two
// people with phones talk to each other through a number.

const local = useLocalTwilio();
const receiver = useReceiver();
const number = "+12065550187";
const agent = "+14155550190";
const serviceNumber = "+14155550142";
let serviceSid = "";
let customer = "";
let customers = 0;
const client = () => local.client;
const centre = () => new Centre(client(), local.emulator);
const service = () => client().proxy.v1.services(serviceSid);
const at = (path: string) => receiver.received.filter((one) => one.path === path).map(({ form }) => form);

beforeAll(async () => {
  ({ sid: serviceSid } = await client().proxy.v1.services.create({
    uniqueName: "callbacks",
    defaultTtl: 600,
  }));
  for (const phoneNumber of [number, serviceNumber]) await service().phoneNumbers.create({ phoneNumber });
});
beforeEach(() => {
  customer = `+1415555${String(4000 + ++customers)}`;
});
afterEach(async () => {
  await service().update({ callbackUrl: "", interceptCallbackUrl: "", outOfSessionCallbackUrl: "" });
  for (const { sid } of await service().sessions.list()) await service().sessions(sid).remove();
});

const text = async (body: string, from = customer) => {
  const sid = await centre().text(from, number, body);
  return { sid, journey: await centre().journey(sid) };
};

/** A session between the customer and the agent. */
async function open(status?: "closed") {
  const session = await service().sessions.create({ uniqueName: `with ${customer}` });
  const { participants } = service().sessions(session.sid);
  const first = await participants.create({ identifier: customer, proxyIdentifier: number });
  const second = await participants.create({
    identifier: agent,
    friendlyName: "Ann",
    proxyIdentifier: serviceNumber,
  });
  if (status !== undefined) await service().sessions(session.sid).update({ status });
  return { session, first, second };
}

describe("CallbackUrl", () => {
  test("is told of an interaction and of each of its statuses, signed", async () => {
    const { session, first, second } = await open();
    const url = `${receiver.url}/callback`;
    await service().update({ callbackUrl: url });
    const message = await text("Hello");
    await centre().advance(5);
    const [interaction] = await service().sessions(session.sid).interactions.list();
    const told = at("/callback");
    expect(told.map(({ outboundResourceStatus }) => outboundResourceStatus)).toEqual([
      "queued",
      "sent",
      "delivered",
    ]);
    expect(told[0]).toEqual({
      interactionSid: interaction?.sid,
      interactionType: "Message",
      interactionAccountSid: local.emulator.accountSid,
      interactionServiceSid: serviceSid,
      interactionSessionSid: session.sid,
      interactionData: '{"body":"Hello"}',
      interactionDateCreated: interaction?.dateCreated.toISOString().replace(".000", ""),
      interactionDateUpdated: interaction?.dateCreated.toISOString().replace(".000", ""),
      inboundParticipantSid: first.sid,
      inboundResourceSid: message.sid,
      inboundResourceStatus: "received",
      inboundResourceType: "Message",
      inboundResourceUrl: interaction?.inboundResourceUrl,
      outboundParticipantSid: second.sid,
      outboundResourceSid: interaction?.outboundResourceSid,
      outboundResourceStatus: "queued",
      outboundResourceType: "Message",
      outboundResourceUrl: interaction?.outboundResourceUrl,
    });
    const [request] = receiver.received;
    const signature = String(request?.headers["x-twilio-signature"]);
    expect(twilio.validateRequest(local.emulator.authToken, signature, url, request?.form ?? {})).toBe(true);
  });

  test("is told of messages that the API sends, which come from nobody", async () => {
    const { session, second } = await open();
    await service().update({ callbackUrl: `${receiver.url}/callback` });
    const { participants } = service().sessions(session.sid);
    const { sid } = await participants(second.sid).messageInteractions.create({ body: "Your ride is here" });
    await centre().advance(0);
    expect(at("/callback")[0]).toMatchObject({ interactionSid: sid, outboundParticipantSid: second.sid });
    expect(at("/callback")[0]).not.toHaveProperty("inboundParticipantSid");
  });

  test("nothing depends on its answer", async () => {
    const { session } = await open();
    await service().update({ callbackUrl: `${receiver.url}/callback` });
    receiver.answer = () => ({ status: 403 });
    await text("Hello");
    expect(await service().sessions(session.sid).interactions.list()).toHaveLength(1);
  });
});

describe("InterceptCallbackUrl", () => {
  test("lets an interaction pass, under the SID that it was asked about", async () => {
    const { session, first } = await open();
    await service().update({ interceptCallbackUrl: `${receiver.url}/intercept` });
    const message = await text("Hello");
    const [interaction] = await service().sessions(session.sid).interactions.list();
    expect(at("/intercept")).toEqual([
      expect.objectContaining({
        interactionSid: interaction?.sid,
        interactionSessionSid: session.sid,
        interactionData: '{"body":"Hello"}',
        inboundParticipantSid: first.sid,
        inboundResourceSid: message.sid,
        inboundResourceStatus: "received",
        inboundResourceUrl: interaction?.inboundResourceUrl,
      }),
    ]);
    expect(message.journey.at(-1)).toMatchObject({ stage: "outbound", text: `Message sent to ${agent}` });
  });

  test("blocks with 403, and with nothing else", async () => {
    const { session } = await open();
    await service().update({
      interceptCallbackUrl: `${receiver.url}/intercept`,
      callbackUrl: `${receiver.url}/callback`,
    });
    receiver.answer = () => ({ status: 403 });
    await text("Blocked");
    expect(await service().sessions(session.sid).interactions.list()).toEqual([]);
    expect(at("/callback")).toEqual([]);
    receiver.answer = () => ({ status: 500 });
    await text("Passed");
    const interactions = await service().sessions(session.sid).interactions.list();
    expect(interactions.map(({ data }) => data)).toEqual(['{"body":"Passed"}']);
  });
});

describe("OutOfSessionCallbackUrl", () => {
  const ask = () => service().update({ outOfSessionCallbackUrl: `${receiver.url}/out` });
  const sentTo = async (to: string) =>
    (await client().messages.list({ to })).map(({ from, body }) => ({ from, body }));

  test("is told of a stranger's message, and its TwiML is followed", async () => {
    await ask();
    const type = "application/xml";
    receiver.answer = () => ({
      status: 200,
      type,
      text: "<Response><Message>Who are you?</Message></Response>",
    });
    const { sid } = await text("Hello");
    expect(at("/out")).toEqual([
      expect.objectContaining({
        MessageSid: sid,
        From: customer,
        FromCountry: "US",
        To: number,
        ToCountry: "US",
        Body: "Hello",
      }),
    ]);
    expect(at("/out")[0]).not.toHaveProperty("sessionSid");
    expect(await sentTo(customer)).toEqual([{ from: number, body: "Who are you?" }]);
  });

  test("is told of the session that was", async () => {
    const { session, first, second } = await open("closed");
    await ask();
    await text("Are you still there?");
    const closed = await service().sessions(session.sid).fetch();
    expect(at("/out")[0]).toMatchObject({
      sessionSid: session.sid,
      sessionUniqueName: `with ${customer}`,
      sessionStatus: "closed",
      sessionMode: "voice-and-message",
      sessionClosedReason: "api",
      sessionDateEnded: closed.dateEnded.toISOString().replace(".000", ""),
      inboundParticipantSid: first.sid,
      inboundParticipantIdentifier: customer,
      inboundParticipantProxyIdentifier: number,
      outboundParticipantSid: second.sid,
      outboundParticipantIdentifier: agent,
      outboundParticipantFriendlyName: "Ann",
      outboundParticipantSessionSid: session.sid,
    });
  });

  test("opens the session that it answers, and the message goes on as in an open one", async () => {
    await ask();
    const json = {
      uniqueName: "opened",
      ttl: 3360,
      mode: "message-only",
      participantIdentifier: agent,
      participantProxyIdentifier: serviceNumber,
    };
    receiver.answer = () => ({ json });
    const { journey } = await text("I am lost");
    const [session] = await service().sessions.list();
    expect(session).toMatchObject({
      uniqueName: "opened",
      ttl: 3360,
      mode: "message-only",
      status: "in-progress",
    });
    const participants = await service()
      .sessions(session?.sid ?? "")
      .participants.list();
    expect(participants.map(({ identifier, proxyIdentifier }) => [identifier, proxyIdentifier])).toEqual([
      [customer, number],
      [agent, serviceNumber],
    ]);
    expect((await sentTo(agent))[0]).toEqual({ from: serviceNumber, body: "I am lost" });
    expect(journey.map(({ text: said }) => said)).toEqual([
      `Message received on ${number}`,
      `No session: message handed to ${receiver.url}/out`,
      "Proxy session opened",
      `Message passed into session ${session?.sid}`,
      "Interaction recorded",
      `Message sent to ${agent}`,
    ]);
    await text("And hungry");
    expect(at("/out")).toHaveLength(1);
  });

  test("opens a session of the usual mode, without an end, with a number of the pool", async () => {
    await ask();
    receiver.answer = () => ({ json: { participantIdentifier: agent } });
    await text("Hello");
    const [session] = await service().sessions.list();
    expect(session).toMatchObject({ uniqueName: null, ttl: 0, mode: "voice-and-message", dateExpiry: null });
  });

  test.each<[string, unknown, number, string]>([
    ["no participant", { uniqueName: "x" }, 20001, "Missing required parameter Identifier in the post body"],
    ["a list", [], 20001, "The answer must be a JSON object"],
    ["a mode that there is not", { participantIdentifier: agent, mode: "fax" }, 20001, "Mode must be one of"],
    ["somebody who can't be reached", { participantIdentifier: "Ann" }, 80404, "Invalid Identifier"],
    [
      "a number that is not in the pool",
      { participantIdentifier: agent, participantProxyIdentifier: "+15017122661" },
      80601,
      "+15017122661 is not in the number pool",
    ],
  ])("says what is wrong with %s, and opens nothing", async (_what, json, code, said) => {
    await ask();
    receiver.answer = () => ({ json });
    const { journey } = await text("Hello");
    expect(journey.at(-1)).toMatchObject({ stage: "proxy", code });
    expect(journey.at(-1)?.text).toContain(`${receiver.url}/out answered no session to open: ${said}`);
    expect(await service().sessions.list()).toEqual([]);
    const { body } = await local.own("GET", "/webhooks?limit=1");
    expect(body).toMatchObject({ webhooks: [{ purpose: "outOfSession", problem: { code } }] });
  });

  test("an answer that is an error is a failure of the handler", async () => {
    await ask();
    receiver.answer = () => ({ status: 500, json: { participantIdentifier: agent } });
    const { journey } = await text("Hello");
    expect(journey.at(-1)).toMatchObject({
      code: 11200,
      text: `${receiver.url}/out failed: it answered 500`,
    });
    expect(await service().sessions.list()).toEqual([]);
  });
});
