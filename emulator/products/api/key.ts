import { createHash, randomBytes } from "node:crypto";
import type { Reply, RequestContext } from "../../kernel/context.ts";
import { readInput, render } from "../../kernel/crud.ts";
import { text } from "../../kernel/parameter.ts";
import { resource, type Resource } from "../../kernel/resource.ts";

export interface Key {
  friendly_name: string;
  secret_hash: string;
}

/** API keys: an SK SID and a secret, which may stand in for the account SID and auth token. */
export const key: Resource<Key> = resource<Key>({
  kind: "api.Key",
  prefix: "SK",
  path: "/2010-04-01/Accounts/{AccountSid}/Keys.json",
  listKey: "keys",
  operations: ["fetch", "list", "update", "delete"],
  parameters: { FriendlyName: text({ max: 64, default: "" }) },
  hidden: ["account_sid", "uri", "secret_hash"],
});

/** Makes a key. Its secret is in this answer and nowhere else: only a hash of it is stored. */
export function createKey(request: RequestContext): Reply {
  const { context } = request;
  const { FriendlyName: friendlyName = "" } = readInput(request, key, "create");
  const secret = randomBytes(16).toString("hex");
  const fields = { friendly_name: String(friendlyName), secret_hash: hashSecret(secret) };
  const created = context.of(key).insert(context.accountSid, fields);
  return { status: 201, body: { ...render(created, key, request), secret } };
}

/** The secret is random and long, so a fast hash keeps it safe. */
export function hashSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
