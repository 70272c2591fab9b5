import { expect, test } from "@jest/globals";
import { useReceiver } from "../../../tests/support/receiver.ts";
import { useLocalTwilio } from "../../../tests/support/useLocalTwilio.ts";

const local = useLocalTwilio();
const receiver = useReceiver();

test.each([
  [0, ["one", "two", "three", "four"]],
  [1, ["two", "three", "four"]],
  [undefined, ["four"]],
])("a webhook with ReplayAfter %s is told of %j", async (replayAfter, expected) => {
  const { conversations } = local.client.conversations.v1;
  const { messages, webhooks } = conversations((await conversations.create()).sid);
  for (const body of ["one", "two", "three"])
    await messages.create({ author: "ann", body, xTwilioWebhookEnabled: "true" });
  const path = `/replay-${replayAfter}`;
  await webhooks.create({
    target: "webhook",
    "configuration.url": receiver.url + path,
    "configuration.filters": ["onMessageAdded"],
    ...(replayAfter !== undefined && { "configuration.replayAfter": replayAfter }),
  });
  await messages.create({ author: "ann", body: "four", xTwilioWebhookEnabled: "true" });
  await local.advance(0);
  const told = receiver.received.filter((one) => one.path === path).map(({ form }) => form);
  expect(told.map(({ Body }) => Body).sort()).toEqual([...expected].sort());
  expect(new Set(told.map(({ EventType, Author }) => `${EventType} ${Author}`))).toEqual(
    new Set(["onMessageAdded ann"]),
  );
});
