import * as z from "zod";
import {
  compileWorkflow,
  describeOutcome,
  followTask,
  type JsonObject,
  renderTrace,
  WorkflowError,
} from "../../../routing/index.ts";
import type { Context } from "../../kernel/context.ts";
import type { Document } from "../../kernel/document.ts";
import { invalid } from "../../kernel/errors.ts";
import { isDeeperThan } from "../../kernel/json.ts";
import { floorOf } from "./assignment/floor.ts";
import { taskChannel, type Workflow, workflow, workspace } from "./stored/kinds.ts";

/** Most characters of a task's attributes, as TaskRouter takes them. */
const maxAttributes = 4096;

/** Most levels that they are nested. */
const deepest = 100;

/** How many ineligible workers are named of a step; of more their number. */
const shownWorkers = 100;

const trial = z.strictObject({
  attributes: z.record(z.string(), z.unknown()),
  /** SID or name. @default the only one */
  workflow: z.string().optional(),
  /** Unique name. @default "default" */
  task_channel: z.string().optional(),
  priority: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .optional(),
});

/**
 * Where a task would go, if it were created now and nothing else changed; none is. The answer is that of
 * `flex-stack route --live`.
 *
 * @throws TwilioError when workflow or task channel can't be told, or what is sent is no such question
 */
export function tryTask(context: Context, body: unknown): object {
  // What looks for mistakes goes down every level.
  const parsed = isDeeperThan(body, deepest) ? undefined : trial.safeParse(body);
  if (parsed?.success !== true) {
    throw invalid(
      'Send {"attributes": {"skill": "billing"}}; with "workflow" (its SID or name), "task_channel" and "priority", ' +
        "where the only workflow, the default channel and 0 are not meant",
    );
  }
  const { attributes, workflow: wanted, task_channel: channel = "default", priority } = parsed.data;
  if (JSON.stringify(attributes).length > maxAttributes)
    throw invalid(`A task's attributes may have up to ${maxAttributes} characters of JSON`);
  const chosen = chooseWorkflow(context, wanted);
  requireChannel(context, chosen.parentSid, channel);
  try {
    const stages = followTask({
      workflow: compileWorkflow(chosen.fields.configuration),
      roster: floorOf(context, chosen.parentSid).roster(context),
      task: { attributes: attributes as JsonObject, age: 0, taskChannel: channel, priority },
      now: new Date(context.now),
    });
    return {
      workflow: { sid: chosen.sid, name: chosen.fields.friendly_name },
      task_channel: channel,
      stages: stages.map(({ age, trace }) => ({
        age,
        text: describeOutcome(trace.outcome),
        // The last line is the outcome again.
        reasons: renderTrace(trace, { maxWorkers: shownWorkers }).slice(0, -1),
        trace,
      })),
      outcome: stages.at(-1)?.trace.outcome,
    };
  } catch (error) {
    if (!(error instanceof WorkflowError)) throw error;
    throw invalid(`The workflow ${chosen.fields.friendly_name} can't be evaluated: ${error.message}`);
  }
}

function chooseWorkflow(context: Context, wanted: string | undefined): Document<Workflow> {
  const all = context
    .of(workspace)
    .all()
    .flatMap(({ sid }) => context.of(workflow).all(sid));
  const found =
    wanted === undefined
      ? all
      : all.filter(({ sid, fields }) => sid === wanted || fields.friendly_name === wanted);
  const [only, ...others] = found;
  if (only !== undefined && others.length === 0) return only;
  const names = all.map(({ sid, fields }) => `${JSON.stringify(fields.friendly_name)} (${sid})`).join(", ");
  if (all.length === 0) throw invalid("There is no workflow that a task could go to");
  throw invalid(
    only === undefined
      ? `There is no workflow ${JSON.stringify((wanted ?? "").slice(0, 100))}; there are ${names}`
      : `More than one workflow is meant: say which by its SID: ${names}`,
  );
}

function requireChannel(context: Context, workspaceSid: string, name: string): void {
  const channels = context.of(taskChannel).all(workspaceSid);
  if (channels.some(({ fields }) => fields.unique_name === name)) return;
  const names = channels.map(({ fields }) => fields.unique_name).join(", ");
  throw invalid(`There is no task channel ${JSON.stringify(name.slice(0, 100))}; there are ${names}`);
}
