import type { Change, Context } from "../../kernel/context.ts";
import type { Document } from "../../kernel/document.ts";
import { executionResource } from "../../products/studio/execution.ts";
import { type Execution, execution } from "../../products/studio/kinds.ts";
import type { Part } from "../shared/part.ts";
import { onStudioAnswer } from "./callAnswer.ts";
import { studioAnswer } from "./callUrl.ts";
import type { Flows } from "./run.ts";
import { onExecutionOver } from "./subflowEnd.ts";

/** Runs flows: what is stored as an execution goes from state to state. */
export function studio(flows: Flows): Part {
  return {
    resources: [
      {
        ...executionResource,
        onDue: (waited, context) => flows.goOn(context, waited, { event: "timeout" }),
      },
    ],
    answers: {
      [studioAnswer]: (context, webhook, answer) => onStudioAnswer(flows, context, webhook, answer),
    },
    onChange(change, context) {
      if (change.kind === execution.kind) onExecutionChange(flows, change, context.announced());
    },
  };
}

function onExecutionChange(flows: Flows, change: Change, context: Context): void {
  if (change.action === "create") return beginLater(flows, context, change.after.sid);
  const before = change.before as Document<Execution>;
  const after = (change.action === "update" ? change.after : change.before) as Document<Execution>;
  const isOver = change.action === "delete" || after.fields.status === "ended";
  if (before.fields.status === "active" && isOver) onExecutionOver(flows, context, before, after.fields);
}

/** An execution begins when what started it is complete. */
function beginLater(flows: Flows, context: Context, sid: string): void {
  context.beforeCommit(`begin ${sid}`, () => {
    const created = context.of(execution).get(sid);
    if (created !== undefined) flows.begin(context, created);
  });
}
