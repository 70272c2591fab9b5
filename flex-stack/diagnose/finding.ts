/** The way of a message through Programmable Chat and Proxy, in the order it goes. */
export const chatSteps = [
  "receive",
  "proxy",
  "channel",
  "studio",
  "task",
  "reservations",
  "replies",
  "completion",
] as const;

/** The same through Flex Conversations. */
export const conversationSteps = [
  "receive",
  "address",
  "conversation",
  "studio",
  "interaction",
  "task",
  "reservations",
  "replies",
  "completion",
] as const;

export type StepName = (typeof chatSteps)[number] | (typeof conversationSteps)[number];

export const stepNames: readonly StepName[] = [...new Set([...chatSteps, ...conversationSteps])];

/** What each step asks. */
export const stepTitles: Readonly<Record<StepName, string>> = {
  receive: "Did Twilio receive it, and who gets the number's messages?",
  proxy: "Did it reach a Proxy session?",
  channel: "Is the session linked to a chat channel, and is the message in it?",
  address: "Did an open conversation take it, or did the number's Address open one?",
  conversation: "Is the conversation open, and does somebody hear of the message?",
  interaction: "Was an Interaction made of it, and set up?",
  studio: "Did the Studio flow run to its end?",
  task: "Is there a task, and was it given to somebody?",
  reservations: "Could an agent accept it and join the chat?",
  replies: "Do the agent's messages reach the customer?",
  completion: "Was everything cleaned up?",
};

/**
 * How far a step got: `waiting` is on its way and in order; `unknown` could not be looked up; `skipped` is not reached,
 * or has no part in this journey.
 */
export type State = "ok" | "waiting" | "broken" | "unknown" | "skipped";

/** Something that is wrong, and what to do. */
export interface Problem {
  /** Names the kind of cause, for programs: `flex-flow-disabled`. */
  readonly cause: string;
  /** One sentence. */
  readonly sentence: string;
  readonly fix: string;
  /** Page of Twilio's console. */
  readonly page?: string | undefined;
  /** Shell command that cleans it up. */
  readonly command?: string | undefined;
}

/** What was found at a step. */
export interface Observation {
  readonly state: State;
  readonly sentence: string;
  /** When it happened. */
  readonly at?: Date | undefined;
  /** The resources it is about. */
  readonly sids?: readonly string[];
  /** Why it is broken, or can't be known. */
  readonly problem?: Problem;
  /** Lines that tell more, such as the trace of a workflow. */
  readonly details?: readonly string[];
  /** What is wrong too, but did not stop this message. */
  readonly remarks?: readonly Problem[];
}

export interface Finding extends Observation {
  readonly step: StepName;
}

type More = Omit<Observation, "state" | "sentence" | "problem">;

export const ok = (sentence: string, more: More = {}): Observation => ({ state: "ok", sentence, ...more });

export const waiting = (sentence: string, more: More = {}): Observation => ({
  state: "waiting",
  sentence,
  ...more,
});

export const skipped = (sentence: string): Observation => ({ state: "skipped", sentence });

export const broken = (problem: Problem, more: More = {}): Observation => ({
  state: "broken",
  sentence: problem.sentence,
  problem,
  ...more,
});
