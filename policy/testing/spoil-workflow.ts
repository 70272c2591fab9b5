import { UNKNOWN } from "../unknown.ts";
import { at, set, type Case } from "./test-rule.ts";
import type { Centre } from "./centre.ts";

export interface Target {
  [key: string]: unknown;
}
interface Routing {
  filters: { expression: unknown; targets: [Target, ...Target[]] }[];
  default_filter?: unknown;
}

/** Spoils the workflow's routing. */
export const routing = (change: (routing: Routing) => void) => (resources: Centre) => {
  const { configuration } = at(resources, "inbound").properties as {
    configuration: { task_routing: Routing };
  };
  change(configuration.task_routing);
};
export const first = (change: Target) =>
  routing(({ filters }) => {
    Object.assign(filters[0]!.targets[0], change);
  });
export const asText = (resources: Centre) => {
  const { properties } = at(resources, "inbound");
  properties.configuration = JSON.stringify(properties.configuration);
};
export const nothingKnown: Case = [
  "a configuration not known yet",
  set("inbound", { configuration: UNKNOWN }),
  [],
];
export const asJson: Case = ["the same as JSON text", asText, []];
