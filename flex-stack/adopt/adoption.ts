import type { Value } from "../../provider/access.ts";
import { declare, withheldNames, type Declaration } from "./declaration.ts";
import type { FoundAccount } from "./found-account.ts";
import { describe, type Found } from "./found.ts";
import type { Reference } from "./literal.ts";
import { propertyNames } from "./properties.ts";
import { program } from "./program.ts";
import { keyOf } from "./routing-settings.ts";
import { stackSettings, type StackFacts, type StackSettings } from "./stack-settings.ts";

/** How an account becomes a stack. */
export interface Adoption {
  /** `configuration`: the project's program declares it; `program`: only a program of its own can. */
  readonly form: "configuration" | "program";
  /** Why the project's program can't declare it. */
  readonly obstacles: readonly string[];
  /** What goes into the stack's configuration, by whole key. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Definition of the Studio flow that the configuration names. */
  readonly definition: Value | undefined;
  /** The program part; undefined where nothing is left for one. */
  readonly program: string | undefined;
  /** Resources that the configuration declares. */
  readonly configured: readonly Found[];
  /** Resources that the program part declares. */
  readonly declared: readonly Declaration[];
  /** What neither can declare, by name, with the reason. */
  readonly left: readonly string[];
  /** Properties that stay as they are without being declared, by resource. */
  readonly kept: readonly string[];
  /** Seen, and no part of it. */
  readonly outside: readonly string[];
}

/** Decides what of an account the configuration declares, what a program part, and what nothing can. */
export function adoptionOf(account: FoundAccount, facts: StackFacts): Adoption {
  const settings = stackSettings(account, facts);
  const form = settings.values === undefined ? "program" : "configuration";
  const reasons = reasonsOf(settings);
  const rest = everything(account).filter((found) => !settings.fit.covered.has(found));
  const results = rest.map((found) =>
    declare(account, form === "program" ? withoutTheRest(found) : found, reasons.get(found)),
  );
  const declared = results.filter((result): result is Declaration => "inputs" in result);
  const configured = [...settings.fit.covered.keys()];
  return {
    form,
    obstacles: settings.obstacles,
    config: Object.fromEntries(
      Object.entries(settings.values ?? {}).map(([key, value]) => [`flex-messaging:${key}`, plain(value)]),
    ),
    definition: form === "program" ? undefined : settings.messages.flow?.inputs["definition"],
    program:
      declared.length === 0
        ? undefined
        : program({
            stack: facts.stack,
            accountSid: account.accountSid,
            declarations: declared,
            protect: facts.protect,
            flex: form === "program" ? undefined : flexReference(account, settings),
          }),
    configured,
    declared,
    left: results.flatMap((result) => ("inputs" in result ? [] : `${describe(result.found)}: ${result.why}`)),
    kept: [
      ...configured.flatMap((found) => keptOf(found, undeclared(found, settings))),
      ...declared.flatMap(({ found, kept }) => keptOf(found, kept)),
    ],
    outside: account.outside,
  };
}

/** In the order a program declares it: each after what it refers to. */
function everything(account: FoundAccount): Found[] {
  const { chat, proxy } = account;
  return [
    account.workspace,
    ...account.activities,
    account.settings,
    ...account.taskChannels,
    ...account.queues,
    ...account.workflows,
    ...(chat ? [chat] : []),
    ...account.roles,
    ...(proxy ? [proxy] : []),
    ...account.flows,
    ...account.flexFlows,
    ...account.pool,
    ...account.numbers,
    account.configuration,
  ];
}

/** What of the Flex Configuration is about messages; the rest is the Flex UI's. */
const configurationProperties = [
  "taskrouterWorkspaceSid",
  "taskrouterTargetWorkflowSid",
  "taskrouterTargetTaskqueueSid",
  "taskrouterOfflineActivitySid",
  "chatServiceInstanceSid",
];

function withoutTheRest(found: Found): Found {
  if (found.definition.token !== "twilio:flex:Configuration") return found;
  const inputs = Object.entries(found.inputs).filter(([name]) => configurationProperties.includes(name));
  return { ...found, inputs: Object.fromEntries(inputs) };
}

/** Why resources are not in the configuration. */
function reasonsOf({ fit, keys, roles, messages }: StackSettings): Map<Found, string> {
  const groups = {
    "routing.activities": keys.activities,
    "routing.taskChannels": keys.taskChannels,
    "routing.queues": keys.queues,
    "routing.workflows": keys.workflows,
    "chat.roles": roles,
    "messageHandling.numbers": messages.numbers,
  };
  return new Map(
    Object.entries(groups).flatMap(([path, resources]) =>
      resources.flatMap(({ key, found }): [Found, string][] => {
        const why = fit.whyLeft(`${path}.${key}`);
        return why === undefined ? [] : [[found, why]];
      }),
    ),
  );
}

/** Properties that are set at Twilio and that the configuration does not say. */
function undeclared(found: Found, { fit }: StackSettings): string[] {
  const said = fit.covered.get(found) ?? [];
  // Of the Flex Configuration only a few settings are about messages.
  if (found.definition.token === "twilio:flex:Configuration") return [];
  const place = places.get(found.definition.token);
  const names = propertyNames(found.definition, found.inputs)
    .filter((name) => !said.some((known) => name === known || name.startsWith(`${known}.`)))
    .map((name) => {
      const why = place && fit.whyLeft(`${place}.${name}`);
      return why === undefined ? name : `${name} (${why})`;
    });
  return [...names, ...withheldNames(found)];
}

/** Where the configuration says what there is one of. */
const places = new Map([
  ["twilio:taskrouter:Workspace", "routing.workspace"],
  ["twilio:chat:Service", "chat"],
  ["twilio:proxy:Service", "proxy"],
]);

function keptOf(found: Found, properties: readonly string[]): string[] {
  return properties.length === 0 ? [] : [`${describe(found)}: ${properties.join(", ")}`];
}

/** What the component `flex` declares, by SID. */
function flexReference(account: FoundAccount, { fit, keys, messages }: StackSettings): Reference {
  const kinds = [
    ["activity", keyOf(fit, "routing.activities", keys.activities)],
    ["taskChannel", keyOf(fit, "routing.taskChannels", keys.taskChannels)],
    ["queue", keyOf(fit, "routing.queues", keys.queues)],
    ["workflow", keyOf(fit, "routing.workflows", keys.workflows)],
  ] as const;
  const single = new Map([
    [account.workspace.sid, "flex.routing.workspaceSid"],
    [account.chat?.sid, "flex.chat.sid"],
    [account.proxy?.sid, "flex.proxy.sid"],
    [messages.flow?.sid, "flex.messagingFlow.sid"],
  ]);
  return (sid) => {
    const known = single.get(sid);
    if (known !== undefined) return known;
    for (const [kind, key] of kinds) {
      const found = key(sid);
      if (found !== undefined) return `flex.routing.${kind}(${JSON.stringify(found)}).sid`;
    }
    return undefined;
  };
}

/** As JSON has it: nothing where a value is undefined. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value)) as unknown;
}
