import { setTimeout as delay } from "node:timers/promises";
import type { Twilio } from "twilio";
import { ConnectionError, TwilioError } from "../../../provider/access.ts";
import { refusalFacts } from "../../account/account.ts";
import { foundOrGone } from "../../account/answer.ts";
import { each } from "./pages.ts";
import { conversationIn, type Target } from "./replay-target.ts";
import type { Replay } from "./replay-plan.ts";
import type { Replaying } from "./replaying.ts";
import type { Text } from "./text.ts";
import { hasRun } from "./unfinished.ts";

/** What became of lost texts of one customer. */
export interface Replayed {
  readonly customer: string;
  readonly texts: readonly Text[];
  /** Where they are now; undefined where that failed. */
  readonly conversationSid: string | undefined;
  /** The conversation was there, with the customer in it. */
  readonly isAppended: boolean;
  /** What is to be known of it: why it failed, or that the flow has not begun. */
  readonly remark?: string | undefined;
}

/** The pair is in another conversation that is not closed. */
const pairTaken = 50416;

/** Customers whose texts are put in at once. */
const atOnce = 4;
/** Times that it is begun again after an answer was lost; what is there is looked up first. */
const attempts = 3;

/** Puts lost texts into conversations. One customer's failure is told, and the others' go on. */
export async function replay(replays: readonly Replay[], replaying: Replaying): Promise<readonly Replayed[]> {
  const done: Replayed[] = [];
  await each(replays, atOnce, async (one) => {
    replaying.signal.throwIfAborted();
    done.push(await replayOne(one, replaying));
    replaying.onReplay?.(done.length, replays.length);
  });
  return done;
}

async function replayOne(one: Replay, replaying: Replaying): Promise<Replayed> {
  const { customer, texts } = one;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return { customer, texts, ...(await bring(one, replaying)) };
    } catch (error) {
      if (replaying.signal.aborted) throw error;
      if (attempt < attempts && mayHaveHappened(error)) continue;
      if (!(error instanceof TwilioError) && !(error instanceof ConnectionError)) throw error;
      return { customer, texts, conversationSid: undefined, isAppended: false, remark: whyNot(error) };
    }
  }
}

function mayHaveHappened(error: unknown): boolean {
  // Somebody who opened a conversation meanwhile has the customer: it takes the texts, and the one that was begun goes.
  if (error instanceof TwilioError) return (error.status ?? 0) >= 500 || error.code === pairTaken;
  return error instanceof ConnectionError;
}

function whyNot(error: TwilioError | ConnectionError): string {
  return error instanceof TwilioError
    ? `Twilio refused it: ${error.message.replace(/\.$/, "")} (${refusalFacts(error)}).`
    : `${error.message.replace(/\.$/, "")}.`;
}

/**
 * Puts texts into the conversation that has the customer, or a new one. Every step looks first whether it was made: begun
 * again after any request, it ends alike. The customer is added after the texts, and hears none of them; whoever is to be told is
 * told last, and can answer.
 */
async function bring(
  one: Replay,
  replaying: Replaying,
): Promise<Pick<Replayed, "conversationSid" | "isAppended" | "remark">> {
  const target = await conversationIn(one, replaying);
  for (const text of one.texts) if (!target.has.has(text.sid)) await post(text, target, replaying);
  if (target.isHolder) return { conversationSid: target.sid, isAppended: true };
  if (!target.hasCustomer) await addCustomer(one, target, replaying);
  const remark = await finish(one, target, replaying);
  return { conversationSid: target.sid, isAppended: false, remark };
}

async function post(text: Text, target: Target, { writer, account }: Replaying): Promise<void> {
  const { sid, from, body, media, at } = text;
  const files = `(${media} ${media === 1 ? "file" : "files"}: message ${sid} of the Messages log)`;
  const whole = [body, ...(media > 0 ? [files] : [])].filter((part) => part !== "").join("\n");
  await conversationOf(writer, target).messages.create({
    author: from,
    body: whole.length > longestBody ? body : whole,
    dateCreated: at,
    attributes: JSON.stringify({
      replayOf: sid,
      ...(media > 0 && {
        files: `https://api.twilio.com/2010-04-01/Accounts/${account.accountSid}/Messages/${sid}/Media.json`,
      }),
    }),
    xTwilioWebhookEnabled: "true",
  });
}

/** Characters that a message of a conversation has at most. */
const longestBody = 1600;

async function addCustomer({ customer, line }: Replay, target: Target, { writer }: Replaying): Promise<void> {
  await conversationOf(writer, target).participants.create({
    "messagingBinding.address": customer,
    "messagingBinding.proxyAddress": line,
    xTwilioWebhookEnabled: "true",
  });
}

/** Lets whoever gets new conversations of the number have this one, with what was said in it. */
export async function finish(
  { opening, customer }: Pick<Replay, "opening" | "customer">,
  target: Pick<Target, "sid" | "serviceSid" | "created">,
  { writer, account, signal }: Pick<Replaying, "writer" | "account" | "signal">,
): Promise<string | undefined> {
  const { flowSid, url, method, filters } = opening ?? {};
  if (flowSid === undefined && url === undefined) return undefined;
  const trail = { sid: target.sid, customer, created: target.created };
  const { client } = account;
  const there = await foundOrGone(() => conversationOf(client, target).webhooks.list({ limit: 5 }));
  const isTold =
    (there ?? []).length > 0 || (flowSid !== undefined && (await hasRun(trail, flowSid, account)));
  const { webhooks } = conversationOf(writer, target);
  if (!isTold && flowSid !== undefined)
    await webhooks.create({
      target: "studio",
      "configuration.flowSid": flowSid,
      "configuration.replayAfter": 0,
    });
  else if (!isTold && url !== undefined)
    await webhooks.create({
      target: "webhook",
      "configuration.url": url,
      "configuration.method": method?.toUpperCase() === "GET" ? "get" : "post",
      ...(filters !== undefined && { "configuration.filters": [...filters] }),
      "configuration.replayAfter": 0,
    });
  if (flowSid === undefined) return undefined;
  for (let second = 0; second < patience; second += 1) {
    if (await hasRun(trail, flowSid, account)) return undefined;
    await delay(1000, undefined, { signal });
  }
  return `Studio flow ${flowSid} has not begun: look with npx flex-stack diagnose --channel ${target.sid}.`;
}

/** Seconds that a flow is waited for. */
const patience = 5;

function conversationOf(client: Twilio, { serviceSid, sid }: Pick<Target, "sid" | "serviceSid">) {
  return client.conversations.v1.services(serviceSid).conversations(sid);
}
