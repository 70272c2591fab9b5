import { format } from "prettier";
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
  proxy_v1: "Proxy",
  studio_v2: "Studio",
  flex_v1: "Flex",
  api_v2010: "API 2010-04-01",
  messaging_v1: "Messaging",
};
const methods: readonly Method[] = ["GET", "POST", "DELETE"];

const introduction = `# What the local Twilio has

Every operation in Twilio's OpenAPI documents (\`@twilio/cli-core\`) of the products that Flex messaging stands on. An operation that the local Twilio lacks answers 501 and its name, so a missing feature never looks like a working one. \`npm run parity\` writes this page; a test fails when it is out of date.
`;

/** Why operations of a product are left out, by path. The five products that Flex messaging is made of have no others. */
const leftOut: Readonly<Record<Product, readonly { readonly paths: RegExp; readonly why: string }[]>> = {
  taskrouter_v1: [{ paths: /Statistics$/, why: "statistics: nothing is provisioned or routed by them" }],
  chat_v2: [],
  proxy_v1: [],
  studio_v2: [],
  flex_v1: [
    { paths: /^\/v1\/Insights\//, why: "Flex Insights with its assessments: reports on what was" },
    {
      paths: /^\/v1\/Interactions/,
      why: "Interactions: they need Flex UI 2 and the Conversations API, whose place Chat and Proxy have here",
    },
  ],
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

  const count = (all: readonly Operation[]): number =>
    all.filter((operation) => has.has(key(operation))).length;
  const summary = [
    "| Product | Host | Operations | Local Twilio has |",
    "| --- | --- | --: | --: |",
    ...products.map((product) => {
      const all = operations(product);
      return `| ${titles[product]} | ${all[0]?.host} | ${all.length} | ${count(all)} |`;
    }),
    `| All | | ${documented.length} | ${count(documented)} |`,
  ];
  const sections = products.map((product) => {
    const byPath = [...Map.groupBy(operations(product), ({ path }) => path)].sort(([a], [b]) =>
      a < b ? -1 : 1,
    );
    const paths = (wanted: boolean): typeof byPath => byPath.filter(([, all]) => count(all) > 0 === wanted);
    const cell = (all: readonly Operation[], method: Method): string => {
      const operation = all.find((candidate) => candidate.method === method);
      if (operation === undefined) return "";
      return has.has(key(operation)) ? operation.operationId : "501";
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
  return format([introduction, summary.join("\n"), ...sections].join("\n\n"), {
    parser: "markdown",
    printWidth: 110,
  });
}
