import { consolePage } from "../console-page.ts";
import type { Problem } from "../finding.ts";
import { studioFlowOf } from "../find-execution.ts";
import { isLedElsewhere } from "../flex-conversations/address-problem.ts";
import { autoCreationOf, opens } from "../reads/conversations.ts";
import { reachedBy, readStates, type TriggerEvent } from "../studio-flow.ts";
import type { Check } from "./check.ts";

/** Studio flows of numbers that hand nothing to Flex, or hand it to what is not there. */
export const flows: Check = {
  name: "flows",
  holds: "Every Studio flow of a number hands conversations to a workflow and task channel that are there.",
  async find({ reads, repair }) {
    const byText = new Set(
      (await reads.flex.flows())
        .filter(({ enabled, integrationType }) => enabled && integrationType === "studio")
        .map(({ integration }) => studioFlowOf(integration)),
    );
    const addresses = (await reads.conversations.addresses()).filter(opens);
    const byConversation = new Set(addresses.map((address) => autoCreationOf(address).studio_flow_sid));
    const named = [...byText, ...byConversation, ...reads.place.flowSids];
    const sids = new Set(named.filter((sid) => sid !== undefined));
    const workflows = new Set((await reads.taskrouter.workflows()).map(({ sid }) => sid));
    const channels = (await reads.taskrouter.taskChannels()).flatMap(({ sid, uniqueName }) => [
      sid,
      uniqueName,
    ]);
    const found: Problem[] = [];
    for (const sid of sids) {
      const flow = await reads.studio.flow(sid);
      // One that is missing is told of with its Flex Flow or Address.
      if (flow === undefined) continue;
      const page = consolePage.flow(sid);
      const elsewhere = addresses.find(
        (address) => autoCreationOf(address).studio_flow_sid === sid && isLedElsewhere(repair, address),
      )?.sid;
      const states = readStates(flow.definition);
      const handing = states.filter(({ type }) => type === "send-to-flex");
      const isDeaf = (event: TriggerEvent): boolean =>
        handing.length > 0 && !reachedBy(states, event).some(({ type }) => type === "send-to-flex");
      // A flow that no number is set to yet may be for either.
      const isForTexts =
        byText.has(sid) || (!byConversation.has(sid) && isDeaf("incomingConversationMessage"));
      if (isForTexts && isDeaf("incomingMessage"))
        found.push({
          cause: "flow-without-flex",
          sentence: `In the Studio flow ${flow.friendlyName} (${sid}) nothing leads from an incoming message to Send to Flex: no message reaches an agent.`,
          fix: repair.or("Lead incomingMessage of the trigger there", sid),
          page,
        });
      if (byConversation.has(sid) && isDeaf("incomingConversationMessage"))
        found.push({
          cause: "trigger-not-wired",
          sentence: `In the Studio flow ${flow.friendlyName} (${sid}) nothing leads from a conversation's message to Send to Flex: no conversation reaches an agent.`,
          fix: repair.or(
            "Lead incomingConversationMessage of the trigger (Incoming Conversation) there",
            sid,
            elsewhere,
          ),
          page,
        });
      if (handing.length === 0)
        found.push({
          cause: "flow-without-flex",
          sentence: `The Studio flow ${flow.friendlyName} (${sid}) has no Send to Flex: nothing in it reaches an agent.`,
          fix: repair.or("Add one", sid, elsewhere),
          page,
        });
      for (const { name, properties } of handing) {
        const { workflow, channel } = properties;
        const fix = repair.or("Correct it in Studio and publish it", sid, elsewhere);
        const begin = `${name} of the Studio flow ${flow.friendlyName} (${sid}) makes tasks`;
        // A template is filled in when the flow runs.
        const isFixed = (value: unknown): value is string =>
          typeof value === "string" && !value.includes("{{");
        if (isFixed(workflow) && !workflows.has(workflow))
          found.push({
            cause: "workflow-missing",
            sentence: `${begin} in workflow ${workflow}, which does not exist.`,
            fix,
            page,
          });
        if (isFixed(channel) && !channels.includes(channel))
          found.push({
            cause: "task-channel-missing",
            sentence: `${begin} on task channel ${channel}, which does not exist.`,
            fix,
            page,
          });
      }
    }
    return found;
  },
};
