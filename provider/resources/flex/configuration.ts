import { common, resource } from "../../engine/definition.ts";
import { bool, json, sid, text, time, url } from "../../engine/field.ts";
import { operations } from "../../engine/operations.ts";
import { snakeCase } from "../../engine/leaves.ts";

/** A setting that the program leaves out is none of its business: neither watched nor reset. */
const owned = { clear: false, live: true } as const;

/** A JSON object of which the program owns the keys it names; the rest is merged in. */
const merged = (description: string) =>
  json(`${description} Keys that the program leaves out stay as they are.`, {
    ...owned,
    wire: "body",
    merge: true,
  });

const list = (description: string) => json(description, { ...owned, wire: "body", shape: "array" });

export const configuration = resource({
  token: "twilio:flex:Configuration",
  description:
    "The account's Flex configuration. An account has exactly one, so declare it once: the resource takes it over, " +
    "changes only what the program sets, and leaves it as it is when destroyed.",
  example: `new twilio.flex.Configuration("flex", {
  taskrouterWorkspaceSid: workspace.sid,
  taskrouterOfflineActivitySid: offline.sid,
  chatServiceInstanceSid: chat.sid,
  taskrouterSkills: [{ name: "billing", multivalue: false, minimum: null, maximum: null }],
  uiVersion: "~1.34.0",
  attributes: { region: "emea" },
});`,
  docs: "https://www.twilio.com/docs/flex/developer/config/flex-configuration-rest-api",
  openApi: {
    document: "flex_v1",
    fetch: "FetchConfiguration",
    update: "UpdateConfiguration",
  },
  parents: {},
  inputs: {
    taskrouterWorkspaceSid: sid("Workspace Flex routes with.", "WS", owned),
    taskrouterTargetWorkflowSid: sid("Workflow of tasks that nothing else decides about.", "WW", owned),
    taskrouterTargetTaskqueueSid: sid("Queue of tasks that nothing else decides about.", "WQ", owned),
    taskrouterTaskqueues: list("Queues agents can transfer to: objects with `sid` and `targettable`."),
    taskrouterSkills: list(
      "Skills supervisors can give: objects with `name`, `multivalue`, `minimum`, `maximum`.",
    ),
    taskrouterWorkerChannels: merged(
      "By role, the capacity of new workers: `name`, `availability`, `capacity`.",
    ),
    taskrouterWorkerAttributes: merged("By role, the attributes of new workers."),
    taskrouterOfflineActivitySid: sid("Activity of workers that are logged out.", "WA", owned),
    messagingServiceInstanceSid: sid("Messaging service of Flex.", "MG", owned),
    chatServiceInstanceSid: sid("Chat service that holds the conversations.", "IS", owned),
    flexServiceInstanceSid: sid("Chat service that Flex itself uses.", "IS", owned),
    uiLanguage: text("Language of the Flex UI.", owned),
    uiAttributes: merged("How the Flex UI looks and behaves."),
    uiDependencies: merged("npm packages and versions that the hosted Flex UI loads."),
    uiVersion: text("Version of the Flex UI, for example `~1.34.0`.", owned),
    callRecordingEnabled: bool("Whether calls are recorded.", owned),
    callRecordingWebhookUrl: url("Called about recordings.", owned),
    crmEnabled: bool("Whether the Flex UI shows a CRM.", owned),
    crmType: text("Type of the CRM.", owned),
    crmCallbackUrl: url("Where the CRM is called.", owned),
    crmFallbackUrl: url("Where the CRM is called when `crmCallbackUrl` fails.", owned),
    crmAttributes: merged("What the CRM needs to know."),
    attributes: merged("Anything an application wants to know of the account."),
    publicAttributes: merged("What clients see before they log in."),
    pluginServiceEnabled: bool("Whether Flex loads the plugins of Twilio's plugin service.", owned),
    pluginServiceAttributes: merged("Versions of plugins to load, by name."),
    integrations: list("Integrations: objects with `type`, `name`, `active`, `config`, `logo`, `author`."),
    outboundCallFlows: merged("Outbound calls: caller id, queue, workflow and location, by name."),
    serverlessServiceSids: list("SIDs of the serverless services of the account's plugins."),
    queueStatsConfiguration: merged("Service levels and resets of the queue statistics."),
    notifications: merged("Browser notifications of the Flex UI."),
    markdown: merged("Markdown in messages."),
    flexInsightsHr: merged("Flex Insights in the Flex UI, by workspace."),
    flexInsightsDrilldown: bool("Whether the Flex UI goes to `flexUrl`.", owned),
    flexUrl: url("Where the Flex UI goes with `flexInsightsDrilldown`.", owned),
    channelConfigs: list("Limits of attachments, by channel."),
    debuggerIntegration: merged("How the Flex UI sends errors to Twilio's debugger."),
    flexUiStatusReport: merged("How the Flex UI reports its status."),
    agentConvEndMethods: merged("What agents can do to end a conversation."),
    citrixVoiceVdi: merged("Voice over Citrix."),
    offlineConfig: merged("Presence, and how long it lasts."),
  },
  outputs: {
    accountSid: common.accountSid,
    dateCreated: time("When Flex was set up, UTC.", { required: true, stable: true }),
    dateUpdated: time("When it was last updated, UTC.", { required: true }),
    url: text("Absolute URL of it in Twilio's API.", { required: true, stable: true }),
    status: text("How far Flex is set up: `ok`, `inprogress` or `notstarted`.", { required: true }),
    runtimeDomain: text("Where the account's Flex UI is."),
    flexInstanceSid: sid("SID of the Flex instance.", "GO", { stable: true }),
    serviceVersion: text("Version of the Flex service."),
  },
  life: "given",
  onDelete: { forget: "an account always has a Flex configuration; its settings stay as they are" },
  fixes: [{ status: 404, fix: "Set up Flex for this account in the Twilio Console first." }],
  at(twilio) {
    const { fetch, update } = operations(() => twilio.flexApi.v1.configuration());
    return {
      fetch,
      // Twilio wants JSON in its own names here, and the account named.
      update: (sid, params) =>
        update!(sid, {
          account_sid: twilio.accountSid,
          ...Object.fromEntries(Object.entries(params).map(([name, value]) => [snakeCase(name), value])),
        }),
    };
  },
});
