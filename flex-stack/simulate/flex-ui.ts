import { didYouMean } from "../../routing/index.ts";
import { accessToken } from "./access-token.ts";
import { interactionOf, InteractionTasks, type InteractionTask } from "./interaction.ts";
import type { Credentials, TwilioHttp, TwilioRequest } from "./twilio-http.ts";

/** What Flex UI 1.x does to a chat channel around a reservation; names as of its `ChatOrchestrator`. */
export type Orchestration = "AddToChatChannel" | "DeactivateChatChannel" | "LeaveChatChannel";

export type Orchestrations = Readonly<Record<"accepted" | "wrapup" | "completed", readonly Orchestration[]>>;

/** What it does when nobody has overridden it. */
export const defaultOrchestrations: Orchestrations = {
  accepted: ["AddToChatChannel"],
  wrapup: ["DeactivateChatChannel"],
  completed: ["DeactivateChatChannel", "LeaveChatChannel"],
};

/** `ChatOrchestrator.clearAllOrchestrations()`, for a messaging orchestration of one's own. */
export const noOrchestrations: Orchestrations = { accepted: [], wrapup: [], completed: [] };

/** An agent: a worker, with their chat identity. */
export interface Agent {
  readonly workspaceSid: string;
  readonly workerSid: string;
  readonly name: string;
  /** Of the worker's `contact_uri`, `client:` left out. */
  readonly identity: string;
  /** Flex's roles, e.g. `["agent"]`. */
  readonly roles: readonly string[];
}

export interface Reservation {
  readonly sid: string;
  readonly taskSid: string;
  readonly status: string;
}

/**
 * What Flex UI does in an agent's browser when the agent accepts, wraps up and completes: the same requests in the
 * same order. Of a chat of Programmable Chat as Flex UI 1.x, with the agent's own access token for chat: a wrap-up or
 * completion whose orchestration is refused is not made; accepting comes first, so that it stands.
 * `tests/plugin/flex-ui.test.ts` sees the real Flex UI do so. Of a conversation of Flex Conversations as Flex UI 2.
 */
export class FlexUi {
  readonly agent: Agent;
  readonly #http: TwilioHttp;
  readonly #interactions: InteractionTasks;
  /** Flex's. */
  readonly chatServiceSid: string;
  readonly #orchestrations: Orchestrations;
  /** Milliseconds that the local Twilio's clock is ahead. */
  readonly #clockOffset: number;

  private constructor(
    http: TwilioHttp,
    agent: Agent,
    chatServiceSid: string,
    clockOffset: number,
    { orchestrations = defaultOrchestrations }: FlexUiOptions,
  ) {
    this.#http = http;
    this.#interactions = new InteractionTasks(http);
    this.agent = agent;
    this.chatServiceSid = chatServiceSid;
    this.#orchestrations = orchestrations;
    this.#clockOffset = clockOffset;
  }

  /** Opens Flex as a worker, by SID or name. @throws Error when there is no such worker */
  static async open(http: TwilioHttp, worker: string, options: FlexUiOptions = {}): Promise<FlexUi> {
    const configuration = await http.send<{
      chat_service_instance_sid: string;
      taskrouter_workspace_sid: string;
    }>({ method: "GET", url: "https://flex-api.twilio.com/v1/Configuration" });
    const workspaceSid = configuration.taskrouter_workspace_sid;
    const agent = await findAgent(http, workspaceSid, worker);
    const { now } = await http.send<{ now: string }>({ method: "GET", url: "/_emulator/clock" });
    return new FlexUi(
      http,
      agent,
      configuration.chat_service_instance_sid,
      Date.parse(now) - Date.now(),
      options,
    );
  }

  /** The agent's reservations in a status, oldest first. */
  async reservations(status: string): Promise<Reservation[]> {
    const { reservations } = await this.#http.send<{
      reservations: { sid: string; task_sid: string; reservation_status: string }[];
    }>({ method: "GET", url: `${this.#worker}/Reservations?ReservationStatus=${status}&PageSize=1000` });
    return reservations.map(({ sid, task_sid, reservation_status }) => ({
      sid,
      taskSid: task_sid,
      status: reservation_status,
    }));
  }

  /** Action AcceptTask. Who can't be added to the channel has accepted all the same. */
  async accept(reservation: Reservation): Promise<void> {
    const interaction = await this.#interactionOf(reservation.taskSid);
    if (interaction !== undefined) return this.#interactions.accept(interaction, reservation.sid);
    await this.#update(reservation, "accepted");
    await this.#orchestrateAll(reservation, "accepted");
  }

  /** Action WrapupTask. */
  async wrapUp(reservation: Reservation): Promise<void> {
    const interaction = await this.#interactionOf(reservation.taskSid);
    if (interaction !== undefined) return this.#interactions.end(interaction, "wrapup");
    await this.#orchestrateAll(reservation, "wrapup");
    await this.#update(reservation, "wrapping");
  }

  /** Action CompleteTask. */
  async complete(reservation: Reservation): Promise<void> {
    const interaction = await this.#interactionOf(reservation.taskSid);
    if (interaction !== undefined) return this.#interactions.end(interaction, "closed");
    await this.#orchestrateAll(reservation, "completed");
    await this.#update(reservation, "completed");
  }

  /**
   * Writes to the customer of a task, in its conversation or chat channel.
   *
   * @returns the SID of the message; undefined where the task is about neither
   */
  async answer({ taskSid }: Reservation, body: string): Promise<string | undefined> {
    const interaction = await this.#interactionOf(taskSid);
    if (interaction !== undefined) return this.#interactions.write(interaction, this.agent.identity, body);
    const channelSid = await this.channelOf(taskSid);
    return channelSid === undefined ? undefined : this.write(channelSid, body);
  }

  /** Writes in a chat channel, as the agent. @returns the SID of the message */
  async write(channelSid: string, body: string): Promise<string> {
    const url = `${this.#channel(channelSid)}/Messages`;
    const form = { From: this.agent.identity, Body: body };
    return (await this.#asAgent<{ sid: string }>({ method: "POST", url, form })).sid;
  }

  /** The chat channel of a task, if it is about one: what makes Flex UI show it as a chat. */
  async channelOf(taskSid: string): Promise<string | undefined> {
    const { channelSid } = await this.#attributesOf(taskSid);
    return typeof channelSid === "string" ? channelSid : undefined;
  }

  async #interactionOf(taskSid: string): Promise<InteractionTask | undefined> {
    return interactionOf(await this.#attributesOf(taskSid));
  }

  async #attributesOf(taskSid: string): Promise<Readonly<Record<string, unknown>>> {
    const { attributes } = await this.#http.send<{ attributes: string }>({
      method: "GET",
      url: `${this.#workspace}/Tasks/${taskSid}`,
    });
    return JSON.parse(attributes) as Record<string, unknown>;
  }

  async #update({ sid }: Reservation, status: string): Promise<void> {
    const url = `${this.#worker}/Reservations/${sid}`;
    await this.#http.send({ method: "POST", url, form: { ReservationStatus: status } });
  }

  async #orchestrateAll({ taskSid }: Reservation, event: keyof Orchestrations): Promise<void> {
    const channelSid = await this.channelOf(taskSid);
    if (channelSid === undefined) return;
    for (const orchestration of this.#orchestrations[event])
      await this.#orchestrate(orchestration, channelSid);
  }

  async #orchestrate(orchestration: Orchestration, channelSid: string): Promise<void> {
    switch (orchestration) {
      case "AddToChatChannel":
        return this.#addToChatChannel(channelSid);
      case "DeactivateChatChannel":
        return this.#deactivateChatChannel(channelSid);
      case "LeaveChatChannel": {
        const url = `${this.#channel(channelSid)}/Members/${encodeURIComponent(this.agent.identity)}`;
        await this.#asAgent({ method: "DELETE", url });
      }
    }
  }

  async #addToChatChannel(channelSid: string): Promise<void> {
    const role = ["admin", "supervisor"].find((name) => this.agent.roles.includes(name)) ?? "agent";
    const url = `https://flex-api.twilio.com/v1/Channels/${channelSid}/Roles/${role}/Users`;
    try {
      await this.#asAgent({ method: "POST", url, form: { Identity: this.agent.identity } });
    } catch (error) {
      // An agent who is in the channel already is fine.
      if ((error as { status?: number }).status !== 409) throw error;
    }
  }

  async #deactivateChatChannel(channelSid: string): Promise<void> {
    const url = this.#channel(channelSid);
    const { attributes } = await this.#asAgent<{ attributes: string }>({ method: "GET", url });
    const changed = { ...(JSON.parse(attributes) as object), status: "INACTIVE" };
    await this.#asAgent({ method: "POST", url, form: { Attributes: JSON.stringify(changed) } });
  }

  #asAgent<T>(request: TwilioRequest): Promise<T> {
    const { identity } = this.agent;
    const token = accessToken(
      this.#http.account,
      { identity, chatServiceSid: this.chatServiceSid },
      Date.now() + this.#clockOffset,
    );
    const credentials: Credentials = ["token", token];
    return this.#http.send<T>({ ...request, credentials });
  }

  get #workspace(): string {
    return `https://taskrouter.twilio.com/v1/Workspaces/${this.agent.workspaceSid}`;
  }

  get #worker(): string {
    return `${this.#workspace}/Workers/${this.agent.workerSid}`;
  }

  #channel(channelSid: string): string {
    return `https://chat.twilio.com/v2/Services/${this.chatServiceSid}/Channels/${channelSid}`;
  }
}

export interface FlexUiOptions {
  /** What `ChatOrchestrator.setOrchestrations` was told. @default what Flex UI does by itself */
  readonly orchestrations?: Orchestrations;
}

async function findAgent(http: TwilioHttp, workspaceSid: string, worker: string): Promise<Agent> {
  const { workers } = await http.send<{
    workers: { sid: string; friendly_name: string; attributes: string }[];
  }>({
    method: "GET",
    url: `https://taskrouter.twilio.com/v1/Workspaces/${workspaceSid}/Workers?PageSize=1000`,
  });
  const found = workers.find(({ sid, friendly_name }) => sid === worker || friendly_name === worker);
  if (found === undefined) {
    const names = workers.map(({ friendly_name }) => friendly_name);
    const meant = didYouMean(worker, names);
    throw new Error(
      `There is no worker ${worker} (known: ${names.join(", ") || "none"}).${meant === undefined ? "" : ` ${meant}`}`,
    );
  }
  const attributes = JSON.parse(found.attributes) as { contact_uri?: unknown; roles?: unknown };
  const { contact_uri: contactUri, roles } = attributes;
  return {
    workspaceSid,
    workerSid: found.sid,
    name: found.friendly_name,
    identity: typeof contactUri === "string" ? contactUri.replace(/^client:/, "") : found.friendly_name,
    roles: Array.isArray(roles) ? roles.filter((role) => typeof role === "string") : [],
  };
}
