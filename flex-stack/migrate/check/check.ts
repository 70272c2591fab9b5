import { TwilioError } from "../../../provider/access.ts";
import { refusalFacts, type TwilioAccount } from "../../account/account.ts";
import { CleanUp, openChats as allOpenChats, withoutSecrets, type Reads } from "../../diagnose/index.ts";
import type { Configured, Numbered } from "../numbers.ts";
import type { MoveOptions } from "../moves.ts";
import { worldOf } from "../world.ts";
import { capacity } from "./capacity.ts";
import { held, openChats } from "./chats.ts";
import { trigger } from "./conversations-flow.ts";
import { defaultService } from "./default-service.ts";
import { flexUi } from "./flex-ui.ts";
import { applied, flexFlow, messagingService, pool, smsUrl } from "./handling.ts";
import type { Blocked, Concern, Item, Subject } from "./item.ts";
import { roles } from "./roles.ts";
import { routing } from "./routing.ts";

/** In the order of a text's way. */
export const items: readonly Item[] = [
  applied,
  smsUrl,
  messagingService,
  pool,
  flexFlow,
  openChats,
  held,
  defaultService,
  flexUi,
  roles,
  trigger,
  routing,
  capacity,
];

/** What came of one item. */
export interface CheckedItem {
  readonly name: string;
  /** `blocker` keeps the number from the next step, `warning` is to be known; `unknown` could not be looked up. */
  readonly state: "ok" | "warning" | "blocker" | "unknown";
  /** What is in order, or why it is not known. */
  readonly sentence: string;
  readonly concerns: readonly Concern[];
}

export interface Check {
  readonly number: string;
  readonly stage: Subject["stage"];
  readonly cut: Subject["cut"];
  /** The stage that the number is to come to; nothing where it is at the end. */
  readonly goal: Blocked | undefined;
  /** `go`: nothing keeps the number from it, as far as could be looked up. */
  readonly result: "go" | "not yet" | "unknown";
  readonly items: readonly CheckedItem[];
  /** Lists that were not read to their end, a sentence each. */
  readonly shortened: readonly string[];
  readonly calls: number;
}

export interface CheckOptions extends MoveOptions {
  /** @default the cut, and the end where the number is through it */
  readonly goal?: Blocked | undefined;
  onItem?(name: string): void;
}

/** Looks at all that could keep a number from its next stage. Reads only. */
export async function check(
  configured: Configured,
  number: Numbered,
  { account, reads }: { readonly account: TwilioAccount; readonly reads: Reads },
  options: CheckOptions = {},
): Promise<Check> {
  const before = account.calls;
  const { stage, phoneNumber, settings, key } = number;
  const own = settings["messagingServiceSid"];
  const cut = options.cut ?? number.cut ?? "enable-first";
  const goal = options.goal ?? goalOf(stage);
  if (goal === undefined)
    return { ...{ number: key, stage, cut, goal }, result: "go", items: [], shortened: [], calls: 0 };
  const world = await worldOf(phoneNumber, reads);
  const subject: Subject = {
    ...{ key, stack: configured.stack, stage, settings, handling: configured.handling, world, reads },
    cut,
    messagingServiceSid: options.messagingServiceSid ?? (typeof own === "string" ? own : undefined),
    cleanUp: new CleanUp(account),
    chats: async () => (await allOpenChats(reads)).filter((chat) => chat.number === phoneNumber),
  };
  const all: CheckedItem[] = [];
  for (const item of items) {
    options.onItem?.(item.name);
    all.push(await carryOut(item, subject, goal));
  }
  const states = new Set(all.map(({ state }) => state));
  return {
    ...{ number: key, stage, cut, goal },
    result: states.has("blocker") ? "not yet" : states.has("unknown") ? "unknown" : "go",
    items: withoutSecrets(all),
    shortened: reads.cut,
    calls: account.calls - before,
  };
}

const order: readonly Blocked[] = ["prepared", "cut", "done"];

function goalOf(stage: Subject["stage"]): Blocked | undefined {
  if (stage === "cut") return "done";
  return stage === "legacy" || stage === "prepared" ? "cut" : undefined;
}

async function carryOut(item: Item, subject: Subject, goal: Blocked): Promise<CheckedItem> {
  const { name } = item;
  try {
    const found = await item.look(subject);
    if (typeof found === "string") return { name, state: "ok", sentence: found, concerns: [] };
    const blocks = found.some(
      (one) => one.blocks !== undefined && order.indexOf(one.blocks) <= order.indexOf(goal),
    );
    return {
      name,
      state: blocks ? "blocker" : "warning",
      sentence: found[0]?.sentence ?? "",
      concerns: found,
    };
  } catch (error) {
    if (!(error instanceof TwilioError)) throw error;
    const sentence = `${subject.reads.refusedBy(error)} could not be read: ${error.message} (${refusalFacts(error)}).`;
    return { name, state: "unknown", sentence, concerns: [] };
  }
}
