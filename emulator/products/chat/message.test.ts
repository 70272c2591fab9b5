import { beforeEach, expect, test } from "@jest/globals";
import { useLocalTwilio } from "../../../tests/support/useLocalTwilio.ts";

const local = useLocalTwilio({ seed: "empty" });
let channels = "";
let serviceSid = "";
let channelSid = "";
const messages = () => local.client.chat.v2.services(serviceSid).channels(channelSid).messages;

beforeEach(async () => {
  serviceSid = (await local.client.chat.v2.services.create({ friendlyName: "Support" })).sid;
  channels = `https://chat.twilio.com/v2/Services/${serviceSid}/Channels`;
  channelSid = (await local.client.chat.v2.services(serviceSid).channels.create({})).sid;
});

test("a new message is from the system, empty, and the next in its channel", async () => {
  expect(await messages().create()).toMatchObject({
    from: "system",
    body: "",
    attributes: "{}",
    lastUpdatedBy: "system",
    wasEdited: false,
    index: 0,
    type: "text",
    media: null,
    to: channelSid,
    channelSid,
    serviceSid,
  });
  expect(await messages().create({ from: "ann", body: "Hello" })).toMatchObject({
    from: "ann",
    body: "Hello",
    lastUpdatedBy: "ann",
    index: 1,
  });
});

test("the index of a deleted message is not used again", async () => {
  await messages().create({ body: "0" });
  const last = await messages().create({ body: "1" });
  await messages()(last.sid).remove();
  expect((await messages().create({ body: "2" })).index).toBe(2);
  expect((await messages().list()).map(({ index }) => index)).toEqual([0, 2]);
});

test("lists are ordered as asked, oldest first by default, across pages", async () => {
  for (const body of ["a", "b", "c"]) await messages().create({ body });
  const bodies = async (options: object) =>
    (await messages().list({ pageSize: 2, ...options })).map(({ body }) => body);
  expect(await bodies({})).toEqual(["a", "b", "c"]);
  expect(await bodies({ order: "asc" })).toEqual(["a", "b", "c"]);
  expect(await bodies({ order: "desc" })).toEqual(["c", "b", "a"]);
});

test("an edit is marked as one, a change of the author is not", async () => {
  const { sid } = await messages().create({ from: "ann", body: "Hello" });
  expect(await messages()(sid).update({ from: "bob" })).toMatchObject({ from: "bob", wasEdited: false });
  expect(await messages()(sid).update({ body: "Goodbye" })).toMatchObject({
    body: "Goodbye",
    wasEdited: true,
    lastUpdatedBy: "system",
  });
  expect(await messages()(sid).update({ attributes: '{"a":1}', lastUpdatedBy: "cho" })).toMatchObject({
    attributes: '{"a":1}',
    lastUpdatedBy: "cho",
  });
});

test.each<[Record<string, string>, string]>([
  [{ Body: "é".repeat(16 * 1024 + 1) }, "Body is 32770 bytes long; at most 32768 are allowed"],
  [{ Attributes: "x" }, "Attributes is not valid JSON"],
  [{ MediaSid: `ME${"0".repeat(32)}` }, `Media ME${"0".repeat(32)} does not exist`],
])("refuses %#", async (form, message) => {
  expect(await local.send("POST", `${channels}/${channelSid}/Messages`, { form })).toMatchObject({
    status: 400,
    body: { code: 20001, message: expect.stringContaining(message) },
  });
});

test("refuses an order that is none", async () => {
  expect(await local.send("GET", `${channels}/${channelSid}/Messages?Order=newest`)).toMatchObject({
    status: 400,
    body: { code: 20001, message: 'Order must be one of asc, desc, got "newest"' },
  });
});
