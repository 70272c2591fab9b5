import { isDeepStrictEqual } from "node:util";
import type { Response, Value } from "../../provider/access.ts";
import { holdsSecret, isObject, publicValue } from "../values/property-value.ts";
import { typeText } from "../report/change-words.ts";
import { declarationCode, doubleQuoted, literal } from "../adopt/index.ts";
import type { Finding } from "./finding.ts";

/**
 * What to write into the program so that it says what the account has. Code in it is as it goes into a program.
 *
 * @param taken Names of the program's resources, in small letters; those that are given here are added.
 */
export function programText(finding: Finding, taken: Set<string> = new Set()): string {
  const { kind, type, name, property, account } = finding;
  if (kind === "deleted") return `${typeText(type)} ${name}: remove it from the program.`;
  if (kind === "unmanaged") return declarationText(finding, taken);
  if (type === "twilio:studio:Flow" && property === "definition" && place(finding) !== "")
    return flowText(finding);
  if (property === undefined || account === undefined || account === null)
    return `${typeText(type)} ${name}: in the program, remove ${property ?? ""}${place(finding)}.`;
  const value = sourceText(property, account);
  if (isOfPlugin(finding))
    return (
      `${typeText(type)} ${name}: attributes.flexMessaging is made of flex-messaging:plugin and the kinds of the ` +
      `numbers; set these so that attributes become: ${value}`
    );
  return `${typeText(type)} ${name}: in the program${place(finding)}, give ${property}: ${value}`;
}

/** Where a program says it of what a component of it makes. */
function place({ urn = "" }: Finding): string {
  const [, component] = /[$:](?:\w|-)+:(?:\w|-)+:(\w+)\$twilio:[^$]*$/.exec(urn) ?? [];
  return component === undefined ? "" : `, by the transform of ${component}`;
}

/** Whether it is what the Flex UI plugin reads. */
function isOfPlugin({ type, property, account }: Finding): boolean {
  return (
    type === "twilio:flex:Configuration" &&
    property === "attributes" &&
    isObject(account) &&
    "flexMessaging" in account
  );
}

/** A flow is a program of its own: what the console made of it is taken over as a whole. */
function flowText({ name, id }: Finding): string {
  return (
    `studio.Flow ${name}: save what Studio's "Show Flow JSON" shows of ${id} to a file, and name that in ` +
    "flex-messaging:messagingFlow.definitionFile, in place of workflow, greeting and menu, with a substitution for " +
    "each SID in it (components/README.md)."
  );
}

/** `new twilio.taskrouter.TaskQueue("extra-queue", { … });` on lines of its own. */
function declarationText({ type, title, id, account }: Finding, taken: Set<string>): string {
  const what = `${typeText(type)} ${doubleQuoted(title)}`;
  const response = (isObject(account) ? account : {}) as Response;
  const declared = declarationCode({ type, id, response }, taken);
  if ("why" in declared)
    return `${what}: no program can declare it: ${declared.why}. Change that in the console, or leave it as it is.`;
  const { code, left } = declared;
  const besides = left.length === 0 ? "" : ` (what is left out stays as it is: ${left.join(", ")})`;
  return `${what}: declare it in the program${besides}:\n${code}`;
}

function sourceText(property: string, value: unknown): string {
  const hides = holdsSecret(value) || !isDeepStrictEqual(publicValue(value, property), value);
  return hides ? "the secret that it is now" : literal(value as Value, () => undefined);
}
