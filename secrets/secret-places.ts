/** Addresses of a service that are secrets themselves: whoever has one may post there, as if with a password. */
interface SecretPlace {
  /** What a person calls such an address. */
  readonly name: string;
  /** Host and path up to the secret, the secret itself, and what may follow it: a sample address has all three. */
  readonly shape: RegExp;
  /** Where it is said that the address is the secret. */
  readonly source: string;
}

const gitleaks = "https://github.com/gitleaks/gitleaks/blob/master/config/gitleaks.toml";

/** Up to where an address, or this part of it, ends. */
const segment = String.raw`[^\s"'<>\\/?#]+`;
const rest = String.raw`(?:\\+/|[^\s"'<>\\?#])+`;

/** A slash as texts have it: also behind the backslashes of JSON, encoded for a query, or several, which servers take for one. */
const slash = String.raw`(?:\\{0,4}/|%2F){1,4}`;
/** What may stand between a host and its path. */
const hostEnd = String.raw`\.?(?::\d+)?`;

/** `host` and `before` are not secret, `secret` is, `after` is not. The first slash ends the host. */
const place = (before: string, secret: string, after = ""): RegExp => {
  const [host = "", ...path] = before.split("/");
  const written = path.length === 0 ? host : [`${host}${hostEnd}`, ...path].join(slash);
  // A host of any name begins where no other character of one is before it, so that no text is read again and again.
  const inHost = host.startsWith("[") ? String.raw`[\w.-]` : String.raw`[\w-]`;
  return new RegExp(String.raw`((?:(?<!${inHost})|(?<=%2F))${written})(${secret})(${after})`, "gi");
};

/**
 * Services that put the secret into the path or the name of a host. No library fits: the rules of secretlint know one of
 * these, those of gitleaks and detect-secrets some, and are no JavaScript; so it is a list of our own, each with its source.
 */
const places: readonly SecretPlace[] = [
  {
    name: "a Slack webhook",
    shape: place(String.raw`hooks\.slack(?:-gov)?\.com/(?:services|workflows|triggers)/`, rest),
    source: "https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks",
  },
  {
    name: "a Discord webhook",
    shape: place(
      String.raw`(?:\w+\.)?discord(?:app)?\.com/api/(?:v\d+/)?webhooks/\d+/`,
      segment,
      String.raw`(?:/(?:slack|github))?`,
    ),
    source: "https://docs.discord.com/developers/resources/webhook",
  },
  {
    name: "a Microsoft Teams webhook",
    shape: place(String.raw`(?:[\w-]+\.webhook\.office|outlook\.office(?:365)?)\.com/webhook(?:b2)?/`, rest),
    source: `${gitleaks} (microsoft-teams-webhook)`,
  },
  {
    name: "a Telegram bot",
    shape: place(String.raw`api\.telegram\.org/(?:file/)?bot`, String.raw`\d+:[\w-]+`),
    source: "https://core.telegram.org/bots/api#authorizing-your-bot",
  },
  {
    name: "a Zapier hook",
    shape: place(String.raw`hooks\.zapier\.com/hooks/[\w-]+/`, rest),
    source: "https://help.zapier.com/hc/en-us/articles/8496288690317-Trigger-Zap-workflows-from-webhooks",
  },
  {
    name: "an IFTTT webhook",
    shape: place(String.raw`maker\.ifttt\.com/trigger/[^\s"'<>\\?#]*?/with/key/`, segment),
    source: "https://help.ifttt.com/hc/en-us/articles/115010230347-Webhooks-service-FAQ",
  },
  {
    name: "a Make webhook",
    shape: place(String.raw`hook\.(?:(?:\w+\.)?make\.com|integromat\.com)/`, segment),
    source: "https://help.make.com/webhooks",
  },
  {
    name: "an Airtable webhook",
    shape: place(String.raw`hooks\.airtable\.com/workflows/v\d+/genericWebhook/`, rest),
    source: "https://support.airtable.com/docs/airtable-automation-trigger-when-webhook-received",
  },
  {
    name: "a Jira automation webhook",
    shape: place(String.raw`automation\.atlassian\.com/pro/hooks/`, rest),
    source: "https://support.atlassian.com/cloud-automation/docs/jira-automation-triggers/",
  },
  {
    name: "a Jira automation webhook",
    shape: place(String.raw`api-private\.atlassian\.com/automation/webhooks/jira/a/`, rest),
    source: "https://support.atlassian.com/cloud-automation/docs/jira-automation-triggers/",
  },
  {
    name: "a Webex webhook",
    shape: place(String.raw`(?:webexapis|api\.ciscospark)\.com/v1/webhooks/incoming/`, segment),
    source: "https://apphub.webex.com/applications/incoming-webhooks-cisco-systems-38054-23307-75252",
  },
  {
    name: "a Lark webhook",
    shape: place(String.raw`open\.(?:feishu\.cn|larksuite\.com)/open-apis/bot/(?:v\d+/)?hook/`, segment),
    source: "https://open.larksuite.com/document/client-docs/bot-v3/add-custom-bot",
  },
  {
    name: "a PagerDuty integration",
    shape: place(
      String.raw`events(?:\.eu)?\.pagerduty\.com/(?:integration|x-ere)/`,
      segment,
      String.raw`(?:/enqueue)?`,
    ),
    source: "https://support.pagerduty.com/main/docs/services-and-integrations",
  },
  {
    name: "a Workato webhook",
    shape: place(String.raw`webhooks\.(?:\w+\.)?workato\.com/webhooks/rest/`, rest),
    source: "https://docs.workato.com/connectors/workato-webhooks.html",
  },
  {
    name: "a Home Assistant webhook",
    shape: place(String.raw`hooks\.nabu\.casa/`, segment),
    source: "https://www.home-assistant.io/docs/automation/trigger/#webhook-trigger",
  },
  {
    name: "a Healthchecks ping address",
    shape: place(String.raw`hc-ping\.com/`, segment),
    source: "https://healthchecks.io/docs/http_api/",
  },
  {
    // On hosts of one's own; 26 letters and digits are how it makes them.
    name: "a Mattermost webhook",
    shape: place(String.raw`[\w.-]+/hooks/`, String.raw`[a-z0-9]{26}(?![\w-])`),
    source: "https://developers.mattermost.com/integrate/webhooks/incoming/",
  },
  {
    name: "a Rocket.Chat webhook",
    shape: place(String.raw`[\w.-]+/hooks/[A-Za-z0-9]{17,24}/`, String.raw`[A-Za-z0-9]{43,64}(?![\w-])`),
    source: "https://docs.rocket.chat/docs/integrations",
  },
  {
    // The name of its host is all that protects it.
    name: "a Pipedream webhook",
    shape: place("", String.raw`eo[a-z0-9]{12,}(?=\.m\.pipedream\.net)`),
    source: "https://pipedream.com/docs/workflows/building-workflows/triggers",
  },
  {
    name: "an Azure Function with its key",
    shape: place(String.raw`[\w.-]+\.azurewebsites\.net/[^\s"'<>\\#]*[?&]code=`, String.raw`[^\s"'<>\\&#]+`),
    source: "https://learn.microsoft.com/azure/azure-functions/function-keys-how-to",
  },
  {
    // Where those of Teams are made today.
    name: "a Power Automate flow with its signature",
    shape: place(
      String.raw`[\w.-]+\.(?:logic\.azure|api\.powerplatform)\.com/[^\s"'<>\\#]*[?&]sig=`,
      String.raw`[^\s"'<>\\&#]+`,
    ),
    source: "https://learn.microsoft.com/azure/logic-apps/logic-apps-securing-a-logic-app#sas",
  },
  {
    name: "a DingTalk robot",
    shape: place(
      String.raw`oapi\.dingtalk\.com/robot/send\?[^\s"'<>\\#]*?access_token=`,
      String.raw`[^\s"'<>\\&#]+`,
    ),
    source: "https://open.dingtalk.com/document/robots/custom-robot-access",
  },
  {
    name: "a Splunk On-Call integration",
    shape: place(String.raw`alert\.victorops\.com/integrations/[\w-]+/\d+/alert/`, segment),
    source: "https://help.victorops.com/knowledge-base/rest-endpoint-integration-guide/",
  },
  {
    name: "a Google Chat webhook",
    shape: place(
      String.raw`chat\.googleapis\.com/v1/spaces/[^\s"'<>\\#]*[?&]key=`,
      String.raw`[^\s"'<>\\&#]+`,
    ),
    source: "https://developers.google.com/workspace/chat/quickstart/webhooks",
  },
  {
    name: "a WeCom webhook",
    shape: place(
      String.raw`qyapi\.weixin\.qq\.com/cgi-bin/webhook/send\?[^\s"'<>\\#]*?key=`,
      String.raw`[^\s"'<>\\&#]+`,
    ),
    source: "https://developer.work.weixin.qq.com/document/path/91770",
  },
];

/**
 * Tokens that services mark by how they begin, wherever they stand: also as the user of an address, or in its path.
 * They are among the rules of gitleaks.
 */
const tokens: readonly { readonly name: string; readonly shape: RegExp }[] = [
  { name: "a Slack token", shape: /(?<!\w)xox[abeoprs]-[\w-]{10,}/g },
  { name: "a GitHub token", shape: /(?<!\w)(?:gh[oprsu]_\w{36,}|github_pat_\w{40,})/g },
  { name: "a GitLab token", shape: /(?<!\w)glpat-[\w-]{20,}/g },
  { name: "a Stripe key", shape: /(?<!\w)[rs]k_(?:live|test)_\w{16,}/g },
  { name: "a SendGrid key", shape: /(?<!\w)SG\.[\w-]{16,}\.[\w-]{32,}/g },
  { name: "a Google API key", shape: /(?<!\w)AIza[\w-]{35}(?![\w-])/g },
  { name: "an npm token", shape: /(?<!\w)npm_\w{36}(?!\w)/g },
  { name: "an OpenAI key", shape: /(?<!\w)sk-(?:proj-|svcacct-|ant-)?[\w-]{32,}/g },
];

/** What Liquid fills in is not there yet. */
const isFilledIn = (secret: string): boolean => secret.includes("{{");

/** Of characters: nothing that is as short is a token, or an address with a secret in it. Most values of a stack are. */
const tooShort = "hc-ping.com/".length;

/** Names the secret that a text holds by its place or shape, if any: `the address of a Slack webhook`; never the secret. */
export function secretPlaceIn(text: string): string | undefined {
  if (text.length <= tooShort) return undefined;
  for (const { name, shape } of places) {
    for (const [, , secret = ""] of text.matchAll(shape))
      if (!isFilledIn(secret)) return `the address of ${name}, which is a secret itself`;
  }
  return tokens.find(({ shape }) => text.search(shape) >= 0)?.name;
}

/** The text with `[secret]` in such places. */
export function withoutSecretPlaces(text: string): string {
  let hidden = text;
  for (const { shape } of places) {
    hidden = hidden.replace(shape, (whole: string, before: string, secret: string, after: string) =>
      isFilledIn(secret) ? whole : `${before}[secret]${after}`,
    );
  }
  for (const { shape } of tokens) hidden = hidden.replace(shape, "[secret]");
  return hidden;
}
