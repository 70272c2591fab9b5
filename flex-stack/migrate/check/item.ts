import type { CleanUp, OldChat, Reads } from "../../diagnose/index.ts";
import type { Cut, Stage } from "../stage.ts";
import type { World } from "../world.ts";

/** The stage that something keeps a number from. */
export type Blocked = "prepared" | "cut" | "done";

/** Something that was found of one item, and what to do. */
export interface Concern {
  /** A stage that it blocks; nothing where it is only to be known. */
  readonly blocks?: Blocked | undefined;
  /** Names the kind of cause, for programs. */
  readonly cause: string;
  readonly sentence: string;
  readonly fix: string;
  /** Shell command that puts it right. */
  readonly command?: string | undefined;
}

/** What every item looks at. */
export interface Subject {
  readonly key: string;
  readonly stack: string;
  readonly stage: Stage;
  readonly cut: Cut;
  /** Of the number in the configuration, and of all numbers. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly handling: Readonly<Record<string, unknown>>;
  /** The Messaging Service of a `pool`. */
  readonly messagingServiceSid: string | undefined;
  readonly world: World;
  readonly reads: Reads;
  readonly cleanUp: CleanUp;
  /** Chats that are open in Chat and Proxy, of this number. */
  chats(): Promise<readonly OldChat[]>;
}

/** One thing that is looked at before a step. */
export interface Item {
  /** Names it, for programs. */
  readonly name: string;
  /** @returns what is in order, or what is not. @throws TwilioError when it can't be looked up */
  look(subject: Subject): Promise<string | readonly Concern[]>;
}

/** Whether the number's texts still come in by Chat and Proxy. */
export function isBefore({ stage }: Subject): boolean {
  return stage === "legacy" || stage === "prepared";
}
