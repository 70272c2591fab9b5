import { checkMigrations } from "./check-migrations.ts";
import { checkReference, checkUnique, taskChannels, type Context } from "./context.ts";
import { integrationTypes } from "./number-kinds.ts";

/** What can't be meant in who gets messages: kinds, integrations, handlers. */
export function checkMessageHandling(context: Context): void {
  const { messageHandling, routing } = context.config;
  const { handler, numbers } = messageHandling;
  checkUnique(context, "messageHandling.numbers", numbers, "phoneNumber");
  const kindOf = ({ kind = messageHandling.kind }: (typeof numbers)[string]) => kind;
  for (const [key, number] of Object.entries(numbers)) {
    const types = integrationTypes[kindOf(number)];
    if (number.integration !== undefined && !types.includes(number.integration.type))
      context.report(
        `messageHandling.numbers.${key}.integration.type`,
        `is ${number.integration.type}, which numbers of kind ${kindOf(number)} don't have`,
        types.length > 0
          ? `set ${types.join(" or ")}`
          : "remove the integration: the handler gets the messages",
      );
  }
  const usual = messageHandling.integration;
  const isConversations = (one: (typeof numbers)[string]) =>
    kindOf(one) === "conversations" || one.migration !== undefined;
  if (usual?.type === "webhook" && !Object.values(numbers).some(isConversations))
    context.report(
      "messageHandling.integration.type",
      "is webhook, and no number is of kind conversations",
      "set studio, external or task",
    );

  checkMigrations(context);
  const integrations = [
    ["messageHandling.integration", usual] as const,
    ...Object.entries(numbers).flatMap(([key, { integration, migration }]) => [
      [`messageHandling.numbers.${key}.integration`, integration] as const,
      [`messageHandling.numbers.${key}.migration.integration`, migration?.integration] as const,
    ]),
  ];
  for (const [at, integration] of integrations) {
    if (integration?.type !== "task") continue;
    checkReference(
      context,
      `${at}.workflow`,
      integration.workflow,
      Object.keys(routing.workflows),
      "workflow",
    );
    checkReference(
      context,
      `${at}.taskChannel`,
      integration.taskChannel,
      taskChannels(context.config),
      "task channel",
    );
  }

  checkServices(context);
  const custom = Object.entries(numbers).filter(([, number]) => kindOf(number) === "custom");
  if (custom.length > 0 && handler === undefined)
    context.report(
      "messageHandling.handler",
      `is missing, though ${custom.map(([key]) => key).join(", ")} of kind custom ${custom.length === 1 ? "needs" : "need"} it`,
      "set handler.smsUrl (and handler.chat.postWebhookUrl), or kind flex",
    );
}

/** What only numbers on Flex Conversations can do without. */
function checkServices({ config, report }: Context): void {
  const { kind, numbers } = config.messageHandling;
  const others = Object.entries(numbers).filter(
    ([, number]) => (number.kind ?? kind) !== "conversations" || number.migration !== undefined,
  );
  const who = others
    .map(([key, number]) => `${key} of kind ${number.migration ? "flex until now" : (number.kind ?? kind)}`)
    .join(", ");
  // A stack without numbers is to have the first one soon.
  if (Object.keys(numbers).length > 0 ? others.length === 0 : kind === "conversations") return;
  for (const [service, made] of [
    ["chat", "chat service"],
    ["proxy", "Proxy service"],
  ] as const)
    if (config[service] === undefined)
      report(
        service,
        `is missing, though ${who ? `${who} ${others.length === 1 ? "needs" : "need"}` : `kind ${kind} needs`} it`,
        `set ${service} ({} takes over the ${made} that Flex made), or kind conversations`,
      );
}
