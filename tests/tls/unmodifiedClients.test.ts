import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { useLocalTwilio } from "../support/useLocalTwilio.ts";
import { startTlsProxy, type TlsProxy } from "./tlsProxy.ts";

// Programs that know nothing of the local Twilio: they ask https://taskrouter.twilio.com and so on, with the SDK's own
// HTTP client. A proxy that ends TLS stands between, and they trust its certificate.

const local = useLocalTwilio();
const script = join(import.meta.dirname, "walkProducts.ts");
let folder = "";
let proxy: TlsProxy;
let outcomes = new Map<string, string | null>();

beforeAll(async () => {
  proxy = await startTlsProxy(local.emulator.url);
  folder = mkdtempSync(join(tmpdir(), "tls-"));
  const certificate = join(folder, "proxy.pem");
  writeFileSync(certificate, proxy.certificate);
  outcomes = await walk({ HTTP_PROXY: proxy.url, NODE_EXTRA_CA_CERTS: certificate });
}, 60_000);
afterAll(async () => {
  await proxy.close();
  rmSync(folder, { recursive: true });
});

/** What came of the walk through each product, in a process with these settings. */
async function walk(settings: Record<string, string>): Promise<Map<string, string | null>> {
  const { accountSid, authToken } = local.emulator;
  const env = { PATH: process.env["PATH"], TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken };
  const { stdout } = await promisify(execFile)(process.execPath, [script], { env: { ...env, ...settings } });
  return new Map(
    stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { product: string; error: string | null })
      .map(({ product, error }) => [product, error]),
  );
}

test.each(["taskrouter", "chat", "conversations", "proxy", "studio", "flex-api", "api", "messaging"])(
  "the SDK as it is walks through %s.twilio.com over TLS",
  (product) => {
    expect(outcomes.get(product)).toBeNull();
    const passed = new Set(proxy.passed.filter((request) => request.endsWith(` ${product}.twilio.com`)));
    // Nothing of it went another way.
    expect([...passed].map((request) => request.split(" ")[0])).toEqual(
      expect.arrayContaining(["GET", "POST", "DELETE"]),
    );
  },
);

test("a client that does not trust the proxy's certificate sends nothing", async () => {
  const before = proxy.passed.length;
  const refused = await walk({ HTTP_PROXY: proxy.url });
  expect([...refused.values()]).toEqual(
    Array.from({ length: 8 }, () => expect.stringContaining("self-signed certificate") as unknown),
  );
  expect(proxy.passed).toHaveLength(before);
}, 60_000);
