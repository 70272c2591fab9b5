import fastify from "fastify";
import { expect, test } from "@jest/globals";
import { listen } from "./server.ts";

/** A server whose system says no. */
const refusing = (code: string, message: string) =>
  Object.assign(fastify(), {
    listen: () => Promise.reject(Object.assign(new Error(message), { code })),
  }) as Parameters<typeof listen>[0];

test.each([
  [
    "a port that only root may take",
    "EACCES",
    "listen EACCES: permission denied 127.0.0.1:80",
    "Can't listen on 127.0.0.1:80: only root may take ports below 1024 here. Choose another host or port.",
  ],
  [
    "a port that is taken",
    "EADDRINUSE",
    "listen EADDRINUSE",
    "Port 80 of 127.0.0.1 is in use, perhaps by another local Twilio. Stop that one or choose another port.",
  ],
  [
    "an address that this machine has not",
    "EADDRNOTAVAIL",
    "listen EADDRNOTAVAIL: address not available 127.0.0.1:80",
    "Can't listen on 127.0.0.1:80: listen EADDRNOTAVAIL: address not available 127.0.0.1:80. Choose another host or port.",
  ],
])("%s is refused in one sentence", async (_, code, message, told) => {
  await expect(listen(refusing(code, message), "127.0.0.1", 80)).rejects.toThrow(new Error(told));
});

test("so it is for real", async () => {
  await expect(listen(fastify(), "192.0.2.1", 4100)).rejects.toThrow(
    /^Can't listen on 192\.0\.2\.1:4100: .*EADDRNOTAVAIL.*\. Choose another host or port\.$/,
  );
});
