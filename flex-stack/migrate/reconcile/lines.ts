import type { TwilioAccount } from "../../account/account.ts";
import { answerOf, type Answer } from "../../account/answer.ts";
import { ExitCode } from "../../failure/exit-code.ts";
import { Failure } from "../../failure/failure.ts";
import { allPages } from "./pages.ts";
import { refusal } from "./reading.ts";

/** What the conversation of a new customer gets, as an Address says. */
export interface Opening {
  /** `IG…` of the Address. */
  readonly addressSid: string;
  readonly enabled: boolean;
  readonly type: string;
  /** Where conversations are made; absent: in the account's default service. */
  readonly serviceSid?: string | undefined;
  readonly flowSid?: string | undefined;
  readonly url?: string | undefined;
  readonly method?: string | undefined;
  readonly filters?: readonly string[] | undefined;
}

/** By which names texts come in to a number. */
export interface Lines {
  /** The number itself, then with the prefixes of other ways. */
  readonly names: readonly string[];
  /** What conversations by each of them get. */
  readonly openings: ReadonlyMap<string, Opening>;
  /** What could not be read, a sentence each. */
  readonly refused: readonly string[];
}

/** Finds how customers can write to a number. @throws Failure when it is none of the account's */
export async function findLines({ client }: TwilioAccount, number: string): Promise<Lines> {
  const [owned, addresses, flows] = await Promise.all([
    answerOf(() => client.incomingPhoneNumbers.list({ phoneNumber: number, limit: 1 })),
    answerOf(() => allPages(client.conversations.v1.addressConfigurations.page({ pageSize: 50 }))),
    answerOf(() => allPages(client.flexApi.v1.flexFlow.page({ pageSize: 100 }))),
  ]);
  const isIts = (name: string): boolean => name === number || name.endsWith(`:${number}`);
  const openings = new Map<string, Opening>();
  for (const { sid, address, autoCreation } of found(addresses))
    if (isIts(address)) openings.set(address, openingOf(sid, autoCreation));
  const identities = found(flows).map(({ contactIdentity }) => contactIdentity ?? "");
  const named = [...openings.keys(), ...identities.filter(isIts)];
  const isOwned = owned.kind !== "found" || owned.value.some(({ phoneNumber }) => phoneNumber === number);
  if (!isOwned && named.length === 0)
    throw new Failure({
      what: `${number} is no number of the account.`,
      why: "Texts are looked for by the number that they came in to.",
      fix: "Give a number of the account, or choose its stack with --stack.",
      exitCode: ExitCode.usage,
    });
  return {
    names: [...new Set([number, ...named])],
    openings,
    refused: [...refusalOf("Conversations", addresses), ...refusalOf("Flex", flows)],
  };
}

function found<T>(answer: Answer<{ readonly items: readonly T[] }>): readonly T[] {
  return answer.kind === "found" ? answer.value.items : [];
}

function refusalOf(product: string, answer: Answer<unknown>): string[] {
  return answer.kind === "denied" || answer.kind === "failed" ? [refusal(product, answer.error)] : [];
}

function openingOf(addressSid: string, autoCreation: unknown): Opening {
  const given = (autoCreation ?? {}) as Readonly<Record<string, unknown>>;
  const text = (name: string): string | undefined =>
    typeof given[name] === "string" && given[name] !== "" ? given[name] : undefined;
  const filters = given["webhook_filters"];
  return {
    addressSid,
    enabled: given["enabled"] === true,
    type: text("type") ?? "default",
    serviceSid: text("conversation_service_sid"),
    flowSid: text("studio_flow_sid"),
    url: text("webhook_url"),
    method: text("webhook_method"),
    filters: Array.isArray(filters) ? filters.filter((one) => typeof one === "string") : undefined,
  };
}
