import * as pulumi from "@pulumi/pulumi";
import type { Keyed } from "./keyed.ts";

// Chat and Conversations are two APIs of one store. What a stack declares by the one and then by the other is the same thing
// to Pulumi under an alias, and nothing happens to it at Twilio.

/** The types of the two components that declare Flex's service. They know each other, so that either can follow the other. */
export const serviceTypes = {
  chat: "flex-messaging:chat:ChatService",
  conversations: "flex-messaging:conversations:ConversationService",
} as const;

/** Type of the component that holds roles of Conversations. */
export const conversationsType = "flex-messaging:conversations:Conversations";

type Product = keyof typeof serviceTypes;

/** What the service, or the agent role in it, was before the stack went over to this API. */
export function formerly(other: Product, kind: "Service" | "Role"): pulumi.Alias[] {
  return [{ type: `twilio:${other}:${kind}` }];
}

/** Where the role of a key was declared before, by the other API. */
export type FormerRoles = Keyed<pulumi.Input<pulumi.URN>>;

/** URNs that the roles of these keys have where another component declares them. */
export function rolesIn(
  component: { name: string; type: string; parent: pulumi.Resource },
  type: string,
  keys: readonly string[],
): FormerRoles {
  const parent = pulumi.createUrn(component.name, component.type, component.parent);
  return Object.fromEntries(
    keys.map((key) => [key, pulumi.createUrn(`${component.name}-role-${key}`, type, parent)]),
  );
}
