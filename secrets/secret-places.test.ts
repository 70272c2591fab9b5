import { expect, test } from "@jest/globals";
import { secretPlaceIn, withoutSecretPlaces } from "./secret-places.ts";

// Made up, and put together here so that no scanner takes them for real.
const x = (count: number) => "x".repeat(count);
const secret = `FAKE${x(20)}`;
const slack = `T${"0".repeat(8)}/B${"0".repeat(8)}/${secret}`;

test.each([
  [
    "a Slack webhook",
    `https://hooks.slack.com/services/${slack}`,
    "https://hooks.slack.com/services/[secret]",
  ],
  ["a Slack webhook", `hooks.slack.com/workflows/${slack}`, "hooks.slack.com/workflows/[secret]"],
  [
    "a Slack webhook",
    `HTTPS://Hooks.Slack.com/triggers/${slack}`,
    "HTTPS://Hooks.Slack.com/triggers/[secret]",
  ],
  [
    "a Discord webhook",
    `https://discord.com/api/v10/webhooks/123456/${secret}/slack?wait=true`,
    "https://discord.com/api/v10/webhooks/123456/[secret]/slack?wait=true",
  ],
  [
    "a Discord webhook",
    `https://canary.discordapp.com/api/webhooks/123456/${secret}`,
    "https://canary.discordapp.com/api/webhooks/123456/[secret]",
  ],
  [
    "a Microsoft Teams webhook",
    `https://acme.webhook.office.com/webhookb2/${secret}@${secret}/IncomingWebhook/${secret}/1`,
    "https://acme.webhook.office.com/webhookb2/[secret]",
  ],
  [
    "a Microsoft Teams webhook",
    `https://outlook.office.com/webhook/${secret}/IncomingWebhook/1`,
    "https://outlook.office.com/webhook/[secret]",
  ],
  [
    "a Telegram bot",
    `https://api.telegram.org/bot123456:${secret}/sendMessage?chat_id=1`,
    "https://api.telegram.org/bot[secret]/sendMessage?chat_id=1",
  ],
  [
    "a Zapier hook",
    `https://hooks.zapier.com/hooks/catch/123456/${secret}/`,
    "https://hooks.zapier.com/hooks/catch/[secret]",
  ],
  [
    "an IFTTT webhook",
    `https://maker.ifttt.com/trigger/text_came/json/with/key/${secret}`,
    "https://maker.ifttt.com/trigger/text_came/json/with/key/[secret]",
  ],
  ["a Make webhook", `https://hook.eu1.make.com/${secret}?a=1`, "https://hook.eu1.make.com/[secret]?a=1"],
  ["a Make webhook", `https://hook.integromat.com/${secret}`, "https://hook.integromat.com/[secret]"],
  [
    "an Airtable webhook",
    `https://hooks.airtable.com/workflows/v1/genericWebhook/app1/wfl1/${secret}`,
    "https://hooks.airtable.com/workflows/v1/genericWebhook/[secret]",
  ],
  [
    "a Jira automation webhook",
    `https://automation.atlassian.com/pro/hooks/${secret}`,
    "https://automation.atlassian.com/pro/hooks/[secret]",
  ],
  [
    "a Webex webhook",
    `https://webexapis.com/v1/webhooks/incoming/${secret}`,
    "https://webexapis.com/v1/webhooks/incoming/[secret]",
  ],
  [
    "a Lark webhook",
    `https://open.feishu.cn/open-apis/bot/v2/hook/${secret}`,
    "https://open.feishu.cn/open-apis/bot/v2/hook/[secret]",
  ],
  [
    "a PagerDuty integration",
    `https://events.pagerduty.com/integration/${secret}/enqueue`,
    "https://events.pagerduty.com/integration/[secret]/enqueue",
  ],
  [
    "a Workato webhook",
    `https://webhooks.workato.com/webhooks/rest/${secret}/text`,
    "https://webhooks.workato.com/webhooks/rest/[secret]",
  ],
  ["a Home Assistant webhook", `https://hooks.nabu.casa/${secret}`, "https://hooks.nabu.casa/[secret]"],
  ["a Healthchecks ping address", `https://hc-ping.com/${secret}/fail`, "https://hc-ping.com/[secret]/fail"],
  [
    "a Mattermost webhook",
    `https://chat.acme.com:8065/hooks/${x(26)}`,
    "https://chat.acme.com:8065/hooks/[secret]",
  ],
  [
    "a Rocket.Chat webhook",
    `https://chat.acme.com/hooks/${x(17)}/${x(48)}`,
    `https://chat.acme.com/hooks/${x(17)}/[secret]`,
  ],
  ["a Pipedream webhook", `https://eo${x(13)}.m.pipedream.net/a`, "https://[secret].m.pipedream.net/a"],
  [
    "an Azure Function with its key",
    `https://acme.azurewebsites.net/api/text?a=1&code=${secret}&b=2`,
    "https://acme.azurewebsites.net/api/text?a=1&code=[secret]&b=2",
  ],
  [
    "a Google Chat webhook",
    `https://chat.googleapis.com/v1/spaces/AAAA/messages?key=${secret}&threadKey=1`,
    "https://chat.googleapis.com/v1/spaces/AAAA/messages?key=[secret]&threadKey=1",
  ],
  [
    "a WeCom webhook",
    `https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=${secret}`,
    "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=[secret]",
  ],
  [
    "a Power Automate flow with its signature",
    `https://prod-12.westus.logic.azure.com:443/workflows/a/triggers/manual/paths/invoke?sv=1.0&sig=${secret}`,
    "https://prod-12.westus.logic.azure.com:443/workflows/a/triggers/manual/paths/invoke?sv=1.0&sig=[secret]",
  ],
  [
    "a DingTalk robot",
    `https://oapi.dingtalk.com/robot/send?access_token=${secret}`,
    "https://oapi.dingtalk.com/robot/send?access_token=[secret]",
  ],
  [
    "a Splunk On-Call integration",
    `https://alert.victorops.com/integrations/generic/20131114/alert/${secret}/team`,
    "https://alert.victorops.com/integrations/generic/20131114/alert/[secret]/team",
  ],
  // The same addresses as JSON, queries and people write them.
  [
    "a Slack webhook",
    `https:\\/\\/hooks.slack.com\\/services\\/${slack.replaceAll("/", "\\/")}`,
    "https:\\/\\/hooks.slack.com\\/services\\/[secret]",
  ],
  [
    "a Slack webhook",
    `https://x.example/?u=https%3A%2F%2Fhooks.slack.com%2Fservices%2F${encodeURIComponent(slack)}`,
    "https://x.example/?u=https%3A%2F%2Fhooks.slack.com%2Fservices%2F[secret]",
  ],
  [
    "a Slack webhook",
    `https://hooks.slack.com:443//services/${slack}`,
    "https://hooks.slack.com:443//services/[secret]",
  ],
  [
    "a Slack webhook",
    `https://hooks.slack.com./services/${slack}`,
    "https://hooks.slack.com./services/[secret]",
  ],
])("%s: %s", (name, text, hidden) => {
  for (const [before, after] of [
    ["", ""],
    ["POST to ", ", then go on"],
    ['{"url":"', '"}'],
  ]) {
    expect(secretPlaceIn(`${before}${text}${after}`)).toBe(
      `the address of ${name}, which is a secret itself`,
    );
    const shown = withoutSecretPlaces(`${before}${text}${after}`);
    // A comma may belong to an address.
    expect(shown.replace("[secret],", "[secret]")).toBe(
      `${before}${hidden}${after}`.replace("[secret],", "[secret]"),
    );
    expect(shown).not.toContain(secret);
  }
});

test.each([
  ["a Slack token", `xoxb-${x(24)}`],
  ["a GitHub token", `ghp_${x(36)}`],
  ["a GitLab token", `glpat-${x(20)}`],
  ["a Stripe key", `sk_live_${x(24)}`],
  ["a SendGrid key", `SG.${x(22)}.${x(43)}`],
  ["a Google API key", `AIza${x(35)}`],
  ["an npm token", `npm_${x(36)}`],
  ["an OpenAI key", `sk-${x(48)}`],
])("%s, wherever it stands", (name, token) => {
  for (const around of [
    (text: string) => text,
    (text: string) => `https://${text}@git.acme.com/a`,
    (text: string) => `https://h.acme.com/in/${text}/b`,
  ]) {
    expect(secretPlaceIn(around(token))).toBe(name);
    expect(withoutSecretPlaces(around(token))).toBe(around("[secret]"));
  }
});

test.each([
  "https://handler.acme-support.com/hooks/slack",
  "https://api.slack.com/services/hooks",
  "https://nothooks.slack.com.acme.com/services/1",
  "https://hooks.slack.com/services/{{flow.variables.hook}}",
  `https://webhooks.twilio.com/v1/Accounts/AC${"0".repeat(32)}/Flows/FW${"0".repeat(32)}`,
  "https://discord.com/channels/1/2",
  "https://acme-1234-dev.twil.io/text?code=1",
  "https://api.telegram.org/",
  "task.skill == 'hooks' AND risk-free",
  "sk-short",
])("%s is none", (text) => {
  expect(secretPlaceIn(text)).toBeUndefined();
  expect(withoutSecretPlaces(text)).toBe(text);
});

test.each([".", "a.", "a/", "\\/", "%2F", "a/hooks/"])("a long text of %j takes no time", (part) => {
  const text = part.repeat(60_000 / part.length);
  const start = process.cpuUsage();
  expect(withoutSecretPlaces(text)).toBe(text);
  // A second is 50 times what it takes; in squares it would be minutes.
  expect(process.cpuUsage(start).user).toBeLessThan(1_000_000);
});
