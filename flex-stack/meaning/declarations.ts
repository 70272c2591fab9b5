import { differences } from "../values/difference.ts";
import {
  holdsUnknown,
  isObject,
  isSecret,
  isUnknown,
  parsedJson,
  type JsonObject,
} from "../values/property-value.ts";
import type { Declared } from "../../rehearsal/record-program.ts";
import { accountSid, sidOf } from "../../rehearsal/sid-of.ts";
import { awaitsSid, sidOfKnown, type KnownResource } from "./known-resource.ts";
import type { Subject, SubjectDifference } from "../changes/subject.ts";

/**
 * What a rehearsal of the program declared, to fill in what the engine does not know yet: the SIDs of resources that
 * are to be made. The engine has the last word. A value is believed only where everything the engine does know of the
 * same property is declared alike, and where it is unknown for nothing else than such SIDs; these then stand as
 * `sidOf` the resource's name.
 */
export class Declarations {
  readonly #declared: ReadonlyMap<string, readonly Declared[]>;
  /** What stands in declared values for the SIDs of the stack's resources. */
  readonly #sids: ReadonlyMap<string, readonly KnownResource[]>;
  /** In a longer text they can't be told from what the program makes of a SID. */
  readonly #mentions: readonly string[];

  constructor(declared: readonly Declared[], resources: readonly KnownResource[]) {
    this.#declared = Map.groupBy(declared, ({ type, name }) => `${type} ${name}`);
    this.#sids = Map.groupBy(
      resources.filter(({ fate }) => fate !== "gone"),
      ({ name }) => sidOf(name),
    );
    this.#mentions = ["[secret]", accountSid, ...declared.map(({ name }) => `id of ${name}`)];
  }

  complete(subject: Subject): Subject {
    const { type, name, after } = subject;
    const [declared, ...others] = this.#declared.get(`${type} ${name}`) ?? [];
    if (after === undefined || declared === undefined || others.length > 0) return subject;
    const completed = Object.fromEntries(
      Object.entries(after).map(([key, value]) => [key, this.#property(key, value, declared)]),
    );
    const found = subject.differences;
    if (!found) return { ...subject, after: completed };
    const filled = differences([], after, completed).filter(({ kind }) => kind === "update");
    return { ...subject, after: completed, differences: found.map((each) => withFilled(each, filled)) };
  }

  #property(key: string, value: unknown, { inputs, withheld = [] }: Declared): unknown {
    if (!holdsUnknown(value) || withheld.includes(key)) return value;
    return this.#agree(value, inputs[key]) ? this.#filled(value, inputs[key]) : value;
  }

  /** Whether all that the engine knows of a value was declared so. */
  #agree(value: unknown, declared: unknown): boolean {
    if (isUnknown(value) || isSecret(value)) return true;
    const [one, other] = [parsedJson(value), parsedJson(declared)];
    if (Array.isArray(one) && Array.isArray(other))
      return one.length === other.length && one.every((item, index) => this.#agree(item, other[index]));
    if (isObject(one) && isObject(other)) {
      const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
      return [...keys].every((key) => this.#agree(one[key], other[key]));
    }
    if (typeof one === "string" && typeof other === "string") {
      const meant = this.#sids.get(other);
      if (meant) return meant.some((resource) => sidOfKnown(resource) === one);
      return one === other || this.#isMade(other);
    }
    return one === other;
  }

  #filled(value: unknown, declared: unknown): unknown {
    if (isSecret(value)) return value;
    if (isUnknown(value)) return this.#resolved(declared) ?? value;
    if (Array.isArray(value) && Array.isArray(declared))
      return value.map((item, index) => this.#filled(item, declared[index]));
    if (isObject(value) && isObject(declared))
      return mapped(value, (item, key) => this.#filled(item, declared[key]));
    return value;
  }

  /** A declared value with the SIDs that are known; undefined where it can't be the one that is not known yet. */
  #resolved(declared: unknown): unknown {
    let waits = false;
    let sure = true;
    const resolve = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(resolve);
      if (isObject(value)) return mapped(value, resolve);
      if (typeof value !== "string") return value;
      const parsed = parsedJson(value);
      if (parsed !== value) return JSON.stringify(resolve(parsed));
      const meant = this.#sids.get(value);
      if (!meant) {
        if (this.#isMade(value)) sure = false;
        return value;
      }
      if (meant.some(awaitsSid)) {
        waits = true;
        // Another of the same name in the program may be meant, when not the value itself is unknown.
        if (value !== declared && !meant.every(awaitsSid)) sure = false;
        return value;
      }
      const [resource] = meant;
      if (!resource || meant.length > 1) sure = false;
      return resource ? sidOfKnown(resource) : value;
    };
    const resolved = resolve(declared);
    return sure && waits ? resolved : undefined;
  }

  /** Whether a text holds what only the rehearsal put there. */
  #isMade(text: string): boolean {
    return this.#mentions.some((mention) => text.includes(mention));
  }
}

function mapped(value: JsonObject, change: (item: unknown, key: string) => unknown): JsonObject {
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, change(item, key)]));
}

function withFilled(
  difference: SubjectDifference,
  filled: readonly { path: string; after: unknown }[],
): SubjectDifference {
  const known = isUnknown(difference.after) && filled.find(({ path }) => path === difference.path);
  return known ? { ...difference, after: known.after } : difference;
}
