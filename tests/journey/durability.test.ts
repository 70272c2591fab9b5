import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { defaults } from "../../emulator/index.ts";
import { localTwilio } from "../support/localTwilio.ts";
import { useReceiver } from "../support/receiver.ts";
import { Centre, handleByFlex, number } from "./centre.ts";

// The local Twilio is killed (SIGKILL) after each step of a journey, and the journey goes on with the next one.

const script = new URL("../support/serveLocalTwilio.ts", import.meta.url).pathname;
const { accountSid, authToken } = defaults;
const receiver = useReceiver();
let folder = "";
let child: ChildProcess;
let centre: Centre;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "journey-"));
  await start();
});
afterAll(async () => {
  child.kill("SIGKILL");
  await once(child, "exit");
  rmSync(folder, { recursive: true });
});

async function start(): Promise<void> {
  child = spawn(process.execPath, [script, join(folder, "killed.db"), "0", "flex"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [url] = (await once(createInterface({ input: child.stdout! }), "line")) as [string];
  const account = { url, accountSid, authToken };
  centre = new Centre(localTwilio(account), account);
}

async function killAndRestart(): Promise<void> {
  child.kill("SIGKILL");
  await once(child, "exit");
  await start();
}

test("a journey outlives a kill after each of its steps", async () => {
  const customer = "+14155550170";
  await handleByFlex(centre.client);
  await centre.hire("alice");
  await killAndRestart();
  const message = await centre.text(customer, number, "Hello");
  await killAndRestart();
  let alice = await centre.flex("alice");
  const [reservation] = await alice.reservations("pending");
  const channelSid = (await alice.channelOf(reservation!.taskSid)) ?? "";
  await killAndRestart();
  alice = await centre.flex("alice");
  await alice.accept(reservation!);
  await killAndRestart();
  alice = await centre.flex("alice");
  await alice.write(channelSid, "How can I help?");
  await killAndRestart();
  await centre.text(customer, number, "Never mind");
  await killAndRestart();
  alice = await centre.flex("alice");
  await alice.wrapUp(reservation!);
  await killAndRestart();
  alice = await centre.flex("alice");
  await alice.complete(reservation!);
  await killAndRestart();

  const stages = (await centre.journey(message)).map(({ text }) => text.replaceAll(/[A-Z]{2}\w{32}/g, "…"));
  expect(stages).toEqual([
    `Message received on ${number}`,
    "Chat channel opened by Flex Flow …",
    "Proxy session opened",
    "Message passed into session …",
    "Interaction recorded",
    "Message put into chat channel …",
    "Studio execution started",
    "Task created by Studio",
    "Offered to alice",
    "alice joined the chat channel",
    "alice: accepted",
    `Message of alice sent to ${customer}`,
    "Chat channel set to INACTIVE",
    "Proxy session closed",
    "alice: wrapping",
    "alice left the chat channel",
    "Proxy session deleted",
    "alice: completed",
    "Task completed",
  ]);
  await centre.advance(601);
  await killAndRestart();
  expect(await (await centre.workspace()).tasks.list()).toEqual([]);
}, 60_000);

test("a handler that was being asked when the process died is asked again", async () => {
  const [found] = await centre.client.incomingPhoneNumbers.list({ phoneNumber: "+12065550187" });
  await centre.client.incomingPhoneNumbers(found?.sid ?? "").update({ smsUrl: `${receiver.url}/sms` });
  receiver.answer = () => "hang";
  const sid = await centre.text("+14155550170", "+12065550187", "Hello");
  while (receiver.received.length === 0) await new Promise((resolve) => setImmediate(resolve));
  receiver.answer = () => ({ status: 200, type: "text/plain", text: "Welcome back" });
  await killAndRestart();
  const journey = await centre.journey(sid);
  expect(receiver.received.map(({ form }) => form["MessageSid"])).toEqual([sid, sid]);
  expect(journey.at(-1)).toMatchObject({ stage: "outbound", text: "Handler's reply sent" });
}, 30_000);
