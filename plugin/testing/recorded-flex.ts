import type {
  ActionListener,
  Flex,
  FlexTask,
  Manager,
  Orchestrations,
  TaskChannelDefinition,
} from "../src/flex.ts";
import type { Report } from "../src/report.ts";
import type { Offer } from "./protocol.ts";
import { StandInWorker } from "./stand-ins.ts";

/** A Flex UI for tests of the logic: takes what it is told, does what tests say, and keeps a record. */
export class RecordedFlex implements Flex {
  VERSION = "1.34.6";
  /** Actions invoked, as `AcceptTask WR1`. */
  readonly invoked: string[] = [];
  /** What an action does. */
  act: (action: string, reservationSid: string) => Promise<void> = async () => {};
  readonly listeners = new Map<string, ActionListener>();
  readonly notifications: object[] = [];
  readonly registered: (TaskChannelDefinition & { readonly isApplicable: (task: FlexTask) => boolean })[] =
    [];
  readonly tasks = new Map<string, FlexTask>();
  readonly orchestrations = new Map<string, Orchestrations>([
    ["accepted", ["AddToChatChannel"]],
    ["wrapup", ["DeactivateChatChannel"]],
    ["completed", ["DeactivateChatChannel", "LeaveChatChannel"]],
  ]);

  readonly Actions: Flex["Actions"] = {
    invokeAction: (name, { sid = "" }: { sid?: string } = {}) => {
      this.invoked.push(`${name} ${sid}`);
      return this.act(name, sid);
    },
    addListener: (event, listener) => this.listeners.set(event, listener),
  };

  readonly Notifications: Flex["Notifications"] = {
    registerNotification: (notification) => {
      if (this.notifications.length > 0) throw new Error("Notification already registered");
      this.notifications.push(notification);
    },
    showNotification: (id, context) => this.notifications.push({ id, ...context }),
  };

  readonly DefaultTaskChannels: Flex["DefaultTaskChannels"] = {
    createChatTaskChannel: (name, isApplicable, ...appearance) => {
      const templates = { TaskListItem: { secondLine: appearance[3] } };
      return Object.assign({ name, isApplicable, appearance }, { templates });
    },
  };

  readonly TaskChannels: Flex["TaskChannels"] = {
    getRegistered: () => this.registered,
    getForTask: (task) => ({
      capabilities: new Set(task.taskChannelUniqueName === "voice" ? ["Call"] : ["Chat"]),
    }),
    register: (definition) => void this.registered.unshift(definition as (typeof this.registered)[0]),
  };

  readonly TaskHelper: Flex["TaskHelper"] = {
    getTaskByTaskSid: (sid) => this.tasks.get(sid),
    isChatBasedTask: () => false,
  };

  ChatOrchestrator: Flex["ChatOrchestrator"] = {
    getOrchestrations: (event) => this.orchestrations.get(event) ?? [],
    setOrchestrations: (event, orchestrations) => void this.orchestrations.set(event, orchestrations),
  };

  /** Runs what listens before an action; whether that cancelled it. */
  async before(action: string, task: FlexTask): Promise<boolean> {
    let isCancelled = false;
    await this.listeners.get(`before${action}`)?.({ task }, () => (isCancelled = true));
    return isCancelled;
  }
}

/** A manager with a worker that tests offer tasks to; what is done with reservations works. */
export class RecordedManager implements Manager {
  serviceConfiguration: { attributes?: unknown } = {};
  readonly workerClient: StandInWorker;
  user = { token: "flex-token" };
  strings: object = { Other: "text" };

  constructor(capacities: Readonly<Record<string, number>> = {}) {
    this.workerClient = new StandInWorker("WK1", capacities, async () => {});
  }
}

/** What was reported, as `error …`. */
export class RecordedReport implements Report {
  readonly lines: string[] = [];
  readonly error = (text: string): void => void this.lines.push(`error ${text}`);
  readonly warn = (text: string): void => void this.lines.push(`warn ${text}`);
  readonly info = (text: string): void => void this.lines.push(`info ${text}`);
}

/** A reservation whose task wants to be accepted by itself. */
export const offer = (sid: string, changes: Partial<Offer> = {}): Offer => ({
  sid,
  taskSid: sid.replace("WR", "WT"),
  taskChannelUniqueName: "chat",
  attributes: { autoAnswer: "true" },
  ...changes,
});

export const task = (changes: Partial<FlexTask> = {}): FlexTask => {
  const { taskChannelUniqueName = "chat" } = changes;
  return {
    sid: "WR1",
    taskSid: "WT1",
    channelType: taskChannelUniqueName,
    taskChannelUniqueName,
    ...changes,
  };
};

/** Lets everything that was settled be followed. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
