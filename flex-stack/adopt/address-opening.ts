import type { Json } from "../../provider/access.ts";
import type { Found } from "./found.ts";

/** How an Address opens conversations. */
export interface Opening {
  readonly type: string;
  readonly conversationServiceSid: string | undefined;
  readonly studioFlowSid: string | undefined;
  readonly webhookUrl: string | undefined;
  readonly webhookMethod: string | undefined;
  readonly webhookFilters: readonly string[];
}

/** Undefined where it opens none: then the number's own URL gets the messages. */
export function openingOf(address: Found): Opening | undefined {
  const given = address.inputs["autoCreation"];
  const isOn =
    typeof given === "object" && given !== null && !Array.isArray(given) && given["enabled"] === true;
  return isOn ? settingsOf(address) : undefined;
}

/** How it opens them once it is on, or would. */
export function settingsOf({ inputs }: Found): Opening | undefined {
  const given = inputs["autoCreation"];
  if (typeof given !== "object" || given === null || Array.isArray(given)) return undefined;
  const settings = given as Record<string, Json>;
  const text = (name: string) => {
    const value = settings[name];
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  const filters = settings["webhookFilters"];
  return {
    type: text("type") ?? "default",
    conversationServiceSid: text("conversationServiceSid"),
    studioFlowSid: text("studioFlowSid"),
    webhookUrl: text("webhookUrl"),
    webhookMethod: text("webhookMethod"),
    webhookFilters: Array.isArray(filters) ? filters.filter((one) => typeof one === "string") : [],
  };
}
