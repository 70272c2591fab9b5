import type { RoutingQueue, RoutingWorker } from "../routing/index.ts";

/** All that decides who gets a task: of a program, or of an account. */
export interface RoutingSetup {
  readonly workflows: readonly SetupWorkflow[];
  readonly queues: readonly (RoutingQueue & InWorkspace)[];
  readonly workers: readonly (RoutingWorker & InWorkspace)[];
  readonly activities: readonly (SetupActivity & InWorkspace)[];
  /** Task channels, those included that every workspace has. */
  readonly taskChannels: readonly (SetupTaskChannel & InWorkspace)[];
  /** Where Studio flows hand messages over to agents. */
  readonly entrances: readonly Entrance[];
}

export interface InWorkspace {
  readonly workspaceSid: string;
}

export interface SetupWorkflow extends InWorkspace {
  readonly sid: string;
  readonly friendlyName: string;
  /** Its name in the program, where it has one. */
  readonly resource?: string;
  /** JSON text, or parsed. */
  readonly configuration: unknown;
}

export interface SetupActivity {
  readonly sid: string;
  readonly friendlyName: string;
  readonly available: boolean;
}

export interface SetupTaskChannel {
  readonly sid: string;
  readonly uniqueName: string;
}

/** A send-to-flex widget. */
export interface Entrance {
  readonly workflowSid: string;
  readonly taskChannelSid: string | undefined;
}

/** The task channels that every workspace has from the start. */
export const givenTaskChannels = ["default", "voice", "chat", "sms", "video"];

/** The send-to-flex widgets of a Studio flow; none where the definition is not one that can be read. */
export function entrancesOf(definition: unknown): Entrance[] {
  const { states } = (typeof definition === "string" ? parsed(definition) : (definition ?? {})) as {
    states?: unknown;
  };
  if (!Array.isArray(states)) return [];
  return (states as { type?: unknown; properties?: Record<string, unknown> }[]).flatMap(
    ({ type, properties = {} }) => {
      const { workflow, channel } = properties;
      if (type !== "send-to-flex" || typeof workflow !== "string") return [];
      return [{ workflowSid: workflow, taskChannelSid: typeof channel === "string" ? channel : undefined }];
    },
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}
