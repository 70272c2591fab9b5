import type { Twilio } from "twilio";
import type { TwilioAccount } from "../../flex-stack/account/account.ts";
import { maskNumbers } from "../../flex-stack/diagnose/index.ts";
import { oneLine } from "../../flex-stack/failure/safe-text.ts";
import {
  contentOf,
  finish,
  nothingDone,
  planReplay,
  replay,
  servicesOf,
  toldText,
  usualService,
  type Done,
  type Lines,
  type Reconciliation,
  type Replay,
} from "../../flex-stack/migrate/reconcile/index.ts";
import { confirm } from "../../flex-stack/session/confirm.ts";
import type { StackRun } from "../../flex-stack/session/stack-run.ts";
import type { Place } from "../../flex-stack/whereabouts/place.ts";
import type { ReconcileOptions } from "./reconcile-options.ts";
import type { ReconcileProgress } from "./reconcile-progress.ts";

interface Work {
  readonly found: Reconciliation;
  readonly lines: Lines;
  readonly place: Place;
  readonly account: TwilioAccount;
  readonly writer: Twilio;
  readonly run: StackRun;
  readonly progress: ReconcileProgress;
}

/** Most customers who are named before it is asked. */
const mostNamed = 50;

/** Puts lost texts into conversations and finishes what an earlier replay began, once that was agreed to. */
export async function putIn(
  { found, lines, place, account, writer, run, progress }: Work,
  { yes, showContent }: Pick<ReconcileOptions, "yes" | "showContent">,
): Promise<{ done: Done; declined: boolean }> {
  const { replays, impossible } = planReplay(found, lines);
  const { unfinished } = found;
  const nothing = { ...nothingDone, impossible };
  if (replays.length + unfinished.length === 0) return { done: nothing, declined: false };
  const { dialogue, signal } = run;
  for (const one of replays.slice(0, mostNamed)) dialogue.print(told(one, showContent));
  if (replays.length > mostNamed)
    dialogue.print(`And those of ${replays.length - mostNamed} more customers.`);
  for (const { room } of unfinished)
    dialogue.print(
      `Conversation ${room.sid}, which an earlier replay began: whoever gets new ones is told of it.`,
    );
  if (replays.some(({ holder }) => holder !== undefined))
    dialogue.print(
      "Texts are added to open conversations as the customer's own. The local Twilio sends those to nobody but the\n" +
        "agents; that Twilio does not send them back to the customer is likely, and not documented.",
    );
  if (!yes && !(await confirm(run, "Put them in?"))) return { done: nothing, declined: true };
  const usual = (await usualService(account)) ?? place.chatServiceSid ?? "";
  const replayed = await replay(replays, {
    account,
    writer,
    services: await servicesOf(account, place, lines),
    usualService: usual,
    signal,
    onReplay: progress.onReplay,
  });
  const finished: string[] = [];
  for (const { room } of unfinished) {
    const { customer, line = "" } = room;
    await finish({ opening: lines.openings.get(line), customer }, room, { account, writer, signal });
    finished.push(room.sid);
  }
  progress.finish();
  return { done: { replayed, impossible, finished }, declined: false };
}

function told({ customer, texts, holder, opening }: Replay, showContent: boolean): string {
  const where =
    holder !== undefined
      ? `open conversation ${holder.sid}`
      : `a new conversation, ${opening?.flowSid !== undefined ? `then Studio flow ${opening.flowSid}` : opening?.url !== undefined ? "of which the Address's webhook is told" : "of which nobody in particular is told"}`;
  const said = texts.map((text) => `  ${text.sid}  ${contentOf(toldText(text, showContent))}`);
  const lines = [`${texts.length} of ${customer} into ${where}:`, ...said].map(oneLine);
  return showContent ? lines.join("\n") : maskNumbers(lines.join("\n"));
}
