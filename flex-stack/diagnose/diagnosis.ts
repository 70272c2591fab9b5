import { TwilioError } from "../../provider/access.ts";
import { refusalFacts, type TwilioAccount } from "../account/account.ts";
import type { Case, Circumstances, Step } from "./case.ts";
import { CleanUp } from "./clean-up.ts";
import { collect } from "./collect.ts";
import { findEnd } from "./end.ts";
import {
  chatSteps,
  conversationSteps,
  type Finding,
  type Observation,
  type Problem,
  type StepName,
} from "./finding.ts";
import * as talk from "./flex-conversations/index.ts";
import type { TalkStep } from "./flex-conversations/index.ts";
import { hidden, withoutSecrets, withPagesAt } from "./mask.ts";
import type { Place } from "../whereabouts/place.ts";
import { Reads } from "./reads/reads.ts";
import type { Repair } from "./repair.ts";
import type { Subject } from "./subject.ts";
import { channel } from "./steps/channel.ts";
import { completion } from "./steps/completion.ts";
import { proxy } from "./steps/proxy.ts";
import { receive } from "./steps/receive.ts";
import { replies } from "./steps/replies.ts";
import { reservations } from "./steps/reservations.ts";
import { studio } from "./steps/studio.ts";
import { task } from "./steps/task.ts";

/** `ok`: nothing is broken. `waiting`: nothing is broken, and something is still to come. */
export type Result = "ok" | "waiting" | "broken" | "unknown";

export interface Diagnosis {
  readonly result: Result;
  /** One sentence. */
  readonly verdict: string;
  /** The step that broke first. */
  readonly step: StepName | undefined;
  readonly problem: Problem | undefined;
  readonly findings: readonly Finding[];
  /** Lists that were not read to their end, a sentence each. */
  readonly cut: readonly string[];
  /** Requests to Twilio. */
  readonly calls: number;
}

export interface DiagnosisOptions {
  /** Show what people wrote, and their numbers. @default false */
  readonly showContent?: boolean;
  /** Told of what is looked at next. */
  onStep?(step: StepName | "collect"): void;
}

const chatWay: Readonly<Record<(typeof chatSteps)[number], Step>> = {
  receive,
  proxy,
  channel,
  studio,
  task,
  reservations,
  replies,
  completion,
};

const conversationWay: Readonly<Record<(typeof conversationSteps)[number], TalkStep>> = {
  receive: talk.receive,
  address: talk.address,
  conversation: talk.conversation,
  studio: talk.flow,
  interaction: talk.interaction,
  task: talk.task,
  reservations: talk.reservations,
  replies: talk.replies,
  completion: talk.completion,
};

/** Walks the way of a message and finds where it broke. Reads only. */
export async function diagnose(
  subject: Subject,
  account: TwilioAccount,
  place: Place,
  repair: Repair,
  { showContent = false, onStep }: DiagnosisOptions = {},
): Promise<Diagnosis> {
  const before = account.calls;
  const reads = new Reads(account, place);
  onStep?.("collect");
  const given: Circumstances = {
    subject,
    reads,
    cleanUp: new CleanUp(account),
    repair,
    brokenBefore: false,
    body: (text) => bodyText(text ?? "", showContent),
  };
  const findings = await walked(given, onStep);
  const shown = withPagesAt(withoutSecrets(showContent ? findings : hidden(findings)), account.endpoint);
  return { ...judge(shown), findings: shown, cut: reads.cut, calls: account.calls - before };
}

/** Goes the way that the message went: of Flex Conversations where it is in one, or was one for them. */
async function walked(given: Circumstances, onStep: DiagnosisOptions["onStep"]): Promise<readonly Finding[]> {
  const { subject, reads, repair } = given;
  const end = await findEnd(subject, reads);
  const held = await talk.collectTalk(end, reads);
  if (held !== undefined)
    return walk(conversationSteps, conversationWay, { ...given, journey: held }, onStep);
  const journey = await collect(end, reads);
  const unheld = journey.channelSid === undefined ? await talk.collectUnheld(end, reads, repair) : undefined;
  return unheld === undefined
    ? walk(chatSteps, chatWay, { ...given, journey }, onStep)
    : walk(conversationSteps, conversationWay, { ...given, journey: unheld }, onStep);
}

async function walk<Name extends StepName, Found>(
  names: readonly Name[],
  way: Readonly<Record<Name, Step<Found>>>,
  given: Case<Found>,
  onStep: DiagnosisOptions["onStep"],
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const step of names) {
    onStep?.(step);
    const brokenBefore = findings.some(({ state }) => state === "broken");
    findings.push({ step, ...(await observe(way[step], { ...given, brokenBefore })) });
  }
  return findings;
}

function bodyText(text: string, showContent: boolean): string {
  if (showContent) return JSON.stringify(text);
  return text.length === 1 ? "1 character" : `${text.length} characters`;
}

async function observe<Found>(step: Step<Found>, given: Case<Found>): Promise<Observation> {
  try {
    return await step(given);
  } catch (error) {
    if (!(error instanceof TwilioError)) throw error;
    return unknown(error, given.reads.refusedBy(error));
  }
}

function unknown(error: TwilioError, product: string): Observation {
  const denied = error.status === 401 || error.status === 403;
  const problem: Problem = {
    cause: denied ? "no-permission" : "twilio-failed",
    sentence: denied
      ? `No permission to read ${product}: ${error.message} (${refusalFacts(error)}).`
      : `${product} did not answer: ${error.message} (${refusalFacts(error)}).`,
    fix: denied
      ? `Use credentials that may read ${product}, such as a standard or main API key.`
      : "Run it again.",
  };
  return { state: "unknown", sentence: problem.sentence, problem };
}

function judge(findings: readonly Finding[]): Pick<Diagnosis, "result" | "verdict" | "step" | "problem"> {
  const broken = findings.find(({ state }) => state === "broken");
  if (broken !== undefined)
    return { result: "broken", verdict: broken.sentence, step: broken.step, problem: broken.problem };
  const open = findings.filter(({ state }) => state === "unknown");
  if (open.length > 0)
    return {
      result: "unknown",
      verdict: `Nothing broken was found, but ${open.map(({ step }) => step).join(", ")} could not be looked at.`,
      step: undefined,
      problem: open[0]?.problem,
    };
  const waits = findings.findLast(({ state }) => state === "waiting");
  if (waits !== undefined)
    return {
      result: "waiting",
      verdict: `Nothing is broken. ${waits.sentence}`,
      step: undefined,
      problem: undefined,
    };
  return {
    result: "ok",
    verdict: "Nothing is broken on the way of this message.",
    step: undefined,
    problem: undefined,
  };
}
