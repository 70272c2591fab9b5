import { isObject, isUnknown, valueText } from "../changes/property-value.ts";
import { said, type Phrase, type Statement } from "./statement.ts";
import type { Properties } from "./subject.ts";
import type { Surroundings } from "./surroundings.ts";

/** Whose messages a Flex Flow that is new takes, and where they go. */
export function flexFlowSummary(
  { channelType, contactIdentity, integration }: Properties,
  surroundings: Surroundings,
): Statement[] {
  const flow = isObject(integration) ? integration["flowSid"] : undefined;
  if (typeof flow !== "string" || isUnknown(flow)) return [];
  const to: Phrase[] = contactIdentity === undefined ? [] : [" to ", { code: shown(contactIdentity) }];
  const text: Phrase[] = [`new, takes ${shown(channelType)} messages`, ...to, " to the Studio flow "];
  return [said("add", [], [...text, { after: surroundings.nameOf(flow, "twilio:studio:Flow") }])];
}

/** Flex's workflow, where it is made with the change: what else is taken over, the provider's own note tells. */
export function configurationSummary(
  { taskrouterTargetWorkflowSid: sid }: Properties,
  surroundings: Surroundings,
): Statement[] {
  if (typeof sid !== "string" || !surroundings.isAwaited(sid)) return [];
  return [said("add", [], ["target workflow: ", { after: surroundings.describe(sid) ?? sid }])];
}

function shown(value: unknown): string {
  return typeof value === "string" && !isUnknown(value) ? value : valueText(value);
}
