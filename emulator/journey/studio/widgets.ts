import type { JsonObject } from "../../kernel/json.ts";
import { callUrl } from "./callUrl.ts";
import { holds } from "./condition.ts";
import { property } from "./definition.ts";
import { setVariables } from "./parameters.ts";
import { sendMessage } from "./sendMessage.ts";
import { sendToFlex } from "./sendToFlex.ts";
import { runSubflow } from "./subflow.ts";
import { filled, fillIn, type Widget } from "./widget.ts";

const splitBasedOn: Widget = (run, state) => {
  const match = state.transitions.find(
    ({ event, conditions = [] }) =>
      event === "match" &&
      conditions.length > 0 &&
      conditions.every((condition) => {
        const input = fillIn(run, condition.arguments[0] ?? property(state, "input"));
        return holds(condition.type, input, fillIn(run, condition.value));
      }),
  );
  if (match !== undefined) return { outcome: { event: "match", transition: match } };
  return { outcome: { event: "noMatch", error: { code: 81005, text: "no condition matched" } } };
};

const setFlowVariables: Widget = (run, state) => {
  const flow = run.fields.flow_context["flow"] as { variables: JsonObject };
  setVariables(run, state, "variables", flow.variables);
  return { outcome: { event: "next" } };
};

/** Seconds that a reply is waited for: where the flow says nothing that can be meant, and at most, as long as an execution lives. */
const [usualWait, longestWait] = [3600, 30 * 86_400];

const sendAndWait: Widget = (run, state) => {
  const sending = sendMessage(run, state);
  if ("error" in sending) return { outcome: { event: "deliveryFailure", error: sending.error } };
  const given = Number(filled(run, state, "timeout"));
  const seconds = given > 0 ? Math.min(given, longestWait) : usualWait;
  const until = run.context.now + Math.round(seconds * 1000);
  return { outcome: { wait: "reply", until }, variables: { outbound: sending.sent } };
};

/** What each type of state does. */
export const widgets: Readonly<Record<string, Widget>> = {
  "split-based-on": splitBasedOn,
  "set-variables": setFlowVariables,
  "send-message": (run, state) => {
    const sending = sendMessage(run, state);
    return "error" in sending
      ? { outcome: { event: "failed", error: sending.error } }
      : { outcome: { event: "sent" }, variables: { outbound: sending.sent } };
  },
  "send-and-wait-for-reply": sendAndWait,
  "send-to-flex": sendToFlex,
  "make-http-request": callUrl,
  "run-function": callUrl,
  "run-subflow": runSubflow,
};
