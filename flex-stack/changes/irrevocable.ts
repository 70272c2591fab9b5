import { isUnknown } from "../values/property-value.ts";
import { isSold } from "./purchase.ts";
import type { ResourceChange } from "./resource-change.ts";

/** What nobody can take back once it is done, for a question before it. */
export interface Irrevocable {
  /** What costs money from then on: `+14155550142`. */
  readonly buys: readonly string[];
  /** What can't be had again. */
  readonly loses: readonly string[];
}

/** Types that can't be made again as they were. */
const precious: ReadonlySet<string> = new Set([
  "twilio:api:IncomingPhoneNumber",
  "twilio:chat:Channel",
  "twilio:chat:Service",
  "twilio:conversations:Service",
  "twilio:proxy:Service",
  "twilio:taskrouter:Workspace",
]);

/** What of these changes is bought, and what is lost for good. */
export function irrevocable(changes: readonly ResourceChange[]): Irrevocable {
  const replaced = changes.filter(({ kind }) => kind === "replace");
  const bought = [
    ...changes.filter(({ kind }) => kind === "buy"),
    ...replaced.filter(({ type, subject }) => isSold(type) && subject.found !== true),
  ];
  const lost = [
    ...changes.filter(({ kind }) => kind === "delete"),
    ...replaced.filter(({ subject }) => subject.stays !== true),
  ].filter(({ type }) => precious.has(type));
  return {
    buys: bought.map((change) => textOf(change, change.subject.after)),
    loses: lost.map((change) => textOf(change, change.subject.before)),
  };
}

/** The number, where it is one; else the name in the program. */
function textOf({ name }: ResourceChange, properties: Readonly<Record<string, unknown>> = {}): string {
  const text = properties["phoneNumber"];
  return typeof text === "string" && !isUnknown(text) ? text : name;
}
