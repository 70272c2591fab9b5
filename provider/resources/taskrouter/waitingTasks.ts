import type { Fix } from "../../engine/definition.ts";

/**
 * What to do where TaskRouter deletes nothing that tasks are still waiting for.
 *
 * @param where `in the queue`
 * @param first what has to be done besides, an imperative clause that ends in a comma
 */
export function waitingTasks(where: string, first = ""): Fix {
  return {
    on: "delete",
    status: 400,
    fix:
      `Complete or cancel the tasks that wait ${where},${first} then try again. ` +
      "A local Twilio forgets everything with npx flex-stack emulator --reset; then npm run destroy -- --refresh.",
  };
}
