import { dump, load } from "js-yaml";
import { Project } from "../faults/project.ts";

export const cuts = ["drain", "enable-first", "clear-first", "pool"] as const;
export type Cut = (typeof cuts)[number];

export const stages = ["legacy", "prepared", "cut", "done"] as const;
export type Stage = (typeof stages)[number];

/** A stack with numbers that are on their way. */
export interface Stack {
  readonly numbers: readonly string[];
  readonly cut: Cut;
  /** The Messaging Service that opens conversations by itself, for the cut `pool`. */
  readonly messagingServiceSid: string;
}

/** Writes the configuration in which all numbers are at a stage. */
export function configure(project: Project, stack: Stack, stage: Stage): void {
  project.configure((text) => {
    const settings = load(text) as { config: Record<string, unknown> };
    const { config } = settings;
    config["flex-messaging:messagingFlow"] = {
      friendlyName: "Messaging Flow",
      workflow: "inbound",
      taskChannel: "sms",
    };
    const routing = config["flex-messaging:routing"] as {
      workflows: { inbound: { taskReservationTimeout: number } };
    };
    routing.workflows.inbound.taskReservationTimeout = 86_400;
    const handling = config["flex-messaging:messageHandling"] as { numbers: object };
    handling.numbers = Object.fromEntries(
      stack.numbers.map((phoneNumber, index) => [
        `line${index + 1}`,
        { phoneNumber, ...settingsAt(stage, stack) },
      ]),
    );
    return dump(settings);
  });
}

function settingsAt(stage: Stage, { cut, messagingServiceSid }: Stack): object {
  const service = cut === "pool" ? { messagingServiceSid } : {};
  switch (stage) {
    case "legacy":
      return { kind: "flex" };
    case "prepared":
      return { kind: "flex", ...service, migration: { stage, cut } };
    case "cut":
      return { kind: "conversations", ...service, migration: { stage, cut } };
    case "done":
      return { kind: "conversations", ...service };
  }
}
