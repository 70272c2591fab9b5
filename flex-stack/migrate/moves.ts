import { isObject } from "../values/property-value.ts";
import type { Edit } from "../config-files/edit.ts";
import { cutOf, stageOf, type Cut, type NumberSettings, type Stage } from "./stage.ts";

/** One stage of a number to the one beside it. */
export type Move = "next" | "back" | "finish";

/** What a move is told besides the number. */
export interface MoveOptions {
  /** @default the one that the number has, else `enable-first` */
  readonly cut?: Cut | undefined;
  /** SID of the Messaging Service of a `pool`. @default the one that the number has */
  readonly messagingServiceSid?: string | undefined;
}

/** Where a move leads, and what is written for it. */
export interface Moved {
  readonly from: Stage;
  readonly to: Stage;
  readonly cut: Cut;
  /** Of the number's own settings. */
  readonly edits: readonly Edit[];
}

/** Why a number can't be moved so. */
export interface Refused {
  readonly refused: string;
  readonly fix: string;
}

const targets: Readonly<Record<Move, Partial<Record<Stage, Stage>>>> = {
  next: { legacy: "prepared", prepared: "cut" },
  back: { cut: "prepared", prepared: "legacy" },
  finish: { cut: "done" },
};

/** The stage that a move leads to from another; nothing where it leads nowhere. */
export function targetOf(move: Move, from: Stage): Stage | undefined {
  return targets[move][from];
}

/**
 * Edits of a number's settings that bring it to the next stage, to the one before, or to the end. Pure: nothing is read or
 * written.
 *
 * @param usualKind `messageHandling.kind`
 */
export function moved(
  move: Move,
  number: NumberSettings,
  usualKind: unknown,
  options: MoveOptions = {},
): Moved | Refused {
  const from = stageOf(number, usualKind);
  const to = targetOf(move, from);
  if (to === undefined) return refusal(move, from);
  const { messagingServiceSid = number["messagingServiceSid"] } = options;
  const cut = options.cut ?? cutOf(number) ?? "enable-first";
  if (options.cut !== undefined && move !== "next")
    return {
      refused: `The cut of a number that is ${from === "cut" ? "through it" : from} is ${cutOf(number) ?? "not set"}.`,
      fix: "Leave --cut out.",
    };
  if (cut === "pool" && to !== "legacy" && messagingServiceSid === undefined)
    return {
      refused: "The cut pool needs the Messaging Service that the number is to be a sender of.",
      fix: "Add --messaging-service MG…: one that opens conversations by itself (Autocreate), which only the console can set.",
    };
  return { from, to, cut, edits: editsTo(to, number, cut, messagingServiceSid, usualKind) };
}

function editsTo(
  to: Stage,
  number: NumberSettings,
  cut: Cut,
  messagingServiceSid: unknown,
  usualKind: unknown,
): Edit[] {
  const migration = isObject(number["migration"]) ? number["migration"] : {};
  const kind = to === "cut" || to === "done" ? "conversations" : "flex";
  const changesHands = kind !== (number["kind"] ?? usualKind);
  // Each world has an integration of its own: the one that is not in force waits in the migration.
  const [own, other] = [number["integration"], migration["integration"]];
  const wanted = {
    ...(changesHands && { kind }),
    integration: changesHands ? other : own,
    messagingServiceSid:
      kind === "conversations" || (cut === "pool" && to === "prepared") ? messagingServiceSid : undefined,
    // It names what is gone by then.
    ...(to === "done" && { flexFlowName: undefined }),
  };
  const isOnItsWay = to === "prepared" || to === "cut";
  return [
    ...changes(number, wanted),
    ...(isOnItsWay
      ? migrationEdits(number, { stage: to, cut, integration: changesHands ? own : other })
      : changes(number, { migration: undefined })),
  ];
}

/** Setting by setting where there is one already, so that what is said beside them stays. */
function migrationEdits(number: NumberSettings, wanted: Readonly<Record<string, unknown>>): Edit[] {
  const { migration } = number;
  if (isObject(migration))
    return changes(migration, wanted).map(({ path, value }) => ({ path: ["migration", ...path], value }));
  const given = Object.entries(wanted).filter(([, value]) => value !== undefined);
  return [{ path: ["migration"], value: Object.fromEntries(given) }];
}

function changes(before: NumberSettings, wanted: Readonly<Record<string, unknown>>): Edit[] {
  return Object.entries(wanted)
    .filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name]))
    .map(([name, value]) => ({ path: [name], value }));
}

function refusal(move: Move, from: Stage): Refused {
  if (from === "custom")
    return {
      refused:
        "It is of kind custom: a handler of your own gets its messages, and this moves numbers of Chat and Proxy.",
      fix: "Set kind: conversations in place of custom when its handler is to go: that is one step.",
    };
  if (move === "next")
    return from === "cut"
      ? { refused: "It is cut already.", fix: "Once its old chats have ended: migrate finish." }
      : {
          refused: "It is on Flex Conversations, and nothing of Chat and Proxy is left.",
          fix: "There is nothing to do.",
        };
  if (move === "finish")
    return from === "done"
      ? {
          refused: "It is on Flex Conversations, and nothing of Chat and Proxy is left.",
          fix: "There is nothing to do.",
        }
      : {
          refused: `It is ${from}, and only a number that is cut can be finished.`,
          fix: "First: migrate next.",
        };
  return from === "legacy"
    ? { refused: "It is on Chat and Proxy: there is nothing before that.", fix: "There is nothing to do." }
    : {
        refused: "It was finished: its Flex Flow and its place in the Proxy pool are gone.",
        fix: "To begin again set kind: flex, and chat and proxy where they were taken out; Twilio may no longer make a Flex Flow.",
      };
}
