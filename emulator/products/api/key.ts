import { randomBytes } from "node:crypto";
import { readInput, render } from "../../kernel/crud.ts";
import { text } from "../../kernel/parameter.ts";
import type { Reply, RequestContext } from "../../kernel/request.ts";
import { resource } from "../../kernel/resource.ts";
import { key } from "./kinds.ts";

/**
 * API keys: an SK SID and a secret, which may stand in for the account SID and auth token, and sign access tokens.
 */
export const keyResource = resource(key, {
  prefix: "SK",
  path: "/2010-04-01/Accounts/{AccountSid}/Keys.json",
  listKey: "keys",
  operations: ["fetch", "list", "update", "delete"],
  parameters: { FriendlyName: text({ max: 64, default: "" }) },
  hidden: ["account_sid", "uri", "secret"],
});

/** Makes a key. Its secret is in this answer and in no other. */
export function createKey(request: RequestContext): Reply {
  const { context } = request;
  const { FriendlyName: friendlyName = "" } = readInput(request, keyResource, "create");
  const secret = randomBytes(16).toString("hex");
  const fields = { friendly_name: String(friendlyName), secret };
  const created = context.of(key).insert(context.accountSid, fields);
  return { status: 201, body: { ...render(created, keyResource, request), secret } };
}
