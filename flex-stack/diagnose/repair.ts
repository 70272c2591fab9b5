import type { Provisioned } from "../whereabouts/provisioned.ts";

/** What stands for a thing of the account in a state: its SID, or its type and properties that name it. */
export type Sought = string | { readonly type: string; readonly where: Readonly<Record<string, unknown>> };

/**
 * The command that brings back what a stack declares, for things that this stack has. Without `--refresh` it would
 * compare with the state only, and change nothing.
 */
export class Repair {
  readonly command: string;
  readonly #resources: readonly Provisioned[];

  constructor(stack: string, resources: readonly Provisioned[]) {
    this.command = `npx flex-stack up --refresh --stack ${stack}`;
    this.#resources = resources;
  }

  /** What the stack's program set of a thing; undefined where the stack has no such thing. */
  declared(thing: Sought): Readonly<Record<string, unknown>> | undefined {
    const found = this.#resources.find((one) =>
      typeof thing === "string"
        ? one.sid === thing
        : one.type === thing.type &&
          Object.entries(thing.where).every(([name, value]) => one.inputs[name] === value),
    );
    return found?.inputs;
  }

  /** `byHand` as a sentence, and the command besides where the stack has one of the things. */
  or(byHand: string, ...things: readonly (Sought | undefined)[]): string {
    const has = things.some((thing) => thing !== undefined && this.declared(thing) !== undefined);
    return has ? `${byHand}, or run ${this.command}: it brings back what the stack declares.` : `${byHand}.`;
  }
}

/** A number of the account, and what its handler is set by. */
export const numberOf = (phoneNumber: string): Sought => ({
  type: "twilio:api:IncomingPhoneNumber",
  where: { phoneNumber },
});

/** A number in the pool of a Proxy service, however the program names it. */
export const pooled = (phoneNumber: string, phoneNumberSid: string): readonly Sought[] => [
  { type: "twilio:proxy:PhoneNumber", where: { phoneNumber } },
  { type: "twilio:proxy:PhoneNumber", where: { phoneNumberSid } },
];

/** The Flex Flow of a number. */
export const flexFlowOf = (phoneNumber: string): Sought => ({
  type: "twilio:flex:FlexFlow",
  where: { contactIdentity: phoneNumber },
});

/** The role `agent` of a service, whichever of the two APIs a program declares it by. */
export const agentRoleOf = (serviceSid: string): readonly Sought[] =>
  ["twilio:chat:Role", "twilio:conversations:Role"].map((type) => ({
    type,
    where: { friendlyName: "agent", serviceSid },
  }));

/** The Address of a number, which opens conversations. */
export const addressOf = (address: string): Sought => ({
  type: "twilio:conversations:Address",
  where: { address },
});

/** What the account's conversations have unless they say otherwise. */
export const conversationsSettings: Sought = { type: "twilio:conversations:Configuration", where: {} };
