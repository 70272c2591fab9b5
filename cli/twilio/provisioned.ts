import { nameOf } from "../changes/resource-change.ts";
import { remoteResources } from "../stack/deployment.ts";
import type { StackSession } from "../stack/stack-session.ts";

/** Something at Twilio that a stack provisioned or took over. */
export interface Provisioned {
  /** As the program names it. */
  readonly name: string;
  /** `twilio:taskrouter:TaskQueue` */
  readonly type: string;
  /** Its own; the account's for what an account has one of. */
  readonly sid: string;
  /** SIDs of what it is in, outermost first. */
  readonly parents: readonly string[];
  /** What the program set; secrets encrypted. */
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** What the state of a stack says is at Twilio; nothing when the stack does not exist. Writes nothing. */
export async function provisioned(session: Pick<StackSession, "deployed">): Promise<readonly Provisioned[]> {
  const resources = remoteResources((await session.deployed()) ?? []);
  return resources
    .filter(({ type }) => type.startsWith("twilio:"))
    .flatMap(({ urn, type, id, inputs }) => {
      const sids = id?.split("/") ?? [];
      const sid = sids.pop();
      return sid === undefined ? [] : [{ name: nameOf(urn), type, sid, parents: sids, inputs }];
    });
}
