import { expect, test } from "@jest/globals";
import { offer, RecordedManager } from "../testing/recorded-flex.ts";
import type { Reservation, WorkerClient } from "./flex.ts";
import { eachReservation, isConnected } from "./reservations.ts";

test("each reservation is seen once: those there, those created, and those found after a reconnect", () => {
  const { workerClient } = new RecordedManager();
  const seen: string[] = [];
  workerClient.offer(offer("WR1"), { tell: false });
  eachReservation(workerClient, ({ sid }: Reservation) => seen.push(sid));
  workerClient.offer(offer("WR2"));
  workerClient.offer(offer("WR2"));
  workerClient.offer(offer("WR3"), { tell: false });
  expect(seen).toEqual(["WR1", "WR2"]);
  workerClient.emit("ready");
  workerClient.emit("ready");
  expect(seen).toEqual(["WR1", "WR2", "WR3"]);
});

test.each([undefined, {}])("a worker client that is %j can do nothing", (worker) => {
  expect(isConnected(worker)).toBe(false);
  eachReservation(worker as WorkerClient, () => expect(true).toBe(false));
});
