import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parse } from "yaml";
import type { CommandContext } from "../terminal/command-context.ts";
import { ExitCode } from "../../flex-stack/failure/exit-code.ts";
import { Failure } from "../../flex-stack/failure/failure.ts";
import { findProjectFolder, requireStackFile } from "../../flex-stack/project/project.ts";
import {
  declaredRouting,
  declaredStack,
  rehearse,
  RehearsalError,
  withWorkers,
  type RehearsalOptions,
} from "../../rehearsal/index.ts";
import type { JsonObject } from "../../routing/index.ts";
import { conversation } from "../stack/result.ts";
import { runStack } from "../stack/run-stack.ts";
import { routeJson, routeText } from "./route-text.ts";
import { routeInAccount, type Route, type RouteOptions } from "../../flex-stack/route/index.ts";

/** Says where a task goes, by the program of a stack or by its account. */
export async function runRoute(options: RouteOptions, context: CommandContext): Promise<number> {
  const route = await find(options, context).catch(rehearsalFailure);
  if (options.json) context.terminal.print(JSON.stringify(routeJson(route, options), null, 2));
  else for (const line of routeText(route, options, context.terminal)) context.terminal.print(line);
  const { kind } = route.rehearsal.outcome;
  return kind === "offered" || kind === "waiting" ? ExitCode.ok : ExitCode.failed;
}

async function find(options: RouteOptions, context: CommandContext): Promise<Route> {
  const task = readTask(options.task, options.cwd);
  const folder = findProjectFolder(options.cwd);
  requireStackFile(folder, options.stack);
  const wanted: RehearsalOptions = { workflow: options.workflow, taskChannel: options.channel };
  const file = options.workers === "live" ? undefined : options.workers;
  const given = file === undefined ? undefined : readWorkers(file, options.cwd);
  const declared = options.live
    ? undefined
    : declaredRouting(await declaredStack({ folder, stack: options.stack }));
  if (declared === undefined || options.workers === "live") {
    const question = { options, declared, given, task, wanted };
    const found: { route?: Route } = {};
    await runStack(
      { stack: options.stack, cwd: options.cwd },
      conversation(context, options),
      async (run) => {
        found.route = await routeInAccount(run, question);
        return ExitCode.ok;
      },
    );
    if (found.route === undefined) throw new Failure({ what: "Stopped before there was a result." });
    return found.route;
  }
  const setup = given === undefined ? declared : withWorkers(declared, given);
  const workers = { count: setup.workers.length, from: file ?? "the program" };
  return { rehearsal: rehearse(setup, task, wanted), source: "program", workers, leftOut: [] };
}

/** Most characters of a task's attributes. */
const maxAttributes = 4096;

function readTask(text: string, cwd: string): JsonObject {
  const json = text.startsWith("@") ? read(text.slice(1), cwd, "--task") : text;
  const value = parsed(() => JSON.parse(json) as unknown, "--task is no JSON");
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw usage(
      "--task is no JSON object.",
      "It has the attributes of a task.",
      `E.g. --task '{"skill": "billing"}'`,
    );
  if (lengthOf(value) > maxAttributes)
    throw usage(
      "--task is longer than a task's attributes can be.",
      `TaskRouter takes at most ${maxAttributes} characters.`,
      "Leave out what the workflow does not ask about.",
    );
  return value as JsonObject;
}

/** As it is sent; endless when it is nested too deeply to be. */
function lengthOf(value: object): number {
  try {
    return JSON.stringify(value).length;
  } catch {
    return Infinity;
  }
}

function readWorkers(file: string, cwd: string): unknown {
  return parsed(() => parse(read(file, cwd, "--workers")) as unknown, `${file} is no YAML`);
}

function read(file: string, cwd: string, option: string): string {
  try {
    return readFileSync(resolve(cwd, file), "utf8");
  } catch (error) {
    throw usage(`${option} names a file that can't be read.`, (error as Error).message, "Correct its name.");
  }
}

function parsed<T>(parse: () => T, what: string): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw usage(`${what}.`, (error as Error).message.split("\n")[0] ?? "", "Correct it there.");
  }
}

function usage(what: string, why: string, fix: string): Failure {
  return new Failure({ what, why, fix, exitCode: ExitCode.usage });
}

function rehearsalFailure(error: unknown): never {
  if (!(error instanceof RehearsalError)) throw error;
  const { what, fix } = error;
  throw new Failure({ what, fix, exitCode: ExitCode.usage, cause: error });
}
