import { z } from "zod";
import { conversations } from "./conversations-schema.ts";
import { chatWebhooks, messageHandling } from "./message-handling-schema.ts";
import { plugin } from "./plugin-schema.ts";
import {
  flag,
  seconds,
  keyed,
  oneOf,
  reference,
  rule,
  settings,
  text,
  webhookUrl,
  wholeNumber,
} from "./setting.ts";

// The whole `flex-messaging:*` configuration of a stack. Names are Twilio's in camelCase; times are seconds.
// Settings left out take the defaults of the components, which document them.

const expression = () => text("a TaskRouter expression", 4096);
const taskAttribute = (what: string) => {
  const fix = `set the task attribute that holds the worker's ${what}, e.g. task.agent`;
  return z.string({ error: fix }).regex(/^task\.\w+(\.\w+)*$/, { error: fix });
};
const skill = () =>
  text("a skill, e.g. billing", 64).regex(/^[^"'\\]+$/, {
    error: "set a skill without quotes and backslashes",
  });
const workspace = settings({
  friendlyName: text("the name of the workspace", 64).optional(),
  eventCallbackUrl: webhookUrl().optional(),
  eventsFilter: z.array(text("an event type, e.g. task.created")).optional(),
  prioritizeQueueOrder: oneOf(["FIFO", "LIFO"]).optional(),
});

const activity = settings({
  friendlyName: text("the name agents see", 64).optional(),
  available: flag("whether workers in this activity are offered tasks"),
});

const taskChannel = settings({
  friendlyName: text("the name of the task channel", 64),
  channelOptimizedRouting: flag("prefer workers with the most free capacity on this channel").optional(),
});

const queue = settings({
  friendlyName: text("the name of the queue"),
  skill: skill().optional(),
  targetWorkers: expression().optional(),
  maxReservedWorkers: wholeNumber(1, 50, "workers offered one task at the same time").optional(),
  taskOrder: oneOf(["FIFO", "LIFO"]).optional(),
}).refine(
  (value) => value.skill === undefined || value.targetWorkers === undefined,
  rule("sets both skill and targetWorkers", "keep one of them"),
);

const target = settings({
  queue: reference("a queue under routing.queues").optional(),
  expression: expression().optional(),
  priority: wholeNumber(0, 2 ** 31 - 1, "higher is served first").optional(),
  timeout: seconds(1_209_600, "before the next target").optional(),
  orderBy: text("worker attributes, e.g. worker.level DESC")
    .regex(/^worker\.[\w.]+( +(ASC|DESC))?( *, *worker\.[\w.]+( +(ASC|DESC))?)*$/i, {
      error: "set worker attributes, each with ASC or DESC, e.g. worker.level DESC, worker.team ASC",
    })
    .optional(),
  skipIf: expression().optional(),
  knownWorkerSid: taskAttribute("SID").optional(),
  knownWorkerFriendlyName: taskAttribute("name").optional(),
}).refine(
  (value) => value.knownWorkerSid === undefined || value.knownWorkerFriendlyName === undefined,
  rule("sets both knownWorkerSid and knownWorkerFriendlyName", "keep one of them"),
);

const targetedRouting = settings({
  queue: reference("the queue that holds every worker a task may name"),
  overflow: reference("the queue that takes the task when that worker does not"),
  timeout: seconds(1_209_600, "that worker has").optional(),
  skipIf: expression().optional(),
  overflowPriority: wholeNumber(0, 2 ** 31 - 1, "priority after the timeout").optional(),
});

const workflow = settings({
  friendlyName: text("the name of the workflow"),
  targeted: targetedRouting.optional(),
  filters: z
    .array(
      settings({
        friendlyName: text("the name of the filter"),
        expression: expression(),
        targets: z
          .array(target, { error: "set a list of targets" })
          .min(1, { error: "set at least one target" }),
      }),
      { error: "set a list of filters" },
    )
    .optional(),
  defaultQueue: reference("the queue of tasks that match no filter").optional(),
  taskReservationTimeout: seconds(86_400, "an agent has to accept").optional(),
  assignmentCallbackUrl: webhookUrl().optional(),
  fallbackAssignmentCallbackUrl: webhookUrl().optional(),
});

const worker = settings({
  friendlyName: text("the name of the worker", 64).optional(),
  contactUri: text("where tasks for the worker are targeted at, e.g. client:alice").optional(),
  skills: z.array(skill(), { error: "set a list of skills" }).optional(),
  activity: reference("the activity the worker is in").optional(),
  attributes: z.record(z.string(), z.json(), { error: "set a map of attributes" }).optional(),
});

const routing = settings({
  workspace: workspace.optional(),
  activities: keyed(activity, "activities").optional(),
  defaultActivity: reference("the activity of new workers").optional(),
  timeoutActivity: reference("the activity of workers that let a reservation time out").optional(),
  taskChannels: keyed(taskChannel, "task channels").optional(),
  queues: keyed(queue, "queues"),
  workflows: keyed(workflow, "workflows"),
  workers: keyed(worker, "workers").optional(),
});

const role = settings({
  friendlyName: text("the name of the role", 64),
  type: oneOf(["channel", "deployment"]),
  permissions: z
    .array(text("a permission, e.g. sendMessage"), { error: "set a list of permissions" })
    .min(1, { error: "set at least one permission" }),
});

const chat = settings({
  friendlyName: text("the name of the chat service").optional(),
  ...chatWebhooks,
  limits: settings({
    channelMembers: wholeNumber(1, 1000, "members of one channel").optional(),
    userChannels: wholeNumber(1, 1000, "channels of one user").optional(),
  }).optional(),
  roles: keyed(role, "roles").optional(),
});

const proxy = settings({
  uniqueName: text("the unique name of the proxy service", 191).optional(),
  defaultTtl: wholeNumber(0, 2 ** 31 - 1, "seconds a session lives, 0 for no limit").optional(),
  geoMatchLevel: oneOf(["area-code", "extended-area-code", "overlay", "radius", "country"]).optional(),
  numberSelectionBehavior: oneOf(["prefer-sticky", "avoid-sticky"]).optional(),
  callbackUrl: webhookUrl().optional(),
  interceptCallbackUrl: webhookUrl().optional(),
  outOfSessionCallbackUrl: webhookUrl().optional(),
});

const menu = settings({
  question: text("the message that asks", 1600),
  timeout: seconds(604_800, "to wait for an answer").optional(),
  options: z
    .array(
      settings({
        answers: z.array(text("an answer, e.g. 1"), { error: "set a list of answers" }).min(1, {
          error: "set at least one answer",
        }),
        skill: skill(),
      }),
      { error: "set a list of options" },
    )
    .min(1, { error: "set at least one option" }),
  otherwise: skill(),
});

const messagingFlow = settings({
  friendlyName: text("the name of the Studio flow", 64).optional(),
  workflow: reference("the workflow the flow sends tasks to").optional(),
  taskChannel: reference("the task channel of those tasks").optional(),
  greeting: text("the first message a customer gets", 1600).optional(),
  menu: menu.optional(),
  definitionFile: text("the path of an exported flow, e.g. flows/messaging-flow.json").optional(),
  substitutions: z
    .record(z.string(), text("workflows.<key>, taskChannels.<key> or a SID"), {
      error: "set a map from a text in the exported flow to what replaces it",
    })
    .optional(),
})
  .refine(
    (value) => (value.definitionFile === undefined) !== (value.workflow === undefined),
    rule(
      "needs one of workflow and definitionFile",
      "set either workflow (a flow built here) or definitionFile (an exported flow)",
    ),
  )
  .refine(
    (value) => value.definitionFile !== undefined || value.substitutions === undefined,
    rule("has substitutions without a definitionFile", "remove substitutions"),
  )
  .refine(
    (value) => value.definitionFile === undefined || (!value.greeting && !value.menu),
    rule("has greeting or menu beside a definitionFile", "remove them: an exported flow holds its own steps"),
  );

const flexConfiguration = settings({
  targetWorkflow: reference("the workflow Flex uses for outbound tasks").optional(),
  targetQueue: reference("the queue Flex uses for outbound tasks").optional(),
  offlineActivity: reference("the activity of agents who left").optional(),
});

const policyLevels = ["mandatory", "advisory", "disabled"] as const;
const meant = z
  .array(text("the name of a resource, as a preview shows it"), {
    error: "set a list of the resources that break the rule on purpose, e.g. [flex-workflow-outbound]",
  })
  .min(1, { error: "name a resource, or leave it out" });

/** Every key of the `flex-messaging` namespace. */
export const schema = settings({
  protect: flag("refuse to delete or replace numbers, services, workspace and roles"),
  // Read by the policy pack, which knows the rules.
  policy: z
    .record(
      z.string(),
      z.union(
        [z.enum(policyLevels), settings({ level: oneOf(policyLevels).optional(), meant: meant.optional() })],
        {
          error: `set one of ${policyLevels.join(", ")}, or a map of level and meant`,
        },
      ),
      {
        error: "set a map from the id of a policy rule to its level, e.g. workflow-has-default: advisory",
      },
    )
    .optional(),
  // Read by flex-stack, which looks at what a change would delete or replace.
  allowedDeletions: z
    .array(text("the name of a resource, as a preview shows it"), {
      error: "set a list of the resources that may be deleted or replaced, e.g. [flex-number-shop-number]",
    })
    .optional(),
  routing,
  // Read in its place: a YAML file from the project's folder, for what is too large for Pulumi's own.
  routingFile: text("the path of a YAML file with what would stand under routing").optional(),
  // Both where a number is of kind flex or custom; on Flex Conversations alone neither.
  chat: chat.optional(),
  proxy: proxy.optional(),
  conversations: conversations.optional(),
  messagingFlow,
  messageHandling,
  flexConfiguration: flexConfiguration.optional(),
  plugin: plugin.optional(),
});

/** The configuration of a stack, checked. */
export type Config = z.output<typeof schema>;
