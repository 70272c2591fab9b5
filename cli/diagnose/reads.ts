import type { MessageInstance } from "twilio/lib/rest/api/v2010/account/message.js";
import type { IncomingPhoneNumberInstance } from "twilio/lib/rest/api/v2010/account/incomingPhoneNumber.js";
import type { ChannelInstance } from "twilio/lib/rest/chat/v2/service/channel.js";
import type { RoleInstance } from "twilio/lib/rest/chat/v2/service/role.js";
import type { FlexFlowInstance } from "twilio/lib/rest/flexApi/v1/flexFlow.js";
import type { SessionInstance } from "twilio/lib/rest/proxy/v1/service/session.js";
import type { ExecutionInstance } from "twilio/lib/rest/studio/v2/flow/execution.js";
import type { TwilioError } from "../../provider/access.ts";
import { answerOf, type Answer } from "../twilio/answer.ts";
import type { TwilioAccount } from "../twilio/account.ts";
import { firstItems, type FirstItems, type ListLimits } from "../twilio/page.ts";
import type { Place } from "./place.ts";

/** Most items that Chat and Proxy give at once. */
const chatPage = 100;
/** Most channels of a user that Chat gives at once. */
const userChannelPage = 50;

/** How much is read of lists that may be long. */
const limits = {
  messages: 50,
  flexFlows: 500,
  sessions: 500,
  interactions: 200,
  chatMessages: 200,
  members: 100,
  roles: 200,
  userChannels: 250,
  executions: 200,
  steps: 200,
  events: 200,
  reservations: 200,
  queues: 5000,
  workers: 5000,
  numbers: 1000,
  flows: 200,
  channels: 500,
} as const;

/**
 * What diagnoses read, each thing once. What is gone is undefined, or an empty list; what Twilio refuses to tell is
 * thrown as TwilioError, each time it is asked for.
 */
export class Reads {
  readonly account: TwilioAccount;
  readonly place: Place;
  readonly #answers = new Map<string, Promise<Answer<unknown>>>();
  readonly #refused = new WeakMap<TwilioError, string>();

  constructor(account: TwilioAccount, place: Place) {
    this.account = account;
    this.place = place;
  }

  /** The product that refused a read. */
  refusedBy(error: TwilioError): string {
    return this.#refused.get(error) ?? "Twilio";
  }

  message(sid: string): Promise<MessageInstance | undefined> {
    return this.#once(`message ${sid}`, () => this.#client.messages(sid).fetch());
  }

  /** Newest first. */
  messages(filter: { from: string; to?: string; since: Date }): Promise<readonly MessageInstance[]> {
    const { from, to, since } = filter;
    const given = { from, ...(to !== undefined && { to }), dateSentAfter: since };
    return this.#list(`messages ${from} ${to ?? ""} ${since.toISOString()}`, limits.messages, (page) =>
      this.#client.messages.list({ ...given, ...page }),
    );
  }

  async number(phoneNumber: string): Promise<IncomingPhoneNumberInstance | undefined> {
    const found = await this.#list(`number ${phoneNumber}`, 1, (page) =>
      this.#client.incomingPhoneNumbers.list({ phoneNumber, ...page }),
    );
    return found.find((one) => one.phoneNumber === phoneNumber);
  }

  numbers(): Promise<readonly IncomingPhoneNumberInstance[]> {
    return this.#list("numbers", limits.numbers, (page) => this.#client.incomingPhoneNumbers.list(page));
  }

  /** The messaging service that has a number among its senders, if one of the first ten does. */
  async messagingServiceOf(numberSid: string) {
    const services = await this.#list("messaging services", 10, (page) =>
      this.#client.messaging.v1.services.list(page),
    );
    const senders = await Promise.all(
      services.map(({ sid }) =>
        this.#list(`sender numbers ${sid}`, limits.numbers, (page) =>
          this.#client.messaging.v1.services(sid).phoneNumbers.list(page),
        ),
      ),
    );
    return services.find((_, index) => senders[index]?.some(({ sid }) => sid === numberSid));
  }

  flexFlows(): Promise<readonly FlexFlowInstance[]> {
    return this.#list("flex flows", limits.flexFlows, (page) => this.#client.flexApi.v1.flexFlow.list(page));
  }

  /** Flex's own record of a conversation. */
  flexChannel(sid: string) {
    return this.#once(`flex channel ${sid}`, () => this.#client.flexApi.v1.channel(sid).fetch());
  }

  proxyService() {
    return this.#inProxy((service) => this.#once("proxy service", () => service.fetch()));
  }

  /** The numbers of the Proxy service. */
  async poolNumbers() {
    return (
      (await this.#inProxy((service) =>
        this.#list("pool numbers", limits.numbers, (page) => service.phoneNumbers.list(page), chatPage),
      )) ?? []
    );
  }

  poolNumber(sid: string) {
    return this.#inProxy((service) =>
      this.#once(`pool number ${sid}`, () => service.phoneNumbers(sid).fetch()),
    );
  }

  session(sid: string): Promise<SessionInstance | undefined> {
    return this.#inProxy((service) => this.#once(`session ${sid}`, () => service.sessions(sid).fetch()));
  }

  async sessions(): Promise<readonly SessionInstance[]> {
    return (
      (await this.#inProxy((service) =>
        this.#list("sessions", limits.sessions, (page) => service.sessions.list(page), chatPage),
      )) ?? []
    );
  }

  async participants(sessionSid: string) {
    return (
      (await this.#inProxy((service) =>
        this.#list(`participants ${sessionSid}`, chatPage, (page) =>
          service.sessions(sessionSid).participants.list(page),
        ),
      )) ?? []
    );
  }

  /** Newest first. */
  async interactions(sessionSid: string) {
    return (
      (await this.#inProxy((service) =>
        this.#list(
          `interactions ${sessionSid}`,
          limits.interactions,
          (page) => service.sessions(sessionSid).interactions.list(page),
          chatPage,
        ),
      )) ?? []
    );
  }

  chatService() {
    return this.#inChat((service) => this.#once("chat service", () => service.fetch()));
  }

  channel(sid: string): Promise<ChannelInstance | undefined> {
    return this.#inChat((service) => this.#once(`channel ${sid}`, () => service.channels(sid).fetch()));
  }

  /** Private channels of the chat service. */
  async channels(): Promise<FirstItems<ChannelInstance>> {
    return (
      (await this.#inChat((service) =>
        this.#first(
          "channels",
          limits.channels,
          (page) => service.channels.list({ type: ["private"], ...page }),
          chatPage,
        ),
      )) ?? { items: [], more: false }
    );
  }

  chatUser(identity: string) {
    return this.#inChat((service) =>
      this.#once(`user ${identity}`, () => service.users(encodeURIComponent(identity)).fetch()),
    );
  }

  /** SIDs of the channels that somebody is a member of. */
  async channelsOf(identity: string): Promise<readonly string[]> {
    const channels = await this.#inChat((service) =>
      this.#list(
        `channels of ${identity}`,
        limits.userChannels,
        (page) => service.users(encodeURIComponent(identity)).userChannels.list(page),
        userChannelPage,
      ),
    );
    return (channels ?? []).map(({ channelSid }) => channelSid);
  }

  /** Newest first. */
  async chatMessages(channelSid: string) {
    return (
      (await this.#inChat((service) =>
        this.#list(
          `chat messages ${channelSid}`,
          limits.chatMessages,
          (page) => service.channels(channelSid).messages.list({ order: "desc", ...page }),
          chatPage,
        ),
      )) ?? []
    );
  }

  async channelWebhooks(channelSid: string) {
    return (
      (await this.#inChat((service) =>
        this.#list(`webhooks ${channelSid}`, 5, () => service.channels(channelSid).webhooks.list()),
      )) ?? []
    );
  }

  async members(channelSid: string) {
    return (
      (await this.#inChat((service) =>
        this.#list(
          `members ${channelSid}`,
          limits.members,
          (page) => service.channels(channelSid).members.list(page),
          chatPage,
        ),
      )) ?? []
    );
  }

  async roles(): Promise<readonly RoleInstance[]> {
    return (
      (await this.#inChat((service) =>
        this.#list("roles", limits.roles, (page) => service.roles.list(page), chatPage),
      )) ?? []
    );
  }

  flow(sid: string) {
    return this.#once(`flow ${sid}`, () => this.#client.studio.v2.flows(sid).fetch());
  }

  flows() {
    return this.#list("flows", limits.flows, (page) => this.#client.studio.v2.flows.list(page));
  }

  /** The flow as it was when it had this revision. */
  flowRevision(sid: string, revision: number) {
    return this.#once(`flow ${sid} ${revision}`, () =>
      this.#client.studio.v2.flows(sid).revisions(String(revision)).fetch(),
    );
  }

  /** Newest first. */
  executions(flowSid: string, since: Date): Promise<readonly ExecutionInstance[]> {
    return this.#list(`executions ${flowSid} ${since.toISOString()}`, limits.executions, (page) =>
      this.#client.studio.v2.flows(flowSid).executions.list({ dateCreatedFrom: since, ...page }),
    );
  }

  /** Newest first. */
  executionSteps(flowSid: string, sid: string) {
    return this.#list(`steps ${sid}`, limits.steps, (page) =>
      this.#client.studio.v2.flows(flowSid).executions(sid).steps.list(page),
    );
  }

  executionContext(flowSid: string, sid: string) {
    return this.#once(`context ${sid}`, () =>
      this.#client.studio.v2.flows(flowSid).executions(sid).executionContext().fetch(),
    );
  }

  workspace() {
    return this.#inWorkspace((workspace) => this.#once("task workspace", () => workspace.fetch()));
  }

  task(sid: string) {
    return this.#inWorkspace((workspace) => this.#once(`task ${sid}`, () => workspace.tasks(sid).fetch()));
  }

  /** Open tasks whose attributes fit an expression. */
  async tasksLike(evaluateTaskAttributes: string) {
    return (
      (await this.#inWorkspace((workspace) =>
        this.#list(`tasks ${evaluateTaskAttributes}`, 10, (page) =>
          workspace.tasks.list({ evaluateTaskAttributes, ...page }),
        ),
      )) ?? []
    );
  }

  /** Tasks that are not over. */
  async openTasks() {
    return (
      (await this.#inWorkspace((workspace) =>
        this.#list("tasks open", limits.workers, (page) =>
          workspace.tasks.list({
            assignmentStatus: ["pending", "reserved", "assigned", "wrapping"],
            ...page,
          }),
        ),
      )) ?? []
    );
  }

  /** What happened to a task, newest first; TaskRouter keeps it for 30 days. */
  async taskEvents(taskSid: string, since: Date) {
    return (
      (await this.#inWorkspace((workspace) =>
        this.#list(`events ${taskSid}`, limits.events, (page) =>
          workspace.events.list({ taskSid, startDate: since, ...page }),
        ),
      )) ?? []
    );
  }

  async reservations(taskSid: string) {
    return (
      (await this.#inWorkspace((workspace) =>
        this.#list(`reservations ${taskSid}`, limits.reservations, (page) =>
          workspace.tasks(taskSid).reservations.list(page),
        ),
      )) ?? []
    );
  }

  workflow(sid: string) {
    return this.#inWorkspace((workspace) =>
      this.#once(`workflow ${sid}`, () => workspace.workflows(sid).fetch()),
    );
  }

  async workflows() {
    return (
      (await this.#inWorkspace((workspace) =>
        this.#list("workflows", limits.flows, (page) => workspace.workflows.list(page)),
      )) ?? []
    );
  }

  async taskChannels() {
    return (
      (await this.#inWorkspace((workspace) =>
        this.#list("task channels", limits.queues, (page) => workspace.taskChannels.list(page)),
      )) ?? []
    );
  }

  async queues() {
    return (
      (await this.#inWorkspace((workspace) =>
        this.#list("queues", limits.queues, (page) => workspace.taskQueues.list(page)),
      )) ?? []
    );
  }

  async workers() {
    return (
      (await this.#inWorkspace((workspace) =>
        this.#list("workers", limits.workers, (page) => workspace.workers.list(page)),
      )) ?? []
    );
  }

  worker(sid: string) {
    return this.#inWorkspace((workspace) =>
      this.#once(`worker ${sid}`, () => workspace.workers(sid).fetch()),
    );
  }

  async workerChannels(workerSid: string) {
    return (
      (await this.#inWorkspace((workspace) =>
        this.#list(`worker channels ${workerSid}`, chatPage, (page) =>
          workspace.workers(workerSid).workerChannels.list(page),
        ),
      )) ?? []
    );
  }

  get #client() {
    return this.account.client;
  }

  async #inProxy<T>(
    read: (service: ReturnType<TwilioAccount["client"]["proxy"]["v1"]["services"]>) => Promise<T>,
  ): Promise<T | undefined> {
    const { proxyServiceSid } = this.place;
    return proxyServiceSid === undefined ? undefined : read(this.#client.proxy.v1.services(proxyServiceSid));
  }

  async #inChat<T>(
    read: (service: ReturnType<TwilioAccount["client"]["chat"]["v2"]["services"]>) => Promise<T>,
  ): Promise<T | undefined> {
    const { chatServiceSid } = this.place;
    return chatServiceSid === undefined ? undefined : read(this.#client.chat.v2.services(chatServiceSid));
  }

  async #inWorkspace<T>(
    read: (workspace: ReturnType<TwilioAccount["client"]["taskrouter"]["v1"]["workspaces"]>) => Promise<T>,
  ): Promise<T | undefined> {
    const { workspaceSid } = this.place;
    return workspaceSid === undefined ? undefined : read(this.#client.taskrouter.v1.workspaces(workspaceSid));
  }

  async #list<T>(
    key: string,
    limit: number,
    list: (page: ListLimits) => Promise<T[]>,
    largestPage?: number,
  ): Promise<readonly T[]> {
    return (await this.#first(key, limit, list, largestPage)).items;
  }

  async #first<T>(
    key: string,
    limit: number,
    list: (page: ListLimits) => Promise<T[]>,
    largestPage?: number,
  ): Promise<FirstItems<T>> {
    const found = await this.#once(key, () => firstItems(limit, list, largestPage));
    return found ?? { items: [], more: false };
  }

  async #once<T>(key: string, read: () => Promise<T>): Promise<T | undefined> {
    const known = (this.#answers.get(key) ?? answerOf(read)) as Promise<Answer<T>>;
    this.#answers.set(key, known);
    const answer = await known;
    if (answer.kind === "found") return answer.value;
    if (answer.kind === "gone") return undefined;
    this.#refused.set(answer.error, productOf(key));
    throw answer.error;
  }
}

/** Which of Twilio's products a key above belongs to. */
function productOf(key: string): string {
  const found = products.find(([words]) => words.test(key));
  return found?.[1] ?? "Twilio";
}

const products: readonly (readonly [RegExp, string])[] = [
  [/^messages? (SM|MM|\+|\w+:)/, "Messaging"],
  [/^(messaging|sender)/, "Messaging Services"],
  [/^numbers?/, "Phone Numbers"],
  [/^flex/, "Flex"],
  [/^(proxy|pool|session|participant|interaction)/, "Proxy"],
  [/^(chat|channel|user|webhook|member|role)/, "Programmable Chat"],
  [/^(flow|execution|steps|context)/, "Studio"],
  [/^(task|event|reservation|workflow|queue|worker)/, "TaskRouter"],
];
