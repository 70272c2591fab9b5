import type { StackConfig } from "../stack/project.ts";
import { beforeAll } from "@jest/globals";
import type twilio from "twilio";
import { FlexUi, type FlexUiOptions } from "../../flex-stack/simulate/flex-ui.ts";
import { TwilioHttp } from "../../flex-stack/simulate/twilio-http.ts";
import type { EmulatorOptions } from "../../emulator/index.ts";
import { useLocalTwilio, type LocalTwilio } from "../support/useLocalTwilio.ts";

/** An entry of `GET /_emulator/journeys/…`. */
export interface Entry {
  readonly time: string;
  readonly conversation: string;
  readonly stage: string;
  readonly text: string;
  readonly sid: string | null;
  readonly code: number | null;
}

/** What tests of journeys do with a local Twilio, whoever set it up. */
export class Centre {
  readonly client: ReturnType<typeof twilio>;
  readonly http: TwilioHttp;

  constructor(
    client: ReturnType<typeof twilio>,
    account: { url: string; accountSid: string; authToken: string },
  ) {
    this.client = client;
    this.http = new TwilioHttp(account);
  }

  /** Lets a text come in. @returns the SID of the message */
  async text(from: string, to: string, body: string, mediaUrls: readonly string[] = []): Promise<string> {
    const json = { from, to, body, mediaUrls };
    return (await this.http.send<{ sid: string }>({ method: "POST", url: "/_emulator/messages", json })).sid;
  }

  async journey(sid: string): Promise<readonly Entry[]> {
    return (await this.http.send<{ entries: Entry[] }>({ method: "GET", url: `/_emulator/journeys/${sid}` }))
      .entries;
  }

  /** Lets time pass, with everything that is due on the way. */
  async advance(seconds: number): Promise<void> {
    await this.http.send({ method: "POST", url: "/_emulator/clock", json: { advance: seconds } });
  }

  /** Opens Flex as a worker, by name. */
  flex(worker: string, options?: FlexUiOptions): Promise<FlexUi> {
    return FlexUi.open(this.http, worker, options);
  }

  /** The workspace that Flex works with. */
  async workspace() {
    const { taskrouterWorkspaceSid } = await this.client.flexApi.v1.configuration().fetch();
    return this.client.taskrouter.v1.workspaces(taskrouterWorkspaceSid);
  }

  /** Sends away whoever works here, so that a test has its own workers only. */
  async dismissAll(): Promise<void> {
    const workspace = await this.workspace();
    for (const { sid } of await workspace.workers.list()) await workspace.workers(sid).remove();
  }

  /** Makes a worker who is in an activity. */
  async hire(
    name: string,
    { activity = "Available", ...attributes }: { activity?: string; [attribute: string]: unknown } = {},
  ): Promise<string> {
    const workspace = await this.workspace();
    const [found] = await workspace.activities.list({ friendlyName: activity });
    if (found === undefined) throw new Error(`There is no activity ${activity}`);
    const contact = { contact_uri: `client:${name}`, roles: ["agent"] };
    const { sid } = await workspace.workers.create({
      friendlyName: name,
      activitySid: found.sid,
      attributes: JSON.stringify({ ...contact, ...attributes }),
    });
    return sid;
  }
}

/** A new Flex account whose number leads through Flex and the Messaging Flow to whoever is there. */
export function useCentre(options: EmulatorOptions = {}): {
  readonly local: LocalTwilio;
  readonly centre: Centre;
} {
  const local = useLocalTwilio(options);
  let centre: Centre | undefined;
  beforeAll(async () => {
    centre = new Centre(local.client, local.emulator);
    await handleByFlex(local.client);
  });
  return {
    local,
    get centre() {
      if (centre === undefined) throw new Error("The centre is only there while tests run");
      return centre;
    },
  };
}

/** The number of a new account. */
export const number = "+14155550142";

/** Sets a new account's number up as Flex's console does. */
export async function handleByFlex(
  client: ReturnType<typeof twilio>,
  flow: { janitorEnabled?: boolean; longLived?: boolean } = {},
): Promise<string> {
  const [proxy] = await client.proxy.v1.services.list();
  await client.proxy.v1.services(proxy?.sid ?? "").phoneNumbers.create({ phoneNumber: number });
  const flows = await client.studio.v2.flows.list();
  const [chat] = await client.chat.v2.services.list();
  const { sid } = await client.flexApi.v1.flexFlow.create({
    friendlyName: "Texts",
    chatServiceSid: chat?.sid ?? "",
    channelType: "sms",
    contactIdentity: number,
    enabled: true,
    integrationType: "studio",
    "integration.flowSid": flows.find(({ friendlyName }) => friendlyName === "Messaging Flow")?.sid ?? "",
    ...flow,
  });
  return sid;
}

/** The dev stack without its own agents, so that only those whom a test hires are there. */
export function withoutWorkers(config: StackConfig): void {
  (config["flex-messaging:routing"] as { workers: object }).workers = {};
}
