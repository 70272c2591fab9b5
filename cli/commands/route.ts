import { Command } from "commander";
import type { CommandContext } from "../terminal/command-context.ts";
import type { RouteOptions } from "../route/options.ts";

/** `flex-stack route`: which worker or queue gets a task, and why. */
export function route(context: CommandContext): Command {
  return new Command("route")
    .description("say which worker or queue gets a task, and why; makes none")
    .requiredOption("--task <json>", "attributes of the task, or @FILE with them")
    .option("--workflow <name>", "workflow the task goes to (default: the one the Studio flow names)")
    .option("--channel <name>", "task channel of the task (default: the one the Studio flow names)")
    .option("--workers <live|file>", "workers: those of the account, or of a YAML or JSON file")
    .option("--live", "read workflow, queues and workers from the account", false)
    .option("--explain", "print why, filter by filter and worker by worker", false)
    .option("-s, --stack <name>", "stack to work on", process.env["PULUMI_STACK"] || "dev")
    .option("-C, --cwd <folder>", "the project's folder", process.cwd())
    .option("--json", "print one JSON document instead of text", false)
    .addHelpText(
      "after",
      `
Without --live the program of the stack is asked, and no account. Without --workers the workers are those that the
program declares.

Examples:
  flex-stack route --task '{"skill": "billing"}'
  flex-stack route --task '{"targetWorker": "client:alice"}' --explain
  flex-stack route --task @task.json --stack prod --workers live   what is to be deployed, with today's workers
  flex-stack route --task @task.json --stack prod --live           what is deployed

A file of workers is a map by name:
  ann: {skills: [billing], activity: Available, channels: {sms: {capacity: 3, tasks: 1}}}

It ends with 1 when the task would be lost: no filter matches, or its time in the workflow is over.`,
    )
    .action(async (options: RouteOptions) => {
      const { runRoute } = await import("../route/run-route.ts");
      context.finish(await runRoute(options, context));
    });
}
