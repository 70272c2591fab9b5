import { ExpressionError, parseExpression, validateWorkflow } from "../../../routing/index.ts";
import { invalid } from "../../kernel/errors.ts";

/** Checks the syntax of an expression parameter; Twilio checks no more than that. @throws TwilioError */
export function checkExpression(parameter: string, value: unknown): void {
  if (typeof value !== "string") return;
  try {
    parseExpression(value);
  } catch (error) {
    if (error instanceof ExpressionError)
      throw invalid(`${parameter} is not a valid expression: ${error.message}`);
    throw error;
  }
}

/** Checks a workflow's Configuration by shape, syntax of its expressions and existence of its queues. @throws TwilioError */
export function checkConfiguration(configuration: string, queueSids: readonly string[]): void {
  const { problems } = validateWorkflow(configuration, { queueSids });
  const errors = problems.filter(({ severity }) => severity === "error");
  if (errors.length === 0) return;
  const list = errors.map(({ path, message }) => (path === "" ? message : `${path} ${message}`)).join("; ");
  throw invalid(`Configuration ${list}`);
}
