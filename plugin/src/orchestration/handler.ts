import type { OrchestrationEvent } from "../flex.ts";

/** What the handler hears of, as a form; SIDs only, since a browser is no source to trust. */
export interface HandlerCall {
  readonly event: OrchestrationEvent;
  readonly reservationSid: string;
  readonly taskSid: string;
  readonly workerSid: string;
  /** The agent's Flex token, by which the handler knows who calls. */
  readonly token: string;
}

export interface HandlerSurroundings {
  readonly fetch: typeof fetch;
  /** Milliseconds until a call is given up. */
  readonly timeout: number;
  /** Milliseconds to wait before each further attempt. */
  readonly waits: readonly number[];
}

export const surroundings: HandlerSurroundings = {
  fetch: (input, init) => fetch(input, init),
  timeout: 10_000,
  waits: [500, 1500],
};

/**
 * Posts to the customer's handler, and again where it was not reached or says that it can't now (429, 5xx). The same
 * event of a reservation may arrive more than once.
 *
 * The token is in the body, where no log keeps it, and goes to the configured origin only: a redirect is an error.
 *
 * @throws Error that says why, without token and URL
 */
export async function callHandler(
  url: string,
  call: HandlerCall,
  { fetch, timeout, waits }: HandlerSurroundings = surroundings,
): Promise<void> {
  // A form is a request that browsers send without asking the handler beforehand (CORS).
  const body = new URLSearchParams({
    Event: call.event,
    ReservationSid: call.reservationSid,
    TaskSid: call.taskSid,
    WorkerSid: call.workerSid,
    Token: call.token,
  });
  for (let attempt = 0; ; attempt++) {
    const { reason, again } = await post();
    if (reason === undefined) return;
    const wait = waits[attempt];
    if (!again || wait === undefined) throw new Error(reason);
    await new Promise((resolve) => setTimeout(resolve, wait));
  }

  async function post(): Promise<{ reason?: string; again?: boolean }> {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), timeout);
    try {
      const { ok, status } = await fetch(url, {
        method: "POST",
        body,
        credentials: "omit",
        redirect: "error",
        referrerPolicy: "no-referrer",
        cache: "no-store",
        signal: stop.signal,
      });
      if (ok) return {};
      return { reason: `the handler answered ${status}`, again: status === 429 || status >= 500 };
    } catch {
      const reason = stop.signal.aborted
        ? `the handler did not answer within ${timeout / 1000} s`
        : "the handler can't be reached, redirects, or does not allow this page by CORS";
      return { reason, again: true };
    } finally {
      clearTimeout(timer);
    }
  }
}
