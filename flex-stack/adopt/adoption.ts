import type { Properties, Value } from "../../provider/access.ts";
import { declare, withheldNames, type Declaration } from "./declaration.ts";
import { isOnConversations, type FoundAccount } from "./found-account.ts";
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
  const reasons = reasonsOf(account, settings);
  const rest = everything(account, settings).filter((found) => !settings.fit.covered.has(found));
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
      ...unsaid(account, settings).flatMap((found) =>
        keptOf(found, [...propertyNames(found.definition, setOf(found)), ...withheldNames(found)]),
      ),
    ],
    outside: account.outside,
  };
}

/** In the order a program declares it: each after what it refers to. */
function everything(account: FoundAccount, { fit }: StackSettings): Found[] {
  const { chat, proxy, conversations } = account;
  const { accountWebhooks, webhooks, configuration } = conversations;
  const hooks = [accountWebhooks, ...(webhooks ? [webhooks] : [])];
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
    ...(configuration && (fit.covered.has(configuration) || hasTimers(configuration)) ? [configuration] : []),
    ...conversations.addresses,
    ...hooks.filter((each) => fit.covered.has(each) || isCalled(each)),
    account.configuration,
  ];
}

/** Whether anybody hears of conversations by it. */
function isCalled({ inputs, withheld }: Found): boolean {
  const urls = ["preWebhookUrl", "postWebhookUrl"];
  return inputs["target"] === "flex" || urls.some((name) => Boolean(inputs[name]) || withheld.has(name));
}

function hasTimers({ inputs }: Found): boolean {
  return Boolean(inputs["defaultInactiveTimer"] ?? inputs["defaultClosedTimer"]);
}

/**
 * Settings of conversations that are not declared at all, so that they are told. What Chat's service says as well is told of
 * that.
 */
function unsaid(account: FoundAccount, { fit }: StackSettings): Found[] {
  const { service, notifications } = account.conversations;
  if (!isOnConversations(account)) return [];
  return [service, notifications].flatMap((found) => (found && !fit.covered.has(found) ? found : []));
}

/** Without what is off or empty. */
function setOf({ inputs }: Found): Properties {
  const on = (value: Value): Value | undefined => {
    if (value === false || value === "" || value === null) return undefined;
    if (typeof value !== "object" || Array.isArray(value)) return value;
    const inside = Object.entries(value).flatMap(([name, item]) => {
      const kept = on(item);
      return kept === undefined ? [] : [[name, kept] as const];
    });
    return inside.length === 0 ? undefined : Object.fromEntries(inside);
  };
  return Object.fromEntries(
    Object.entries(inputs).flatMap(([name, value]) => {
      const kept = on(value);
      return kept === undefined ? [] : [[name, kept] as const];
    }),
  );
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
function reasonsOf(account: FoundAccount, { fit, keys, roles, messages }: StackSettings): Map<Found, string> {
  const groups = {
    "routing.activities": keys.activities,
    "routing.taskChannels": keys.taskChannels,
    "routing.queues": keys.queues,
    "routing.workflows": keys.workflows,
    "chat.roles": isOnConversations(account) ? [] : roles,
    "conversations.roles": isOnConversations(account) ? roles : [],
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
  ["twilio:conversations:Configuration", "conversations"],
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
    [account.proxy?.sid, "flex.proxy!.sid"],
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
