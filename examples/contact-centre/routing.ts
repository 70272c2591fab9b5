import type { TaskRoutingArgs } from "../../components/index.ts";

/** 12 queues and 6 workflows. Times are seconds. */
export const routing: TaskRoutingArgs = {
  activities: {
    Offline: { available: false },
    Available: { available: true },
    Unavailable: { available: false },
    Break: { available: false },
    Training: { available: false },
  },
  timeoutActivity: "Unavailable",
  taskChannels: {
    chat: { friendlyName: "Programmable Chat" },
    sms: { friendlyName: "SMS" },
    custom1: { friendlyName: "Partner messaging" },
  },
  queues: {
    everyone: { friendlyName: "Everyone" },
    overflow: { friendlyName: "Overflow", targetWorkers: "level >= 2", maxReservedWorkers: 5 },
    billing: { friendlyName: "Billing", skill: "billing" },
    returns: { friendlyName: "Returns", skill: "returns" },
    support: { friendlyName: "Support", skill: "support", maxReservedWorkers: 2 },
    technical: { friendlyName: "Technical", skill: "technical" },
    sales: { friendlyName: "Sales", skill: "sales", maxReservedWorkers: 3, taskOrder: "LIFO" },
    partners: { friendlyName: "Partners", skill: "partners" },
    vip: { friendlyName: "VIP", skill: "vip" },
    german: { friendlyName: "German", targetWorkers: 'languages HAS "de"' },
    french: { friendlyName: "French", targetWorkers: 'languages HAS "fr"' },
    seniors: { friendlyName: "Seniors", targetWorkers: "level >= 4" },
  },
  workflows: {
    inbound: {
      friendlyName: "Inbound",
      targeted: { queue: "everyone", overflow: "overflow", timeout: 45, overflowPriority: 10 },
      filters: [
        {
          friendlyName: "VIP",
          expression: "vip == true",
          targets: [
            { queue: "vip", priority: 100, timeout: 30, orderBy: "worker.level DESC" },
            { queue: "seniors", timeout: 60 },
            { queue: "overflow" },
          ],
        },
        {
          friendlyName: "German",
          expression: 'language == "de"',
          targets: [
            { queue: "german", expression: "worker.routing.skills HAS task.skill", timeout: 120 },
            { queue: "german" },
          ],
        },
        {
          friendlyName: "French",
          expression: 'language == "fr"',
          targets: [
            { queue: "french", expression: "worker.routing.skills HAS task.skill", timeout: 120 },
            { queue: "french" },
          ],
        },
        ...["billing", "returns", "support", "technical", "sales"].map((skill) => ({
          friendlyName: `Skill ${skill}`,
          expression: `skill == "${skill}"`,
          targets: [
            { queue: skill, timeout: 120, skipIf: "workers.available == 0" },
            { queue: "overflow", priority: 5 },
          ],
        })),
      ],
      defaultQueue: "everyone",
      taskReservationTimeout: 60,
    },
    outbound: {
      friendlyName: "Outbound",
      targeted: { queue: "everyone", overflow: "overflow", timeout: 30, skipIf: "workers.available == 0" },
      defaultQueue: "overflow",
    },
    escalation: {
      friendlyName: "Escalation",
      filters: [
        {
          friendlyName: "To a better agent",
          expression: "level > 0",
          targets: [
            { queue: "seniors", expression: "worker.level > task.level", priority: 50, timeout: 90 },
            { queue: "vip", timeout: 90 },
            { queue: "overflow" },
          ],
        },
      ],
      defaultQueue: "seniors",
    },
    partners: { friendlyName: "Partners", defaultQueue: "partners", taskReservationTimeout: 30 },
    afterHours: {
      friendlyName: "After hours",
      filters: [
        {
          friendlyName: "VIP at any hour",
          expression: "vip == true",
          targets: [{ queue: "vip", timeout: 300 }, { queue: "overflow" }],
        },
      ],
      defaultQueue: "overflow",
    },
    overflow: { friendlyName: "Overflow", defaultQueue: "overflow" },
  },
};
