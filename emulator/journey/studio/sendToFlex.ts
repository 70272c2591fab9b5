import type { Context } from "../../kernel/context.ts";
import type { Document } from "../../kernel/document.ts";
import { TwilioError } from "../../kernel/errors.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";
import { type Task, task, workflow } from "../../products/taskrouter/stored/kinds.ts";
import { maxPriority, maxTaskTimeout } from "../../products/taskrouter/stored/limits.ts";
import { note } from "../shared/journal.ts";
import type { TaskRequest } from "./place.ts";
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
  for (const [name, text = "", least, most] of [
    ["priority", priority, 0, maxPriority],
    ["timeout", timeout, 1, maxTaskTimeout],
  ] as const) {
    if (!/^\d*$/.test(text)) return failed(`its ${name} is no whole number: ${JSON.stringify(text)}`);
    if (text !== "" && (Number(text) < least || Number(text) > most))
      return failed(`its ${name} is ${text.slice(0, 64)}; TaskRouter takes ${least} to ${most}`);
  }
  const number = (text = ""): number | undefined => (text === "" ? undefined : Number(text));
  const parsed: unknown = JSON.parse(given);
  if (!isJsonObject(parsed)) return failed(`the task's attributes are no JSON object: ${given.slice(0, 64)}`);
  const attributes = JSON.stringify(parsed);
  if (attributes.length > maxAttributes)
    return failed(
      `the task's attributes have ${attributes.length} characters; TaskRouter takes ${maxAttributes}`,
    );
  try {
    const channelSid = fields.channel_sid ?? "";
    const place = places.find((each) => each.has(context, channelSid));
    const asked = {
      workspaceSid,
      workflowSid,
      taskChannel: filled(run, state, "channel"),
      attributes: parsed,
      priority: number(priority),
      timeout: number(timeout),
    };
    const created = place?.makeTask?.(context, channelSid, asked) ?? makeTask(context, asked);
    place?.letGo(context, fields, created.sid);
    note(context, conversationOf(fields, run.document.sid), "task", "Task created by Studio", created.sid);
    return {
      // Studio's name for it, whatever the channel.
      outcome: { event: "callComplete" },
      variables: {
        // As Twilio documents them, and as executions were recorded.
        TaskSid: created.sid,
        Attributes: created.fields.attributes,
        Age: 0,
        sid: created.sid,
        task_attributes: JSON.parse(created.fields.attributes) as JsonObject,
      },
    };
  } catch (error) {
    if (error instanceof TwilioError) return failed(error.message);
    throw error;
  }
};

function makeTask(context: Context, asked: TaskRequest): Document<Task> {
  return context.of(task).create(asked.workspaceSid, {
    WorkflowSid: asked.workflowSid,
    TaskChannel: asked.taskChannel,
    Attributes: JSON.stringify(asked.attributes),
    Priority: asked.priority,
    Timeout: asked.timeout,
  });
}

function failed(text: string): ReturnType<Widget> {
  return { outcome: { event: "failedToEnqueue", error: { code: 81015, text: `no task was made: ${text}` } } };
}
