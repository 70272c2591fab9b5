import { beforeEach, expect, test } from "@jest/globals";
import { useLocalTwilio } from "../../../tests/support/useLocalTwilio.ts";

const local = useLocalTwilio({ seed: "empty", clock: () => Date.parse("2026-01-02T03:04:05Z") });
let serviceSid = "";
let channelSid = "";
const service = () => local.client.chat.v2.services(serviceSid);
const member = () => service().channels(channelSid).members("ann");
const userChannel = () => service().users("ann").userChannels(channelSid);

beforeEach(async () => {
  serviceSid = (await local.client.chat.v2.services.create({ friendlyName: "Support" })).sid;
  channelSid = (await service().channels.create({ type: "private" })).sid;
  await service().channels(channelSid).members.create({ identity: "ann" });
  for (const body of ["one", "two", "three"]) await service().channels(channelSid).messages.create({ body });
});

test("can be muted", async () => {
  expect((await userChannel().fetch()).notificationLevel).toBe("default");
  expect((await userChannel().update({ notificationLevel: "muted" })).notificationLevel).toBe("muted");
  expect(await userChannel().fetch()).toMatchObject({
    notificationLevel: "muted",
    lastConsumedMessageIndex: null,
    unreadMessagesCount: null,
  });
});

test("is read as far as its member", async () => {
  expect(await userChannel().update({ lastConsumedMessageIndex: 0 })).toMatchObject({
    lastConsumedMessageIndex: 0,
    unreadMessagesCount: 2,
  });
  expect(await member().fetch()).toMatchObject({
    lastConsumedMessageIndex: 0,
    lastConsumptionTimestamp: new Date("2026-01-02T03:04:05Z"),
  });
  const lastConsumptionTimestamp = new Date("2026-01-01T00:00:00Z");
  await userChannel().update({ lastConsumedMessageIndex: 2, lastConsumptionTimestamp });
  expect(await member().fetch()).toMatchObject({ lastConsumedMessageIndex: 2, lastConsumptionTimestamp });
});

test("an update of nothing is refused", async () => {
  await expect(userChannel().update()).rejects.toMatchObject({ status: 400, code: 20161 });
});

test("is left by deleting it, as often as it is joined", async () => {
  await userChannel().remove();
  await expect(member().fetch()).rejects.toMatchObject({ status: 404 });
  await expect(userChannel().remove()).rejects.toMatchObject({ status: 404 });
  expect((await service().channels(channelSid).fetch()).membersCount).toBe(0);
  expect((await service().users("ann").fetch()).joinedChannelsCount).toBe(0);
  await service().channels(channelSid).members.create({ identity: "ann" });
  expect((await userChannel().fetch()).notificationLevel).toBe("default");
});
