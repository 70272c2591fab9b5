import type { FlexFlowInstance } from "twilio/lib/rest/flexApi/v1/flexFlow.js";
import { consolePage } from "../console-page.ts";
import type { Problem } from "../finding.ts";
import { studioFlowOf } from "../find-execution.ts";
import type { Repair } from "../repair.ts";
import { opens } from "../reads/conversations.ts";
import type { Reads } from "../reads/reads.ts";
import type { Check } from "./check.ts";

/** Flex Flows that are switched off, or lead to what is not there. */
export const flexFlows: Check = {
  name: "flex-flows",
  holds: "Every Flex Flow of a number is enabled and leads to a flow or workflow that is there.",
  async find({ reads, repair }) {
    const owned = new Set((await reads.messaging.numbers()).map(({ phoneNumber }) => phoneNumber));
    const texting = (await reads.flex.flows()).filter(({ channelType }) => channelType === "sms");
    const addresses = (await reads.conversations.addresses()).filter(opens).map(({ address }) => address);
    const found: Problem[] = [];
    for (const flow of texting) {
      const { contactIdentity, enabled, sid } = flow;
      const problem = telling(sid, repair);
      if (!enabled) {
        // Another one may do its work, or the Address of a number that went to Flex Conversations.
        const replaced =
          addresses.includes(contactIdentity) ||
          texting.some((one) => one.enabled && one.contactIdentity === contactIdentity);
        if (!replaced && owned.has(contactIdentity))
          found.push(
            problem("flex-flow-disabled", `The Flex Flow ${sid} of ${contactIdentity} is disabled.`),
          );
        continue;
      }
      if (contactIdentity && !owned.has(contactIdentity))
        found.push({
          ...problem(
            "flex-flow-without-number",
            `The Flex Flow ${sid} is for ${contactIdentity}, which is no number of the account.`,
          ),
          // A number that was released does not come back by provisioning: nothing is bought unasked.
          fix:
            repair.declared(sid) === undefined
              ? "Delete it in the Flex messaging manager, or get the number back."
              : "Get the number back, or take it out of the stack's configuration and provision the stack.",
        });
      const broken = await targetProblem(flow, reads, problem);
      if (broken !== undefined) found.push(broken);
    }
    return found;
  },
};

async function targetProblem(
  { sid, chatServiceSid, integrationType, integration }: FlexFlowInstance,
  reads: Reads,
  problem: Tell,
): Promise<Problem | undefined> {
  const own = reads.place.chatServiceSid;
  if (own !== undefined && chatServiceSid !== own)
    return problem(
      "flex-flow-other-chat",
      `The Flex Flow ${sid} opens chats in service ${chatServiceSid}, and Flex works with ${own}.`,
    );
  if (integrationType === "studio") {
    const flowSid = studioFlowOf(integration);
    const flow = flowSid === undefined ? undefined : await reads.studio.flow(flowSid);
    if (flow === undefined)
      return problem(
        "flow-missing",
        `The Flex Flow ${sid} leads to the Studio flow ${flowSid ?? "(none)"}, which does not exist.`,
      );
    if (flow.status !== "published" && flow.revision === 1)
      return {
        ...problem(
          "flow-unpublished",
          `The Flex Flow ${sid} leads to the Studio flow ${flow.friendlyName} (${flow.sid}), which was never published.`,
        ),
        page: consolePage.flow(flow.sid),
      };
  }
  if (integrationType !== "task") return undefined;
  const { workflow_sid, workflowSid, channel } = integration as Record<string, unknown>;
  const named = String(workflow_sid ?? workflowSid ?? "");
  if ((await reads.taskrouter.workflow(named)) === undefined)
    return problem(
      "workflow-missing",
      `The Flex Flow ${sid} makes tasks in workflow ${named || "(none)"}, which does not exist.`,
    );
  const channels = await reads.taskrouter.taskChannels();
  if (!channel || channels.some((one) => one.sid === channel || one.uniqueName === channel)) return undefined;
  return problem(
    "task-channel-missing",
    `The Flex Flow ${sid} makes tasks on task channel ${String(channel)}, which does not exist.`,
  );
}

type Tell = (cause: string, sentence: string) => Problem;

const telling =
  (sid: string, repair: Repair): Tell =>
  (cause, sentence) => ({
    cause,
    sentence,
    fix: repair.or("Correct it in the Flex messaging manager", sid),
    page: consolePage.flexMessaging(),
  });
