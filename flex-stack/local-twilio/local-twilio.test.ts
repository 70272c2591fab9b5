import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { createServer as createSocketServer, type AddressInfo, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "@jest/globals";
import { startEmulator } from "../../emulator/index.ts";
import { freePort } from "../../tests/support/freePort.ts";
import { parseEndpoint } from "./endpoint.ts";
import { databaseFile, runningIdentity, useLocalTwilio } from "./local-twilio.ts";

const at = (port: number) => parseEndpoint(`http://127.0.0.1:${port}`, "dev");

let server: Server | undefined;
afterEach(() => {
  server?.close();
  server = undefined;
});

async function listening(made: Server): Promise<number> {
  server = made;
  await new Promise<void>((resolve) => made.listen(0, "127.0.0.1", resolve));
  return (made.address() as AddressInfo).port;
}

test.each([1, 22, 6000])(
  "port %d belongs to another protocol: nothing is sent there, and that is said",
  async (port) => {
    await expect(runningIdentity(at(port))).rejects.toMatchObject({
      what: `Port ${port} is no port for HTTP: it belongs to another protocol, and nothing is sent to it.`,
      why: undefined,
      fix: "Take another port: twilio:endpoint in the stack's configuration, and --port of npm run emulator.",
      exitCode: 2,
    });
  },
);

test("a port where nothing listens is free", async () => {
  const port = await freePort();
  expect(await runningIdentity(at(port))).toBeUndefined();
});

test.each([
  ["answers something else", createServer((_, response) => response.end("hello"))],
  ["hangs up", createSocketServer((socket) => socket.destroy())],
])("a program that %s is told as one that has the port", async (_, made) => {
  const port = await listening(made);
  await expect(runningIdentity(at(port))).rejects.toMatchObject({
    what: `Port ${port} is used by another program.`,
  });
});

test("of two commands that would start it at once, one does, and the other says so", async () => {
  const folder = mkdtempSync(join(tmpdir(), "two-"));
  const port = await freePort();
  const dialogue = { print: () => undefined, complain: () => undefined };
  const both = await Promise.allSettled([1, 2].map(() => useLocalTwilio(at(port), folder, dialogue)));
  const [started] = both.flatMap((one) => (one.status === "fulfilled" ? one.value : []));
  const [refused] = both.flatMap((one) => (one.status === "rejected" ? (one.reason as unknown) : []));
  expect([started?.started, refused]).toMatchObject([
    true,
    {
      what: `Another command has just started the local Twilio of this project on http://127.0.0.1:${port}; this one has done nothing.`,
      why: "Two commands began at the same time, and each would have started it.",
      fix: "Run it again when the other one has ended. npm run emulator keeps one running for several.",
    },
  ]);
  await started?.close();
  rmSync(folder, { recursive: true });
});

test("a database that another address serves is refused, with why", async () => {
  const folder = mkdtempSync(join(tmpdir(), "two-"));
  const elsewhere = await startEmulator({ file: join(folder, databaseFile), port: 0 });
  const port = await freePort();
  const dialogue = { print: () => undefined, complain: () => undefined };
  await expect(useLocalTwilio(at(port), folder, dialogue)).rejects.toMatchObject({
    what: expect.stringContaining("twilio.db is in use by another process") as unknown,
  });
  await elsewhere.close();
  rmSync(folder, { recursive: true });
});
