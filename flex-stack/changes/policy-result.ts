import type { PolicyEvent } from "@pulumi/pulumi/automation/index.js";
import { nameOf } from "./resource-change.ts";

/** A rule of a policy pack that does not hold. */
export interface PolicyResult {
  pack: string;
  rule: string;
  /** `mandatory` refuses the change, `advisory` only says so. */
  level: "mandatory" | "advisory";
  /** What is wrong, where, and how to fix it. */
  message: string;
  /** Name of the resource at fault; absent where it is the whole stack. */
  resource?: string;
}

/** A policy's verdict as the engine reports it. */
export function policyResult(event: PolicyEvent, message: string): PolicyResult {
  const { resourceUrn: urn } = event;
  const isResource = urn !== undefined && urn !== "" && !urn.includes("::pulumi:pulumi:Stack::");
  return {
    pack: event.policyPackName,
    rule: event.policyName,
    level: event.enforcementLevel === "mandatory" ? "mandatory" : "advisory",
    message,
    ...(isResource ? { resource: nameOf(urn) } : {}),
  };
}
