import type { Context } from "../../kernel/context.ts";
import type { Document } from "../../kernel/document.ts";
import type { Answer, Webhook } from "../../kernel/webhook.ts";
import { noteError } from "./journal.ts";

/** Nothing waits for the answer of a webhook that is only told; that nobody took it is worth a note. */
export function noteUnheard(
  context: Context,
  { fields: { url, form, data } }: Document<Webhook>,
  { status, failure }: Answer,
): void {
  if (status >= 200 && status < 300) return;
  const event = String(form?.["EventType"]);
  const text = `Webhook ${url} failed for ${event}: ${failure ?? `it answered ${status}`}`;
  noteError(context, String(data["conversation"]), "webhook", 11200, text);
}
