/** Where the stack writes the plugin's configuration: this key of the Flex Configuration's `attributes`. */
export const configurationKey = "flexMessaging";

/** What the plugin does. Everything may be left out; then it does nothing. */
export interface Configuration {
  readonly autoAccept: {
    /** Unique names of the task channels whose tasks may be accepted by themselves. @default none */
    readonly taskChannels: readonly string[];
  };
  /** Custom task channels, the most important first. @default none */
  readonly taskChannels: readonly TaskChannel[];
  readonly orchestration: Orchestration;
}

/** A task channel whose tasks Flex is to show as chats. */
export interface TaskChannel {
  /** Unique name of the task channel. */
  readonly name: string;
  /** The `channelType` that tasks on other task channels have as well. @default none */
  readonly channelType?: string;
  /** What an agent reads when a task comes in, and above the conversation. @default as for chats */
  readonly label?: string;
  /** Name of an icon of Flex. @default Message */
  readonly icon?: string;
  /** Name of the icon while the task is open. @default `icon`, or MessageBold */
  readonly iconActive?: string;
  /** `#0B7A75`, or the name of a colour in CSS. @default as for chats */
  readonly color?: string;
}

/** Who adds agents to conversations, and takes them out. */
export interface Orchestration {
  /** `flex`: Flex UI itself. `custom`: Flex UI leaves it to the handler. @default "flex" */
  readonly kind: "flex" | "custom";
  /**
   * Called in place of what Flex UI would do; https, or http on this machine. Not called when empty.
   * @default ""
   */
  readonly handlerUrl: string;
  /** Whether that is so for all messaging tasks, or for those of `taskChannels` above. @default "all" */
  readonly tasks: "all" | "custom";
}

export const defaults: Configuration = {
  autoAccept: { taskChannels: [] },
  taskChannels: [],
  orchestration: { kind: "flex", handlerUrl: "", tasks: "all" },
};
