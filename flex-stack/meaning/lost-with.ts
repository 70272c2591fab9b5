import { said, type Statement } from "./statement.ts";
import type { Subject } from "../changes/subject.ts";

/** What goes with a resource and can't be had again, as the end of a sentence about it. */
const lost: Readonly<Record<string, string>> = {
  "twilio:taskrouter:Workspace": "every task in it is lost, with its queues, workers and workflows",
  "twilio:proxy:Service":
    "every session in it is lost: the texts of customers in a conversation reach nobody",
  "twilio:conversations:Service": "every conversation in it is lost, with its messages",
  "twilio:chat:Channel": "every message in it is lost",
};

/** Tells of these, when they go. */
export const lostWithResources: Readonly<
  Record<string, { of: readonly string[]; tell: (subject: Subject) => Statement[] }>
> = Object.fromEntries(
  Object.entries(lost).map(([type, text]) => [
    type,
    {
      of: [],
      tell: ({ after }: Subject) => (after ? [] : [said("consequence", [], [text], { danger: true })]),
    },
  ]),
);
