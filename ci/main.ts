import { asFailure, failureText } from "../flex-stack/failure/failure.ts";
import { processTerminal } from "../cli/terminal/terminal.ts";
import { readDriftStep } from "./drift-step.ts";
import { readGitHubStep } from "./github-step.ts";

/**
 * What the workflows in .github/workflows do beside `flex-stack`: one word says what, the environment says for what.
 *
 *     node ci/main.ts drift | drift-issue | reviewed-plan
 */
const steps: Readonly<Record<string, (env: NodeJS.ProcessEnv) => Promise<number>>> = {
  drift: async (env) => {
    const { checkDrift } = await import("./drift.ts");
    return checkDrift(readDriftStep(env), processTerminal(env));
  },
  "drift-issue": async (env) => {
    const { keepDriftIssue } = await import("./drift-issue.ts");
    return keepDriftIssue(readDriftStep(env), readGitHubStep(env), processTerminal(env));
  },
  "reviewed-plan": async (env) => {
    const { findReviewedPlan } = await import("./reviewed-plan.ts");
    return findReviewedPlan(readGitHubStep(env), processTerminal(env), env);
  },
};

const [name = ""] = process.argv.slice(2);
const step = steps[name];
const terminal = processTerminal();
if (step === undefined) {
  terminal.complain(`There is no step ${JSON.stringify(name)}; there are ${Object.keys(steps).join(", ")}.`);
  process.exitCode = 2;
} else {
  try {
    process.exitCode = await step(process.env);
  } catch (error) {
    const failure = asFailure(error);
    terminal.complain(failureText(failure, terminal));
    process.exitCode = failure.exitCode;
  }
}
