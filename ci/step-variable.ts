import { ExitCode } from "../flex-stack/failure/exit-code.ts";
import { Failure } from "../flex-stack/failure/failure.ts";

/** A variable that a workflow has to set. @param meaning What it holds, for the message. */
export function stepVariable(env: NodeJS.ProcessEnv, name: string, meaning: string): string {
  const value = env[name];
  if (value) return value;
  throw new Failure({
    what: `${name} is not set.`,
    why: `It holds ${meaning}.`,
    fix: `Set it in the step's env, as .github/workflows of this project does.`,
    exitCode: ExitCode.usage,
  });
}

/** The stack a step is about: `STACK`. */
export function stackOf(env: NodeJS.ProcessEnv): string {
  const stack = stepVariable(env, "STACK", "the name of the stack");
  if (/^[\w-][\w.-]*(\/[\w-][\w.-]*){0,2}$/.test(stack)) return stack;
  throw new Failure({
    what: `STACK is ${JSON.stringify(stack)}, which can't be the name of a stack.`,
    fix: "Set it to letters, digits, dots, hyphens and underscores, e.g. prod.",
    exitCode: ExitCode.usage,
  });
}
