import type { FoundIntegration } from "./both-worlds.ts";
import { Inexpressible, type Keyed } from "./fit.ts";
import type { FoundAccount } from "./found-account.ts";
import { textOf, type Found } from "./found.ts";
import { configKey } from "./names.ts";
import { mostCommon, numberHandling, type FoundHandler, type NumberHandling } from "./number-handling.ts";
import { flexFlowName } from "./read-account.ts";

/** What conversations have in common, and what each number has of its own. */
export interface Messages {
  /** The Studio flow that most numbers use. */
  readonly flow: Found | undefined;
  readonly integration: FoundIntegration | undefined;
  readonly handler: FoundHandler | undefined;
  readonly numbers: readonly Keyed[];
  /** By SID of the number: who gets its messages, or why the configuration can't say that. */
  readonly handling: ReadonlyMap<string, NumberHandling | Inexpressible>;
}

/** Finds what most numbers have in common; that goes into the configuration. */
export function findMessages(account: FoundAccount): Messages {
  const taken = new Set<string>();
  const numbers = account.numbers.map((found) => ({ key: numberKey(found, taken), found }));
  const handling = new Map<string, NumberHandling | Inexpressible>();
  for (const { found } of numbers) {
    try {
      handling.set(found.sid, numberHandling(account, found));
    } catch (error) {
      if (!(error instanceof Inexpressible)) throw error;
      handling.set(found.sid, error);
    }
  }
  const all = [...handling.values()];
  const integrations = all.flatMap((value) => {
    if (!("kind" in value)) return [];
    if (value.kind === "conversations") return value.former?.integration ?? [];
    return value.kind === "flex" ? value.integration : [];
  });
  const integration = mostCommon(integrations);
  const opened = all.flatMap((value) =>
    "kind" in value && value.kind === "conversations" && value.integration.type === "studio"
      ? value.integration.flowSid
      : [],
  );
  const usual = integration?.type === "studio" ? integration.flowSid : mostCommon(opened);
  return {
    flow:
      account.flows.find(({ sid }) => sid === usual) ??
      account.flows.find(({ name }) => name === flexFlowName) ??
      account.flows[0],
    integration,
    handler: mostCommon(
      all.flatMap((value) => ("kind" in value && value.kind === "custom" ? value.handler : [])),
    ),
    numbers,
    handling,
  };
}

function numberKey({ response, name }: Found, taken: Set<string>): string {
  const phoneNumber = textOf(response, "phoneNumber");
  // Twilio's own name of a number is the number.
  const named = name.replace(/\D/g, "") === "" || !/^[\d\s()+.-]+$/.test(name);
  return named
    ? configKey(name, "number", taken)
    : configKey(`number ${phoneNumber.slice(1)}`, "number", taken);
}
