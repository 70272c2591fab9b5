import type { Fault } from "../fault.ts";
import { addressFaults } from "./address.ts";
import { conversationFaults } from "./conversation.ts";
import { interactionFaults } from "./interaction.ts";
import { conversationEndFaults } from "./replies.ts";
import { conversationReservationsFaults } from "./reservations.ts";
import { conversationStudioFaults } from "./studio.ts";
import { conversationTaskFaults } from "./task.ts";

/** Every way to break a message to a number on Flex Conversations, by the step that breaks. */
export const faultsOfConversations: readonly Fault[] = [
  ...addressFaults,
  ...conversationFaults,
  ...conversationStudioFaults,
  ...interactionFaults,
  ...conversationTaskFaults,
  ...conversationReservationsFaults,
  ...conversationEndFaults,
];
