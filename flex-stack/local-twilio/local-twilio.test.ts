import { createServer } from "node:http";
import { createServer as createSocketServer, type AddressInfo, type Server } from "node:net";
import { afterEach, expect, test } from "@jest/globals";
import { parseEndpoint } from "./endpoint.ts";
import { runningIdentity } from "./local-twilio.ts";

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
  const port = await listening(createSocketServer());
  await new Promise((resolve) => server?.close(resolve));
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
