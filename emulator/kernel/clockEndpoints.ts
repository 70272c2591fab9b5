import * as z from "zod";
import type { Clock } from "./clock.ts";
import { invalid, type TwilioError } from "./errors.ts";
import type { DueResource, Inventory } from "./inventory.ts";
import type { Kernel } from "./kernel.ts";
import type { OwnEndpoint } from "./ownEndpoints.ts";
import type { Scheduler } from "./scheduler.ts";

export interface ClockEndpointParts {
  readonly kernel: Kernel;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly inventory: Inventory;
}

/** How many of the things that are due are named. */
const shownDue = 10;

/** The endpoints that tell and move the time. */
export function clockEndpoints({ kernel, clock, scheduler, inventory }: ClockEndpointParts): OwnEndpoint[] {
  const time = (): object => ({
    now: new Date(clock.now()).toISOString(),
    offset: clock.offset / 1000,
    next_due: kernel.nextDue === undefined ? null : new Date(kernel.nextDue).toISOString(),
    due: inventory.due(shownDue).map(describe),
  });
  return [
    { method: "GET", path: "/clock", handle: time },
    {
      method: "POST",
      path: "/clock",
      async handle({ body }) {
        const move = readMove(body, clock.now());
        if ("next" in move) await scheduler.advanceToNext(() => nextMoment(inventory));
        else await ("advance" in move ? scheduler.advanceBy(move.advance) : scheduler.advanceTo(move.moment));
        return time();
      },
    },
  ];
}

function describe({ at, kind, sid, name, what }: DueResource): object {
  return { time: new Date(at).toISOString(), kind, sid, name, what };
}

function nextMoment(inventory: Inventory): number {
  const [next] = inventory.due(1);
  if (next === undefined) throw invalid("Nothing is due by itself, so there is no moment to go to");
  if (next.at > endOfTime) throw tooFar();
  return next.at;
}

/** As long a step as a clock is moved by, in seconds: a hundred years. */
const longestStep = 100 * 366 * 24 * 60 * 60;

/** A year before dates get more digits than Twilio's forms of them have; what is due by itself comes sooner. */
const endOfTime = Date.UTC(9999, 0, 1);

const move = z.union([
  z.strictObject({ advance: z.number().min(0).max(longestStep) }),
  z.strictObject({ set: z.iso.datetime({ offset: true }) }),
  z.strictObject({ next: z.literal(true) }),
]);

/** How far the clock is to go, or where to, in milliseconds; or to the next thing that is due. */
function readMove(body: unknown, now: number): { advance: number } | { moment: number } | { next: true } {
  const parsed = move.safeParse(body);
  if (!parsed.success) {
    throw invalid(
      'Send {"advance": seconds}, {"set": "2030-01-01T00:00:00Z"} or {"next": true} to move the clock forward',
    );
  }
  if ("next" in parsed.data) return parsed.data;
  if ("advance" in parsed.data) {
    const advance = parsed.data.advance * 1000;
    if (now + advance > endOfTime) throw tooFar();
    return { advance };
  }
  const moment = Date.parse(parsed.data.set);
  if (moment < now) {
    throw invalid(
      `The clock only moves forward: it is ${new Date(now).toISOString()}, later than ${parsed.data.set}`,
    );
  }
  if (moment > now + longestStep * 1000)
    throw invalid(`${parsed.data.set} is more than a hundred years away`);
  if (moment > endOfTime) throw tooFar();
  return { moment };
}

function tooFar(): TwilioError {
  return invalid(
    `The clock goes up to ${new Date(endOfTime).toISOString()}; start again with a new database`,
  );
}
