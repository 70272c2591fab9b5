import { setTimeout as sleep } from "node:timers/promises";
import { startEmulator, type Emulator } from "../../emulator/index.ts";
import { TwilioHttp } from "../../flex-stack/simulate/twilio-http.ts";

/** What is asked to change who gets a number's texts, and what is to become of it. */
export interface Wiring {
  /** Told as it arrives; what happens meanwhile happens before it is done. */
  onArrival(request: string): void;
  /** What goes wrong with it: nothing, an error in its place, or its answer is lost. */
  fate(request: string): undefined | { status: number; retryAfter?: number } | { drop: "before" | "after" };
}

/** The paths by which the account's numbers change hands. */
const wiringPath = /\/(Configuration\/Addresses|IncomingPhoneNumbers|FlexFlows|PhoneNumbers)(\/|\.json|$)/;

/** Milliseconds that such a request takes: time for a few texts. */
const latency = { min: 30, max: 60 };

/** A local Twilio whose numbers are about to change hands, while it can be watched and disturbed. */
export class Account {
  readonly emulator: Emulator;
  readonly http: TwilioHttp;
  #wiring: Wiring | undefined;

  private constructor(emulator: Emulator, watch: (wiring: () => Wiring | undefined) => void) {
    this.emulator = emulator;
    this.http = new TwilioHttp(emulator);
    watch(() => this.#wiring);
  }

  /** @param numberUrlToo whether a number's own URL gets texts, too, that a conversation has taken */
  static async open(numberUrlToo: boolean): Promise<Account> {
    let wiring: () => Wiring | undefined = () => undefined;
    const emulator = await startEmulator({
      file: ":memory:",
      port: 0,
      numberUrlToo,
      // Tasks are counted at the end.
      taskRemovalDelay: 90 * 86_400,
      fault({ method, target }) {
        const path = target.split("?")[0] ?? "";
        const watched = wiring();
        if (watched === undefined || method === "GET" || !wiringPath.test(path)) return undefined;
        const request = `${method} ${path}`;
        watched.onArrival(request);
        const fate = watched.fate(request);
        if (fate === undefined || "drop" in fate) return fate;
        return { code: 20001, message: "Something went wrong on purpose.", ...fate };
      },
    });
    const account = new Account(emulator, (watched) => void (wiring = watched));
    for (const path of ["Configuration/Addresses", "IncomingPhoneNumbers", "FlexFlows", "PhoneNumbers"])
      for (const method of ["POST", "DELETE"])
        await account.own("POST", "/_emulator/faults", { method, path: `/**/${path}**`, latency });
    return account;
  }

  /** Watches and disturbs until told otherwise. */
  watch(wiring: Wiring | undefined): void {
    this.#wiring = wiring;
  }

  own<T>(method: "GET" | "POST", url: string, json?: object): Promise<T> {
    return this.http.send<T>({ method, url, ...(json === undefined ? {} : { json }) });
  }

  async text(from: string, to: string, body: string): Promise<string> {
    return (await this.own<{ sid: string }>("POST", "/_emulator/messages", { from, to, body })).sid;
  }

  /** Lets seconds of the account's clock pass, with all that is due. */
  async advance(seconds: number): Promise<void> {
    await this.own("POST", "/_emulator/clock", { advance: seconds });
    await sleep(0);
  }

  /** Every item of a list, page by page. */
  async list<T>(url: string, key: string): Promise<T[]> {
    const all: T[] = [];
    let next: string | null = url;
    while (next !== null) {
      const page: Record<string, unknown> & {
        meta?: { next_page_url?: string | null };
        next_page_uri?: string | null;
      } = await this.http.send({ method: "GET", url: next });
      all.push(...((page[key] as T[] | undefined) ?? []));
      const uri = page.next_page_uri;
      next = page.meta?.next_page_url ?? (uri ? `https://api.twilio.com${uri}` : null);
    }
    return all;
  }
}
