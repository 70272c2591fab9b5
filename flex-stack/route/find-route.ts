import { declaredRouting } from "../../rehearsal/declared-routing.ts";
import { declaredStack } from "../../rehearsal/declared-stack.ts";
import { RehearsalError } from "../../rehearsal/rehearsal-error.ts";
import { rehearse, type RehearsalOptions } from "../../rehearsal/rehearse.ts";
import type { RoutingSetup } from "../../rehearsal/routing-setup.ts";
import { ExitCode } from "../failure/exit-code.ts";
import { Failure } from "../failure/failure.ts";
import { findProjectFolder, requireStackFile } from "../project/project.ts";
import type { StackRun } from "../session/stack-run.ts";
import type { RouteQuestion } from "./question.ts";
import type { Route } from "./route.ts";

/** Opens the stack that is asked about, for what needs its account. */
export type OpenStack = (body: (run: StackRun) => Promise<Route>) => Promise<Route>;

/** Where a task goes: by the program of a stack, by its account, or by the program with the account's workers. */
export async function findRoute(question: RouteQuestion, open: OpenStack): Promise<Route> {
  try {
    return await find(question, open);
  } catch (error) {
    if (!(error instanceof RehearsalError)) throw error;
    const { what, fix } = error;
    throw new Failure({ what, fix, exitCode: ExitCode.usage, cause: error });
  }
}

async function find(question: RouteQuestion, open: OpenStack): Promise<Route> {
  const { stack, cwd, task, workflow, channel, rules, workers: whose } = question;
  const folder = findProjectFolder(cwd);
  requireStackFile(folder, stack);
  const wanted: RehearsalOptions = { workflow, taskChannel: channel };
  const given = typeof whose === "object" ? { from: whose.from, workers: whose.read() } : undefined;
  const declared = rules === "account" ? undefined : declaredRouting(await declaredStack({ folder, stack }));
  if (declared === undefined || whose === "account") {
    const { routeInAccount } = await import("./account-routing.ts");
    return open((run) => routeInAccount(run, { stack, declared, given, task, wanted }));
  }
  const setup = given === undefined ? declared : await filled(declared, given.workers);
  const workers = { count: setup.workers.length, from: given?.from ?? "the program" };
  return { rehearsal: rehearse(setup, task, wanted), source: "program", workers, leftOut: [] };
}

/** What checks given workers is a tenth of what the command takes without any. */
async function filled(declared: RoutingSetup, workers: unknown): Promise<RoutingSetup> {
  const { withWorkers } = await import("../../rehearsal/given-workers.ts");
  return withWorkers(declared, workers);
}
