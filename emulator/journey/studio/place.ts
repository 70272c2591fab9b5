import type { Context } from "../../kernel/context.ts";
import type { Document } from "../../kernel/document.ts";
import type { JsonObject } from "../../kernel/json.ts";
import type { Execution } from "../../products/studio/kinds.ts";
import type { Task } from "../../products/taskrouter/stored/kinds.ts";

/** What a flow asks of TaskRouter. */
export interface TaskRequest {
  readonly workspaceSid: string;
  readonly workflowSid: string;
  /** SID or unique name. */
  readonly taskChannel: string;
  readonly attributes: JsonObject;
  readonly priority: number | undefined;
  /** In seconds. */
  readonly timeout: number | undefined;
}

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
  /** Makes the task by which agents get the conversation, where that is more than a task of TaskRouter. @throws TwilioError */
  makeTask?(context: Context, sid: string, asked: TaskRequest): Document<Task>;
  /** Lets go of the conversation that an execution talks in, once its task is made. */
  letGo(context: Context, execution: Execution, taskSid: string): void;
}
