import type { Context } from "./context.ts";
import { integrationTypes, kindAt } from "./number-kinds.ts";
import type { Config } from "./schema.ts";

type Number = Config["messageHandling"]["numbers"][string];

/** What can't be meant in the migrations of numbers. */
export function checkMigrations({ config, report }: Context): void {
  const { kind: usual, numbers } = config.messageHandling;
  for (const [key, number] of Object.entries(numbers)) {
    const { kind = usual, migration, messagingServiceSid } = number;
    const at = `messageHandling.numbers.${key}`;
    if (messagingServiceSid !== undefined && kind !== "conversations" && migration?.cut !== "pool")
      report(
        `${at}.messagingServiceSid`,
        `is set, though the number is of kind ${kind}`,
        "remove it: Proxy sends by the number itself",
      );
    if (migration === undefined) continue;
    checkStage(number, kind, at, report);
    if (migration.cut === "pool" && messagingServiceSid === undefined)
      report(
        `${at}.messagingServiceSid`,
        "is missing, though the cut is pool",
        "set the SID of the Messaging Service that opens conversations by itself",
      );
    const other = kind === "flex" ? "conversations" : "flex";
    const types = integrationTypes[other];
    if (migration.integration !== undefined && !types.includes(migration.integration.type))
      report(
        `${at}.migration.integration.type`,
        `is ${migration.integration.type}, which numbers of kind ${other} don't have`,
        `set ${types.join(" or ")}`,
      );
  }
}

function checkStage(
  { migration, buy }: Number,
  kind: Number["kind"] & string,
  at: string,
  report: Context["report"],
): void {
  if (migration === undefined) return;
  if (kind === "custom")
    report(
      `${at}.migration`,
      "is set, though the number is of kind custom",
      "remove it, and set kind conversations when its handler is to go",
    );
  else if (kindAt[migration.stage] !== kind)
    report(
      `${at}.migration.stage`,
      `is ${migration.stage}, though the number is of kind ${kind}`,
      `set kind ${kindAt[migration.stage]}, or stage ${kind === "flex" ? "prepared" : "cut"}`,
    );
  if (buy) report(`${at}.migration`, "is set beside buy", "remove one: a new number needs no migration");
}
