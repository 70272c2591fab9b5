import * as z from "zod";
import type { Change, Context } from "../../kernel/context.ts";
import type { Document } from "../../kernel/document.ts";
import { type Message, message } from "../../products/api/kinds.ts";
import { said } from "../shared/said.ts";
import type { Part } from "../shared/part.ts";
import type { Flows } from "../studio/run.ts";
import { handlerAnswer, onHandlerAnswer } from "./handler.ts";
import { type Receiver, receive, type Taker } from "./inbound.ts";
import { onStatusAnswer, statusAnswer, tellStatus } from "./messageStatus.ts";
import { handleByFlow } from "./phoneFlow.ts";

/** A text of somebody's phone. */
const text = z.strictObject({
  from: z.string().regex(/^\+[1-9]\d{6,14}$/, "must be E.164, e.g. +14155550100"),
  to: z.string(),
  ...said,
});

/** Texts: one comes in and gets to whom the number is set to; those that go out have a status that is told. */
export function texting(flows: Flows, others: readonly Receiver[], takers: readonly Taker[]): Part {
  const receivers: Receiver[] = [
    ...others,
    {
      address: /^https:\/\/webhooks\.twilio\.com\/v1\/Accounts\/(AC\w{32})\/Flows\/(FW\w{32})\/?$/,
      take: (context, received, _number, flowSid) => handleByFlow(flows, context, received, flowSid),
    },
  ];
  return {
    answers: { [handlerAnswer]: onHandlerAnswer, [statusAnswer]: onStatusAnswer },
    onChange,
    entrance: {
      property: undefined,
      shape: "{from, to, body, mediaUrls}",
      read(content) {
        const inbound = text.parse(content);
        return (context) => receive(context, inbound, receivers, takers).sid;
      },
    },
  };
}

function onChange(change: Change, context: Context): void {
  if (change.kind !== message.kind || change.action === "delete") return;
  const after = change.after as Document<Message>;
  const before = change.action === "update" ? (change.before as Document<Message>) : undefined;
  if (before?.fields.status !== after.fields.status) tellStatus(context.announced(), after);
}
