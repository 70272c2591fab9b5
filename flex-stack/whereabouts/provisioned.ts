import { nameOf } from "../changes/resource-change.ts";
import { remoteResources, type DeployedResource } from "../state/deployment.ts";
import { requireHere } from "./require-here.ts";
import type { StackRun } from "../session/stack-run.ts";

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

/**
 * What the state of a stack says is at Twilio; nothing when the stack does not exist. Writes nothing.
 *
 * @throws Failure when it is not where the configuration leads
 */
export async function provisioned(run: StackRun): Promise<readonly Provisioned[]> {
  const deployed = (await run.session.deployed()) ?? [];
  const { apart } = await requireHere(run, deployed);
  return provisionedOf(deployed.filter(({ urn }) => !apart.has(urn)));
}

/** The same of a state at hand. */
export function provisionedOf(deployed: readonly DeployedResource[]): readonly Provisioned[] {
  const resources = remoteResources(deployed);
  return resources
    .filter(({ type }) => type.startsWith("twilio:"))
    .flatMap(({ urn, type, id, inputs }) => {
      const sids = id?.split("/") ?? [];
      const sid = sids.pop();
      return sid === undefined ? [] : [{ name: nameOf(urn), type, sid, parents: sids, inputs }];
    });
}
