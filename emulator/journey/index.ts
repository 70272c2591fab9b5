import type { Kernel } from "../kernel/kernel.ts";
import type { OwnEndpoint } from "../kernel/ownEndpoints.ts";
import type { Product } from "../kernel/product.ts";
import type { OnAnswer } from "../kernel/webhook.ts";
import { chatPlace } from "./chat-proxy/chatPlace.ts";
import { chatProxy, proxyReceiver } from "./chat-proxy/chatProxy.ts";
import { conversationPlace } from "./conversations/conversationPlace.ts";
import { conversations } from "./conversations/conversations.ts";
import { conversationTaker } from "./conversations/inbound.ts";
import { messageEndpoints } from "./endpoints.ts";
import { assignment } from "./shared/assignment.ts";
import type { Part } from "./shared/part.ts";
import { Flows } from "./studio/run.ts";
import { studio } from "./studio/studio.ts";
import { texting } from "./text/texting.ts";

/** Flows talk in the conversations of every part that has some. */
const flows = new Flows([conversationPlace, chatPlace]);

/** Everything that happens by itself; each part sees a write in this order. */
const parts: readonly Part[] = [
  assignment,
  studio(flows),
  texting(flows, [proxyReceiver], [conversationTaker]),
  chatProxy(flows),
  conversations(flows),
];

/** What is done with the answers of those whom journeys ask and tell, by purpose. */
export const journeyAnswers = Object.assign({}, ...parts.map(({ answers }) => answers)) as Readonly<
  Record<string, OnAnswer>
>;

/** Lets messages travel: each step follows from a write of the one before, in the same transaction. */
export function startJourneys(kernel: Kernel): void {
  for (const resource of parts.flatMap(({ resources = [] }) => resources)) kernel.own(resource);
  for (const part of parts) kernel.observe(part);
}

/** A product with what journeys need of it and no document tells of. */
export function withJourneys(product: Product): Product {
  return parts.reduce((extended, part) => part.extend?.(extended) ?? extended, product);
}

/** The endpoints of journeys; `settled` resolves when no webhook is under way. */
export function journeyEndpoints(
  kernel: Kernel,
  accountSid: string,
  settled: () => Promise<void>,
): OwnEndpoint[] {
  const entrances = parts.flatMap(({ entrance = [] }) => entrance);
  return [
    ...messageEndpoints(kernel, accountSid, entrances, settled),
    ...parts.flatMap((part) => part.endpoints?.(kernel, accountSid) ?? []),
  ];
}
