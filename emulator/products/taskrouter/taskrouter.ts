import { versioned } from "../../kernel/dialect.ts";
import { invalid } from "../../kernel/errors.ts";
import type { Product } from "../../kernel/product.ts";
import { operationsOf } from "../../operations.ts";
import { activity } from "./activity.ts";
import { taskChannel } from "./taskChannel.ts";
import { taskQueue } from "./taskQueue.ts";
import { worker } from "./worker.ts";
import { workerChannel } from "./workerChannel.ts";
import { workflow } from "./workflow.ts";
import { workspace } from "./workspace.ts";

export const taskrouter: Product = {
  host: "taskrouter",
  dialect: versioned,
  operations: operationsOf("taskrouter.twilio.com"),
  resources: [workspace, activity, taskChannel, taskQueue, workflow, worker, workerChannel],
  missingPageToken: () =>
    invalid("Page above 0 needs the PageToken of the previous page's next_page_url", 40153),
};
