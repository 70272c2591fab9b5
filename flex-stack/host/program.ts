import type { EventEmitter } from "node:events";
import { createRequire } from "node:module";
import { join } from "node:path";
import languagePb from "@pulumi/pulumi/proto/language_pb.js";
import type resourceGrpc from "@pulumi/pulumi/proto/resource_grpc_pb.js";
import { configurationVariables } from "./configuration-variables.ts";
import { isBeyondPlan, watchRequests } from "./beyond-plan.ts";

/** With it `@pulumi/pulumi/cmd/run` ends where it has told what is wrong. */
const alreadyTold = 32;
/** `cmd/run` waits for the third time that nothing is left to do: see its comments. */
const turnsUntilEnded = 4;

/**
 * Runs the program as Pulumi's own language host does, by `@pulumi/pulumi/cmd/run`, in this process. It has ended when
 * nothing is left to do in it, or when it calls `process.exit`; the process itself lives on, for the provider and the
 * policy pack.
 */
export async function runProgram(
  request: languagePb.RunRequest,
  engine: string,
): Promise<languagePb.RunResponse> {
  const folder = request.getInfo()?.getProgramDirectory() ?? "";
  const require = createRequire(join(folder, "package.json"));
  const script = require.resolve("@pulumi/pulumi/cmd/run");
  const variables = configurationVariables(request.getConfigMap(), request.getConfigsecretkeysList());
  Object.assign(process.env, variables, { PULUMI_NODEJS_TYPESCRIPT: "false" });
  process.argv = [process.execPath, script, ...argumentsOf(request, engine)];
  // What the SDK read of the environment before it was that of the program.
  Reflect.deleteProperty(globalThis, "globalStore");
  let beyondPlan = false;
  const { ResourceMonitorClient } =
    require("@pulumi/pulumi/proto/resource_grpc_pb.js") as typeof resourceGrpc;
  watchRequests(ResourceMonitorClient.prototype, (one) => (beyondPlan ||= isBeyondPlan(one)));
  const code = await ended(() => require(script));
  process.send?.({ program: { beyondPlan } });
  const response = new languagePb.RunResponse();
  if (code === alreadyTold) response.setBail(true);
  else if (code !== 0) response.setError(`Program exited with non-zero exit code: ${code}`);
  return response;
}

/** Runs a program. @returns the exit code that its process would have ended with */
function ended(start: () => void): Promise<number> {
  return new Promise((resolve, reject) => {
    const emitter: EventEmitter = process;
    const watched = ["exit", "uncaughtException", "unhandledRejection"].map(
      (name) => [name, new Set(emitter.listeners(name))] as const,
    );
    const conclude = (code?: number | string | null): void => {
      process.channel?.ref();
      process.off("beforeExit", idle);
      // What the program still has to say ends it once more, and not this process.
      process.exit = () => {
        throw new Ended();
      };
      if (code != null) process.exitCode = code;
      // Whoever listens may find an error only now, and say so by the exit code.
      process.emit("exit", Number(process.exitCode ?? 0));
      const found = Number(process.exitCode ?? 0);
      process.exitCode = undefined;
      for (const [name, before] of watched)
        for (const listener of emitter.listeners(name))
          if (!before.has(listener)) emitter.off(name, listener as () => void);
      process.on("uncaughtException", tellLate);
      // Node.js warns where nobody listens; its process would be gone.
      process.on("rejectionHandled", () => undefined);
      resolve(found);
    };
    let turns = 0;
    const idle = (): void => {
      if (++turns < turnsUntilEnded) setImmediate(() => undefined);
      else conclude();
    };
    process.on("beforeExit", idle);
    process.exit = (code) => {
      conclude(code);
      throw new Ended();
    };
    process.channel?.unref();
    try {
      start();
    } catch (error) {
      if (!(error instanceof Ended)) reject(error instanceof Error ? error : new Error(String(error)));
    }
  });
}

/** Unwinds what called `process.exit`. */
class Ended extends Error {
  override readonly name = "Ended";
}

/** The program has ended, and has been judged: what it goes on with is for whoever looks. */
function tellLate(error: Error): void {
  if (!(error instanceof Ended)) console.error(error.stack ?? error);
}

function argumentsOf(request: languagePb.RunRequest, engine: string): string[] {
  const info = request.getInfo();
  const options: readonly [string, string | undefined][] = [
    ["--monitor", request.getMonitorAddress()],
    ["--engine", engine],
    ["--organization", request.getOrganization()],
    ["--project", request.getProject()],
    ["--stack", request.getStack()],
    ["--root-directory", info?.getRootDirectory()],
    ["--pwd", info?.getProgramDirectory()],
    ["--parallel", String(request.getParallel())],
  ];
  return [
    ...options.flatMap(([name, value]) => (value ? [name, value] : [])),
    ...(request.getDryrun() ? ["--dry-run"] : []),
    info?.getEntryPoint() || ".",
    ...request.getArgsList(),
  ];
}
