import type { StepEventStateMetadata } from "@pulumi/pulumi/automation/index.js";

/** Types whose creation is a purchase: Twilio charges for what they stand for as long as it is there. */
const sold: ReadonlySet<string> = new Set(["twilio:api:IncomingPhoneNumber"]);

/** Whether what is made of a type is bought. */
export function isSold(type: string): boolean {
  return sold.has(type);
}

/** Whether making it costs money. What the account has already is taken over, and is no purchase. */
export function isPurchase(state: StepEventStateMetadata | undefined): boolean {
  return state !== undefined && isSold(state.type);
}
