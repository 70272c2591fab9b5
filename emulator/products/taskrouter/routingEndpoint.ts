import { notFound } from "../../kernel/errors.ts";
import type { Inventory } from "../../kernel/inventory.ts";
import type { Kernel } from "../../kernel/kernel.ts";
import type { OwnEndpoint } from "../../kernel/ownEndpoints.ts";
import { explainRouting } from "./assignment/placement.ts";
import { routingPicture } from "./routingPicture.ts";
import { tryTask } from "./routingTrial.ts";
import { task } from "./stored/kinds.ts";

/**
 * `GET /_emulator/routing`: workflows, queues and workers, with what waits where now. `POST /_emulator/routing`: where a
 * task with given attributes would go, and why; none is made.
 *
 * `GET /_emulator/routing/{SID of a task}`: what its workflow makes of a task now, with the reasons for and against every
 * worker, as `{trace}` (`RoutingTrace` of `routing/`). Null for a task that is routed straight to a worker.
 */
export function routingEndpoints(kernel: Kernel, accountSid: string, inventory: Inventory): OwnEndpoint[] {
  return [
    {
      method: "GET",
      path: "/routing",
      handle() {
        kernel.catchUp();
        return { workspaces: kernel.read(accountSid, (context) => routingPicture(context, inventory)) };
      },
    },
    {
      method: "POST",
      path: "/routing",
      handle({ body }) {
        kernel.catchUp();
        return kernel.read(accountSid, (context) => tryTask(context, body));
      },
    },
    {
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
    },
  ];
}
