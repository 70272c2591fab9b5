import type { Context } from "../../kernel/context.ts";
import type { JsonObject } from "../../kernel/json.ts";
import type { Execution } from "../../products/studio/kinds.ts";

/** Where flows talk besides to phones: one kind of conversation. */
export interface Place {
  /** Whether it has the conversation. */
  has(context: Context, sid: string): boolean;
  /** Says something in a conversation, and gives what templates see of it. @throws TwilioError */
  say(
    context: Context,
    sid: string,
    said: { readonly from: string; readonly body: string; readonly attributes: string },
  ): JsonObject;
  /** Lets go of the conversation that an execution talks in, once its task is made. */
  letGo(context: Context, execution: Execution, taskSid: string): void;
}
