import { didYouMean } from "../../routing/index.ts";
import { ExitCode } from "../failure/exit-code.ts";
import { Failure } from "../failure/failure.ts";
import type { TwilioHttp } from "./twilio-http.ts";

/** A worker whom TaskRouter had set to the timeout activity, and who is available again. */
export interface PutBack {
  readonly worker: string;
  readonly from: string;
  readonly to: string;
  /** The reservation that nobody accepted in time. */
  readonly reservationSid: string;
}

interface Worker {
  readonly sid: string;
  readonly friendly_name: string;
  readonly activity_sid: string;
  readonly activity_name: string;
  readonly date_status_changed: string;
}

interface Activity {
  readonly sid: string;
  readonly friendly_name: string;
  readonly available: boolean;
}

/** Flex's workspace, as far as it is about who is there. */
export class Workforce {
  readonly #http: TwilioHttp;
  readonly #workspace: string;
  readonly #timeoutActivitySid: string;
  readonly activities: readonly Activity[];
  readonly workers: readonly Worker[];

  private constructor(
    http: TwilioHttp,
    workspace: string,
    read: { timeoutActivitySid: string; activities: readonly Activity[]; workers: readonly Worker[] },
  ) {
    this.#http = http;
    this.#workspace = workspace;
    this.#timeoutActivitySid = read.timeoutActivitySid;
    this.activities = read.activities;
    this.workers = read.workers;
  }

  static async read(http: TwilioHttp): Promise<Workforce> {
    const { taskrouter_workspace_sid: sid } = await http.send<{ taskrouter_workspace_sid: string }>({
      method: "GET",
      url: "https://flex-api.twilio.com/v1/Configuration",
    });
    const workspace = `https://taskrouter.twilio.com/v1/Workspaces/${sid}`;
    const get = <T>(path: string) => http.send<T>({ method: "GET", url: workspace + path });
    const { timeout_activity_sid: timeoutActivitySid } = await get<{ timeout_activity_sid: string }>("");
    const { activities } = await get<{ activities: Activity[] }>("/Activities?PageSize=1000");
    const { workers } = await get<{ workers: Worker[] }>("/Workers?PageSize=1000");
    return new Workforce(http, workspace, { timeoutActivitySid, activities, workers });
  }

  /** Makes those available again whom nothing took away but a reservation that timed out. */
  async putBack(): Promise<PutBack[]> {
    const timeoutActivity = this.activities.find(({ sid }) => sid === this.#timeoutActivitySid);
    const available =
      this.activities.find((one) => one.available && one.friendly_name === "Available") ??
      this.activities.find((one) => one.available);
    if (timeoutActivity === undefined || timeoutActivity.available || available === undefined) return [];
    const done: PutBack[] = [];
    for (const worker of this.workers.filter((one) => one.activity_sid === timeoutActivity.sid)) {
      const reservationSid = await this.#timedOut(worker);
      if (reservationSid === undefined) continue;
      await this.set(worker.sid, available.sid);
      const [from, to] = [timeoutActivity.friendly_name, available.friendly_name];
      done.push({ worker: worker.friendly_name, from, to, reservationSid });
    }
    return done;
  }

  async set(workerSid: string, activitySid: string): Promise<void> {
    const form = { ActivitySid: activitySid };
    await this.#http.send({ method: "POST", url: `${this.#workspace}/Workers/${workerSid}`, form });
  }

  /** @throws Failure when there is none of that name or SID */
  worker(wanted: string): Worker {
    const found = this.workers.find(({ sid, friendly_name }) => sid === wanted || friendly_name === wanted);
    if (found !== undefined) return found;
    throw unknown("worker", wanted, this.workers);
  }

  /** @throws Failure when there is none of that name or SID */
  activity(wanted: string): Activity {
    const found = this.activities.find(
      ({ sid, friendly_name }) => sid === wanted || friendly_name === wanted,
    );
    if (found !== undefined) return found;
    throw unknown("activity", wanted, this.activities);
  }

  /** A worker's reservations that are not over, oldest first. */
  async open(workerSid: string): Promise<{ sid: string; taskSid: string; status: string }[]> {
    const reservations = await this.#reservations(workerSid, "");
    return reservations
      .filter(({ reservation_status: status }) => ["pending", "accepted", "wrapping"].includes(status))
      .map(({ sid, task_sid: taskSid, reservation_status: status }) => ({ sid, taskSid, status }));
  }

  /** A reservation that waits for an answer: of this task where there is one, else the oldest of whoever has one. */
  async firstOffer(
    taskSid: string,
  ): Promise<{ sid: string; taskSid: string; status: string; workerSid: string } | undefined> {
    const all = await Promise.all(
      this.workers.map(async ({ sid: workerSid }) =>
        (await this.open(workerSid))
          .filter(({ status }) => status === "pending")
          .map((reservation) => ({ ...reservation, workerSid })),
      ),
    );
    const offers = all.flat();
    return offers.find((offer) => offer.taskSid === taskSid) ?? offers[0];
  }

  /** The reservation by whose end a worker came into the activity that they are in. */
  async #timedOut({ sid, date_status_changed: since }: Worker): Promise<string | undefined> {
    const reservations = await this.#reservations(sid, "ReservationStatus=timeout&");
    return reservations.findLast(({ date_updated: ended }) => ended === since)?.sid;
  }

  async #reservations(workerSid: string, filter: string) {
    const { reservations } = await this.#http.send<{
      reservations: { sid: string; task_sid: string; reservation_status: string; date_updated: string }[];
    }>({
      method: "GET",
      url: `${this.#workspace}/Workers/${workerSid}/Reservations?${filter}PageSize=1000`,
    });
    return reservations;
  }
}

function unknown(kind: string, wanted: string, known: readonly { friendly_name: string }[]): Failure {
  const names = known.map(({ friendly_name }) => friendly_name);
  return new Failure({
    what: `There is no ${kind} ${wanted} (known: ${names.join(", ") || "none"}).`,
    fix: didYouMean(wanted, names) ?? "Name one of those.",
    exitCode: ExitCode.usage,
  });
}
