import { beforeAll, describe, expect, test } from "@jest/globals";
import twilio from "twilio";
import { accessToken } from "../../../flex-stack/simulate/access-token.ts";
import { useLocalTwilio } from "../../../tests/support/useLocalTwilio.ts";

// Tokens of the official SDK, used as Flex UI uses them: as the password of the user `token`.

const { AccessToken } = twilio.jwt;
const local = useLocalTwilio();
let key = { sid: "", secret: "" };
let serviceSid = "";
const ann = { identity: "ann" };

beforeAll(async () => {
  key = await local.client.newKeys.create({ friendlyName: "Tokens" });
  const { services } = local.client.chat.v2;
  ({ sid: serviceSid } = await services.create({ friendlyName: "People" }));
  await services(serviceSid).users.create(ann);
});

type Given = { sid?: string; secret?: string; options?: object; algorithm?: "HS256" | "HS384" | "HS512" };

/** A token for the chat service, signed by the API key unless told otherwise. */
function tokenOf({ sid = key.sid, secret = key.secret, options, algorithm }: Given = {}): string {
  const token = new AccessToken(local.emulator.accountSid, sid, secret, { ...ann, ...options });
  token.addGrant(new AccessToken.ChatGrant({ serviceSid }));
  return token.toJwt(algorithm);
}

/** What the person gets who asks for their own chat user. */
async function ask(token: string, url = `https://chat.twilio.com/v2/Services/${serviceSid}/Users/ann`) {
  const authorization = `Basic ${Buffer.from(`token:${token}`).toString("base64")}`;
  const { status, body } = await local.send("GET", url, { headers: { authorization } });
  return status === 200 ? status : [status, (body as { code: number }).code];
}

test.each(["HS256", "HS384", "HS512"] as const)("signed by an API key with %s is good", async (algorithm) => {
  expect(await ask(tokenOf({ algorithm }))).toBe(200);
});

test("signed by the account is good as well", async () => {
  expect(await ask(accessToken(local.emulator, { ...ann, chatServiceSid: serviceSid }, Date.now()))).toBe(
    200,
  );
});

test("has no rights outside its chat service", async () => {
  expect(await ask(tokenOf(), `https://chat.twilio.com/v2/Services/${serviceSid}`)).toEqual([403, 50107]);
  expect(await ask(tokenOf(), "https://taskrouter.twilio.com/v1/Workspaces")).toEqual([403, 20403]);
});

describe("refused with 401", () => {
  const denied = [401, 20003];
  const now = Math.floor(Date.now() / 1000);
  test.each<[string, () => string]>([
    ["another secret", () => tokenOf({ secret: "wrong" })],
    ["a key that is not there", () => tokenOf({ sid: `SK${"0".repeat(32)}` })],
    ["the auth token under the key's name", () => tokenOf({ secret: local.emulator.authToken })],
    ["a token that is not good yet", () => tokenOf({ options: { nbf: now + 60 } })],
    ["a changed payload", () => changed(tokenOf(), (claims) => (claims.grants.identity = "bob"))],
    ["no algorithm", () => withHeader(tokenOf(), { alg: "none", typ: "JWT" })],
    ["an algorithm of another kind", () => withHeader(tokenOf(), { alg: "constructor", typ: "JWT" })],
    ["no token", () => "x.y.z"],
  ])("%s", async (_what, token) => {
    expect(await ask(token())).toEqual(denied);
  });

  test("a token whose time is over, by the clock of the local Twilio", async () => {
    const token = tokenOf({ options: { ttl: 60 } });
    expect(await ask(token)).toBe(200);
    await local.advance(61);
    expect(await ask(token)).toEqual(denied);
  });

  test("a token of a key that was deleted", async () => {
    const { sid, secret } = await local.client.newKeys.create();
    const token = tokenOf({ sid, secret });
    expect(await ask(token)).toBe(200);
    await local.client.keys(sid).remove();
    expect(await ask(token)).toEqual(denied);
  });
});

function changed(token: string, change: (claims: { grants: { identity: string } }) => void): string {
  const [header, payload = "", signature] = token.split(".");
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as { grants: { identity: string } };
  change(claims);
  return [header, Buffer.from(JSON.stringify(claims)).toString("base64url"), signature].join(".");
}

function withHeader(token: string, header: object): string {
  const [, payload, signature] = token.split(".");
  return [Buffer.from(JSON.stringify(header)).toString("base64url"), payload, signature].join(".");
}
