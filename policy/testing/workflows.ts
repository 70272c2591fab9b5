import { sid } from "./centre.ts";

/**
 * Workflows after the kinds that are deployed and published, in words of our own: each stands for a design that works.
 * No mandatory rule may refuse any of them.
 */
export interface Design {
  readonly name: string;
  readonly filters: readonly object[];
  readonly hasDefault?: boolean;
  /** Advisory rules that speak of it. */
  readonly advised?: readonly string[];
}

const everyone = sid("WQ", 1);
const team = sid("WQ", 2);

const filter = (expression: string, ...targets: object[]) => ({
  filter_friendly_name: "A filter",
  expression,
  targets: targets.map((target) => ({ queue: everyone, ...target })),
});

/** What Twilio's helpline deployments give to one worker, or to others than one, in a single condition. */
const transfer =
  "(worker.waitingOffline != true AND ((task.transferTo == 'worker' AND task.targetSid == worker.sid) OR " +
  "(task.transferTo != 'worker' AND worker.sid != task.ignoreAgent))) OR " +
  "(worker.waitingOffline == true AND task.targetSid == worker.sid AND task.isOffline == true)";

const alone = ["targeted-routing-alone"];
const idle = ["workflow-has-no-idle-part"];
const noDefault = ["workflow-has-default"];

export const designs: readonly Design[] = [
  // Held back, or for nobody.
  {
    name: "a callback waits a minute before agents see it",
    filters: [filter("type == 'callback'", { expression: "1==0", timeout: 60 }, { priority: 5 })],
  },
  {
    name: "a callback is tried again, later each time",
    filters: [
      filter(
        "retries > 0",
        { expression: "1==0 AND task.retries > 2", timeout: "600" },
        { expression: "1 == 0", timeout: "60" },
        {},
      ),
    ],
  },
  {
    name: "a delay that ends at once for those in a hurry",
    filters: [
      filter("type == 'callback'", { expression: "1==0", timeout: 60, skip_if: "task.urgent == true" }, {}),
    ],
  },
  {
    name: "tasks that a program completes, and no agent gets",
    filters: [filter("isSurvey == true", { queue: team, expression: "1==0" })],
    advised: idle,
  },
  {
    name: "tasks that wait in a queue of nobody, asked for by a name without task.",
    filters: [filter("helpline == 'North'", { queue: team, expression: "isSurveyTask==true" })],
    advised: idle,
  },
  {
    name: "a filter that is off for now",
    filters: [filter("1==0 AND skill == 'sales'", {}), filter("skill == 'support'", {})],
    advised: idle,
  },
  {
    name: "a delay that drops what nobody cancels in time",
    filters: [filter("type == 'reminder'", { expression: "1==0", timeout: 3600 })],
  },

  // One worker's own.
  {
    name: "an outbound call of an agent",
    filters: [
      filter("targetWorker != null", { expression: "task.targetWorker==worker.contact_uri", priority: 1000 }),
    ],
    advised: alone,
  },
  {
    name: "an outbound call, in every task of its workflow",
    filters: [filter("1==1", { expression: "worker.contact_uri == task.targetWorker", priority: 1000 })],
    advised: alone,
  },
  {
    name: "a known agent by SID",
    filters: [filter('knownAgent == "true"', { known_worker_sid: "task.knownAgentSid" })],
    advised: alone,
  },
  {
    name: "a known agent by name",
    filters: [filter("agent != null", { known_worker_friendly_name: "task.agent" })],
    advised: alone,
  },
  {
    name: "a transfer to one worker by SID",
    filters: [filter("transferTo == 'worker'", { expression: "task.targetSid == worker.sid" })],
    advised: alone,
  },
  {
    name: "an agent's own voicemail",
    filters: [filter("type == 'voicemail'", { queue: team, known_worker_sid: "task.workerSid" })],
    advised: alone,
  },
  {
    name: "an agent by e-mail, whoever else is free",
    filters: [filter("owner != null", { expression: "task.owner == worker.email AND worker.level > 0" })],
    advised: alone,
  },
  {
    name: "a transfer to one worker or to any but one",
    filters: [filter("helpline=='North'", { expression: transfer })],
  },
  {
    name: "the same without a default filter, which it never needs",
    filters: [filter("1==1", { expression: transfer })],
    hasDefault: false,
  },
  {
    name: "a targetWorker that holds a SID",
    filters: [
      filter("targetWorker != null", { expression: "task.targetWorker == worker.sid", timeout: 20 }, {}),
    ],
    advised: ["targeted-routing-attribute"],
  },

  // One worker first, then others.
  {
    name: "the last agent for a while, then anybody",
    filters: [
      filter(
        "targetWorker != null",
        { expression: "task.targetWorker == worker.contact_uri", timeout: 30 },
        { priority: 10 },
      ),
    ],
  },
  {
    name: "the last agent unless nobody is there",
    filters: [
      filter(
        "lastAgent != null",
        { known_worker_sid: "task.lastAgent", skip_if: "workers.available == 0" },
        {},
      ),
    ],
  },
  {
    name: "the last agent, then the default filter at once",
    filters: [filter("lastAgent != null", { known_worker_sid: "task.lastAgent", skip_if: "1==1" })],
  },
  {
    name: "a direct extension, then voicemail",
    filters: [
      filter(
        "type == 'direct'",
        { expression: "worker.extension == task.extension", timeout: 1, skip_if: "workers.available == 0" },
        { queue: team },
      ),
    ],
  },
  {
    name: "a known agent, then agents by level, then all",
    filters: [
      filter(
        'category == "payments"',
        { known_worker_friendly_name: "task.agent", timeout: 30 },
        { expression: "worker.routing.levels.payments >= 4", timeout: 30 },
        { expression: "worker.routing.levels.payments > 0", timeout: 30 },
        {},
      ),
    ],
  },

  // Not this worker.
  {
    name: "anybody but the agent who had it",
    filters: [filter("lastAgent != null", { expression: "worker.contact_uri != task.lastAgent" })],
  },
  {
    name: "anybody but the target worker",
    filters: [filter("targetWorker != null", { expression: "task.targetWorker != worker.contact_uri" })],
  },
  {
    name: "nobody who is in the conversation already",
    filters: [
      filter("transferQueue == 'Everyone'", { expression: "worker.sid NOT IN task.workersInConversation" }),
    ],
  },
  {
    name: "only workers who can be called",
    filters: [filter("type == 'voice'", { expression: "worker.contact_uri != null" })],
  },
  {
    name: "a worker by another attribute of the task",
    filters: [
      filter("agentUri != null", { expression: "task.agentUri == worker.contact_uri", timeout: 15 }, {}),
    ],
  },
  {
    name: "one of several workers",
    filters: [filter("agents != null", { expression: "worker.contact_uri IN task.agents", timeout: 60 }, {})],
  },
  {
    name: "the target worker, or a supervisor",
    filters: [
      filter("targetWorker != null", {
        expression: "task.targetWorker == worker.contact_uri OR worker.roles HAS 'supervisor'",
      }),
    ],
  },
  {
    name: "every task that names a worker, to a team of its own",
    filters: [filter("targetWorker != null", { queue: team })],
    advised: ["targeted-routing-attribute"],
  },

  // Skills, languages, levels.
  { name: "by skill", filters: [filter('skill == "billing"', { queue: team })] },
  {
    name: "by skills of the worker",
    filters: [filter("skill != null", { expression: "worker.routing.skills HAS task.skill" })],
  },
  {
    name: "by language, with the best first",
    filters: [
      filter("language != null", {
        expression: "task.language IN worker.languages",
        order_by: "worker.routing.levels.988en DESC",
      }),
    ],
  },
  {
    name: "by language through code that joins conditions",
    filters: [
      filter(
        "1==1",
        {
          expression:
            'task.language == \'es\' AND (worker.routing.skills has "es" OR worker.routing.skills has "es_MX")',
          order_by: "worker.routing.levels.es DESC ,worker.routing.levels.es_MX DESC",
          skip_if: "1==1",
        },
        {},
      ),
    ],
  },
  {
    name: "by an age that a form sends as text",
    filters: [
      filter(
        "channelType ! = 'voice'",
        { expression: 'worker.routing.skills HAS "Chat" AND task.age <= 13', timeout: 60 },
        { expression: "worker.routing.skills HAS 'Chat'" },
      ),
    ],
  },
  {
    name: "by part of an address",
    filters: [filter("to CONTAINS '+1202' OR twilioNumber == 'whatsapp:+12025550112'", {})],
  },
  {
    name: "juniors for a while, then seniors",
    filters: [
      filter("1 = 1", { expression: "worker.level < 3", timeout: 120 }, { expression: "worker.level >= 3" }),
    ],
  },
  {
    name: "the cheapest first",
    filters: [filter("product IN ['a', 'b']", { order_by: "worker.cost ASC, worker.level DESC" })],
  },

  // Priorities, overflow, time.
  {
    name: "more urgent as time goes by",
    filters: [
      filter(
        "type == 'chat'",
        { timeout: 60, priority: 1 },
        { timeout: 60, priority: "5" },
        { priority: 10 },
      ),
    ],
  },
  {
    name: "one queue, then a wider one",
    filters: [filter("skill == 'billing'", { queue: team, timeout: 90 }, { queue: everyone })],
  },
  {
    name: "overflow at once where the team is away",
    filters: [
      filter("skill == 'billing'", { queue: team, skip_if: "workers.available == 0" }, { queue: everyone }),
    ],
  },
  {
    name: "overflow by the time of day",
    filters: [
      filter("taskrouter.currentHour >= 8 AND taskrouter.currentHour < 18", { queue: team, timeout: 60 }, {}),
      filter("taskrouter.dayOfWeek IN ['Sat', 'Sun']", {}),
    ],
  },
  {
    name: "customers of worth first",
    filters: [filter("vip == true", { priority: 100 }), filter("vip != true", { priority: 1 })],
  },
  {
    name: "supervisors for complaints",
    filters: [
      filter("reason == 'complaint'", { expression: "worker.roles HAS 'supervisor'", timeout: 300 }, {}),
    ],
  },
  {
    name: "chat only for whom no call rings",
    filters: [filter("channelType == 'chat'", { expression: "worker.channel.voice.assigned_tasks == 0" })],
  },
  {
    name: "by capacity left",
    filters: [
      filter(
        "channelType == 'sms'",
        { expression: "worker.channel.sms.available_capacity_percentage > 50", timeout: 20 },
        {},
      ),
    ],
  },
  {
    name: "a queue that drops its tasks after an hour, as their caller does",
    filters: [filter("type == 'voice'", { timeout: 3600 })],
  },

  // Around filters.
  { name: "no filter, everything to the default", filters: [] },
  { name: "a filter for all, and a default that is never reached", filters: [filter("1==1", {})] },
  { name: "a filter for all, and no default", filters: [filter("1==1", {})], hasDefault: false },
  {
    name: "some tasks are not wanted, so no default",
    filters: [filter("type == 'sms'", {})],
    hasDefault: false,
    advised: noDefault,
  },
  {
    name: "an emergency filter before all others",
    filters: [filter("1==1", { queue: team }), filter("skill == 'billing'", {})],
    advised: idle,
  },
  {
    name: "a step left from earlier",
    filters: [filter("skill == 'billing'", {}, { queue: team, timeout: 30 })],
    advised: idle,
  },
  {
    name: "a later target in the same queue",
    filters: [filter("type == 'sms'", { timeout: 30 }, { queue: undefined, priority: 5 })],
  },
  {
    name: "notes among the keys",
    filters: [{ ...filter("type == 'sms'", {}), comment: "night shift" }],
    advised: idle,
  },
  {
    name: "what a program has no value for, written as null",
    filters: [
      filter("type == 'sms'", {
        expression: null,
        order_by: null,
        priority: null,
        timeout: null,
        skip_if: null,
        known_worker_sid: null,
        known_worker_friendly_name: null,
      }),
    ],
  },
  {
    name: "an attribute of the task that is named worker",
    filters: [filter("worker != null", { expression: "task.worker == worker.email", timeout: 60 }, {})],
  },
  {
    name: "a name with the prefix of another place, and one without",
    filters: [filter("task.type == 'sms' OR type == 'sms'", {})],
    advised: idle,
  },
];

/** Workflows that lose tasks, or can't be what anybody meant, and the mandatory rule that says so. */
export const mistakes: readonly (Omit<Design, "advised"> & { readonly refused: readonly string[] })[] = [
  {
    name: "others who were to take over are never reached",
    filters: [
      filter(
        "targetWorker != null",
        { expression: "task.targetWorker == worker.contact_uri" },
        { priority: 10 },
      ),
    ],
    refused: ["targeted-routing-way-out"],
  },
  {
    name: "the same by SID of a known worker",
    filters: [filter("1==1", { known_worker_sid: "task.agent" }, { timeout: 5 }, {})],
    refused: ["targeted-routing-way-out"],
  },
  {
    name: "a message is dropped when its agent is busy",
    filters: [
      filter("targetWorker != null", { expression: "task.targetWorker == worker.contact_uri", timeout: 30 }),
    ],
    refused: ["messages-outlast-one-worker"],
  },
  {
    name: "a worker compared with a name that finds nothing",
    filters: [
      filter("targetWorker != null", { expression: "targetWorker == worker.contact_uri", timeout: 30 }, {}),
    ],
    refused: ["targeted-routing-expression"],
  },
  {
    name: "two values of one attribute",
    filters: [filter("skill == 'a' AND skill == 'b'", {})],
    refused: ["workflow-is-effective"],
  },
  {
    name: "a list compared as one value",
    filters: [filter("skills == ['a']", {})],
    refused: ["workflow-is-effective"],
  },
  {
    name: "a filter about task.",
    filters: [filter("task.skill == 'a'", {})],
    refused: ["workflow-is-effective"],
  },
  {
    name: "a misspelt order",
    filters: [filter("1==1", { orderBy: "worker.level DESC" })],
    refused: ["workflow-is-effective"],
  },
  {
    name: "a queue by its name",
    filters: [filter("1==1", { queue: "Everyone" })],
    refused: ["workflow-is-effective"],
  },
  {
    name: "a key with a hyphen",
    filters: [filter("customer-value == 1", {})],
    refused: ["workflow-is-valid"],
  },
  { name: "a time of nothing", filters: [filter("1==1", { timeout: 0 })], refused: ["workflow-is-valid"] },
  {
    name: "a template in the place of an attribute",
    filters: [filter("1==1", { known_worker_sid: "{{task.agent}}" })],
    refused: ["workflow-is-valid"],
  },
];
