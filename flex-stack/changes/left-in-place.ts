import type { StepEventStateMetadata } from "@pulumi/pulumi/automation/index.js";
import { resources } from "../../provider/resources/index.ts";

/** Types whose deletion only forgets them: Twilio has no way to delete what they stand for. */
const undeletable: ReadonlySet<string> = new Set(
  resources.flatMap(({ token, onDelete }) =>
    typeof onDelete === "object" && "forget" in onDelete ? [token] : [],
  ),
);

/** The provider found it at Twilio and took it over instead of creating another. */
export function isAdopted(state: StepEventStateMetadata | undefined): boolean {
  return state?.outputs["adopted"] === true;
}

/** Whether it stays at Twilio when Pulumi deletes it from the stack. */
export function staysAtTwilio(state: StepEventStateMetadata): boolean {
  if (state.retainOnDelete === true || undeletable.has(state.type)) return true;
  return isAdopted(state) && state.inputs["deleteAdopted"] !== true;
}
