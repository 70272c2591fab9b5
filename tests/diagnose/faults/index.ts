import { receiveFaults } from "./receive.ts";
import { proxyFaults } from "./proxy.ts";
import { channelFaults } from "./channel.ts";
import { studioFaults } from "./studio.ts";
import { taskFaults } from "./task.ts";
import { reservationsFaults } from "./reservations.ts";
import { repliesFaults } from "./replies.ts";
import { completionFaults } from "./completion.ts";
import { faultsOfConversations } from "./conversations/index.ts";
import type { Fault } from "./fault.ts";

/** Every way to break a message, by the step that breaks. */
export const faults: readonly Fault[] = [
  ...receiveFaults,
  ...proxyFaults,
  ...channelFaults,
  ...studioFaults,
  ...taskFaults,
  ...reservationsFaults,
  ...repliesFaults,
  ...completionFaults,
  ...faultsOfConversations,
];
