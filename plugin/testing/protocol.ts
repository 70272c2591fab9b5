// What tests and the page in their browser tell each other; everything is JSON.

export interface FlexPageOptions {
  /** `attributes` of the Flex Configuration. @default none */
  readonly attributes?: unknown;
  /** Where Flex UI asks for the plugins to load. */
  readonly pluginServiceUrl: string;
  /** @default `WK1` */
  readonly workerSid?: string;
  /** Capacities of the agent, by unique name of the task channel. @default none known */
  readonly capacities?: Readonly<Record<string, number>>;
  /** The agent's Flex token. @default `flex-token` */
  readonly token?: string;
  /** The chat client's token and identity. */
  readonly chat?: { readonly token: string; readonly identity: string };
  /** Whether Flex UI has no connection to TaskRouter. @default false */
  readonly disconnected?: boolean;
}

/** What TaskRouter tells of a task that is offered. */
export interface Offer {
  /** Of the reservation. */
  readonly sid: string;
  readonly taskSid: string;
  readonly taskChannelUniqueName: string;
  /** `null` where the task has none. */
  readonly attributes: Readonly<Record<string, unknown>> | null;
  /** @default `pending` */
  readonly status?: string;
  /** @default none */
  readonly routingTarget?: string;
}

/** An action as Flex UI took it (`before`) and did it (`after`), for a reservation. */
export type SeenAction = `${"before" | "after"} ${string} ${string}`;

/** How Flex UI shows a task. */
export interface ShownChannel {
  readonly name: string;
  readonly capabilities: readonly string[];
  readonly color: unknown;
  readonly icons: Readonly<Record<string, unknown>>;
  readonly templates: Readonly<Record<string, unknown>>;
}

/** The page, as tests see it. */
export interface FlexPage {
  /** Starts Flex UI up to where a login ends, and lets it load its plugins. */
  start(options: FlexPageOptions): Promise<void>;
  /** Shows Flex UI, as its own page does. */
  render(): void;
  /** A reservation is there; `tell: false`: without an event, as those that were there before Flex UI. */
  offer(offer: Offer, options?: { readonly tell?: boolean }): void;
  /** TaskRouter ends a reservation: `rescinded`, `canceled` … */
  end(sid: string, status: string): void;
  /** The connection to TaskRouter is back. */
  reconnect(): void;
  /** Accepts a reservation as TaskRouter's assignment callback can: without an action. */
  acceptElsewhere(sid: string): Promise<void>;
  /** An action of the agent; why it failed, if it did. */
  act(action: string, sid: string): Promise<string | undefined>;
  seenActions(): SeenAction[];
  status(sid: string): string | undefined;
  /** Texts of what Flex UI notifies of, or the ids of its own. */
  notifications(): string[];
  channelOf(sid: string): ShownChannel;
  channels(): string[];
  /** Flex UI's orchestrations by event; those of another task are asked for by its SID. */
  orchestrations(sid?: string): Record<string, readonly string[]>;
}
