import * as z from "zod";
import type { Context } from "../kernel/context.ts";
import type { Document } from "../kernel/document.ts";
import { invalid, notFound } from "../kernel/errors.ts";
import type { Kernel } from "../kernel/kernel.ts";
import type { OwnEndpoint } from "../kernel/ownEndpoints.ts";
import { type JournalEntry, journeyOf } from "./shared/journal.ts";
import { recentJourneys, wholeJourney } from "./recent.ts";
import type { Entrance } from "./shared/part.ts";

/**
 * The endpoints of all journeys; `settled` resolves when no webhook is under way.
 *
 * `POST /_emulator/messages` lets a message come in by one of the entrances, as if somebody had sent it.
 * `GET /_emulator/journeys/{SID of the message or its conversation}` tells what happened to it; `?wait=false` does not wait
 * for webhooks under way, and `?whole=true` begins a conversation's with how its messages came into it. `GET /_emulator/journeys?limit=50` tells of which messages and conversations there is something
 * to tell, the newest first.
 */
export function messageEndpoints(
  kernel: Kernel,
  accountSid: string,
  entrances: readonly Entrance[],
  settled: () => Promise<void>,
): OwnEndpoint[] {
  return [
    {
      method: "POST",
      path: "/messages",
      handle({ body }) {
        const enter = read(body, entrances);
        kernel.catchUp();
        return { sid: kernel.transaction(accountSid, enter) };
      },
    },
    {
      method: "GET",
      path: "/journeys",
      handle({ query }) {
        kernel.catchUp();
        const limit = Math.min(Math.max(Math.trunc(Number(query["limit"] ?? 50)) || 50, 1), 200);
        return kernel.transaction(accountSid, (context) => ({ journeys: recentJourneys(context, limit) }));
      },
    },
    {
      method: "GET",
      path: "/journeys/:sid",
      async handle({ parameters: { sid = "" }, query }) {
        // Whom the journey waits for may still be asked.
        if (query["wait"] !== "false") await settled();
        kernel.catchUp();
        const { conversation, entries } = kernel.transaction(accountSid, (context) =>
          query["whole"] === "true" ? wholeJourney(context, sid) : journeyOf(context, sid),
        );
        if (entries.length === 0) throw notFound(`/_emulator/journeys/${sid}`);
        return { conversation, entries: entries.map(describe) };
      },
    },
  ];
}

function describe({ created, fields: { leads_to: _leadsTo, ...fields } }: Document<JournalEntry>): object {
  return { time: new Date(created).toISOString(), ...fields };
}

function read(content: unknown, entrances: readonly Entrance[]): (context: Context) => string {
  // A union of all would say of a mistake only that there is one.
  const has = (name: string): boolean => typeof content === "object" && content !== null && name in content;
  const entrance =
    entrances.find(({ property }) => property !== undefined && has(property)) ??
    entrances.find(({ property }) => property === undefined);
  try {
    if (entrance !== undefined) return entrance.read(content);
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    const shapes = entrances.map(({ shape }) => shape).join(", or ");
    throw invalid(`The message can't come in. Send ${shapes}:\n${z.prettifyError(error)}`);
  }
  throw new Error("No entrance takes messages that name none");
}
