import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { localTwilio } from "../tests/support/localTwilio.ts";
import { useReceiver } from "../tests/support/receiver.ts";
import { defaults, startEmulator } from "./index.ts";

const script = new URL("../tests/support/serveLocalTwilio.ts", import.meta.url).pathname;
const { accountSid, authToken } = defaults;
const receiver = useReceiver();
let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "durability-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function serve(file: string): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [script, file], { stdio: ["ignore", "pipe", "inherit"] });
  const [url] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
  return { child, url };
}

test("what was acknowledged outlives kill -9 in the middle of a burst of writes", async () => {
  const file = join(folder, "killed.db");
  const { child, url } = await serve(file);
  const client = localTwilio({ url, accountSid, authToken });
  const { sid } = await client.taskrouter.v1.workspaces.create({ friendlyName: "Centre" });
  const acknowledged: string[] = [];
  const write = async (writer: number): Promise<void> => {
    for (let index = 0; ; index++) {
      const friendlyName = `queue ${writer}.${index}`;
      await client.taskrouter.v1.workspaces(sid).taskQueues.create({ friendlyName });
      acknowledged.push(friendlyName);
      if (acknowledged.length === 60) child.kill("SIGKILL");
    }
  };
  const writers = await Promise.allSettled([1, 2, 3, 4].map(write));
  expect(writers.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected", "rejected"]);
  expect(acknowledged.length).toBeGreaterThanOrEqual(60);

  const emulator = await startEmulator({ file, port: 0 });
  try {
    const found = await localTwilio(emulator).taskrouter.v1.workspaces(sid).taskQueues.list();
    const names = new Set(found.map(({ friendlyName }) => friendlyName));
    expect(acknowledged.filter((name) => !names.has(name))).toEqual([]);
    // A write may have been durable before its answer got out, at most one per writer.
    expect(names.size).toBeLessThanOrEqual(acknowledged.length + 4);
    expect(names.size).toBe(found.length);
  } finally {
    await emulator.close();
  }
});

test("an assignment callback that kill -9 cut short is made again, and its answer followed", async () => {
  const file = join(folder, "callback.db");
  const { child, url } = await serve(file);
  const { workspaces } = localTwilio({ url, accountSid, authToken }).taskrouter.v1;
  const { sid } = await workspaces.create({ friendlyName: "Called", template: "FIFO" });
  const [workflow] = await workspaces(sid).workflows.list();
  await workspaces(sid)
    .workflows(workflow?.sid ?? "")
    .update({ assignmentCallbackUrl: receiver.url });
  const [available] = await workspaces(sid).activities.list({ available: "true" });
  await workspaces(sid).workers.create({ friendlyName: "ann", activitySid: available?.sid });
  const called = new Promise<void>((resolve) => {
    receiver.answer = () => {
      resolve();
      return "hang";
    };
  });
  const task = await workspaces(sid).tasks.create({});
  await called;
  child.kill("SIGKILL");
  await once(child, "exit");

  receiver.answer = () => ({ json: { instruction: "accept" } });
  const emulator = await startEmulator({ file, port: 0 });
  try {
    // Waits for webhooks under way.
    await fetch(`${emulator.url}/_emulator/clock`, { method: "POST", body: '{"advance":0}' });
    const found = await localTwilio(emulator).taskrouter.v1.workspaces(sid).tasks(task.sid).fetch();
    expect(found.assignmentStatus).toBe("assigned");
    expect(receiver.received.map(({ form }) => form["TaskSid"])).toEqual([task.sid, task.sid]);
  } finally {
    await emulator.close();
  }
});

test("a file in use by another process is refused with a way out, and free once that is killed", async () => {
  const file = join(folder, "shared.db");
  const { child } = await serve(file);
  const message = `${file} is in use by another process, most likely another local Twilio. Stop that one, use it through its own address, or choose another file.`;
  await expect(startEmulator({ file, port: 0 })).rejects.toThrow(message);
  child.kill("SIGKILL");
  await once(child, "exit");
  await (await startEmulator({ file, port: 0 })).close();
});

test("a port in use is refused with a way out, and the file is let go", async () => {
  const file = join(folder, "port.db");
  const first = await startEmulator({ file: ":memory:", port: 0 });
  try {
    await expect(startEmulator({ file, port: first.port })).rejects.toThrow(
      `Port ${first.port} of 127.0.0.1 is in use, perhaps by another local Twilio. Stop that one or choose another port.`,
    );
    await (await startEmulator({ file, port: 0 })).close();
  } finally {
    await first.close();
  }
});
