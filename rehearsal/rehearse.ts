import {
  compileWorkflow,
  didYouMean,
  followTask,
  Roster,
  WorkflowError,
  type JsonObject,
  type RoutingOutcome,
  type Stage,
} from "../routing/index.ts";
import { RehearsalError } from "./rehearsal-error.ts";
import type { RoutingSetup, SetupWorkflow } from "./routing-setup.ts";

export interface RehearsalOptions {
  /** Friendly name of the workflow, its name in the program or the end of that. @default the one that Studio flows name */
  readonly workflow?: string;
  /** Unique name of the task channel. @default the one that Studio flows name with that workflow, else "default" */
  readonly taskChannel?: string;
  /** Priority of the task when it is created. @default 0 */
  readonly priority?: number;
  /** When the task is created; conditions on the time see it. @default now */
  readonly at?: Date;
}

/** What becomes of a task. */
export interface Rehearsal {
  readonly task: JsonObject;
  readonly taskChannel: string;
  readonly workflow: Pick<SetupWorkflow, "sid" | "friendlyName">;
  /** What happens to it, oldest first. */
  readonly stages: readonly Stage[];
  /** Where it ends up while nothing else changes. */
  readonly outcome: RoutingOutcome;
}

/**
 * Routes a task as TaskRouter would, as long as workers stay as they are and nobody takes it.
 *
 * @throws RehearsalError when workflow or task channel can't be told, or a workflow or queue can't be evaluated
 */
export function rehearse(setup: RoutingSetup, task: JsonObject, options: RehearsalOptions = {}): Rehearsal {
  const workflow = chooseWorkflow(setup, options.workflow);
  const inWorkspace = ({ workspaceSid }: { workspaceSid: string }) => workspaceSid === workflow.workspaceSid;
  const taskChannel = chooseTaskChannel(setup, workflow, options.taskChannel);
  try {
    const roster = new Roster({
      queues: setup.queues.filter(inWorkspace),
      workers: setup.workers.filter(inWorkspace),
    });
    const stages = followTask({
      workflow: compileWorkflow(workflow.configuration),
      roster,
      task: { attributes: task, age: 0, taskChannel, priority: options.priority },
      now: options.at ?? new Date(),
    });
    const { outcome } = (stages.at(-1) as Stage).trace;
    return { task, taskChannel, workflow, stages, outcome };
  } catch (error) {
    if (!(error instanceof WorkflowError)) throw error;
    throw new RehearsalError(
      `The workflow "${workflow.friendlyName}" can't be evaluated: ${error.problems.map(({ path, message }) => `${path}: ${message}`).join("; ")}`,
      "Correct it; Twilio would refuse it, or route nothing by it.",
      error,
    );
  }
}

/** Where a task is when it is that many seconds old. */
export function stageAt({ stages }: Rehearsal, age: number): Stage {
  return stages.findLast((stage) => stage.age <= age) ?? (stages[0] as Stage);
}

function chooseWorkflow({ workflows, entrances }: RoutingSetup, wanted: string | undefined): SetupWorkflow {
  const names = workflows.map(({ friendlyName }) => JSON.stringify(friendlyName)).join(", ");
  if (workflows.length === 0)
    throw new RehearsalError("There is no workflow.", "Declare one, or choose another stack.");
  if (wanted !== undefined) {
    const found =
      workflows.filter(({ sid, friendlyName }) => friendlyName === wanted || sid === wanted)[0] ??
      workflows.filter(({ resource }) => resource === wanted || resource?.endsWith(`-${wanted}`))[0];
    if (found !== undefined) return found;
    const meant = didYouMean(
      wanted,
      workflows.map(({ friendlyName }) => friendlyName),
    );
    const all = `Choose one of ${names}.`;
    throw new RehearsalError(
      `There is no workflow "${wanted}".`,
      meant === undefined ? all : `${meant} ${all}`,
    );
  }
  const named = new Set(entrances.map(({ workflowSid }) => workflowSid));
  const candidates = named.size === 0 ? workflows : workflows.filter(({ sid }) => named.has(sid));
  const [only, ...others] = candidates;
  if (only !== undefined && others.length === 0) return only;
  throw new RehearsalError("A task could go to more than one workflow.", `Say which one: ${names}.`);
}

function chooseTaskChannel(
  { taskChannels, entrances }: RoutingSetup,
  workflow: SetupWorkflow,
  wanted: string | undefined,
): string {
  const known = taskChannels.filter(({ workspaceSid }) => workspaceSid === workflow.workspaceSid);
  if (wanted !== undefined) {
    if (known.some(({ uniqueName }) => uniqueName === wanted)) return wanted;
    const names = known.map(({ uniqueName }) => uniqueName);
    throw new RehearsalError(
      `There is no task channel "${wanted}".`,
      didYouMean(wanted, names) ?? `Choose one of ${names.join(", ")}.`,
    );
  }
  const named = entrances.filter(({ workflowSid }) => workflowSid === workflow.sid);
  const channels = known.filter(({ sid }) => named.some(({ taskChannelSid }) => taskChannelSid === sid));
  return channels.length === 1 && channels[0] !== undefined ? channels[0].uniqueName : "default";
}
