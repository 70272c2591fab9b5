import { readFileSync } from "node:fs";
import * as z from "zod";
import { TwilioError } from "./kernel/errors.ts";
import { valueAt } from "./kernel/json.ts";
import type { Kernel } from "./kernel/kernel.ts";
import { seededSids } from "./kernel/sid.ts";

const value = z.union([z.string(), z.number(), z.boolean()]);

/** One API call of a seed. `${name.property}` in its URL or values is filled in from the answer of an earlier call. */
const call = z.strictObject({
  /** How later calls refer to the answer. */
  name: z.string().regex(/^\w+$/).optional(),
  method: z.enum(["GET", "POST", "DELETE"]).default("POST"),
  /** As of the real Twilio: `https://taskrouter.twilio.com/v1/Workspaces`. */
  url: z.string(),
  /** Form parameters; a list repeats its key, an object is sent as JSON text. */
  form: z.record(z.string(), z.union([value, z.array(value), z.record(z.string(), z.unknown())])).optional(),
  /** A JSON body instead of a form. */
  json: z.record(z.string(), z.unknown()).optional(),
});

const seedFile = z.strictObject({
  $schema: z.string().optional(),
  account: z
    .strictObject({
      sid: z
        .string()
        .regex(/^AC[0-9a-f]{32}$/, "must be AC and 32 hex digits")
        .optional(),
      authToken: z.string().min(1).optional(),
      friendlyName: z.string().optional(),
    })
    .optional(),
  calls: z.array(call).default([]),
});

/** What a new account holds: a list of API calls, made in one transaction. */
export type Seed = z.output<typeof seedFile>;

/** @throws Error that names the place and the fault */
export function parseSeed(content: unknown, source: string): Seed {
  const parsed = seedFile.safeParse(content);
  if (parsed.success) return parsed.data;
  throw new Error(`The seed ${source} is not valid:\n${z.prettifyError(parsed.error)}`);
}

/** Reads a seed from a JSON file. @throws Error that says what is wrong with it */
export function readSeed(file: string | URL): Seed {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    const { message } = error as Error;
    throw new Error(`The seed ${String(file)} can't be read: ${message}. Give the path of a JSON file.`);
  }
  return parseSeed(content, String(file));
}

/**
 * The seeds that have a name: a new Flex 1.x account, with Chat and Proxy, and a new Flex account with Conversations.
 * In both the chat service is Conversations' default service, and its roles are seen by both APIs.
 */
export const namedSeeds = {
  flex: new URL("seeds/flex.json", import.meta.url),
  "flex-conversations": new URL("seeds/flex-conversations.json", import.meta.url),
} as const;
export type SeedName = keyof typeof namedSeeds | "empty";

/** A seed by its name. */
export function seedOf(name: SeedName): Seed {
  return name === "empty" ? parseSeed({}, name) : readSeed(namedSeeds[name]);
}

/** Makes the calls of a seed; call it inside a transaction. @throws Error naming the call that failed */
export function plant(kernel: Kernel, seed: Seed, account: { sid: string; authToken: string }): void {
  const newSid = seededSids(account.sid);
  const answers: Record<string, unknown> = { account: { sid: account.sid } };
  const authorization = `Basic ${Buffer.from(`${account.sid}:${account.authToken}`).toString("base64")}`;
  seed.calls.forEach((step, index) => {
    const at = `Call ${index + 1} of the seed (${step.method} ${step.url})`;
    try {
      const target = parseUrl(fill(step.url, answers));
      const reply = kernel
        .route(
          {
            method: step.method,
            host: target.host,
            target: target.pathname + target.search,
            authorization,
            ifMatch: undefined,
            contentType: step.json === undefined ? "application/x-www-form-urlencoded" : "application/json",
            body:
              step.json === undefined
                ? formBody(step.form ?? {}, answers)
                : JSON.stringify(filled(step.json, answers)),
          },
          newSid,
        )
        .answer();
      if (step.name !== undefined) answers[step.name] = reply.body;
    } catch (error) {
      if (error instanceof TwilioError) throw new Error(`${at} failed with ${error.code}: ${error.message}`);
      throw error instanceof SeedError ? new Error(`${at}: ${error.message}`) : error;
    }
  });
}

class SeedError extends Error {}

function parseUrl(url: string): URL {
  if (!URL.canParse(url)) throw new SeedError(`${url} is not a URL; write it as of the real Twilio`);
  return new URL(url);
}

function formBody(form: NonNullable<Seed["calls"][number]["form"]>, answers: object): string {
  const body = new URLSearchParams();
  for (const [name, given] of Object.entries(form)) {
    for (const item of Array.isArray(given) ? given : [given]) {
      body.append(
        name,
        typeof item === "object" ? JSON.stringify(filled(item, answers)) : fill(String(item), answers),
      );
    }
  }
  return body.toString();
}

function filled(content: unknown, answers: object): unknown {
  if (typeof content === "string") return fill(content, answers);
  if (Array.isArray(content)) return content.map((item) => filled(item, answers));
  if (typeof content !== "object" || content === null) return content;
  return Object.fromEntries(Object.entries(content).map(([name, item]) => [name, filled(item, answers)]));
}

function fill(template: string, answers: object): string {
  return template.replace(/\$\{([\w.]+)\}/g, (reference, path: string) => {
    const found = valueAt(answers, path);
    if (typeof found !== "string")
      throw new SeedError(`${reference} is nothing that an earlier call answered`);
    return found;
  });
}
