import { TwilioError } from "../../kernel/errors.ts";
import { task, workflow } from "../../products/taskrouter/stored/kinds.ts";
import { note } from "../shared/journal.ts";
import { conversationOf, filled, type Widget } from "./widget.ts";

/** Makes a task, then lets the conversation go. */
export const sendToFlex: Widget = (run, state) => {
  const { context, fields, places } = run;
  const workflowSid = filled(run, state, "workflow");
  const workspaceSid = context.of(workflow).get(workflowSid)?.parentSid;
  if (workspaceSid === undefined) return failed(`workflow ${workflowSid} does not exist`);
  const number = (name: string): number | undefined => {
    const text = filled(run, state, name);
    return text === "" || Number.isNaN(Number(text)) ? undefined : Number(text);
  };
  try {
    const attributes = JSON.stringify(JSON.parse(filled(run, state, "attributes") || "{}"));
    const created = context.of(task).create(workspaceSid, {
      WorkflowSid: workflowSid,
      TaskChannel: filled(run, state, "channel"),
      Attributes: attributes,
      Priority: number("priority"),
      Timeout: number("timeout"),
    });
    const { channel_sid: channelSid } = fields;
    const place = channelSid === null ? undefined : places.find((each) => each.has(context, channelSid));
    place?.letGo(context, fields, created.sid);
    note(context, conversationOf(fields, run.document.sid), "task", "Task created by Studio", created.sid);
    return {
      // Studio's name for it, whatever the channel.
      outcome: { event: "callComplete" },
      variables: { sid: created.sid, task_attributes: JSON.parse(attributes) },
    };
  } catch (error) {
    if (error instanceof TwilioError) return failed(error.message);
    if (error instanceof SyntaxError) return failed(`the task's attributes are no JSON: ${error.message}`);
    throw error;
  }
};

function failed(text: string): ReturnType<Widget> {
  return { outcome: { event: "failedToEnqueue", error: { code: 81015, text: `no task was made: ${text}` } } };
}
