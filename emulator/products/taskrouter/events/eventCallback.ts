import type { Context } from "../../../kernel/context.ts";
import type { Document } from "../../../kernel/document.ts";
import { type Answer, sendWebhook, type Webhook, type WebhookProblem } from "../../../kernel/webhook.ts";
import { type TaskRouterEvent, workspace } from "../stored/kinds.ts";

/** What the answers of event callbacks are for. */
export const eventPurpose = "taskrouter.event";

/** Milliseconds that Twilio gives receivers of events. */
const timeout = 15_000;

/** Sends an event to the workspace's event callback, if there is one and its filter lets the event pass. */
export function callBack(
  context: Context,
  { sid, accountSid, parentSid, created, fields }: Document<TaskRouterEvent>,
): void {
  const { event_callback_url: url, events_filter: filter } =
    context.of(workspace).get(parentSid)?.fields ?? {};
  if (url == null || !passes(filter ?? "", fields.event_type)) return;
  const data = Object.entries(fields.event_data).map(([name, value]) => [pascalCase(name), value]);
  sendWebhook(context, {
    url,
    purpose: eventPurpose,
    data: { event_sid: sid },
    timeout,
    form: {
      ...(Object.fromEntries(data) as Record<string, string>),
      Sid: sid,
      EventType: fields.event_type,
      AccountSid: accountSid,
      EventDescription: fields.description,
      ResourceType: fields.resource_type,
      ResourceSid: fields.resource_sid,
      Timestamp: String(Math.floor(created / 1000)),
      TimestampMs: String(created),
    },
  });
}

/** Whatever is answered, nothing follows; a failure is worth knowing. */
export function onEventAnswer(
  _context: Context,
  _webhook: Document<Webhook>,
  { status, failure }: Answer,
): WebhookProblem | undefined {
  if (status >= 200 && status < 300) return undefined;
  return { code: 11200, message: failure ?? `Answered ${status}` };
}

/** `task.created,task.canceled`; an empty filter lets all pass. */
function passes(filter: string, type: string): boolean {
  const wanted = filter
    .split(",")
    .map((each) => each.trim())
    .filter((each) => each !== "");
  return wanted.length === 0 || wanted.includes(type);
}

/** `task_sid` → `TaskSid` */
function pascalCase(name: string): string {
  return name.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
