import type { Operations, ResourceDefinition } from "./definition.ts";
import { UserError } from "./errors.ts";
import { formatId, kind } from "./id.ts";
import { leaves, valueAt } from "./leaves.ts";
import { same } from "./leafValue.ts";
import { findByKey, naturalKey } from "./naturalKey.ts";
import type { Session } from "./session.ts";
import { isReadable, remoteValue } from "./state.ts";
import type { Properties, Response } from "./value.ts";

/** How far Twilio's own clocks may be apart, in milliseconds. */
const tolerance = 30_000;

/** In milliseconds. */
const second = 1000;

export interface LostCreate {
  inputs: Properties;
  parents: { [input: string]: string };
  /** When it was sent, by Twilio's clock, in milliseconds since 1970. */
  started: number;
  /**
   * Nobody saw it sent: what is older than `started`, or so many milliseconds younger, is not what it made.
   * @default clocks may be apart, and it was made whenever
   */
  within?: number;
}

/**
 * Finds the resource that a create made whose answer was lost: one with the same key that is as the
 * inputs say and not older than the create. Nothing when there is none; several are an error, because
 * only a person can tell them apart.
 */
export async function recover(
  session: Session,
  definition: ResourceDefinition,
  operations: Operations,
  { inputs, parents, started, within }: LostCreate,
): Promise<Response | undefined> {
  const key = naturalKey(definition, inputs);
  const named =
    key === undefined ? ((await operations.list?.({})) ?? []) : await findByKey(definition, operations, key);
  const idOf = (response: Response): string =>
    formatId(definition, { parents, sid: String(response["sid"]) }, session.accountSid);
  const possible = named.filter(
    (response) =>
      !session.claims.isTaken(definition, idOf(response)) &&
      isFrom(
        response,
        within === undefined ? started - tolerance : started,
        started + (within ?? Infinity),
      ) &&
      isAsCreated(definition, response, inputs),
  );
  const candidates: Response[] = [];
  for (const response of possible) {
    // One that the stack had before is not new, however young it is.
    const owners = await session.records.owners(definition, idOf(response));
    if ((owners ?? []).length === 0) candidates.push(response);
  }
  if (candidates.length > 1) {
    const sids = candidates.map((response) => String(response["sid"])).join(", ");
    throw new UserError(
      `Twilio did not answer a create, and there are now several ${kind(definition)} resources it may have made: ` +
        `${sids}.\nFix: delete all of them but one, import that one with pulumi import, and run it again`,
    );
  }
  return candidates[0];
}

/** Whether a resource was created between two moments. Twilio's times have no fraction. */
function isFrom(response: Response, first: number, last: number): boolean {
  const created = response["dateCreated"];
  if (typeof created !== "string") return false;
  const time = Date.parse(created);
  return time >= Math.floor(first / second) * second && time <= last;
}

/** Whether a resource has every value that the create sent and Twilio shows. */
function isAsCreated(definition: ResourceDefinition, response: Response, inputs: Properties): boolean {
  return leaves(definition)
    .inputs.filter((leaf) => isReadable(leaf) && leaf.field.updateOnly !== true)
    .every((leaf) => {
      const sent = valueAt(inputs, leaf.path);
      return sent === undefined || same(leaf.field, sent, remoteValue(leaf, response));
    });
}
