import { expect, test } from "@jest/globals";
import { hasCapacity } from "./capacity.ts";

const reservation = (sid: string, status = "pending", taskChannelUniqueName = "chat") => ({
  ...{ sid, status, on: () => undefined },
  task: { sid: "WT", attributes: {}, taskChannelUniqueName },
});

const channel = (taskChannelUniqueName: string, capacity: number) => ({ taskChannelUniqueName, capacity });

test.each<[string, number | undefined, ReturnType<typeof reservation>[], string[], boolean]>([
  ["nothing else, room for one", 1, [], [], true],
  ["nothing else, room for none", 0, [], [], false],
  ["an unknown capacity", undefined, [reservation("WR2", "accepted")], [], true],
  ["one accepted, room for one", 1, [reservation("WR2", "accepted")], [], false],
  ["one in wrap-up, room for one", 1, [reservation("WR2", "wrapping")], [], false],
  ["one accepted, room for two", 2, [reservation("WR2", "accepted")], [], true],
  ["one pending, room for one", 1, [reservation("WR2")], [], true],
  ["one that is being accepted, room for one", 1, [reservation("WR2")], ["WR2"], false],
  ["one completed, room for one", 1, [reservation("WR2", "completed")], [], true],
  ["one accepted on another channel, room for one", 1, [reservation("WR2", "accepted", "sms")], [], true],
])("%s", (_, capacity, others, accepting, expected) => {
  const own = reservation("WR1");
  const all = [own, ...others];
  const worker = {
    channels: new Map([
      ["WC1", channel("sms", 0)],
      ...(capacity === undefined ? [] : [["WC2", channel("chat", capacity)] as const]),
    ]),
    reservations: new Map(all.map((one) => [one.sid, one])),
  };
  expect(hasCapacity(worker, own, new Set(accepting))).toBe(expected);
});
