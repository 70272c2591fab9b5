import type { Flex, Manager } from "./flex.ts";

/** Tells agents and those who look into the browser's console what happened. */
export interface Report {
  /** Shown to the agent until closed, and told on the console. */
  error(problem: string): void;
  warn(text: string): void;
  info(text: string): void;
}

const id = "FlexMessagingProblem";
const prefix = "Flex messaging:";

/** Registers the plugin's notification with Flex. */
export function createReport(
  flex: Flex,
  manager: Manager,
  log: Pick<Console, "error" | "warn" | "info">,
): Report {
  // Flex makes a template of it, and escapes what it puts in.
  manager.strings = { ...manager.strings, [id]: `${prefix} {{problem}}` };
  // Flex refuses one that is there already: a second copy of the plugin fails here, before it does things twice.
  flex.Notifications.registerNotification({ id, content: id, type: "error", timeout: 0 });
  return {
    error(problem) {
      log.error(`${prefix} ${problem}`);
      flex.Notifications.showNotification(id, { problem });
    },
    warn: (text) => log.warn(`${prefix} ${text}`),
    info: (text) => log.info(`${prefix} ${text}`),
  };
}

/** Why something failed: Flex rejects with texts, errors, and errors that say further inside what caused them. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { content } = error as { content?: { description?: unknown; wrappedError?: unknown } };
  if (typeof content?.description === "string") return content.description;
  const { wrappedError } = content ?? {};
  return wrappedError instanceof Error && wrappedError.message !== error.message
    ? `${error.message}: ${wrappedError.message}`
    : error.message;
}
