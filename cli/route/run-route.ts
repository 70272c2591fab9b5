import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { CORE_SCHEMA, load } from "js-yaml";
import type { CommandContext } from "../terminal/command-context.ts";
import { ExitCode } from "../../flex-stack/failure/exit-code.ts";
import { Failure } from "../../flex-stack/failure/failure.ts";
import type { JsonObject } from "../../routing/index.ts";
import { routeJson, routeText } from "./route-text.ts";
import {
  attributesLength,
  findRoute,
  maxAttributes,
  type Route,
  type RouteQuestion,
} from "../../flex-stack/route/index.ts";
import type { RouteOptions } from "./options.ts";

/** Says where a task goes, by the program of a stack or by its account. */
export async function runRoute(options: RouteOptions, context: CommandContext): Promise<number> {
  const { stack, cwd, workflow, channel, live } = options;
  const task = readTask(options.task, cwd);
  const workers = workersOf(options);
  const question = {
    stack,
    cwd,
    task,
    workflow,
    channel,
    rules: live ? "account" : "program",
    workers,
  } as const;
  const route = await findRoute(question, async (body) => {
    const { conversation } = await import("../stack/conversation.ts");
    const { runStack } = await import("../stack/run-stack.ts");
    const found: { route?: Route } = {};
    await runStack({ stack, cwd }, conversation(context, options), async (run) => {
      found.route = await body(run);
      return ExitCode.ok;
    });
    if (found.route === undefined) throw new Failure({ what: "Stopped before there was a result." });
    return found.route;
  });
  if (options.json) context.terminal.print(JSON.stringify(routeJson(route, options), null, 2));
  else for (const line of routeText(route, options, context.terminal)) context.terminal.print(line);
  const { kind } = route.rehearsal.outcome;
  return kind === "offered" || kind === "waiting" ? ExitCode.ok : ExitCode.failed;
}

function workersOf({ workers, cwd }: RouteOptions): RouteQuestion["workers"] {
  if (workers === undefined) return undefined;
  return workers === "live" ? "account" : { from: workers, read: () => readWorkers(workers, cwd) };
}

function readTask(text: string, cwd: string): JsonObject {
  const json = text.startsWith("@") ? read(text.slice(1), cwd, "--task") : text;
  const value = parsed(() => JSON.parse(json) as unknown, "--task is no JSON");
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw usage(
      "--task is no JSON object.",
      "It has the attributes of a task.",
      `E.g. --task '{"skill": "billing"}'`,
    );
  if (attributesLength(value) > maxAttributes)
    throw usage(
      "--task is longer than a task's attributes can be.",
      `TaskRouter takes at most ${maxAttributes} characters.`,
      "Leave out what the workflow does not ask about.",
    );
  return value as JsonObject;
}

function readWorkers(file: string, cwd: string): unknown {
  return parsed(() => load(read(file, cwd, "--workers"), { schema: CORE_SCHEMA }), `${file} is no YAML`);
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
