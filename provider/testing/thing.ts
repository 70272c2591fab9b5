import { Claims } from "../engine/claims.ts";
import { common, parent, resource } from "../engine/definition.ts";
import type { Operations, ResourceDefinition } from "../engine/definition.ts";
import { TwilioError } from "../engine/errors.ts";
import { bool, choice, csv, int, json, object, set, sid, text, url } from "../engine/field.ts";
import { kind } from "../engine/id.ts";
import { putAt } from "../engine/leaves.ts";
import { noRecords } from "../engine/records.ts";
import type { Session } from "../engine/session.ts";
import type { Severity } from "../engine/severity.ts";
import type { Json, Params, Response } from "../engine/value.ts";

export const sidOf = (prefix: string, number: number): string => prefix + String(number).padStart(32, "0");
export const accountSid = sidOf("AC", 1);
export const placeSid = sidOf("PL", 1);

/** A made-up resource with a property of every sort, for tests of the engine. */
export const thing: ResourceDefinition = resource({
  token: "twilio:test:Thing",
  description: "A thing.",
  example: "",
  docs: "https://example.com",
  openApi: { document: "test", fetch: "FetchThing" },
  parents: { placeSid: parent("PL", "Place it is in.") },
  sid: "TH",
  inputs: {
    name: text("Name.", { required: true, minLength: 1, maxLength: 10 }),
    color: choice("Color.", ["red", "green", "blue"], { default: "red" }),
    count: int("Count.", { min: 0, max: 10, default: 1 }),
    on: bool("On.", { default: false }),
    callback: url("Callback."),
    ownerSid: sid("Owner.", ["OW", "OX"], { computed: "someone", clear: false }),
    tags: set("Tags.", { values: ["a", "b", "c"], maxItems: 3 }),
    events: csv("Events."),
    rules: json("Rules.", { default: {} }),
    list: json("List.", { shape: "array" }),
    shared: json("Shared.", { merge: true, wire: "body", clear: false, live: true }),
    size: int("Size.", { createOnly: true, default: 0 }),
    recipe: text("Recipe.", { createOnly: true, writeOnly: true, default: "plain" }),
    later: text("Later.", { updateOnly: true }),
    mood: text("Mood.", { live: true }),
    hurry: bool("Hurry.", { updateOnly: true, instructionFor: ["rules"] }),
    limits: object("Limits.", {
      max: int("Most.", { default: 100 }),
      perUser: int("Most per user.", { updateOnly: true, default: 5 }),
    }),
  },
  outputs: { ...common, version: int("Version.", { required: true }) },
  keys: [{ inputs: ["name"] }],
  fixes: [{ on: "delete", code: 42, fix: "Empty it first." }],
  at: (twilio) => (twilio as unknown as Things).operations(),
});

/** Where each parameter of a thing shows in the answer. */
const shown: { [param: string]: string[] } = {
  "limits.max": ["limits", "max"],
  "limits.perUser": ["limits", "per_user"],
};
const hidden = ["recipe", "hurry"];

/** Things at a pretended Twilio, and every request for them. */
export class Things {
  readonly stored = new Map<string, Response>();
  readonly requests: [operation: string, ...details: unknown[]][] = [];
  /** Called before an operation takes effect; may throw in its place. */
  before: (operation: string) => void = () => undefined;
  /** Called after an operation took effect; may throw, as when the answer is lost. */
  after: (operation: string) => void = () => undefined;
  now = Date.parse("2026-01-01T00:00:00Z");
  #made = 0;

  operations(): Operations {
    return {
      create: async (params) => this.#do("create", [params], () => this.#create(params)),
      fetch: async (one) => this.#do("fetch", [one], () => this.#find(one)),
      update: async (one, params) =>
        this.#do("update", [one, params], () => this.#apply(this.#find(one), params)),
      remove: async (one) =>
        this.#do("remove", [one], () => this.stored.delete(String(this.#find(one)["sid"]))),
      list: async () => this.#do("list", [], () => [...this.stored.values()]),
    };
  }

  /** Puts a thing there as somebody else would. */
  add(fields: Response): string {
    const made = this.#create({});
    Object.assign(made, fields);
    return String(made["sid"]);
  }

  get(one: string): Response {
    return this.stored.get(one)!;
  }

  async #do<T>(operation: string, details: unknown[], effect: () => T): Promise<T> {
    this.requests.push([operation, ...details]);
    await Promise.resolve();
    this.before(operation);
    const result = structuredClone(effect());
    this.after(operation);
    return result;
  }

  #find(one: string): Response {
    const found = this.stored.get(one);
    if (found === undefined) throw new TwilioError(`${one} was not found`, { status: 404, code: 20404 });
    return found;
  }

  #create(params: Params): Response {
    if (
      params["name"] !== undefined &&
      [...this.stored.values()].some(({ name }) => name === params["name"])
    ) {
      throw new TwilioError(`${String(params["name"])} already exists`, { status: 400, code: 20001 });
    }
    this.#made += 1;
    const one = sidOf("TH", this.#made);
    const time = new Date(this.now).toISOString();
    const made: Response = {
      sid: one,
      accountSid,
      dateCreated: time,
      dateUpdated: time,
      url: `https://example.com/${one}`,
      version: 0,
      color: "red",
      count: 1,
      on: false,
      callback: null,
      ownerSid: sidOf("OW", 7),
      tags: null,
      events: "",
      rules: "{}",
      list: null,
      shared: { theirs: true },
      size: 0,
      later: null,
      mood: "calm",
      limits: { max: 100, per_user: 5 },
    };
    this.stored.set(one, made);
    return this.#apply(made, params);
  }

  #apply(made: Response, params: Params): Response {
    for (const [param, value] of Object.entries(params)) {
      if (!hidden.includes(param))
        putAt<Json>(made, shown[param] ?? [param], value === "" ? null : (value as Json));
    }
    made["version"] = Number(made["version"]) + 1;
    return made;
  }
}

export interface TestSession extends Session {
  messages: [Severity, string][];
  pauses: number[];
}

/** A session on pretended things, without waits. */
export function sessionOn(things: Things, overrides: Partial<Session> = {}): TestSession {
  const messages: TestSession["messages"] = [];
  const pauses: number[] = [];
  const twilio = things as unknown as Session["twilio"];
  return {
    twilio,
    twilioOnce: twilio,
    accountSid,
    serverTime: () => things.now,
    maxRetries: 2,
    pause: async (attempt) => void pauses.push(attempt),
    log: (severity, message) => void messages.push([severity, message]),
    urn,
    claims: new Claims(),
    records: noRecords,
    messages,
    pauses,
    ...overrides,
  };
}

export const urn = "urn:pulumi:dev::test::twilio:test:Thing::one";
export const what = `the ${kind(thing)} "one"`;
