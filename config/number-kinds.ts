import type { Config } from "./schema.ts";

type Kind = Config["messageHandling"]["kind"];

/** Integrations that numbers of each kind have. */
export const integrationTypes: Readonly<Record<Kind, readonly string[]>> = {
  flex: ["studio", "external", "task"],
  conversations: ["studio", "webhook"],
  custom: [],
};

/** The kind that a number has at each stage of its way from Chat and Proxy to Flex Conversations. */
export const kindAt = { prepared: "flex", cut: "conversations" } as const;
