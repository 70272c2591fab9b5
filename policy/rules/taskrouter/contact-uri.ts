import { maskedValue } from "../../../config/credential.ts";
import { isJsonObject, targetedRouting } from "../../../routing/index.ts";
import type { Plan } from "../../planned.ts";
import type { Rule } from "../../rule.ts";
import { UNKNOWN } from "../../unknown.ts";
import { expressionOf } from "./targeted.ts";
import { routingOf } from "./workflow.ts";

/** What TaskRouter calls a worker by: the name that Flex makes, a phone number, or an address of SIP. */
const address = /^(client:\w+|(tel:)?\+\d+|sips?:\S+)$/;

export const contactUri: Rule = {
  id: "worker-contact-uri",
  severity: "high",
  level: "mandatory",
  description: "Where a workflow finds the worker by contact_uri, every worker has one.",
  why: "A task that names a worker is compared with that attribute: a worker without it, or with one that is no address, never gets such a task.",
  fix: "Set contact_uri in the worker's attributes to what Flex sets, e.g. client:alice_40example_2Ecom.",
  scope: "stack",
  check(plan, report) {
    if (!routesByContactUri(plan)) return;
    for (const worker of plan.of("twilio:taskrouter:Worker")) {
      const attributes = parsed(worker.properties.attributes);
      if (attributes === UNKNOWN) continue;
      const uri = isJsonObject(attributes) ? (attributes.contact_uri as unknown) : undefined;
      if (uri === UNKNOWN) continue;
      if (uri === undefined) report(worker, "attributes.contact_uri", "is missing");
      else if (typeof uri !== "string" || !address.test(uri))
        report(
          worker,
          "attributes.contact_uri",
          `is ${JSON.stringify(maskedValue("contact_uri", uri))}, which is no address`,
        );
    }
  },
};

function routesByContactUri(plan: Plan): boolean {
  return plan.of("twilio:taskrouter:Workflow").some((workflow) =>
    routingOf(workflow)?.filters?.some(({ targets }) =>
      targets.some(({ expression }) => {
        const parsedExpression = expressionOf(expression);
        return (
          parsedExpression !== undefined &&
          targetedRouting(parsedExpression)?.workerAttribute === "contact_uri"
        );
      }),
    ),
  );
}

/** Worker attributes are an object, or JSON. */
function parsed(attributes: unknown): unknown {
  if (typeof attributes !== "string") return attributes;
  try {
    return JSON.parse(attributes) as unknown;
  } catch {
    return undefined;
  }
}
