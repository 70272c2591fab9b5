import { expect, test } from "@jest/globals";
import { useReceiver } from "../support/receiver.ts";
import { useLocalTwilio } from "../support/useLocalTwilio.ts";
import { Centre, number } from "./centre.ts";

const local = useLocalTwilio({ numberUrlToo: false });
const receiver = useReceiver();

test("a switch keeps what a conversation has taken from the number's own URL", async () => {
  const { client, emulator } = local;
  const centre = new Centre(client, emulator);
  const [ours] = await client.incomingPhoneNumbers.list({ phoneNumber: number });
  await client.incomingPhoneNumbers(ours?.sid ?? "").update({ smsUrl: `${receiver.url}/number` });
  const send = async (body: string) => centre.journey(await centre.text("+14155550180", number, body));
  await send("No address");
  await client.conversations.v1.addressConfigurations.create({ type: "sms", address: number });
  await send("Address");
  expect(receiver.received.map(({ form }) => form["Body"])).toEqual(["No address"]);
});
