import * as pulumi from "@pulumi/pulumi";
import { layout } from "./layout.ts";
import type { Step, StepValue } from "./step.ts";

/** A flow made of typed steps; made by `defineFlow`. */
export interface FlowDefinition {
  description: string;
  states: readonly { name: string; type: string; transitions: readonly object[]; properties: StepValue }[];
  initial_state: string;
  flags: { allow_concurrent_calls: boolean };
}

export interface FlowOptions {
  /** What the flow is for, as Studio shows it. @default "" */
  description?: string;
  /** Whether one contact may be in the flow more than once at the same time. @default true */
  allowConcurrentCalls?: boolean;
}

/** Steps whose next steps are among themselves; the compiler points at those that are not. */
type Wired<Steps> = {
  [Name in keyof Steps]: Steps[Name] extends Step<infer Next>
    ? [Next] extends [keyof Steps]
      ? Steps[Name]
      : Step<Extract<keyof Steps, string>>
    : never;
};

/**
 * A Studio flow from its steps by name. Names of next steps are checked by the compiler where they are
 * literals, and here in any case; so is that there is one trigger and that it leads to every step.
 * Steps get a place on Studio's canvas by how many steps they are from the trigger.
 *
 * @example
 * ```ts
 * defineFlow({
 *   Trigger: trigger({ incomingMessage: "Greeting" }),
 *   Greeting: sendMessage({ body: "Welcome!" }, { sent: "Agent", failed: "Agent" }),
 *   Agent: sendToFlex({ workflowSid: workflow.sid, taskChannelSid: smsChannel.sid }),
 * });
 * ```
 */
export function defineFlow<Steps extends Record<string, unknown>>(
  steps: Steps & Wired<Steps>,
  options: FlowOptions = {},
): FlowDefinition {
  const all: Readonly<Record<string, Step>> = steps;
  const start = checkSteps(all);
  const offsets = layout(all, start);
  return {
    description: options.description ?? "",
    states: Object.entries(all).map(([name, step]) => ({
      name,
      type: step.type,
      transitions: step.transitions.map(({ event, next, condition }) => ({
        event,
        ...(next === undefined ? {} : { next }),
        ...(condition === undefined
          ? {}
          : {
              conditions: [
                {
                  friendly_name: condition.friendlyName,
                  arguments: [condition.input],
                  type: condition.type,
                  value: condition.value,
                },
              ],
            }),
      })),
      properties: { offset: offsets[name] ?? { x: 0, y: 0 }, ...step.properties },
    })),
    initial_state: start,
    flags: { allow_concurrent_calls: options.allowConcurrentCalls ?? true },
  };
}

/** Returns the name of the trigger, or throws with everything that is wrong. */
function checkSteps(steps: Readonly<Record<string, Step>>): string {
  const problems: string[] = [];
  const names = Object.keys(steps);
  const triggers = names.filter((name) => steps[name]?.type === "trigger");
  if (triggers.length !== 1)
    problems.push(
      `it has ${triggers.length} triggers (${triggers.join(", ") || "none"}): declare exactly one`,
    );

  for (const [name, step] of Object.entries(steps)) {
    if (!/^[A-Za-z0-9_-]{1,64}$/.test(name))
      problems.push(`the step "${name}" needs a name of 1 to 64 letters, digits, - and _`);
    for (const { event, next } of step.transitions)
      if (next !== undefined && !names.includes(next))
        problems.push(`${name}.${event} leads to "${next}", which is no step (steps: ${names.join(", ")})`);
  }
  const start = triggers[0];
  if (start !== undefined && problems.length === 0) {
    const reached = new Set([start]);
    for (const name of reached)
      for (const { next } of steps[name]?.transitions ?? []) if (next !== undefined) reached.add(next);
    for (const name of names)
      if (!reached.has(name)) problems.push(`nothing leads to the step "${name}": wire it or remove it`);
  }
  if (problems.length > 0 || start === undefined)
    throw new pulumi.RunError(
      `A Studio flow can't be built:\n${problems.map((line) => `  - ${line}`).join("\n")}`,
    );
  return start;
}
