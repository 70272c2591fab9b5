import type { Route } from "../../../kernel/product.ts";
import type { Resource } from "../../../kernel/resource.ts";
import { channelResource, updateChannel } from "./channel.ts";
import { createInteraction, interactionResource } from "./interaction.ts";
import { answerInvite, createInvite, inviteResource } from "./invite.ts";
import {
  createParticipant,
  listParticipants,
  participantResource,
  updateParticipant,
} from "./participant.ts";
import { createTransfer, transferPathOfFlexUi, transferResource, updateTransfer } from "./transfer.ts";
import { createWebChat, webChatPath } from "./webChat.ts";

export const interactionResources: readonly Resource<never>[] = [
  interactionResource,
  channelResource,
  participantResource,
  inviteResource,
  transferResource,
];

/** What programs ask for with forms, and Flex UI with JSON. */
const either = { method: "POST", body: "either" } as const;

export const interactionRoutes: readonly Route[] = [
  { ...either, path: interactionResource.path, handle: createInteraction },
  { ...either, path: channelResource.instancePath, handle: updateChannel },
  { method: "GET", path: participantResource.path, handle: listParticipants },
  { ...either, path: participantResource.path, handle: createParticipant },
  { ...either, path: participantResource.instancePath, handle: updateParticipant },
  { ...either, path: inviteResource.path, handle: createInvite },
  { ...either, path: inviteResource.instancePath, handle: answerInvite },
  { method: "POST", body: "json", path: transferResource.path, handle: createTransfer },
  { method: "POST", body: "json", path: transferPathOfFlexUi, handle: createTransfer },
  { method: "POST", body: "json", path: transferResource.instancePath, handle: updateTransfer },
  { method: "POST", path: webChatPath, handle: createWebChat },
];
