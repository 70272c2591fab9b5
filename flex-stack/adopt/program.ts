import type { Properties } from "../../provider/access.ts";
import type { Declaration } from "./declaration.ts";
import { kindOf, textOf, type Found } from "./found.ts";
import { literal, quoted, type Reference } from "./literal.ts";
import { camelCase, unused, words } from "./names.ts";

/** What a program part is for. */
export interface ProgramPart {
  readonly stack: string;
  readonly accountSid: string;
  readonly declarations: readonly Declaration[];
  /** Refuse to delete or replace what messages would be lost with. */
  readonly protect: boolean;
  /** Expressions for what the component `flex` of the program declares; undefined for a program of its own. */
  readonly flex: Reference | undefined;
}

/** The project's components, from the folder of a program part. */
const components = "../../components/index.ts";

/** What messages are lost with, by kind. */
const precious = new Set([
  "twilio:taskrouter:Workspace",
  "twilio:chat:Service",
  "twilio:chat:Role",
  "twilio:conversations:Service",
  "twilio:conversations:Role",
  "twilio:proxy:Service",
  "twilio:studio:Flow",
  "twilio:api:IncomingPhoneNumber",
]);

/** TypeScript that declares resources of an account as they are, each after those it refers to. */
export function program(part: ProgramPart): string {
  const indent = part.flex === undefined ? "" : "  ";
  let usesFlex = false;
  const flex: Reference = (sid) => {
    const expression = part.flex?.(sid);
    usesFlex ||= expression !== undefined;
    return expression;
  };
  const statements = statementsOf(part, flex, indent).join("\n\n");
  const usesPulumi = statements.includes("pulumi.interpolate`");
  const lines = [
    ...(usesPulumi ? ['import * as pulumi from "@pulumi/pulumi";'] : []),
    'import * as twilio from "@pulumi/twilio";',
    ...(usesFlex ? [`import type { FlexMessaging } from "${components}";`] : []),
    "",
    ...header(part),
    ...(part.flex === undefined
      ? ["", statements]
      : [
          `export default function adopted(${usesFlex ? "flex: FlexMessaging" : ""}): void {`,
          statements,
          "}",
        ]),
  ];
  return `${lines.join("\n")}\n`;
}

function header({ stack, accountSid, flex }: ProgramPart): string[] {
  const what =
    flex === undefined
      ? `The messaging setup of account ${accountSid}.`
      : `What account ${accountSid} has and the configuration of stack ${stack} has no words for.`;
  return [
    "/**",
    ` * ${what}`,
    " * Written by `flex-stack adopt`; yours to edit. Everything is taken over as it is, and left in place when the",
    " * stack is destroyed.",
    " */",
  ];
}

function statementsOf({ declarations, protect }: ProgramPart, flex: Reference, indent: string): string[] {
  const taken = new Set<string>(["twilio", "pulumi", "flex", "adopted"]);
  const named = declarations.map((declaration) => ({ declaration, ...namesOf(declaration, taken) }));
  const variables = new Map<string, string>();
  const used = new Set<string>();
  const reference: Reference = (sid) => {
    const variable = variables.get(sid);
    if (variable === undefined) return flex(sid);
    used.add(variable);
    return `${variable}.sid`;
  };
  const statements = named.map(({ declaration, variable, name }) => {
    const { found } = declaration;
    const call = callOf(declaration, name, { protect, reference, indent });
    if (found.sid !== "" && !variables.has(found.sid)) variables.set(found.sid, variable);
    return { declaration, variable, call };
  });
  return statements.map(({ declaration, variable, call }) => {
    const comment = declaration.why === undefined ? "" : `${indent}// ${commented(declaration)}\n`;
    return `${comment}${indent}${used.has(variable) ? `const ${variable} = ` : ""}${call}`;
  });
}

/**
 * `new twilio.taskrouter.TaskQueue("billing-queue", { … });`
 *
 * @param options.protect As {@link ProgramPart.protect}.
 */
export function callOf(
  declaration: Declaration,
  name: string,
  { protect, reference, indent }: { protect: boolean; reference: Reference; indent: string },
): string {
  const { found, by, inputs } = declaration;
  const properties = { ...(by === "name" ? { adopt: true } : {}), ...inputs };
  const options = {
    ...(by === "sid" ? { import: found.id, retainOnDelete: true } : {}),
    ...(protect && precious.has(found.definition.token) ? { protect: true } : {}),
  };
  return `new ${className(declaration)}(${argumentsOf(name, properties, options, reference, indent)});`;
}

function argumentsOf(
  name: string,
  properties: Properties,
  options: Properties,
  reference: Reference,
  indent: string,
): string {
  if (Object.keys(options).length === 0)
    return `${quoted(name)}, ${literal(properties, reference, indent, true)}`;
  const inner = `${indent}  `;
  // What names a resource to Pulumi stays as it is.
  const last = literal(options, () => undefined, inner);
  const lines = [quoted(name), literal(properties, reference, inner, true), last];
  return `\n${lines.map((line) => `${inner}${line},\n`).join("")}${indent}`;
}

/** `twilio.taskrouter.TaskQueue` */
function className({ found }: Declaration): string {
  return found.definition.token.replaceAll(":", ".");
}

/** What a kind is called in names, where that is not its own name. */
const kindWords = new Map([
  ["twilio:taskrouter:TaskQueue", "queue"],
  ["twilio:taskrouter:WorkspaceSettings", "workspace settings"],
  ["twilio:taskrouter:TaskChannel", "task channel"],
  ["twilio:chat:Service", "chat service"],
  ["twilio:conversations:Service", "conversation service"],
  ["twilio:conversations:Configuration", "conversations configuration"],
  ["twilio:conversations:ConfigurationWebhooks", "conversation webhooks"],
  ["twilio:conversations:ServiceWebhooks", "service webhooks"],
  ["twilio:proxy:Service", "proxy service"],
  ["twilio:proxy:PhoneNumber", "pool number"],
  ["twilio:flex:FlexFlow", "flex flow"],
  ["twilio:flex:Configuration", "flex configuration"],
  ["twilio:api:IncomingPhoneNumber", "number"],
]);

/** `billingQueue`, and `billing-queue` for Pulumi. */
export function namesOf({ found }: Declaration, taken: Set<string>): { variable: string; name: string } {
  const kind = kindWords.get(found.definition.token) ?? kindOf(found).toLowerCase();
  const own = found.definition.sid === undefined ? [] : words(nameOf(found));
  // "Webchat Flow" is no flow flow.
  const told = kind.split(" ").every((word) => own.includes(word));
  const all = told
    ? own
    : /^\d/.test(own[0] ?? "")
      ? [...kind.split(" "), ...own]
      : [...own, ...kind.split(" ")];
  const variable = unused(camelCase(all), taken);
  const count = /\d*$/.exec(variable.slice(camelCase(all).length))?.[0] ?? "";
  return { variable, name: [...all, ...(count === "" ? [] : [count])].join("-") };
}

/** A number is known by its digits: Twilio writes it in many ways. */
function nameOf({ name, response }: Found): string {
  const phoneNumber = textOf(response, "phoneNumber");
  return phoneNumber !== "" && !/\p{L}/u.test(name) ? phoneNumber : name;
}

/** The reason, on one line. */
function commented({ found, why = "" }: Declaration): string {
  const line = (text: string) => quoted(text).slice(1, -1).replaceAll('\\"', '"');
  return `${line(found.name)}: ${line(why)}`;
}
