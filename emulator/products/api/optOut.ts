import type { Context } from "../../kernel/context.ts";
import { resource } from "../../kernel/resource.ts";
import { optOut } from "./kinds.ts";

/** Twilio keeps these to itself: no API tells of them. */
export const optOutResource = resource(optOut, {
  prefix: "OO",
  path: "",
  listKey: "",
  operations: [],
  unique: [{ field: "pair", taken: () => new Error("Somebody opted out twice") }],
});

const stops = ["STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT"];
const starts = ["START", "YES", "UNSTOP"];

/** Heeds a message that is nothing but a word to stop or start again. */
export function heedKeyword(
  context: Context,
  { from, to, body }: { from: string; to: string; body: string },
): void {
  const word = body.trim().toUpperCase();
  const pair = `${from} ${to}`;
  const known = context.of(optOut).find("pair", pair);
  if (stops.includes(word) && known === undefined) context.of(optOut).insert(context.accountSid, { pair });
  if (starts.includes(word) && known !== undefined) context.of(optOut).remove(known);
}

export function hasOptedOut(context: Context, person: string, number: string): boolean {
  return context.of(optOut).find("pair", `${person} ${number}`) !== undefined;
}
