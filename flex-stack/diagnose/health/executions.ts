import type { ExecutionInstance } from "twilio/lib/rest/studio/v2/flow/execution.js";
import { consolePage } from "../console-page.ts";
import type { Problem } from "../finding.ts";
import { studioFlowOf } from "../find-execution.ts";
import { autoCreationOf } from "../reads/conversations.ts";
import type { Reads } from "../reads/reads.ts";
import { stamp } from "../stamp.ts";
import { statesOf } from "../studio-flow.ts";
import type { Check } from "./check.ts";

/** Milliseconds that a step may take which waits for nobody's answer. */
const patience = 60_000;
/** How far back executions are looked for, in milliseconds. */
const longAgo = 30 * 86_400_000;
/** The steps of each have to be asked for: only of so many. */
const maxAsked = 20;

/** Executions that hold their contact and do not go on. */
export const executions: Check = {
  name: "executions",
  holds: "No Studio execution is stuck.",
  async find({ reads, cleanUp }) {
    const named = (await reads.flex.flows()).map(({ integration }) => studioFlowOf(integration));
    const opened = (await reads.conversations.addresses()).map((one) => autoCreationOf(one).studio_flow_sid);
    const sids = new Set([...named, ...opened, ...reads.place.flowSids].filter((sid) => sid !== undefined));
    const since = new Date(reads.account.now() - longAgo);
    const found: Problem[] = [];
    for (const flowSid of sids) {
      const active = (await reads.studio.executions(flowSid, since)).filter(
        ({ status }) => status === "active",
      );
      const oldest = active.slice(-maxAsked).reverse();
      for (const execution of oldest) {
        const stuck = await whereStuck(execution, reads);
        if (stuck === undefined) continue;
        found.push({
          cause: "execution-stuck",
          sentence: `Studio execution ${execution.sid} is stuck at ${stuck.name} since ${stamp(stuck.since)}, and its contact gets no other.`,
          fix: "End it: the customer's next message starts the flow anew.",
          page: consolePage.execution(flowSid, execution.sid),
          command: cleanUp.change(
            `https://studio.twilio.com/v2/Flows/${flowSid}/Executions/${execution.sid}`,
            [["Status", "ended"]],
          ),
        });
      }
    }
    return found;
  },
};

async function whereStuck(
  execution: ExecutionInstance,
  reads: Reads,
): Promise<{ name: string; since: Date } | undefined> {
  const [last] = await reads.studio.steps(execution.flowSid, execution.sid);
  const since = last?.dateCreated ?? execution.dateCreated;
  const name = last?.transitionedTo ?? "Trigger";
  const state = (await statesOf(reads, execution)).find((one) => one.name === name);
  const waits = state?.type === "send-and-wait-for-reply";
  const timeout = waits ? Number(state.properties["timeout"]) * 1000 : 0;
  // A wait without a readable timeout may be as long as it likes.
  if (waits && !Number.isFinite(timeout)) return undefined;
  return reads.account.now() - since.getTime() > timeout + patience ? { name, since } : undefined;
}
