import { format } from "prettier";
import { allDocuments } from "./allDocuments.ts";
import { operations, products } from "./openapi.ts";
import type { Method, Operation, Product } from "./openapi.ts";

/** An operation as the local Twilio lists it. */
export interface LocalOperation {
  /** E.g. `taskrouter.twilio.com`. */
  readonly host: string;
  readonly method: string;
  /** Path as in OpenAPI. */
  readonly template: string;
  /** Whether the local Twilio answers it; otherwise 501. */
  readonly isImplemented: boolean;
}

const titles: Readonly<Record<Product, string>> = {
  taskrouter_v1: "TaskRouter",
  chat_v2: "Programmable Chat",
  conversations_v1: "Conversations (classic)",
  proxy_v1: "Proxy",
  studio_v2: "Studio",
  flex_v1: "Flex",
  flex_v2: "Flex v2",
  api_v2010: "API 2010-04-01",
  messaging_v1: "Messaging",
};
const methods: readonly Method[] = ["GET", "POST", "DELETE"];

const introduction = `# What the local Twilio has

Every operation in Twilio's OpenAPI documents (\`@twilio/cli-core\`) of the products that Flex messaging stands on; [the others](#other-hosts-and-versions) are listed by host. An operation that the local Twilio lacks answers 501 and its name, whatever its host and version, so a missing feature never looks like a working one, and nothing that Twilio has looks gone (404). One in **bold** does more than keep and answer what it is given: below each product stands what follows. \`npm run parity\` writes this page; a test fails when it is out of date.
`;

/** Operations that do more than keep and answer what they are given, by id, and what follows from them. */
export const behaviour: Readonly<
  Record<Product, readonly { readonly ids: readonly string[]; readonly what: string }[]>
> = {
  taskrouter_v1: [
    {
      ids: ["CreateTask", "UpdateTask"],
      what: "the workflow is evaluated, workers are reserved, time moves the task on and removes it, events and callbacks tell of it",
    },
    {
      ids: ["UpdateTaskReservation", "UpdateWorkerReservation"],
      what: "task, worker and the task's other reservations follow; who declines is passed over",
    },
    {
      ids: ["CreateWorker", "UpdateWorker", "UpdateWorkerChannel"],
      what: "waiting tasks are offered to whoever is free and fits",
    },
    { ids: ["UpdateTaskQueue", "UpdateWorkflow"], what: "waiting tasks are given out by the new rules" },
    { ids: ["DeleteTask", "DeleteWorker"], what: "pending reservations end" },
  ],
  chat_v2: [
    {
      ids: ["CreateMessage"],
      what: "of what people write webhooks are told, a Studio flow begins or goes on, an agent's text goes out by Proxy",
    },
    {
      ids: ["CreateMember", "DeleteMember"],
      what: "webhooks are told, the session ends with its last agent",
    },
    { ids: ["UpdateChannel"], what: "a channel that becomes INACTIVE closes its Proxy session" },
  ],
  conversations_v1: [
    {
      ids: ["CreateConfigurationAddress", "UpdateConfigurationAddress"],
      what: "the next text to the address opens a conversation, or does not",
    },
    {
      ids: [
        "CreateConversation",
        "UpdateConversation",
        "CreateServiceConversation",
        "UpdateServiceConversation",
      ],
      what: "timers begin, and make the conversation inactive and closed in time; webhooks are told",
    },
    {
      ids: ["CreateConversationMessage", "CreateServiceConversationMessage"],
      what: "it goes out to all who take part by text, has receipts, wakes the conversation; webhooks and flow are told",
    },
    {
      ids: [
        "CreateConversationParticipant",
        "DeleteConversationParticipant",
        "CreateServiceConversationParticipant",
        "DeleteServiceConversationParticipant",
      ],
      what: "a pair of addresses is taken, or free again: its texts come into the conversation, or do not",
    },
  ],
  proxy_v1: [
    { ids: ["CreatePhoneNumber", "DeletePhoneNumber"], what: "the number's URLs change" },
    { ids: ["UpdateSession"], what: "a closed session passes no messages, an opened one does" },
    { ids: ["CreateMessageInteraction"], what: "a message is sent, and callbacks are told" },
  ],
  studio_v2: [
    { ids: ["CreateExecution"], what: "the published flow runs, step by step" },
    { ids: ["UpdateExecution"], what: "the run ends, with that of its subflow" },
  ],
  flex_v1: [
    {
      ids: ["CreateChannel", "CreateWebChannel"],
      what: "a chat channel opens, and what its Flex Flow says begins",
    },
    { ids: ["UpdateWebChannel"], what: "an inactive chat ends" },
    {
      ids: ["CreateInteraction", "CreateInteractionChannelInvite"],
      what: "a task about the conversation is routed; the channel is set up after it, or fails",
    },
    {
      ids: ["UpdateInteractionChannel", "UpdateInteractionChannelParticipant"],
      what: "tasks are wrapped up or completed, agents leave, the conversation is closed, or stays to be taken up again",
    },
    {
      ids: ["CreateInteractionChannelParticipant"],
      what: "somebody joins the conversation",
    },
    { ids: ["CreateInteractionTransfer"], what: "the agent leaves, and somebody else is invited" },
  ],
  flex_v2: [
    {
      ids: ["CreateWebChannel"],
      what: "a conversation opens with a visitor, and leads where its address says",
    },
  ],
  api_v2010: [
    { ids: ["CreateMessage"], what: "the message is sent and delivered in time, status callbacks are told" },
    {
      ids: ["CreateIncomingPhoneNumber", "DeleteIncomingPhoneNumber"],
      what: "the number is no longer for sale, or is again",
    },
    { ids: ["UpdateIncomingPhoneNumber"], what: "the next message to the number goes where it says" },
  ],
  messaging_v1: [
    { ids: ["UpdateService", "CreatePhoneNumber"], what: "the service gets the next message to its numbers" },
  ],
};

/** Why operations of a product are left out, by path. The five products that Flex messaging is made of have no others. */
const leftOut: Readonly<Record<Product, readonly { readonly paths: RegExp; readonly why: string }[]>> = {
  taskrouter_v1: [{ paths: /Statistics$/, why: "statistics: nothing is provisioned or routed by them" }],
  chat_v2: [],
  conversations_v1: [],
  proxy_v1: [],
  studio_v2: [],
  flex_v1: [{ paths: /^\/v1\/Insights\//, why: "Flex Insights with its assessments: reports on what was" }],
  flex_v2: [{ paths: /\/Users\//, why: "Flex's own records of users" }],
  api_v2010: [{ paths: /^/, why: "voice, usage, accounts and others that messages never meet" }],
  messaging_v1: [{ paths: /^/, why: "registration of senders and campaigns, and links: carriers' matters" }],
};

/** The text of docs/parity.md. Throws when the local Twilio has an operation that Twilio does not document. */
export async function parityText(local: readonly LocalOperation[]): Promise<string> {
  const documented = products.flatMap(operations);
  const key = ({ method, host, path }: Operation): string => `${method} ${host}${path}`;
  const known = new Set(documented.map(key));
  const has = new Set<string>();
  for (const { host, method, template, isImplemented } of local) {
    const name = `${method} ${host}${template}`;
    if (!known.has(name)) throw new Error(`Twilio documents no ${name}.`);
    if (isImplemented) has.add(name);
  }

  const behaves = new Set<string>();
  for (const product of products) {
    for (const id of behaviour[product].flatMap(({ ids }) => ids)) {
      const operation = operations(product).find(({ operationId }) => operationId === id);
      if (operation === undefined) throw new Error(`Twilio documents no ${id} in ${product}.`);
      if (has.has(key(operation))) behaves.add(key(operation));
    }
  }

  const count = (all: readonly Operation[]): number =>
    all.filter((operation) => has.has(key(operation))).length;
  const counts = (all: readonly Operation[]): string => {
    const behaving = all.filter((operation) => behaves.has(key(operation)));
    return [all.length, count(all), behaving.length, all.length - count(all)].join(" | ");
  };
  const summary = [
    "| Product | Host | Operations | Local Twilio has | With behaviour | 501 |",
    "| --- | --- | --: | --: | --: | --: |",
    ...products.map((product) => {
      const all = operations(product);
      return `| ${titles[product]} | ${all[0]?.host} | ${counts(all)} |`;
    }),
    `| All | | ${counts(documented)} |`,
  ];
  const sections = products.map((product) => {
    const byPath = [...Map.groupBy(operations(product), ({ path }) => path)].sort(([a], [b]) =>
      a < b ? -1 : 1,
    );
    const paths = (wanted: boolean): typeof byPath => byPath.filter(([, all]) => count(all) > 0 === wanted);
    const cell = (all: readonly Operation[], method: Method): string => {
      const operation = all.find((candidate) => candidate.method === method);
      if (operation === undefined) return "";
      if (!has.has(key(operation))) return "501";
      return behaves.has(key(operation)) ? `**${operation.operationId}**` : operation.operationId;
    };
    const rows = paths(true).map(
      ([path, all]) => `| \`${path}\` | ${methods.map((method) => cell(all, method)).join(" | ")} |`,
    );
    const missing = paths(false);
    const groups = [...leftOut[product], { paths: /^/, why: undefined }];
    const groupOf = (path: string): object | undefined => groups.find(({ paths: left }) => left.test(path));
    return [
      `## ${titles[product]}`,
      ...(rows.length > 0
        ? ["", `| Path | ${methods.join(" | ")} |`, "| --- | --- | --- | --- |", ...rows]
        : []),
      "",
      ...behaviour[product].map(({ ids, what }) => `- ${ids.map((id) => `**${id}**`).join(", ")}: ${what}`),
      ...groups.flatMap((group) => {
        const members = missing.filter(([path]) => groupOf(path) === group);
        if (members.length === 0) return [];
        const because = group.why === undefined ? "" : `: ${group.why}`;
        return [
          "",
          `<details><summary>${members.length} paths that answer 501${because}</summary>`,
          "",
          ...members.map(
            ([path, all]) => `- \`${path}\`: ${all.map(({ operationId }) => operationId).join(", ")}`,
          ),
          "",
          "</details>",
        ];
      }),
    ].join("\n");
  });
  return format([introduction, summary.join("\n"), ...sections, others()].join("\n\n"), {
    parser: "markdown",
    printWidth: 110,
  });
}

/** The operations of all other documents, counted by host and version: the local Twilio has none of them. */
function others(): string {
  const documents = [...allDocuments()].filter(([name]) => !products.some((product) => product === name));
  // Two documents have some operations of Content.
  const all = [
    ...new Map(
      documents
        .flatMap(([, operations]) => operations)
        .map((operation) => [`${operation.method} ${operation.host}${operation.path}`, operation]),
    ).values(),
  ];
  const byPlace = Map.groupBy(all, ({ host, path }) => `| ${host} | \`/${path.split("/")[1]}\` |`);
  return [
    "## Other hosts and versions",
    "",
    `${all.length} operations of ${new Set(all.map(({ host }) => host)).size} hosts answer 501: products that Flex ` +
      "messaging does not stand on, and other versions of those that it does. So does whatever else is asked of a " +
      "Twilio host that no document has.",
    "",
    "| Host | Version | Operations |",
    "| --- | --- | --: |",
    ...[...byPlace]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([place, operations]) => `${place} ${operations.length} |`),
  ].join("\n");
}
