import type { Twilio } from "twilio";

import type { Fields } from "./field.ts";
import { time, text, sid as sidField } from "./field.ts";
import type { TwilioError } from "./errors.ts";
import type { Params, Path, Properties, Response } from "./value.ts";

/**
 * One kind of Twilio resource, declared. The engine gives it check, diff, create, read, update,
 * delete, import, adoption and look-up; `schema.ts` its types and docs.
 *
 * A declaration says each fact once and holds no logic beyond Twilio's oddities.
 * `resources/taskrouter/taskQueue.ts` is the sample to start from.
 */
export interface ResourceDefinition<P extends Parents = Parents> {
  /** `twilio:<module>:<Resource>`. */
  token: `twilio:${string}:${string}`;
  /** What it is and what it is for, in Markdown: the first thing a user reads in the editor. */
  description: string;
  /** A short program in TypeScript that uses it; `twilio` is imported from "@pulumi/twilio". */
  example: string;
  /** Twilio's page about it. */
  docs: string;
  /** Twilio's own description of it, which `coverage.test.ts` holds this declaration against. */
  openApi: OpenApi;
  /**
   * The resources it lives in, outermost first. Each is a required input, a change of which replaces.
   * The Pulumi id is their SIDs and the resource's own, joined by "/": `WS…/WQ…`.
   */
  parents: P;
  /**
   * Prefix of its SID, which becomes the output `sid`. Left out where there is one per parent: then
   * the id is the parents' SIDs, or the account's SID where there are no parents.
   */
  sid?: string;
  /** What a program may set. Parents and the engine's own inputs (`adopt`) are not repeated here. */
  inputs: Fields;
  /** What Twilio adds: everything it answers that is not an input or the SID. */
  outputs: Fields;
  /**
   * What names one resource within its parents, best key first; the first whose inputs are all set is
   * used to adopt, to look up, and to find a resource whose creation was not answered.
   */
  keys?: readonly NaturalKey[];
  /**
   * Lists leave out some properties, or some of the resources, so what a list finds is fetched before it is looked at.
   * Default false.
   */
  listsInPart?: boolean;
  /**
   * `"created"` (default): create makes it, delete removes it.
   * `"given"`: Twilio makes it with its parent (or account). Create takes it over and updates it.
   */
  life?: "created" | "given";
  /**
   * What delete does where it is not simply `remove`: `"forget"` leaves the resource at Twilio and says
   * so with `reason`; `"restore"` sends back the values found when the resource was first taken over.
   * A function decides just before; it may read from Twilio but changes nothing.
   */
  onDelete?: OnDelete | ((deletion: Deletion) => OnDelete | Promise<OnDelete>);
  /** The resource of another API that is the same thing at Twilio, stored once under the same SID. */
  twin?: Twin;
  /** Inputs that a resource of another API has as well, in the object whose SID the input `of` takes: their names there. */
  shares?: { token: string; of: string; fields: { readonly [input: string]: string } };
  /** Where it is: calls on the official SDK. `operations(list)` of operations.ts fits most. */
  at(twilio: Twilio, parents: { readonly [K in keyof P]: string }): Operations;
  /**
   * Rules between inputs. Values may be UNKNOWN: judge only what is known. Failures with a path and a
   * sentence that says what is wrong and how to fix it.
   */
  check?(inputs: Properties): readonly Failure[];
  /**
   * Asks Twilio whether the inputs are acceptable, without changing anything. Called in check when all
   * of `needs` are known and one of them changed; an unreachable Twilio is no failure.
   */
  validate?: {
    needs: readonly string[];
    run(twilio: Twilio, inputs: Properties): Promise<readonly Failure[]>;
  };
  /** Whether an error means that the resource is not there, besides HTTP 404. */
  gone?(error: TwilioError): boolean;
  /** Whether a refused create means that one with the same key exists, besides the usual answers. */
  conflict?(error: TwilioError): boolean;
  /** What to do about Twilio's refusals: the first that matches is added to the error. */
  fixes?: readonly Fix[];
}

/**
 * Of one thing that two APIs have, the other side: it is declared through one of them only, and what a stack records by
 * the one goes on by the other, under an alias or by import.
 */
export interface Twin {
  /** Token of the other one. */
  token: string;
  /** Inputs that tell, within the parents, that both are the same. */
  sameBy: readonly string[];
  /** Properties of the other one by the names of this one; its own stay as they are. */
  translate(properties: Properties): Properties;
}

/** Where Twilio's OpenAPI documents describe a resource. */
export interface OpenApi {
  /** `taskrouter_v1` for the file `twilio_taskrouter_v1.json`. */
  document: string;
  /** Operation ids, for example `CreateTaskQueue`. */
  create?: string;
  fetch: string;
  update?: string;
  /** Request parameters that are no inputs, by Twilio's name, each with the reason. */
  excludedParams?: { readonly [param: string]: string };
  /** Response fields that are no outputs, by Twilio's name, each with the reason. `links` always is. */
  excludedFields?: { readonly [field: string]: string };
}

/** Resources that another one lives in, by the name of the input that holds their SID. */
export type Parents = { readonly [input: string]: Parent };
export interface Parent {
  prefix: string;
  description: string;
}

/** A parent, for example `workspaceSid: parent("WS", "Workspace the queue belongs to.")`. */
export const parent = (prefix: string, description: string): Parent => ({ prefix, description });

/** Names one resource within its parents. */
export interface NaturalKey {
  /** Inputs that make the key, top-level names. */
  inputs: readonly string[];
  /** Whether Twilio refuses a second resource with the same key. Default true. */
  unique?: boolean;
  /** Whether that holds in the whole account, not only within the parents. Default false. */
  accountWide?: boolean;
  /** Whether Twilio ignores case in it. Default false. */
  ignoreCase?: boolean;
  /** Filter of the list request that narrows it to the key, where Twilio has one. */
  filter?(key: { readonly [input: string]: string }): Params;
  /** Gets it directly, where Twilio takes the key in place of a SID: the path segment to fetch. */
  fetch?(key: { readonly [input: string]: string }): string;
}

/**
 * `warn`: leaving the resource is not what the user asked for, so it is said as a warning. `send` deletes by requests of
 * its own, which a run after one that was killed sends again.
 */
export type OnDelete =
  "remove" | { forget: string; warn?: boolean } | { send: () => Promise<void> } | "restore";

/** A resource that is about to be deleted. */
export interface Deletion {
  twilio: Twilio;
  /** SIDs of its parents. */
  parents: { readonly [input: string]: string };
  sid: string;
  /** The inputs in force. */
  inputs: Properties;
  /** Whether another object goes in this run as well: the whole stack does, and that is its own. */
  goesToo(definition: ResourceDefinition, id: string): Promise<boolean>;
  /** The inputs that the stack records of an object. */
  recorded(definition: ResourceDefinition, id: string): Promise<readonly Properties[]>;
}

/** What one resource's collection can do. Missing ones Twilio does not have. */
export interface Operations {
  create?(params: Params): Promise<Response>;
  /** `sid` is "" where the definition has none. */
  fetch(sid: string): Promise<Response>;
  update?(sid: string, params: Params): Promise<Response>;
  remove?(sid: string): Promise<unknown>;
  list?(filter: Params): Promise<Response[]>;
  /** One page of all there is: the first, or the one that follows, by what the page before says of it. */
  page?(from?: string): Promise<CollectionPage>;
}

export interface CollectionPage {
  items: Response[];
  /** Where the next one is; absent in the last. */
  next?: string;
}

/** One thing wrong with the inputs. */
export interface Failure {
  path: Path;
  /** What is wrong and how to fix it. */
  reason: string;
}

/** What to do about one of Twilio's refusals. Every condition given must hold. */
export interface Fix {
  on?: "create" | "update" | "delete";
  code?: number;
  status?: number;
  message?: RegExp;
  /** How to fix it, an imperative sentence. */
  fix: string;
}

/** Keeps the parents' names in the types of `at`, then forgets them for the registry. */
export function resource<const P extends Parents>(definition: ResourceDefinition<P>): ResourceDefinition {
  return definition;
}

/** Outputs that nearly every Twilio resource has; spread the ones it has into `outputs`. */
export const common = {
  accountSid: sidField("Account that owns it.", "AC", { required: true, stable: true }),
  dateCreated: time("When it was created, UTC.", { required: true, stable: true }),
  dateUpdated: time("When it was last updated, UTC.", { required: true }),
  url: text("Absolute URL of it in Twilio's API.", { required: true, stable: true }),
} as const satisfies Fields;
