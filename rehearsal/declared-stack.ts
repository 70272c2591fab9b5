import { fork, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Declared } from "./record-program.ts";
import { RehearsalError } from "./rehearsal-error.ts";
import type { Recording } from "./run-program.ts";
import { stackValues } from "./stack-values.ts";

const runner = fileURLToPath(new URL("run-program.ts", import.meta.url));
/** How much of what a program writes is kept, for a message. */
const keptOutput = 4096;

export interface StackProgram {
  /** Folder of Pulumi.yaml. */
  readonly folder: string;
  readonly stack: string;
  /** Ends the program. */
  readonly signal?: AbortSignal;
}

/**
 * What a program declares for a stack, found by running it without engine, provider and account; takes about a
 * second. Secrets of the configuration are not decrypted: the program gets `[secret]`.
 *
 * @throws RehearsalError when the files of the stack can't be read, or the program fails
 */
export async function declaredStack({ folder, stack, signal }: StackProgram): Promise<readonly Declared[]> {
  const { project, main, config, secretKeys } = stackValues(folder, stack);
  const env = {
    ...process.env,
    NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"] ?? join(folder, ".local", "compile-cache"),
    PULUMI_CONFIG: JSON.stringify(config),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(secretKeys),
  };
  const child = started(stack, () =>
    fork(runner, [main, project, stack], {
      cwd: folder,
      env,
      execArgv: ["--disable-warning=ExperimentalWarning"],
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      signal,
    }),
  );
  let written = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding("utf8").on("data", (text: string) => (written = (written + text).slice(-keptOutput)));
  const recording = await new Promise<Recording>((resolve, reject) => {
    child.once("message", (message) => resolve(message as Recording));
    child.once("error", reject);
    child.once("close", (code) => resolve({ error: `It ended with ${code}. ${written}`.trim() }));
  });
  if ("declared" in recording) return recording.declared;
  throw new RehearsalError(
    `The program of stack "${stack}" fails: ${recording.error}`,
    "Correct the program or the stack's configuration; npm run preview tells more.",
  );
}

/** What the platform refuses to start is told as that. */
function started(stack: string, start: () => ChildProcess): ChildProcess {
  try {
    return start();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "E2BIG") throw error;
    throw new RehearsalError(
      `The configuration of stack "${stack}" is too large: it is handed to the program in one environment variable, and this platform starts no program with a longer one.`,
      "Move what is under flex-messaging:routing to a file of its own, and set flex-messaging:routingFile.",
    );
  }
}
