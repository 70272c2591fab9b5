import { said, type Statement } from "./statement.ts";
import type { Properties } from "../changes/subject.ts";
import type { Surroundings } from "./surroundings.ts";

/** Flex's workflow, where it is made with the change: what else is taken over, the provider's own note tells. */
export function configurationSummary(
  { taskrouterTargetWorkflowSid: sid }: Properties,
  surroundings: Surroundings,
): Statement[] {
  if (typeof sid !== "string" || !surroundings.isAwaited(sid)) return [];
  return [said("add", [], ["target workflow: ", { after: surroundings.describe(sid) ?? sid }])];
}
