import { expect, test } from "@jest/globals";
import { routingChannel, routingQueue, routingWorker } from "./routing-state.ts";

const channel = (configuredCapacity: number, availableCapacityPercentage: number) =>
  routingChannel({ available: true, configuredCapacity, assignedTasks: 0, availableCapacityPercentage });

test.each(Array.from({ length: 12 }, (_, index) => index + 1))(
  "reservations are told from the share of a capacity of %d",
  (capacity) => {
    for (let taken = 0; taken <= capacity; taken++) {
      const share = Math.floor((1 - taken / capacity) * 100);
      expect([capacity, taken, channel(capacity, share).activeReservations]).toEqual([
        capacity,
        taken,
        taken,
      ]);
    }
  },
);

test("a channel without capacity has none taken", () => {
  expect(channel(0, 0)).toEqual({
    available: true,
    configuredCapacity: 0,
    assignedTasks: 0,
    activeReservations: 0,
  });
});

test("a queue without an expression has every worker", () => {
  expect(routingQueue({ sid: "WQ1", friendlyName: "All", targetWorkers: "", maxReservedWorkers: 2 })).toEqual(
    {
      sid: "WQ1",
      friendlyName: "All",
      targetWorkers: undefined,
      maxReservedWorkers: 2,
    },
  );
});

test.each([
  ['{"contact_uri":"client:ann"}', { contact_uri: "client:ann" }],
  ["", {}],
  ["[1]", {}],
  ["null", {}],
])("attributes %j are %j", (attributes, parsed) => {
  const worker = routingWorker(
    {
      sid: "WK1",
      friendlyName: "ann",
      attributes,
      activitySid: "WA1",
      activityName: "Available",
      available: true,
      dateStatusChanged: new Date(5),
    },
    {},
  );
  expect([worker.attributes, worker.idleSince]).toEqual([parsed, 5]);
});
