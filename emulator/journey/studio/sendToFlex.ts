import { TwilioError } from "../../kernel/errors.ts";
import { isJsonObject } from "../../kernel/json.ts";
import { task, workflow } from "../../products/taskrouter/stored/kinds.ts";
import { note } from "../shared/journal.ts";
import { conversationOf, filled, flawOfJson, type Widget } from "./widget.ts";

/** Characters of a task's attributes (https://www.twilio.com/docs/taskrouter/api/task). */
const maxAttributes = 4096;

/** Makes a task, then lets the conversation go. What TaskRouter would refuse takes the way of a task that was not made. */
export const sendToFlex: Widget = (run, state) => {
  const { context, fields, places } = run;
  const workflowSid = filled(run, state, "workflow");
  const workspaceSid = context.of(workflow).get(workflowSid)?.parentSid;
  if (workspaceSid === undefined) return failed(`workflow ${workflowSid} does not exist`);
  const given = filled(run, state, "attributes").trim() || "{}";
  const flaw = flawOfJson(run, state, "attributes", given);
  if (flaw !== undefined) return failed(`the task's attributes are no JSON: ${flaw}`);
  const [priority, timeout] = ["priority", "timeout"].map((name) => filled(run, state, name).trim());
  for (const [name, text] of [
    ["priority", priority],
    ["timeout", timeout],
  ] as const)
    if (!/^\d*$/.test(text ?? "")) return failed(`its ${name} is no whole number: ${JSON.stringify(text)}`);
  const number = (text = ""): number | undefined => (text === "" ? undefined : Number(text));
  const parsed: unknown = JSON.parse(given);
  if (!isJsonObject(parsed)) return failed(`the task's attributes are no JSON object: ${given.slice(0, 64)}`);
  const attributes = JSON.stringify(parsed);
  if (attributes.length > maxAttributes)
    return failed(
      `the task's attributes have ${attributes.length} characters; TaskRouter takes ${maxAttributes}`,
    );
  try {
    const created = context.of(task).create(workspaceSid, {
      WorkflowSid: workflowSid,
      TaskChannel: filled(run, state, "channel"),
      Attributes: attributes,
      Priority: number(priority),
      Timeout: number(timeout),
    });
    const { channel_sid: channelSid } = fields;
    const place = channelSid === null ? undefined : places.find((each) => each.has(context, channelSid));
    place?.letGo(context, fields, created.sid);
    note(context, conversationOf(fields, run.document.sid), "task", "Task created by Studio", created.sid);
    return {
      // Studio's name for it, whatever the channel.
      outcome: { event: "callComplete" },
      variables: {
        // As Twilio documents them, and as executions were recorded.
        TaskSid: created.sid,
        Attributes: attributes,
        Age: 0,
        sid: created.sid,
        task_attributes: parsed,
      },
    };
  } catch (error) {
    if (error instanceof TwilioError) return failed(error.message);
    throw error;
  }
};

function failed(text: string): ReturnType<Widget> {
  return { outcome: { event: "failedToEnqueue", error: { code: 81015, text: `no task was made: ${text}` } } };
}
