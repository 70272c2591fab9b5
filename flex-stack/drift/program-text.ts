import { resources } from "../../provider/resources/index.ts";
import { holdsSecret, isObject, parsedJson, publicValue, valueText } from "../values/property-value.ts";
import { typeText } from "../report/change-words.ts";
import type { Finding } from "./finding.ts";

/** What to write into the program so that it says what the account has. */
export function programText(finding: Finding): string {
  const { kind, type, name, property, account } = finding;
  if (kind === "deleted") return `${typeText(type)} ${name}: remove it from the program.`;
  if (kind === "unmanaged")
    return `${typeText(type)} ${JSON.stringify(finding.title)}: declare it in the program:\n${declaration(finding)}`;
  if (type === "twilio:studio:Flow" && property === "definition") return flowText(finding);
  const value = account === undefined ? "no value: remove the property" : sourceText(account);
  if (isOfPlugin(finding))
    return (
      `${typeText(type)} ${name}: attributes.flexMessaging is made of flex-messaging:plugin and the kinds of the ` +
      `numbers; set these so that attributes become: ${value}`
    );
  return `${typeText(type)} ${name}: in the program, give ${property ?? ""}: ${value}`;
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
    `studio.Flow ${name}: save what Studio exports of ${id} (Import from JSON, in its menu) to a file, and name ` +
    "that in flex-messaging:messagingFlow.definitionFile, in place of workflow, greeting and menu."
  );
}

/** `new twilio.taskrouter.TaskQueue("extra", { workspaceSid: "WS…", friendlyName: "Extra", adopt: true });` */
function declaration({ type, title, id, account }: Finding): string {
  const definition = resources.find(({ token }) => token === type);
  const sids = id.split("/");
  const item = isObject(account) ? account : {};
  const parents = Object.keys(definition?.parents ?? {}).map(
    (name, index) => `${name}: ${JSON.stringify(sids[index])}`,
  );
  const key = definition?.keys?.find(({ inputs }) => inputs.every((input) => item[input] !== undefined));
  const named = (key?.inputs ?? []).map((input) => `${input}: ${sourceText(item[input])}`);
  const name = title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
  const args = [...parents, ...named, "adopt: true"].join(", ");
  return `new twilio.${typeText(type)}(${JSON.stringify(name)}, { ${args} });`;
}

function sourceText(value: unknown): string {
  const known = parsedJson(value);
  if (holdsSecret(known)) return "the secret that it is now";
  return isObject(known) || Array.isArray(known)
    ? JSON.stringify(publicValue(known), null, 2)
    : valueText(value, 1000);
}
