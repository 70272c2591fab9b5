import { beforeAll, expect, test } from "@jest/globals";
import { number, useCentre } from "./centre.ts";

// A hundred customers and ten agents at the same time: nothing is lost, and nobody reads what is not for them.

const setting = useCentre();
const customers = Array.from({ length: 100 }, (_, index) => `+1415556${String(1000 + index)}`);
const agents = Array.from({ length: 10 }, (_, index) => `agent${index}`);

beforeAll(async () => {
  const workspace = await setting.centre.workspace();
  for (const name of agents) {
    const sid = await setting.centre.hire(name);
    await workspace.workers(sid).workerChannels("sms").update({ capacity: 10 });
  }
});

test("a hundred conversations at once, each with its own agent, answer and end", async () => {
  const { centre, local } = setting;
  await Promise.all(customers.map((customer) => centre.text(customer, number, `Hello from ${customer}`)));

  // Every agent works through what is offered: greets by the customer's number, waits for the answer, completes.
  const served = await Promise.all(
    agents.map(async (name) => {
      const flex = await centre.flex(name);
      const reservations = await flex.reservations("pending");
      return Promise.all(
        reservations.map(async (reservation) => {
          const task = await (await centre.workspace()).tasks(reservation.taskSid).fetch();
          const { channelSid, name: customer } = JSON.parse(task.attributes) as {
            channelSid: string;
            name: string;
          };
          await flex.accept(reservation);
          await flex.write(channelSid, `Hello ${customer}, this is ${name}`);
          await centre.text(customer, number, `Thank you, ${name}`);
          await flex.complete(reservation);
          return { customer, name, channelSid };
        }),
      );
    }),
  );
  const conversations = served.flat();
  expect(conversations.map(({ customer }) => customer).sort()).toEqual(customers);

  const [chat] = await local.client.chat.v2.services.list();
  const channels = local.client.chat.v2.services(chat?.sid ?? "").channels;
  await Promise.all(
    conversations.map(async ({ customer, name, channelSid }) => {
      const channel = await channels(channelSid).fetch();
      expect(JSON.parse(channel.attributes)).toMatchObject({ status: "INACTIVE", from: customer });
      const said = (await channels(channelSid).messages.list()).map(({ from, body }) => [from, body]);
      expect(said).toEqual([
        [customer, `Hello from ${customer}`],
        [name, `Hello ${customer}, this is ${name}`],
        [customer, `Thank you, ${name}`],
      ]);
      const sent = await local.client.messages.list({ to: customer });
      expect(sent.map(({ body }) => body)).toEqual([`Hello ${customer}, this is ${name}`]);
    }),
  );
  const [proxy] = await local.client.proxy.v1.services.list();
  expect(await local.client.proxy.v1.services(proxy?.sid ?? "").sessions.list()).toEqual([]);
  const tasks = await (await centre.workspace()).tasks.list();
  expect(tasks.map(({ assignmentStatus }) => assignmentStatus)).toEqual(customers.map(() => "completed"));
}, 60_000);
