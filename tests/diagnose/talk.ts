import { interactionOf } from "../../flex-stack/simulate/interaction.ts";
import type { FlexUi, Reservation } from "../../flex-stack/simulate/flex-ui.ts";
import type { BrokenCentre } from "./centre.ts";

/** An agent's talk with a customer in Flex Conversations, and what stands for it at Twilio. */
export interface Talking {
  /** SID of the customer's last text. */
  readonly message: string;
  readonly agent: FlexUi;
  readonly reservation: Reservation;
  readonly taskSid: string;
  readonly conversationSid: string;
  readonly interactionSid: string;
  readonly channelSid: string;
}

/** The number of the dev stack that Flex Conversations handle. */
export const web = (centre: BrokenCentre): BrokenCentre => centre.at("web");

/** Conversations of Flex's service. */
export const conversationsOf = (centre: BrokenCentre) =>
  centre.client.conversations.v1.services(centre.sids.chat).conversations;

export async function addressOf(centre: BrokenCentre) {
  const { addressConfigurations } = centre.client.conversations.v1;
  const found = (await addressConfigurations.list()).find(({ address }) => address === centre.number);
  return addressConfigurations(found?.sid ?? "");
}

/** The newest conversation of the customer. */
export async function conversationOf(centre: BrokenCentre, customer = centre.customer): Promise<string> {
  const { participantConversations } = centre.client.conversations.v1.services(centre.sids.chat);
  const all = await participantConversations.list({ address: customer });
  return all.at(-1)?.conversationSid ?? "";
}

/** The customer writes and says what it is about; the task is offered. */
export async function asked(centre: BrokenCentre): Promise<string> {
  const message = await centre.asks();
  // The Interaction is set up after it was accepted.
  await centre.advance(1);
  return message;
}

/** What a task is about. */
export async function aboutOf(centre: BrokenCentre, taskSid: string) {
  const { attributes } = await centre.router.tasks(taskSid).fetch();
  const about = interactionOf(JSON.parse(attributes) as Record<string, unknown>);
  if (about === undefined) throw new Error(`Task ${taskSid} is of no Interaction`);
  return about;
}

/** The only task. */
export async function taskOf(centre: BrokenCentre): Promise<string> {
  const [task] = await centre.router.tasks.list();
  return task?.sid ?? "";
}

/** The customer asks, and an agent accepts by the invite. */
export async function talking(centre: BrokenCentre): Promise<Talking> {
  return accepted(centre, await asked(centre));
}

/** An agent accepts by the invite what the customer has asked with a message. */
export async function accepted(centre: BrokenCentre, message: string): Promise<Talking> {
  const { agent, reservation } = await centre.accepts();
  const { conversationSid, interactionSid, channelSid } = await aboutOf(centre, reservation.taskSid);
  return {
    message,
    agent,
    reservation,
    taskSid: reservation.taskSid,
    conversationSid,
    interactionSid,
    channelSid,
  };
}

/** The same, answered and completed. */
export async function finished(centre: BrokenCentre): Promise<Talking> {
  const talk = await talking(centre);
  await talk.agent.answer(talk.reservation, "How can I help?");
  await centre.advance(5);
  await talk.agent.complete(talk.reservation);
  return talk;
}

/** The channel of an Interaction. */
export const interactionChannel = (
  { client }: BrokenCentre,
  { interactionSid, channelSid }: Pick<Talking, "interactionSid" | "channelSid">,
) => client.flexApi.v1.interaction(interactionSid).channels(channelSid);

/** Lets the customer write once more, and whoever is offered it accept. @returns the last message */
export async function nextText(centre: BrokenCentre): Promise<string> {
  const names = (await centre.router.workers.list()).map(({ friendlyName }) => friendlyName);
  if (names.length === 0) await centre.hire("alice", { routing: { skills: ["billing"] }, level: 2 });
  // An answer to the flow's menu, which may have been asked already.
  await centre.writes("Invoice");
  const message = await centre.writes("Invoice");
  await centre.advance(1);
  for (const name of names.length === 0 ? ["alice"] : names) {
    const agent = await centre.flex(name);
    const [pending] = await agent.reservations("pending");
    if (pending !== undefined) await agent.accept(pending);
  }
  return message;
}
