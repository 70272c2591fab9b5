import { notFound } from "../../kernel/errors.ts";
import type { Kernel } from "../../kernel/kernel.ts";
import type { OwnEndpoint } from "../../kernel/ownEndpoints.ts";
import { explainRouting } from "./assignment/placement.ts";
import { task } from "./stored/kinds.ts";

/**
 * `GET /_emulator/routing/{SID of a task}`: what its workflow makes of a task now, with the reasons for and against every
 * worker, as `{trace}` (`RoutingTrace` of `routing/`). Null for a task that is routed straight to a worker.
 */
export function routingEndpoint(kernel: Kernel, accountSid: string): OwnEndpoint {
  return {
    method: "GET",
    path: "/routing/:sid",
    handle({ parameters: { sid = "" } }) {
      kernel.catchUp();
      return kernel.transaction(accountSid, (context) => {
        const found = context.of(task).get(sid);
        if (found === undefined) throw notFound(`/_emulator/routing/${sid}`);
        return { trace: explainRouting(context, found) ?? null };
      });
    },
  };
}
