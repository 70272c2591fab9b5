import type { Plan, PlannedResource } from "../../planned.ts";
import { textOf, UNKNOWN } from "../../unknown.ts";

type Address = PlannedResource<"twilio:conversations:Address">;

/** How an Address opens conversations, as far as it is known. */
export interface AutoCreation {
  readonly enabled?: unknown;
  readonly type?: unknown;
  readonly conversationServiceSid?: unknown;
  readonly studioFlowSid?: unknown;
}

/** Undefined where nobody knows it yet. */
export function autoCreationOf({ properties }: Address): AutoCreation | undefined {
  const { autoCreation = {} } = properties;
  return typeof autoCreation === "object" && autoCreation !== null ? autoCreation : undefined;
}

/** Whether messages open conversations, or it could turn out so. Twilio does it unless it is told not to. */
export function mayOpen(address: Address): boolean {
  return autoCreationOf(address)?.enabled !== false;
}

/** An Address whose messages open conversations for sure. */
export interface OpeningAddress {
  readonly resource: Address;
  readonly address: string;
  /** It is that of a number's texts. */
  readonly isNumber: boolean;
}

/** The Addresses whose messages open conversations for sure. */
export function openingAddresses(plan: Plan): OpeningAddress[] {
  return plan.of("twilio:conversations:Address").flatMap((resource): OpeningAddress[] => {
    const creation = autoCreationOf(resource);
    const address = textOf(resource.properties.address);
    if (!address || !creation || creation.enabled === false || creation.enabled === UNKNOWN) return [];
    return [{ resource, address, isNumber: isOfTexts(resource) }];
  });
}

/** Whether the texts to a number open conversations, or it could turn out so. */
export function mayOpenConversations(plan: Plan, phoneNumber: string): boolean {
  return plan
    .of("twilio:conversations:Address")
    .some(
      (resource) => resource.properties.address === phoneNumber && isOfTexts(resource) && mayOpen(resource),
    );
}

/** Twilio takes the kind of an Address in any case. */
function isOfTexts({ properties }: Address): boolean {
  return textOf(properties.type)?.toLowerCase() === "sms";
}
