import type { Numbered } from "../numbers.ts";
import { defaultCut, type Cut, type Stage } from "../stage.ts";

/** One step of a number's way, and what it costs. */
export interface PlanStep {
  /** The stage that it leads to; nothing for one that changes nothing. */
  readonly to: Stage | undefined;
  readonly title: string;
  /** What is done, in order. */
  readonly does: readonly string[];
  readonly lost: string;
  readonly doubled: string;
  /** How to undo it. */
  readonly back: string;
  /** It was gone already when the plan was made. */
  readonly isDone: boolean;
}

export interface Plan {
  readonly number: string;
  readonly stage: Stage;
  readonly cut: Cut;
  readonly steps: readonly PlanStep[];
  /** What the plan rests on that Twilio does not say. */
  readonly inferred: readonly string[];
}

/** What the way of a number costs by a cut. Pure. */
export function planOf(
  {
    key,
    stage,
    cut: written = defaultCut,
  }: Pick<Numbered, "key" | "stage"> & { readonly cut?: Numbered["cut"] },
  stack: string,
  cut: Cut,
): Plan {
  const of = `--number ${key} --stack ${stack}`;
  const move = {
    next: `npx flex-stack migrate next ${of}`,
    back: `npx flex-stack migrate back ${of}`,
    finish: `npx flex-stack migrate finish ${of}`,
  };
  const up = `npx flex-stack up --stack ${stack}`;
  const service = " --messaging-service MG…";
  // Where the configuration does not say it yet, next has to be told.
  const cutGiven = (at: Stage): string =>
    stage !== at || cut === written ? "" : ` --cut ${cut}${cut === "pool" ? service : ""}`;
  const given = cutting(cut);
  const reached = order.indexOf(stage);
  const step = (to: Stage | undefined, given: Omit<PlanStep, "to" | "isDone">): PlanStep => ({
    to,
    ...given,
    isDone: reached === order.length - 1 || (to !== undefined && order.indexOf(to) <= reached),
  });
  const steps = [
    step(undefined, {
      title: "Check",
      does: [
        `npx flex-stack migrate check ${of}: everything that could keep the number from it, each with its fix`,
      ],
      lost: none,
      doubled: none,
      back: "Nothing is changed.",
    }),
    step("prepared", {
      title: "Prepare",
      does: [
        `${move.next}${cutGiven("legacy")}, commit, ${up}`,
        cut === "pool"
          ? "Nothing of the number changes yet: an Address that is off would leave the Messaging Service to open conversations that nobody gets"
          : "The Address is made, turned off: texts still come in by Proxy",
        "The flow hears conversations; the account's default service and closed timer are set",
      ],
      lost: none,
      doubled: none,
      back: `${move.back}, commit, ${up}${cut === "pool" ? "" : ": the Address is deleted"}.`,
    }),
    ...(cut === "drain"
      ? [
          step(undefined, {
            title: "Drain",
            does: [
              "Wait until no chat of the number is open in Chat and Proxy; migrate next refuses before (--force cuts all the same)",
            ],
            lost: none,
            doubled: none,
            back: "Nothing is changed. A busy number may never be idle: choose another cut then.",
          }),
        ]
      : []),
    step("cut", {
      title: "Cut",
      ...given,
      does: [`${move.next}${cutGiven("prepared")}, commit, ${up}`, ...given.does],
      back: `${move.back}, commit, ${up}: ${backOf(cut)}`,
    }),
    step(undefined, {
      title: "Watch",
      does: [
        `npx flex-stack migrate status --stack ${stack}: open chats, conversations, splits`,
        `npx flex-stack migrate reconcile ${of} --since 1h: each text of the Messages log has to be in exactly one world`,
        "Open chats go on: what agents write leaves by Proxy; what their customers write begins a conversation (a split, not a loss)",
      ],
      lost: none,
      doubled: "A customer with an open chat has two agents until one of them ends.",
      back: "As of the cut.",
    }),
    step("done", {
      title: "Finish",
      does: [
        `${move.finish}, commit, ${up}`,
        "The number leaves the Proxy pool, which has Twilio write its demo page into SmsUrl; SmsUrl is emptied at once",
        "The Flex Flow is deleted; with the last number also what only Chat and Proxy needed",
      ],
      lost: "None: the Address has the number's texts.",
      doubled: "A text between the two requests may get the demo page's answer beside the conversation.",
      back: "None. Twilio may no longer make a Flex Flow.",
    }),
  ];
  return { number: key, stage, cut, steps, inferred: [...inferred, ...(cut === "pool" ? ofPool : [])] };
}

const order: readonly Stage[] = ["legacy", "prepared", "cut", "done"];

const none = "None.";

function cutting(cut: Cut): Pick<PlanStep, "does" | "lost" | "doubled"> {
  const flowOff = "Then the Flex Flow is turned off, and kept; the number stays in the Proxy pool";
  switch (cut) {
    case "drain":
      return {
        does: ["The Address is turned on", "SmsUrl is emptied", flowOff],
        lost: "None, where nothing is in flight.",
        doubled:
          "None of open chats, for there are none; a new customer's text between the two requests comes in both ways.",
      };
    case "enable-first":
      return {
        does: ["The Address is turned on", "SmsUrl is emptied", flowOff],
        lost: none,
        doubled:
          "Texts between the two requests, about a second, come in as a chat and as a conversation: migrate reconcile lists them, with the conversation to close.",
      };
    case "clear-first":
      return {
        does: ["SmsUrl is emptied", "The Address is turned on", flowOff],
        lost: "Texts between the two requests, about a second, reach no agent by themselves. They are in the Messages log: migrate reconcile --replay puts them into conversations.",
        doubled: none,
      };
    case "pool":
      return {
        does: [
          "The Address is turned on",
          "The number becomes a sender of the Messaging Service, which takes its texts from the URL that it keeps",
          flowOff,
        ],
        lost: none,
        doubled:
          "Texts until the Messaging Service has taken hold, seconds and up to a minute, come in both ways: migrate reconcile lists them.",
      };
  }
}

function backOf(cut: Cut): string {
  const held =
    "Open conversations keep their pairs until they are closed: what those customers write comes into the conversation, and may come in by Proxy as well.";
  switch (cut) {
    case "clear-first":
      return `the Address is turned off, the Flex Flow on, then SmsUrl leads to Proxy again; texts in between reach neither. ${held}`;
    case "pool":
      return `the Flex Flow is turned on, the number leaves the Messaging Service, then its Address goes. ${held}`;
    default:
      return `the Flex Flow is turned on, SmsUrl leads to Proxy again, then the Address is turned off; texts in between come in both ways. ${held}`;
  }
}

/** What no document of Twilio says; try it on a number of your own first. */
const inferred: readonly string[] = [
  "How long it takes until a change of an Address or a SmsUrl is in force, and whether a message in flight takes the old way.",
  "Whether SmsUrl is called for a text that an open conversation takes. Twilio's pages contradict each other; the plan reckons that it is.",
  "That Flex UI 2 serves chats of Chat and Proxy to their end: seen in its code, not in its documents.",
  "What Chat, Proxy and Flex Flows answer after 1 June 2026, so also whether the way back works. Twilio still documents it.",
];

const ofPool: readonly string[] = [
  "That a Messaging Service with Autocreate keeps the number's own SmsUrl from being called at once. No API tells whether Autocreate is on.",
];
