import { autoAccept } from "./auto-accept/auto-accept.ts";
import { readConfiguration } from "./configuration/read.ts";
import type { Flex, Manager } from "./flex.ts";
import { ownOrchestration } from "./orchestration/own-orchestration.ts";
import { isConnected } from "./reservations.ts";
import { createReport } from "./report.ts";
import { registerTaskChannels } from "./task-channels/task-channels.ts";

/** Sets Flex UI up as the stack's configuration in the Flex Configuration says. */
export function flexMessaging(flex: Flex, manager: Manager): void {
  const report = createReport(flex, manager, console);
  const { configuration, warnings, errors } = readConfiguration(manager.serviceConfiguration.attributes);
  warnings.forEach((warning) => report.warn(warning));
  errors.forEach((error) => report.error(error));

  const { taskChannels, orchestration, autoAccept: accept } = configuration;
  const isAutoAccepting = accept.taskChannels.length > 0;
  const isOwnOrchestration = orchestration.kind === "custom";
  if ((isAutoAccepting || isOwnOrchestration) && !isConnected(manager.workerClient))
    report.error(
      "Flex is not connected to TaskRouter: until it is loaded again, no task is accepted by itself, and no " +
        "handler hears of accepted ones",
    );
  registerTaskChannels(flex, taskChannels, report);
  if (isOwnOrchestration) ownOrchestration(flex, manager, configuration, report);
  if (isAutoAccepting) autoAccept(flex, manager.workerClient, accept, report);
}
