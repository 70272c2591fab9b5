import { describe, expect, test } from "@jest/globals";
import { parseEndpoint } from "./endpoint.ts";

describe("twilio:endpoint", () => {
  test.each([
    ["http://127.0.0.1:4100", "127.0.0.1", 4100, true, true],
    ["http://localhost:4100/", "localhost", 4100, true, true],
    ["http://127.8.0.1", "127.8.0.1", 80, true, true],
    ["http://[::1]:4100", "::1", 4100, true, true],
    ["https://localhost", "localhost", 443, true, false],
    ["https://twilio.example.com:8443", "twilio.example.com", 8443, false, false],
    ["http://127.example.com", "127.example.com", 80, false, true],
  ])("%s", (text, host, port, loopback, plain) => {
    expect(parseEndpoint(text, "dev")).toEqual({ url: text.replace(/\/$/, ""), host, port, loopback, plain });
  });

  test.each(["127.0.0.1:4100", "ftp://127.0.0.1", "", "http://"])("%p is no address", (text) => {
    expect(() => parseEndpoint(text, "dev")).toThrow(
      `twilio:endpoint of stack "dev" is not an address: ${JSON.stringify(text)}.`,
    );
  });

  test.each([
    ["http://127.0.0.1:0", "Ports go from 1 to 65535, and 0 is none of them."],
    ["http://127.0.0.1:70000", "Ports go from 1 to 65535, and 70000 is none of them."],
    ["http://[::1]:65536/x", "Ports go from 1 to 65535, and 65536 is none of them."],
    ["http://127.0.0.1:65535x", "After http:// or https:// it must name a host, and may name a port."],
    ["http://not a host", "After http:// or https:// it must name a host, and may name a port."],
    ["http://", "After http:// or https:// it must name a host, and may name a port."],
    ["http://256.256.256.256", "After http:// or https:// it must name a host, and may name a port."],
    ["127.0.0.1:4100", "It must start with http:// or https://."],
    ["4100", "It must start with http:// or https://."],
  ])("%s: %s", (text, why) => {
    expect(() => parseEndpoint(text, "dev")).toThrow(expect.objectContaining({ why, exitCode: 2 }));
  });

  test("port 1 is one", () => expect(parseEndpoint("http://127.0.0.1:1", "dev").port).toBe(1));

  test.each([
    ["http://u:pw@127.0.0.1:4100", "http://u:[secret]@127.0.0.1:4100"],
    ["http://127.0.0.1:4100/?a=1", "http://127.0.0.1:4100/?a=1"],
    ["http://127.0.0.1:4100/#top", "http://127.0.0.1:4100/#top"],
  ])("%s is more than an address", (text, shown) => {
    expect(() => parseEndpoint(text, "dev")).toThrow(
      `twilio:endpoint of stack "dev" is not an address: "${shown}".`,
    );
  });
});
