import { resolve } from "node:path";
import { journeyAnswers, journeyEndpoints, startJourneys, withJourneys } from "./journey/index.ts";
import { storedEndpoints } from "./inspect/storedEndpoints.ts";
import { FlexUi } from "./flex-ui/flexUi.ts";
import { withLogin } from "./flex-ui/login.ts";
import { Clock, type TimeSource } from "./kernel/clock.ts";
import { clockEndpoints } from "./kernel/clockEndpoints.ts";
import { Faults } from "./kernel/faults.ts";
import { identityOf } from "./kernel/identity.ts";
import { Inventory } from "./kernel/inventory.ts";
import { Kernel } from "./kernel/kernel.ts";
import { Masking } from "./kernel/masking.ts";
import { ownEndpoints } from "./kernel/ownEndpoints.ts";
import { requestEndpoints } from "./kernel/requestEndpoints.ts";
import { RequestLog } from "./kernel/requestLog.ts";
import { Scheduler } from "./kernel/scheduler.ts";
import { createServer, listen, type ServerOptions } from "./kernel/server.ts";
import { explainDamage, StorageFault, storageReport } from "./kernel/storageFault.ts";
import { Store } from "./kernel/store.ts";
import type { OnAnswer } from "./kernel/webhook.ts";
import { WebhookSender } from "./kernel/webhookSender.ts";
import { deskEndpoints } from "./page/desks.ts";
import { executionEndpoint } from "./page/executions.ts";
import { Feed } from "./page/feed.ts";
import { Gateway } from "./page/gateway.ts";
import { addPage } from "./page/page.ts";
import { authenticator } from "./products/api/authenticator.ts";
import { operationsBeyond } from "./operations.ts";
import { account as accounts } from "./products/api/kinds.ts";
import { products as allProducts } from "./products/index.ts";
import { routingEndpoints } from "./products/taskrouter/routingEndpoint.ts";
import { Sink, type SinkState } from "./sink/sink.ts";
import { sinkEndpoints } from "./sink/sinkEndpoints.ts";
import { plant, type Seed, type SeedName, seedOf } from "./seed.ts";

export { StorageFault } from "./kernel/storageFault.ts";
export { parseSeed, readSeed, type Seed, type SeedName } from "./seed.ts";
export type { Exchange } from "./kernel/server.ts";
export type { Fault, FaultDescription } from "./kernel/faults.ts";
export type { Incoming } from "./kernel/kernel.ts";
export type { TimeSource } from "./kernel/clock.ts";

/** Where the local Twilio listens, and whose credentials it takes, unless told otherwise. */
export const defaults = {
  host: "127.0.0.1",
  port: 4100,
  file: ".local/twilio.db",
  /** Where the dev stack has its own programs. */
  sinkPort: 4200,
  accountSid: "AC10ca1000000000000000000000000000",
  authToken: "local-twilio",
} as const;

const products = allProducts.map(withJourneys).map(withLogin);

export interface EmulatorOptions {
  /** The SQLite file, made when it is not there; `:memory:` keeps nothing. @default ".local/twilio.db" */
  file?: string;
  /** Address to listen on. @default "127.0.0.1" */
  host?: string;
  /** Port to listen on; 0 takes a free one. @default 4100 */
  port?: number;
  /**
   * What a new file starts with: a new Flex 1.x account, a new Flex account with Conversations, an account without
   * resources, or what a seed says. A file that has an account already stays as it is.
   *
   * @default "flex" stacks of this project begin with what Chat and Proxy need, and Conversations works there, too
   */
  seed?: SeedName | Seed;
  /**
   * Names by which browsers may reach its page and endpoints, besides loopback names and addresses: any other is taken for
   * a page of somebody else's whose name leads here.
   */
  allowedHosts?: readonly string[];
  /** Time of the resources, in milliseconds since 1970. @default Date.now */
  clock?: TimeSource;
  /** Sees every request to a Twilio host with its answer; for tests. */
  onExchange?: ServerOptions["onExchange"];
  /** Makes requests go wrong on purpose; for tests. */
  fault?: ServerOptions["fault"];
  /** Seconds that a completed or canceled Task stays before it is removed. @default 600 */
  taskRemovalDelay?: number;
  /**
   * Whether a number's own URL gets messages, too, that a conversation has taken. Twilio's pages contradict each other.
   * @default true
   */
  numberUrlToo?: boolean;
  /** Milliseconds that webhooks wait for an answer, instead of Twilio's times; for tests. */
  webhookTimeout?: number;
  /**
   * Where what the account sends to programs of its own is taken, on this machine, as long as none of these has the port:
   * from the start, or from when something is sent there. @default nowhere
   */
  sink?: { port: number; from: "start" | "first webhook" };
  /** Told, in a line, what a person may want to know. @default nobody */
  onNote?: (line: string) => void;
  /** Told of the local Twilio's own errors; a StorageFault needs no stack. @default standard error */
  onError?: (error: unknown) => void;
  /** Hears of those that a request was answered with: whoever sent it knows. */
  onFaultAnswered?: (fault: StorageFault) => void;
  /** Is given the open database; for tests that break it. */
  onOpen?: (database: Store["database"]) => void;
}

export interface Emulator {
  /** `http://127.0.0.1:4100` */
  readonly url: string;
  readonly port: number;
  readonly accountSid: string;
  readonly authToken: string;
  /** Made with the database: tells this local Twilio from others. */
  readonly identity: string;
  /** The sink's port and who has it, as of the start; undefined without one. */
  readonly sink: { readonly port: number; readonly state: SinkState } | undefined;
  /** Operations of Twilio's API and whether they are implemented. */
  readonly operations: ReturnType<Kernel["operations"]>;
  /** Stops listening and closes the file. */
  close(): Promise<void>;
}

/**
 * Starts a local Twilio.
 *
 * @throws Error saying what to do when the file or the port can't be used, or the seed is wrong
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { file = defaults.file, host = defaults.host, port = defaults.port, seed = "flex" } = options;
  const path = file === ":memory:" ? file : resolve(file);
  const tell =
    options.onError ?? ((error) => console.error(error instanceof StorageFault ? error.message : error));
  const reportStorage = storageReport(path, tell);
  const onError = (error: unknown): StorageFault | undefined => {
    const fault = reportStorage(error);
    if (fault === undefined) tell(error);
    return fault;
  };
  const store = new Store(path);
  let sink: Sink | undefined;
  try {
    const clock = new Clock(options.clock ?? Date.now, store.clockOffset);
    if (options.sink !== undefined) {
      const note = options.onNote ?? (() => undefined);
      sink = new Sink({ port: options.sink.port, now: () => clock.now(), note });
    }
    const authenticate = authenticator(store, clock);
    const kernel = new Kernel({
      store,
      clock,
      products,
      authenticate,
      onError,
      settings: {
        ...(options.taskRemovalDelay === undefined ? {} : { taskRemovalDelay: options.taskRemovalDelay }),
        numberUrlToo: options.numberUrlToo === false ? 0 : 1,
      },
      beyond: operationsBeyond,
    });
    const webhooks = new WebhookSender({
      kernel,
      answers: Object.assign({}, journeyAnswers, ...products.map(({ answers }) => answers)) as Record<
        string,
        OnAnswer
      >,
      authToken: (accountSid) => authTokenOf(store, accountSid),
      onError,
      timeout: options.webhookTimeout,
      receiver: sink,
    });
    startJourneys(kernel);
    const flexUi = new FlexUi({
      ...{ kernel, authenticate, onError },
      authToken: (accountSid) => authTokenOf(store, accountSid),
    });
    const account = findAccount(store, path) ?? seedAccount(store, kernel, seed);
    const scheduler = new Scheduler(kernel, clock, () => webhooks.idle());
    const faults = new Faults(() => clock.now(), kernel.hosts);
    const { accountSid, authToken } = account;
    const identity = identityOf(store);
    const log = new RequestLog();
    const masking = new Masking([authToken]);
    const inventory = new Inventory({ store, kernel, masking });
    const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString("base64")}`;
    const address = { url: "" };
    const endpoints = [
      ...ownEndpoints({ kernel, webhooks, faults, accountSid, identity }),
      ...clockEndpoints({ kernel, clock, scheduler, inventory }),
      ...requestEndpoints({ log, masking, place: () => ({ origin: address.url, accountSid }) }),
      ...storedEndpoints({ kernel, inventory, log, masking, products, authorization }),
      ...routingEndpoints(kernel, accountSid, inventory),
      ...sinkEndpoints(sink, masking),
      ...deskEndpoints(kernel, accountSid),
      executionEndpoint(kernel, accountSid),
      ...journeyEndpoints(kernel, accountSid, () => webhooks.idle()),
    ];
    const { onExchange, fault, allowedHosts: hosts = [] } = options;
    const now = (): number => clock.now();
    const feed = new Feed({ now });
    kernel.observe(feed);
    clock.onMove = () => feed.tellOf("emulator.Clock");
    faults.onChange = () => feed.tellOf("emulator.Fault");
    if (sink !== undefined) sink.onReceived = () => feed.tellOf("emulator.Sink");
    const gateway = new Gateway(kernel, account);
    const app = createServer({
      ...{ kernel, endpoints, log, faults, onExchange, fault, hosts },
      forward: (incoming, headers) => gateway.forward(incoming, headers["x-emulator-as"]?.toString()),
      extend: (server) => addPage(server, { feed, now, hosts }),
      route: (incoming) => flexUi.route(incoming) ?? kernel.route(incoming),
      onError: (error) => {
        const met = onError(error);
        if (met !== undefined) options.onFaultAnswered?.(met);
        return met;
      },
    });
    flexUi.listen(app.server);
    const actualPort = await listen(app, host, port);
    address.url = `http://${host.includes(":") ? `[${host}]` : host}:${actualPort}`;
    if (options.sink?.from === "start") await sink?.open();
    webhooks.resume(account.accountSid);
    scheduler.start();
    options.onOpen?.(store.database);
    return {
      url: address.url,
      port: actualPort,
      ...account,
      identity,
      sink: sink && { port: sink.port, state: sink.state },
      operations: kernel.operations(),
      async close() {
        scheduler.close();
        flexUi.close();
        feed.close();
        await app.close();
        await webhooks.close();
        await sink?.close();
        store.close();
      },
    };
  } catch (error) {
    await sink?.close();
    store.close();
    throw explainDamage(error, path) ?? error;
  }
}

interface Credentials {
  readonly accountSid: string;
  readonly authToken: string;
}

function findAccount(store: Store, file: string): Credentials | undefined {
  const accountSid = store.setting("account");
  if (accountSid === undefined) return undefined;
  const row = store.bySid(accounts.kind, accountSid);
  if (row === undefined) {
    throw new Error(
      `${file} is damaged (its account ${accountSid} is not in it). Put a copy of it back, or delete it: the next start ` +
        "makes a new account.",
    );
  }
  return { accountSid: row.sid, authToken: authTokenOf(store, row.sid) };
}

function authTokenOf(store: Store, accountSid: string): string {
  const row = store.bySid(accounts.kind, accountSid);
  return row === undefined ? "" : (JSON.parse(row.fields) as { auth_token: string }).auth_token;
}

function seedAccount(store: Store, kernel: Kernel, choice: SeedName | Seed): Credentials {
  const seed = typeof choice === "string" ? seedOf(choice) : choice;
  const {
    sid = defaults.accountSid,
    authToken = defaults.authToken,
    friendlyName = "Local account",
  } = seed.account ?? {};
  return kernel.transaction(sid, (context) => {
    const fields = { friendly_name: friendlyName, status: "active", type: "Full", auth_token: authToken };
    context.of(accounts).insert(sid, fields, sid);
    store.setSetting("account", sid);
    plant(kernel, seed, { sid, authToken });
    return { accountSid: sid, authToken };
  });
}
