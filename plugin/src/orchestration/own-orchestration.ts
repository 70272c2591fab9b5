import type { Configuration } from "../configuration/configuration.ts";
import {
  type Flex,
  type FlexTask,
  isOfConversations,
  type Manager,
  type OrchestrationEvent,
} from "../flex.ts";
import { isAtLeast } from "../flex-version.ts";
import { reasonOf, type Report } from "../report.ts";
import { eachReservation } from "../reservations.ts";
import { isOfChannel } from "../task-channels/task-channels.ts";
import { callHandler, type HandlerCall } from "./handler.ts";

const events: readonly OrchestrationEvent[] = ["accepted", "wrapup", "completed"];

/**
 * Keeps Flex UI from adding agents to chat channels, deactivating and leaving these, and calls the customer's handler
 * instead, at the times when Flex UI would have done it: after a reservation was accepted, and before it is wrapped up
 * or completed. As with Flex UI's own orchestrations, a wrap-up or completion that fails is not made; the agent can try
 * again. The handler is called from listeners, since Flex runs callbacks of orchestrations twice, and Flex UI 2 reports a
 * wrap-up as made whose callback failed.
 *
 * Tasks of Flex Conversations are left alone: there, Flex UI 2 does not ask orchestrations.
 *
 * @param call how the handler is called
 */
export function ownOrchestration(
  flex: Flex,
  manager: Manager,
  { orchestration: { handlerUrl, tasks }, taskChannels }: Configuration,
  report: Report,
  call: typeof callHandler = callHandler,
): void {
  const refusal = refuse(flex, tasks);
  if (refusal !== undefined) {
    report.error(refusal);
    return;
  }
  const isOwn = (task: FlexTask): boolean =>
    !isOfConversations(task) &&
    (tasks === "all" || taskChannels.some((channel) => isOfChannel(channel, task)));
  const isMessaging = (task: FlexTask): boolean =>
    flex.TaskHelper.isChatBasedTask(task) || flex.TaskChannels.getForTask(task).capabilities.has("Chat");

  for (const event of events) override(flex, event, tasks === "all" ? undefined : isOwn);
  if (handlerUrl === "") return;

  // The action and the reservation's own event tell of the same thing.
  const told = new Map<string, Promise<void>>();
  const tell = (event: OrchestrationEvent, task: FlexTask): Promise<void> => {
    const key = `${event} ${task.sid}`;
    const telling = told.get(key) ?? call(handlerUrl, describe(event, task, manager));
    told.set(key, telling);
    return telling.catch((error: unknown) => {
      told.delete(key);
      throw error;
    });
  };

  const before = (action: "WrapupTask" | "CompleteTask", event: OrchestrationEvent): void => {
    flex.Actions.addListener(`before${action}`, async ({ task }, cancel) => {
      if (task === undefined || !isOwn(task) || !isMessaging(task)) return;
      try {
        await tell(event, task);
      } catch (error) {
        cancel();
        report.error(`${action} failed for reservation ${task.sid}: ${reasonOf(error)}`);
      }
    });
  };
  before("WrapupTask", "wrapup");
  before("CompleteTask", "completed");

  // Accepting goes through no action where TaskRouter's assignment callback does it.
  eachReservation(manager.workerClient, (reservation) => {
    const task = flex.TaskHelper.getTaskByTaskSid(reservation.sid);
    if (task === undefined) return;
    for (const event of events)
      reservation.on(event, () => {
        if (!isOwn(task) || !isMessaging(task)) return;
        tell(event, task).catch((error: unknown) =>
          report.error(`reservation ${task.sid} is ${event}, and ${reasonOf(error)}`),
        );
      });
  });
}

/** Why this Flex UI can't do it, if it can't. */
function refuse({ VERSION, ChatOrchestrator }: Flex, tasks: "all" | "custom"): string | undefined {
  const here = `and this is Flex UI ${VERSION}`;
  if (ChatOrchestrator === undefined || !isAtLeast(VERSION, [1, 9]))
    return (
      `an orchestration of your own needs Flex UI 1.9 or newer, ${here}: it has no ChatOrchestrator, so agents who ` +
      "accept a task are still added to its chat channel, which fails without Flex's own message handling"
    );
  if (tasks === "custom" && !isAtLeast(VERSION, [1, 12]))
    return (
      `an orchestration of your own for some tasks only needs Flex UI 1.12 or newer, ${here}: its ChatOrchestrator ` +
      "knows all tasks or none"
    );
  return undefined;
}

/** Takes Flex UI's orchestrations of an event away, for all tasks or for those named; others keep what they have. */
function override(
  { ChatOrchestrator }: Flex,
  event: OrchestrationEvent,
  isOwn: ((task: FlexTask) => boolean) | undefined,
): void {
  if (isOwn === undefined) {
    ChatOrchestrator?.setOrchestrations(event, []);
    return;
  }
  const others = ChatOrchestrator?.getOrchestrations(event) ?? [];
  ChatOrchestrator?.setOrchestrations(event, (task) => {
    if (isOwn(task)) return [];
    return typeof others === "function" ? others(task) : others;
  });
}

function describe(event: OrchestrationEvent, task: FlexTask, manager: Manager): HandlerCall {
  return {
    event,
    reservationSid: task.sid,
    taskSid: task.taskSid,
    workerSid: manager.workerClient.sid,
    token: manager.user.token,
  };
}
