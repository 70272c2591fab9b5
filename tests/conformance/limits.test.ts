import { expect, test } from "@jest/globals";
import type { Parameter } from "../../emulator/kernel/parameter.ts";
import type { Resource } from "../../emulator/kernel/resource.ts";
import { conversationView } from "../../emulator/products/conversations/conversation.ts";
import { messageView } from "../../emulator/products/conversations/message.ts";
import { participantView } from "../../emulator/products/conversations/participant.ts";
import { roleView } from "../../emulator/products/conversations/role.ts";
import { serviceView } from "../../emulator/products/conversations/service.ts";
import { userView } from "../../emulator/products/conversations/user.ts";
import { products as localProducts } from "../../emulator/products/index.ts";
import { findOperation, type Product, productOfHost } from "./openapi.ts";

// How long a text may be stands in the descriptions of Twilio's documents, if anywhere.

interface Limit {
  /** E.g. `chat_v2 CreateRole FriendlyName`. */
  readonly what: string;
  readonly documented: number | undefined;
  readonly local: number | undefined;
}

/** `It can be up to 64 characters long`, `limited to 256 characters`, `must be 191 characters or fewer`. */
function documentedLimit(description: string): number | undefined {
  const [, given] =
    /(?:up to|limited to|must be) (\d[\d,]*) characters(?! (?:long and|of))/i.exec(description) ?? [];
  return given === undefined ? undefined : Number(given.replaceAll(",", ""));
}

const lengths = [64, 191, 255, 256, 500, 512, 1600, 4000, 4096];

/** The longest text that the parameter takes, if there is a limit; undefined too for what takes no free text. */
function localLimit(parameter: Parameter, operation: "create" | "update"): number | undefined {
  const takes = (length: number): boolean => {
    try {
      parameter.read(["x".repeat(length)], "X", operation);
      return true;
    } catch {
      return false;
    }
  };
  return takes(1) ? lengths.find((length) => takes(length) && !takes(length + 1)) : undefined;
}

function limitsOf(product: Product | undefined, resource: Resource<never>): Limit[] {
  if (product === undefined) return [];
  return (["create", "update"] as const).flatMap((on) => {
    const operation = findOperation(product, "POST", on === "create" ? resource.path : resource.instancePath);
    return Object.entries(resource.parameters)
      .filter(([, parameter]) => parameter.on === "both" || parameter.on === on)
      .flatMap(([name, parameter]): Limit[] => {
        const described = operation?.parameters.find((documented) => documented.name === name);
        if (described === undefined) return [];
        const documented = documentedLimit(described.schema.description ?? "");
        const what = `${product} ${operation?.operationId} ${name}`;
        return [{ what, documented, local: localLimit(parameter, on) }];
      });
  });
}

const viewsOfConversations = [conversationView, messageView, participantView, roleView, userView].flatMap(
  ({ inService, byDefault }) => [inService, byDefault],
) as readonly Resource<never>[];

const limits = [
  ...localProducts.flatMap(({ host, resources }) =>
    resources.flatMap((resource) => limitsOf(productOfHost(`${host}.twilio.com`, resource.path), resource)),
  ),
  ...[...viewsOfConversations, serviceView].flatMap((view) => limitsOf("conversations_v1", view)),
].filter(({ documented, local }) => documented !== undefined || local !== undefined);

/** Where the local Twilio limits otherwise than the description of the parameter, and why. */
const otherwise: readonly {
  readonly what: RegExp;
  readonly local: number | undefined;
  readonly why: string;
}[] = [
  { what: /UpdateAccount FriendlyName$/, local: 64, why: "the description of the field says so" },
  {
    what: /CreateMessage Body$/,
    local: undefined,
    why: "a code of its own, 21617, says that it is too long",
  },
  {
    what: /chat_v2 (Create|Update)Service FriendlyName$/,
    local: 256,
    why: "the same service, as Conversations has it, takes so much",
  },
  {
    what: /CreatePluginConfiguration Description$/,
    local: 500,
    why: "as long as those of the plug-ins in it: the description of the field there says so",
  },
  {
    what: /CreateParticipant Identifier$/,
    local: 191,
    why: "the description of the field says so",
  },
  { what: /UpdateWorkspace FriendlyName$/, local: 64, why: "as long as a create's" },
  {
    what: /conversations_v1 Create(Service)?Role FriendlyName$/,
    local: 256,
    why: "Terraform's provider for Twilio takes so much, and its tests ran against Twilio",
  },
];

test("texts are as long as Twilio's documents say, or otherwise for a reason", () => {
  const wrong = limits.filter(({ what, documented, local }) => {
    const exception = otherwise.find((candidate) => candidate.what.test(what));
    return local !== (exception === undefined ? documented : exception.local);
  });
  expect(wrong).toEqual([]);
});

test("every exception is needed", () => {
  for (const { what, local } of otherwise)
    expect(limits.filter((limit) => what.test(limit.what) && limit.documented !== local)).not.toEqual([]);
});

test("what a description says is a limit is one", () => {
  expect(documentedLimit("A name. It can be up to 64 characters long.")).toBe(64);
  expect(documentedLimit("can be up to 1,600 characters long.")).toBe(1600);
  expect(documentedLimit("Limited to 256 characters.")).toBe(256);
  expect(documentedLimit("This value must be 191 characters or fewer in length and be unique.")).toBe(191);
  expect(documentedLimit("A 34 character string")).toBeUndefined();
  expect(limits.length).toBeGreaterThan(40);
});
