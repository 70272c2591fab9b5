import type { Subject } from "./subject.ts";
import type { Surroundings } from "./surroundings.ts";

export type Mark = "same" | "added" | "changed" | "removed";

/** The routing of one workflow after a change, with what changed in it. */
export interface RoutingPicture {
  readonly workflow: string;
  readonly filters: readonly PictureFilter[];
  /** Where tasks go that match no filter. */
  readonly otherwise: { readonly queue: string | undefined; readonly mark: Mark };
}

export interface PictureFilter {
  readonly name: string;
  readonly expression: string;
  readonly mark: Mark;
  readonly targets: readonly PictureTarget[];
}

export interface PictureTarget {
  readonly queue: string;
  /** What narrows and orders the step: `worker.level DESC`, `60 s`, `priority 5`. */
  readonly conditions: readonly string[];
  readonly mark: Mark;
}

/** The picture of a workflow that changed, or undefined where its routing is as it was. */
export function routingPicture(_subject: Subject, _surroundings: Surroundings): RoutingPicture | undefined {
  return undefined;
}
