import { isObject } from "../values/property-value.ts";

/**
 * Where a number is on its way from Chat with Proxy to Flex Conversations, as the configuration says it: `legacy` before
 * it, `done` after it, `custom` where neither handles it.
 */
export type Stage = "legacy" | "prepared" | "cut" | "done" | "custom";

/** In the order of the way. */
export const way = ["legacy", "prepared", "cut", "done"] as const;

/** How a number changes hands; what each costs is told by `plan`. */
export type Cut = (typeof cuts)[number];

export const cuts = ["drain", "enable-first", "clear-first", "pool"] as const;

export const defaultCut: Cut = "enable-first";

/** Settings of one number, as they are written below `messageHandling.numbers`. */
export type NumberSettings = Readonly<Record<string, unknown>>;

/** @param usualKind `messageHandling.kind` */
export function stageOf(number: NumberSettings, usualKind: unknown): Stage {
  const kind = number["kind"] ?? usualKind;
  if (kind !== "flex" && kind !== "conversations") return "custom";
  const isOnItsWay = number["migration"] !== undefined;
  if (kind === "flex") return isOnItsWay ? "prepared" : "legacy";
  return isOnItsWay ? "cut" : "done";
}

/** How a number that is on its way changes hands; nothing for one that is not. */
export function cutOf({ migration }: NumberSettings): Cut | undefined {
  if (!isObject(migration)) return undefined;
  return cuts.find((cut) => cut === migration["cut"]) ?? defaultCut;
}
