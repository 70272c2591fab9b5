import { isJsonObject } from "../../../routing/index.ts";
import { pointsAt } from "../../points-at.ts";
import type { Rule } from "../../rule.ts";
import { autoCreationOf, mayOpen } from "../messaging/opening-address.ts";
import { statesOf, type State } from "../studio/states.ts";

/** What Studio calls a message that opens a conversation. */
const event = "incomingConversationMessage";

export const addressFlow: Rule = {
  id: "address-flow-hears-conversations",
  severity: "critical",
  level: "mandatory",
  description: `The Studio flow of an Address is wired to the trigger's event ${event}.`,
  why: "A conversation starts the flow with that event. Where nothing is wired to it nothing runs: the customer's message waits in a conversation that no agent ever sees, and so does all that comes after it.",
  fix: `Wire ${event} of the trigger (Incoming Conversation) to the widget that incomingMessage leads to.`,
  scope: "stack",
  check(plan, report) {
    const addresses = plan
      .of("twilio:conversations:Address")
      .filter((address) => mayOpen(address) && autoCreationOf(address)?.type === "studio");
    for (const flow of plan.of("twilio:studio:Flow")) {
      const [address] = addresses.filter((each) => pointsAt(each, "autoCreation", flow));
      if (!address) continue;
      const states = statesOf(flow.properties.definition);
      const trigger = states.findIndex(({ type }) => type === "trigger");
      const transitions = transitionsOf(states[trigger]);
      if (transitions === undefined || transitions.some(isWired)) continue;
      report(
        flow,
        `definition.states[${trigger}].transitions`,
        `leads nowhere on ${event}, with which ${address.name} starts the flow`,
      );
    }
  },
};

/** Undefined where they are not known. */
function transitionsOf(state: State | undefined): readonly unknown[] | undefined {
  const transitions: unknown = state?.transitions;
  return Array.isArray(transitions) ? transitions : undefined;
}

/** Whether it leads on from the event, or could turn out so. */
function isWired(transition: unknown): boolean {
  if (!isJsonObject(transition)) return true;
  const next: unknown = transition["next"];
  return transition["event"] === event && next !== undefined && next !== null && next !== "";
}
