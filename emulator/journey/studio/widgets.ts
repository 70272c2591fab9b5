import type { JsonObject } from "../../kernel/json.ts";
import { callUrl } from "./callUrl.ts";
import { holds } from "./condition.ts";
import { pairs, property } from "./definition.ts";
import { sendMessage } from "./sendMessage.ts";
import { sendToFlex } from "./sendToFlex.ts";
import { runSubflow } from "./subflow.ts";
import { fill } from "./template.ts";
import { filled, type Widget } from "./widget.ts";

const splitBasedOn: Widget = (run, state) => {
  const match = state.transitions.find(
    ({ event, conditions = [] }) =>
      event === "match" &&
      conditions.length > 0 &&
      conditions.every((condition) => {
        const input = fill(condition.arguments[0] ?? property(state, "input"), run.fields.flow_context);
        return holds(condition.type, input, fill(condition.value, run.fields.flow_context));
      }),
  );
  if (match !== undefined) return { outcome: { event: "match", transition: match } };
  return { outcome: { event: "noMatch", error: { code: 81005, text: "no condition matched" } } };
};

const setVariables: Widget = (run, state) => {
  const flow = run.fields.flow_context["flow"] as { variables: JsonObject };
  for (const [key, value] of pairs(state, "variables"))
    flow.variables[key] = fill(value, run.fields.flow_context);
  return { outcome: { event: "next" } };
};

const sendAndWait: Widget = (run, state) => {
  const sending = sendMessage(run, state);
  if ("error" in sending) return { outcome: { event: "deliveryFailure", error: sending.error } };
  const seconds = Number(filled(run, state, "timeout")) || 3600;
  const until = run.context.now + seconds * 1000;
  return { outcome: { wait: "reply", until }, variables: { outbound: sending.sent } };
};

/** What each type of state does. */
export const widgets: Readonly<Record<string, Widget>> = {
  "split-based-on": splitBasedOn,
  "set-variables": setVariables,
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
