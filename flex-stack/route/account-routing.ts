import { findPlace } from "../whereabouts/place.ts";
import { Failure } from "../failure/failure.ts";
import {
  entrancesOf,
  rehearse,
  withWorkers,
  type RehearsalOptions,
  type RoutingSetup,
} from "../../rehearsal/index.ts";
import type { JsonObject, RoutingWorker } from "../../routing/index.ts";
import type { StackRun } from "../session/stack-run.ts";
import { withAccount, type TwilioAccount } from "../account/account.ts";
import { withKnownCapacity } from "../account/known-capacity.ts";
import { provisioned } from "../whereabouts/provisioned.ts";
import { routingChannels, routingQueue, routingWorker } from "../account/routing-state.ts";
import type { Route } from "./route.ts";

export interface AccountRoute {
  readonly stack: string;
  /** Workflow and queues of the program, when only the workers are the account's. */
  readonly declared: RoutingSetup | undefined;
  /** Workers in the place of the account's. */
  readonly given: { readonly workers: unknown; readonly from: string } | undefined;
  readonly task: JsonObject;
  readonly wanted: RehearsalOptions;
}

/** Routes a task in the account of a stack: by its workflows and queues, or by the program's with its workers. */
export async function routeInAccount(run: StackRun, question: AccountRoute): Promise<Route> {
  const { stack, declared, given, task } = question;
  return withAccount(run, async (account) => {
    // The clock of a local Twilio may be ahead of this machine's.
    const wanted = { ...question.wanted, at: new Date(account.now()) };
    const { workspaceSid, flowSids } = await findPlace(account, await provisioned(run));
    if (workspaceSid === undefined)
      throw new Failure({
        what: `The account of stack "${stack}" has no workspace that is known.`,
        why: "The stack is not deployed, and the account has no Flex Configuration that names one.",
        fix: "Deploy the stack, or ask its program: leave --live out.",
      });
    const setup = declared ?? (await readSetup(account, workspaceSid, flowSids));
    if (given !== undefined) {
      const filled = withWorkers(setup, given.workers);
      const workers = { count: filled.workers.length, from: given.from };
      return { rehearsal: rehearse(filled, task, wanted), source: "account", workers, leftOut: [] };
    }
    const source = declared === undefined ? "account" : "program";
    return { ...(await withItsWorkers(account, workspaceSid, setup, { ...question, wanted })), source };
  });
}

async function withItsWorkers(
  { client }: TwilioAccount,
  workspaceSid: string,
  setup: RoutingSetup,
  { task, wanted }: AccountRoute,
): Promise<Omit<Route, "source">> {
  const workspace = client.taskrouter.v1.workspaces(workspaceSid);
  const workers = (await workspace.workers.list({ pageSize: 1000 })).map((worker) =>
    routingWorker(worker, {}),
  );
  const workspaces = [...new Set(setup.workflows.map((workflow) => workflow.workspaceSid))];
  const inPlace = (all: readonly RoutingWorker[]) =>
    all.flatMap((worker) => workspaces.map((sid) => ({ ...worker, workspaceSid: sid })));
  const { found, leftOut } = await withKnownCapacity({
    workers,
    taskChannels: setup.taskChannels.map(({ uniqueName }) => uniqueName),
    read: async (sid) => routingChannels(await workspace.workers(sid).workerChannels.list({ pageSize: 100 })),
    evaluate: (all) => rehearse({ ...setup, workers: inPlace(all) }, task, wanted),
    eligible: ({ outcome }) => (outcome.kind === "offered" ? outcome.workers.map(({ sid }) => sid) : []),
  });
  return { rehearsal: found, workers: { count: workers.length, from: "the account" }, leftOut };
}

async function readSetup(
  { client }: TwilioAccount,
  workspaceSid: string,
  flowSids: readonly string[],
): Promise<RoutingSetup> {
  const workspace = client.taskrouter.v1.workspaces(workspaceSid);
  // The SDK writes into what it is given, so that every list needs its own.
  const page = () => ({ pageSize: 1000 });
  const [workflows, queues, activities, taskChannels, flows] = await Promise.all([
    workspace.workflows.list(page()),
    workspace.taskQueues.list(page()),
    workspace.activities.list(page()),
    workspace.taskChannels.list(page()),
    Promise.all(flowSids.map((sid) => client.studio.v2.flows(sid).fetch())),
  ]);
  return {
    workflows: workflows.map(({ sid, friendlyName, configuration }) => ({
      sid,
      friendlyName,
      configuration,
      workspaceSid,
    })),
    queues: queues.map((queue) => ({ ...routingQueue(queue), workspaceSid })),
    activities: activities.map(({ sid, friendlyName, available }) => ({
      sid,
      friendlyName,
      available,
      workspaceSid,
    })),
    taskChannels: taskChannels.map(({ sid, uniqueName }) => ({ sid, uniqueName, workspaceSid })),
    workers: [],
    entrances: flows.flatMap(({ definition }) => entrancesOf(definition)),
  };
}
