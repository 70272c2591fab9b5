import { Liquid } from "liquidjs";
import type { JsonObject } from "../../kernel/json.ts";

/** Bounds for templates, which come from flows that anybody may upload: characters, milliseconds, and bytes. */
const limits = { parseLimit: 1_000_000, renderLimit: 1000, memoryLimit: 10_000_000 };

const engine = new Liquid({
  ...limits,
  // A template must not read files of this machine: there is nothing to include.
  templates: {},
  ownPropertyOnly: true,
});

/** Fills in `{{…}}` as Studio does: what is not there is nothing. @throws Error when the template is broken */
export function fill(template: string, variables: JsonObject): string {
  return template.includes("{") ? String(engine.parseAndRenderSync(template, variables)) : template;
}
