import { defaults } from "../../emulator/index.ts";
import type { Operation, Parameter } from "../conformance/openapi.ts";
import type { Known } from "./known.ts";
import type { Random } from "../../bench/random.ts";
import { nasty, plausible } from "./values.ts";

export interface FuzzedRequest {
  readonly method: string;
  readonly host: string;
  /** With the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Makes requests to operations: a half of them as a program might send them, half of which have one thing wrong; the
 * others are wrong in many places.
 */
export class RequestMaker {
  readonly #random: Random;
  readonly #known: Known;
  /** Names of parameters of whatever operation. */
  readonly #names: readonly string[];

  constructor(random: Random, known: Known, operations: readonly Operation[]) {
    this.#random = random;
    this.#known = known;
    const names = operations.flatMap(({ parameters }) => parameters.map(({ name }) => name));
    this.#names = [...new Set(names), "", "__proto__", "FriendlyName[]", "a.b.c"];
  }

  make(operation: Operation): FuzzedRequest {
    const random = this.#random;
    const { host } = operation;
    const method = random.chance(0.97)
      ? operation.method
      : random.pick(["PUT", "PATCH", "POST", "DELETE", "OPTIONS"]);
    const isSent = method === "POST" || method === "PUT" || method === "PATCH";
    const path = this.#path(operation);
    const form = this.#form(operation, operation.method === "GET" ? "query" : "form", path);
    const query = isSent || method === "DELETE" || form === "" ? "" : `?${form.slice(0, 4000)}`;
    const headers: Record<string, string> = {};
    if (isSent)
      headers["content-type"] = random.chance(0.95)
        ? (operation.requestType ?? "application/x-www-form-urlencoded")
        : random.pick(["application/json", "application/x-www-form-urlencoded", "text/plain", "x"]);
    if (random.chance(0.05)) headers["if-match"] = random.pick(["0", '"1"', "*", "x", '"', ",,"]);
    const body = isSent ? this.#body(operation, form) : "";
    return { method, host, path: path + query, headers, body };
  }

  #body({ requestType }: Operation, form: string): string {
    if (this.#random.chance(0.05)) return this.#nasty();
    if (requestType !== "application/json") return form;
    return JSON.stringify({
      // Of transfers.
      type: "cold",
      from: this.#known.sid("UT"),
      to: this.#known.sid(this.#random.pick(["WK", "WQ", "WW"])),
      status: this.#random.pick(["completed", "failed"]),
      account_sid: defaults.accountSid,
      ui_version: "~1.34.0",
      [this.#name()]: this.#nasty(),
    });
  }

  /** A path of the operation: one that was seen, or one with something odd in it. */
  #path({ path: template, parameters }: Operation): string {
    const known = this.#random.chance(0.9) ? this.#known.path(template) : undefined;
    if (known !== undefined) return known;
    return template.replace(/\{(\w+)\}/g, (_, name: string) => {
      if (name === "AccountSid" && this.#random.chance(0.9)) return defaults.accountSid;
      const parameter = parameters.find((one) => one.in === "path" && one.name === name);
      if (parameter === undefined || this.#random.chance(0.2)) return this.#segment();
      return encodeURIComponent(plausible(parameter, this.#random, this.#known, template).toWellFormed());
    });
  }

  #segment(): string {
    if (this.#random.chance(0.3))
      return this.#random.pick(["%zz", "%00", "%2e%2e", ";", "a%2Fb", "__proto__", "constructor"]);
    return encodeURIComponent(this.#nasty().slice(0, 200).toWellFormed()) || "x";
  }

  /** Query or form text. */
  #form({ parameters, requireOneOf }: Operation, where: Parameter["in"], path: string): string {
    const random = this.#random;
    const own = parameters.filter((parameter) => parameter.in === where);
    const needed = new Set(requireOneOf.flatMap((group) => random.pick(group)));
    const isOrderly = random.chance(0.5);
    const share = isOrderly ? random.pick([0, 0.2, 1]) : 0.5;
    const pairs: [string, string][] = own
      .filter(({ name, required }) => needed.has(name) || (required && isOrderly) || random.chance(share))
      .map((parameter) => [
        parameter.name,
        isOrderly || random.chance(0.6) ? plausible(parameter, random, this.#known, path) : this.#nasty(),
      ]);
    if (isOrderly && random.chance(0.5)) return encode(pairs);
    const wrong: [string, string][] = Array.from({ length: isOrderly ? 1 : random.between(0, 4) }, () => [
      random.chance(0.6) && own.length > 0 ? random.pick(own).name : this.#name(),
      random.chance(0.2) ? this.#known.anySid() : this.#nasty(),
    ]);
    const text = encode([...pairs, ...wrong]);
    return random.chance(0.05) ? `${text}&&=&a=%f%zz%` : text;
  }

  #name(): string {
    return this.#random.pick(this.#names);
  }

  #nasty(): string {
    return this.#random.pick(nasty);
  }
}

function encode(pairs: readonly (readonly [string, string])[]): string {
  return pairs
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value.toWellFormed())}`)
    .join("&");
}
